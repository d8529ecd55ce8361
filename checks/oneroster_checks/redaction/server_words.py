"""A server's own words as one line that is safe to show: no control characters, nothing that turns the text around."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ..limits import DETAIL_CHARACTERS, SAID_CHARACTERS
from ..visible import taken_out

# What colors or moves the text of a terminal, whole, so that no rest of it stays.
_TERMINAL = re.compile(r"(?:\x1b\[|\x9b)[0-?]{0,30}[ -/]{0,5}[@-~]")
# Words are shown between these, so they have none of their own.
_QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"'})
_BETWEEN = "; "
_ENDS = (".", "!", "?")


def in_one_line(words: Iterable[str]) -> str:
    """The values that a server wrote as one line, each once, not yet redacted; "" when there are none."""
    line = ""
    for text in dict.fromkeys(filter(None, map(_clean, words))):
        # Behind a whole sentence nothing more is needed.
        line += (" " if line.endswith(_ENDS) else _BETWEEN if line else "") + text
    return line[:SAID_CHARACTERS]


def shortened(text: str, hidden: str) -> str:
    """A redacted line as it is shown, at most `limits.DETAIL_CHARACTERS` long; "" where all of it is `hidden`."""
    if not any(char.isalnum() for char in text.replace(hidden, "")):
        return ""
    if len(text) <= DETAIL_CHARACTERS:
        return text
    text = text[: DETAIL_CHARACTERS - 1]
    place = text.rfind(hidden[0])
    if place >= 0 and hidden.startswith(text[place:]) and text[place:] != hidden:
        text = text[:place]
    return text.rstrip() + "…"


def _clean(text: str) -> str:
    kept = taken_out(_TERMINAL.sub("", text[:SAID_CHARACTERS]))
    # Letters in another width or style are read as letters, by people and by the redaction.
    return " ".join(unicodedata.normalize("NFKC", kept).split()).translate(_QUOTES)

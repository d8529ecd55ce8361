"""Whether a text that nobody knows has the shape of a secret, or is a word that people write."""

from __future__ import annotations

import re

from ..limits import SECRET_SHAPE_CHARACTERS, WORD_CHARACTERS

_VERSION = re.compile(r"(?i)\Av?\d++\.\d")
_CASE_CHANGES = re.compile(r"[a-z][A-Z]")


def is_secret_shaped(text: str, shortest: int = SECRET_SHAPE_CHARACTERS) -> bool:
    """Whether a text mixes letters with digits, or changes its case as no word does.

    `shortest` is the least number of characters. A version with words behind it ("2.0-only") is none.
    """
    if len(text) < shortest or _VERSION.match(text):
        return False
    letters = any(char.isalpha() for char in text)
    if letters and any(char.isdigit() for char in text):
        return True
    return len(_CASE_CHANGES.findall(text)) > 1 or (text.isalpha() and len(text) > WORD_CHARACTERS)

"""A name that a person types: one line of text in one Unicode form."""

from __future__ import annotations

import unicodedata

from .profile_error import ProfileError

# Line breaks, control and format characters, half pairs, and what has no meaning of its own.
_NOT_IN_A_LINE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def one_line(text: str, what: str, most: int) -> str:
    """The text as it is kept (one Unicode form, no space around it); ProfileError when it cannot be one line.

    `what` is what it is, inside a sentence; it has at most `most` characters.
    """
    kept = unicodedata.normalize("NFC", text).strip()
    if len(kept) > most:
        raise ProfileError(f"The {what} takes up to {most} characters; this has {len(kept)}.")
    if any(unicodedata.category(char) in _NOT_IN_A_LINE for char in kept):
        raise ProfileError(f"The {what} cannot have line breaks, tabs or invisible characters.")
    return kept

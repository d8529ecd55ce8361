"""The entities of HTML, read without the numbers that no character has."""

from __future__ import annotations

import html
import re

# The standard library raises where it is to read a number of some thousand digits.
_NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9A-Fa-f]{8,}+);?")
_REPLACED = "\ufffd"


def unescape(text: str) -> str:
    """The text with its entities as the characters that they stand for."""
    return html.unescape(without_impossible(text))


def without_impossible(text: str) -> str:
    """The text with a replacement character for each entity whose number is too long for any character."""
    return _NO_CHARACTER.sub(_REPLACED, text)

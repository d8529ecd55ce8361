"""Characters that act on what shows them, or that nobody sees, and how they are written so that they do neither.

This is the one table of them. A stranger's text may hold escape sequences for a terminal, turn the text around it, or
hide what it really is; what people write (accents, other scripts, emoji, spaces of every width) stays as it is.
"""

from __future__ import annotations

import re
import unicodedata

# Everything that is not plain ASCII is looked at; the rest of a text is passed over at full speed.
_LOOKED_AT = re.compile(r"[^ -~]")
# Nothing is seen of these, though they are letters, marks and symbols: fillers, blanks, variation selectors.
_UNSEEN = frozenset(
    [*map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0x1D159))]
    + [chr(code) for first, last in ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
       for code in range(first, last + 1)]
)  # fmt: skip
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_STAND_IN = "\ufffd"


def acts(char: str) -> bool:
    """Whether a character is a control or format character, a line break of any kind, an unseen or no real one.

    Spaces of every width are none of these: they show as the gap that they are.
    """
    return char in _UNSEEN or not (char.isprintable() or unicodedata.category(char) == "Zs")


def visible(text: str, *, lines: bool = False) -> str:
    r"""A text in which every character that acts is written as an escape: `\x1b`, `\u202e`, `\U000e0041`, `\n`.

    With `lines` the text has several lines, and its line breaks and tabs stay. The time is linear.
    """
    return _LOOKED_AT.sub(lambda found: _escape(found.group(), lines), text)


def taken_out(text: str) -> str:
    """A text without the characters that act; those that are white space leave a space."""
    return _LOOKED_AT.sub(_nothing, text)


def stood_in(text: str) -> str:
    """A text of the same length, with a mark in the place of each character that acts."""
    return _LOOKED_AT.sub(lambda found: _STAND_IN if acts(found.group()) else found.group(), text)


def safe_json(document: str) -> str:
    r"""A JSON document with the same values, in which what acts is written as `\uXXXX`, so that it can be shown.

    The document's own line breaks stay. Half of a pair, which is no text to most readers of JSON, becomes U+FFFD.
    """
    return _LOOKED_AT.sub(_json_escape, document)


def safe_toml(written: str) -> str:
    r"""The inside of a basic string of TOML with the same value, in which what acts is written as `\uXXXX`.

    Half of a pair, for which TOML has no escape, stays as it is.
    """
    return _LOOKED_AT.sub(_toml_escape, written)


def _escape(char: str, lines: bool) -> str:
    if not acts(char) or (lines and char in "\n\t"):
        return char
    code = ord(char)
    if code < 0x100:
        return _SHORT.get(char, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _nothing(found: re.Match[str]) -> str:
    char = found.group()
    return char if not acts(char) else " " if char.isspace() else ""


def _toml_escape(found: re.Match[str]) -> str:
    char = found.group()
    if not acts(char) or unicodedata.category(char) == "Cs":
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def _json_escape(found: re.Match[str]) -> str:
    char = found.group()
    if char == "\n" or not acts(char):
        return char
    if unicodedata.category(char) == "Cs":
        return "\\ufffd"
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))

"""How many columns of a terminal a text takes: its letters are not all of one width."""

from __future__ import annotations

import unicodedata

# Marks that stand on the letter before them, and what is not shown at all.
_NO_COLUMN = frozenset({"Mn", "Me", "Cf"})
_WIDE = frozenset({"W", "F"})


def columns_of(text: str) -> int:
    """How many columns a text of one line takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in _NO_COLUMN:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1

"""Cells that no spreadsheet takes for a formula, and that come back as exactly the text that they were.

A text is marked with an apostrophe in front, as in a spreadsheet, where it means: this is text, as it is. Behind every
sign that another spreadsheet could take for the end of a cell there is one more.
"""

from __future__ import annotations

import re

_MARK = "'"
_BREAKS = re.compile(r"([,;|\t\r\n])")
_MARKED_BREAKS = re.compile(r"([,;|\t\r\n])'")
_ACTING_PART = re.compile(r"[,;|\t\r\n][^\w \"]|[,;|\t\r\n][ \"]+[^\w \"]")


def acts_in_a_spreadsheet(text: str) -> bool:
    """Whether a cell with this text, or a part of it where it is cut at another separator, may be a formula."""
    return bool(text) and (not text[0].isalnum() or _ACTING_PART.search(text) is not None)


def marked(text: str) -> str:
    """A text as a cell that is only text."""
    end = _MARK if text.endswith(_MARK) else ""
    return _MARK + _BREAKS.sub(rf"\1{_MARK}", text) + end


def unmarked(cell: str) -> str | None:
    """The text of a marked cell, and of one in single quotes; None for any other."""
    if not cell.startswith(_MARK):
        return None
    text = cell[1:-1] if len(cell) > 1 and cell.endswith(_MARK) else cell[1:]
    return _MARKED_BREAKS.sub(r"\1", text)

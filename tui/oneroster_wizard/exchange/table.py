"""A table of text as spreadsheets save it: its encoding, its separator, and its lines."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from ..limits import IMPORT_LINES
from .columns import field_of
from .problem import FileProblem

_SEPARATORS = ",;\t|"
# A line of these alone is empty, whatever the separator is.
_BLANK = _SEPARATORS + " \r\n"
# The line by which Excel is told the separator.
_TOLD = "sep="
_SAVE_AS = "In Excel, choose File > Save As > CSV UTF-8 (Comma delimited), then import that file."
_ARCHIVE = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class TableLine:
    """One row: the line of the file on which it begins, its number in the table, and its cells."""

    line: int
    number: int
    cells: list[str]

    @property
    def place(self) -> str:
        """Where it is, for a person with an editor or a spreadsheet."""
        return f"Line {self.line}" if self.line == self.number else f"Line {self.line} (row {self.number})"


def text_of(content: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16, with or without a byte-order mark; FileProblem for anything else."""
    if content.startswith((_ARCHIVE, _OLD_WORKBOOK)):
        raise FileProblem(f"This is a workbook, not text. {_SAVE_AS}")
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise FileProblem(f"The file is not UTF-8 or UTF-16 text. {_SAVE_AS}") from None
    if "\0" in text:
        raise FileProblem(f"The file is not text: it has NUL characters. {_SAVE_AS}")
    return text


def rows_of(text: str) -> list[TableLine]:
    """The rows of a table that are not empty, the line of titles first.

    FileProblem when there are more than `IMPORT_LINES`, or the quotes are not in order.
    """
    skipped, separator = 0, ""
    first, _, rest = text.partition("\n")
    if first.lower().startswith(_TOLD) and first[len(_TOLD) :].rstrip("\r") in tuple(_SEPARATORS):
        skipped, separator, text = 1, first[len(_TOLD)], rest
    found: list[TableLine] = []
    for row in _rows(text, separator or _separator_of(text), skipped):
        found.append(row)
        if len(found) > IMPORT_LINES + 1:
            raise FileProblem(f"The file has more than {IMPORT_LINES:,} lines. Import it in several parts.")
    return found


def _rows(text: str, separator: str, skipped: int = 0) -> Iterator[TableLine]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number, line = skipped, skipped + 1
    try:
        for cells in reader:
            number += 1
            if any(cell.strip(_BLANK) for cell in cells):
                yield TableLine(line, number, cells)
            line = reader.line_num + skipped + 1
    except csv.Error:
        raise FileProblem(
            f"Line {line}: the quotes do not match, or a cell is far too long. Put the whole cell in "
            f"double quotes, and double any quote inside it."
        ) from None


def _separator_of(text: str) -> str:
    """The separator with which the line of titles names most columns; of two alike, the one with more cells."""

    def known(separator: str) -> tuple[int, int]:
        try:
            titles = next(_rows(text, separator), None)
        except FileProblem:
            return -1, 0
        return (sum(bool(field_of(cell)) for cell in titles.cells), len(titles.cells)) if titles else (0, 0)

    return max(_SEPARATORS, key=known)

"""A table whose rows can be put in the order of any column, by a key and by a click on its heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.text import Text
from textual import on
from textual.binding import BindingType
from textual.widgets import DataTable

from oneroster_checks.visible import visible
from oneroster_wizard.keys import Key

_UP, _DOWN = " ↑", " ↓"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its key, its cells as text, and what each column is sorted by."""

    key: str
    cells: tuple[str, ...]
    values: tuple[str | float, ...]
    is_bold: bool = False


class SortedTable(DataTable[Text]):
    """Shows rows under `headings`; those of the columns in `numbers` at the right. No text in it is read as markup."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Key.SORT.bound("sort_next", "Sort", tooltip="Sort by the next column"),
        Key.REVERSE.bound("reverse", "Reverse", tooltip="Reverse the order"),
    ]

    def __init__(
        self,
        headings: Sequence[str],
        rows: Sequence[TableRow],
        numbers: Sequence[int],
        *,
        id: str,
        begin: str = "",
    ) -> None:
        """`begin` is the key of the row that is chosen at first, "" for the first one."""
        super().__init__(id=id, cursor_type="row", zebra_stripes=False)
        self._begin = begin
        self._headings = headings
        self._rows_given = rows
        self._numbers = numbers
        # The column that the rows are sorted by, None for the order in which they came.
        self._by: int | None = None
        self._descending = False

    def on_mount(self) -> None:
        self._fill()
        if self._begin:
            self.move_cursor(row=self.get_row_index(self._begin), animate=False)

    @property
    def chosen(self) -> str:
        """The key of the row under the cursor, "" where there is none."""
        if not self.row_count:
            return ""
        return str(self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value)

    def action_sort_next(self) -> None:
        """Sort by the next column; behind the last one the rows are as they came."""
        after = 0 if self._by is None else self._by + 1
        self._sort(after if after < len(self._headings) else None)

    def action_reverse(self) -> None:
        """Reverse the order."""
        self._descending = not self._descending
        self._fill()

    @on(DataTable.HeaderSelected)
    def _heading_clicked(self, event: DataTable.HeaderSelected) -> None:
        event.stop()
        if event.column_index == self._by:
            self.action_reverse()
        else:
            self._sort(event.column_index)

    def _sort(self, by: int | None) -> None:
        self._by = by
        # Of numbers, people want the largest first.
        self._descending = by in self._numbers
        self._fill()

    def _fill(self) -> None:
        """Lay out the rows anew; the cursor stays on its row."""
        chosen, by = self.chosen, self._by
        rows = list(self._rows_given)
        if by is not None:
            rows.sort(key=lambda row: row.values[by])
        if self._descending:
            rows.reverse()
        self.clear(columns=True)
        for place, heading in enumerate(self._headings):
            mark = (_DOWN if self._descending else _UP) if place == by else ""
            self.add_column(Text(f"{heading}{mark}", justify=self._side(place)))
        for row in rows:
            self.add_row(*(self._cell(row, place) for place in range(len(self._headings))), key=row.key)
        if chosen:
            self.move_cursor(row=self.get_row_index(chosen), animate=False)

    def _cell(self, row: TableRow, place: int) -> Text:
        style = "bold" if row.is_bold and not place else ""
        return Text(visible(row.cells[place]), style=style, justify=self._side(place), no_wrap=True)

    def _side(self, place: int) -> Literal["left", "right"]:
        return "right" if place in self._numbers else "left"

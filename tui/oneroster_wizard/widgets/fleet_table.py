"""The table of all saved profiles: it draws only the rows that are in sight, however many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp
from textual.strip import Strip
from textual.visual import Visual

from oneroster_wizard.fleet_rows import FleetRow

from .fleet_cells import cells, columns_of, heading

# The line of titles, which stays at the top.
_HEAD = 1


class FleetTable(ScrollView, can_focus=True):
    """Shows rows in the order in which they are given; the cursor stays on its profile wherever that goes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"fleet--head", "fleet--row", "fleet--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Run", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "move_page(-1)", "Page up", show=False),
        Binding("pagedown", "move_page(1)", "Page down", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Last", show=False),
    ]

    class Moved(Message):
        """The cursor is on another row, or its row has changed."""

    class Opened(Message):
        """The person opens the row under the cursor, by Enter or by a second click."""

    def __init__(self, today: date) -> None:
        super().__init__(id="saved")
        self._today = today
        self._rows: Sequence[FleetRow] = ()
        self._of = 0
        self._columns: dict[str, int] = {}
        # The width that they fill.
        self._width = 0
        self._at = 0
        # Whether the person has scrolled since the cursor was moved: only then it may be out of sight.
        self._is_scrolled = False
        # Lines that were drawn, by profile and kind, each with the row that it shows.
        self._lines: dict[tuple[str, str], tuple[FleetRow, Strip]] = {}

    @property
    def chosen(self) -> FleetRow | None:
        """The row under the cursor, None where there is none."""
        return self._rows[self._at] if self._rows else None

    @property
    def columns(self) -> Mapping[str, int]:
        """The columns that are shown, in their order, each with its cells."""
        return self._columns

    def show(self, rows: Sequence[FleetRow], choose: str = "", *, of: int = 0) -> None:
        """Show these rows of so many; the cursor goes to the profile `choose`, by default it stays on its own."""
        name = choose or (self.chosen.name if self.chosen else "")
        in_sight = self._is_in_sight()
        self._rows, self._of = rows, of or len(rows)
        place = next((place for place, row in enumerate(rows) if row.name == name), None)
        self._at = max(0, min(self._at, len(rows) - 1)) if place is None else place
        self._fit()
        if choose or in_sight:
            self._to_cursor()
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        in_sight = self._is_in_sight()
        self._fit()
        if in_sight:
            self._to_cursor()
        self.refresh()
        # Which columns have room says what stands below them.
        self.post_message(self.Moved())

    def _fit(self) -> None:
        width = self._width = self.scrollable_content_region.width
        columns = columns_of(width, self._rows)
        if columns != self._columns:
            self._lines.clear()
        self._columns = columns
        self.virtual_size = Size(width, len(self._rows) + _HEAD)

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        width = self.scrollable_content_region.width
        if width != self._width:
            # The scrollbar comes and goes after the size is known.
            self._fit()
            self.post_message(self.Moved())
        if y < _HEAD:
            return self._drawn(heading(self._columns, self._count), "fleet--head", width)
        place = self.scroll_offset.y + y - _HEAD
        if place >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row, is_chosen = self._rows[place], place == self._at
        kind = "fleet--cursor" if is_chosen else "fleet--row"
        shown, line = self._lines.get((row.name, kind), (None, None))
        if shown is not row or line is None:
            line = self._drawn(cells(row, self._columns, self._today, is_chosen=is_chosen), kind, width)
            self._lines[row.name, kind] = row, line
        return line

    def notify_style_update(self) -> None:
        """Another theme, or the focus, gives other colors."""
        self._lines.clear()
        super().notify_style_update()

    @property
    def _count(self) -> str:
        """How many of all are shown, where a filter leaves some out and no frame says so."""
        if len(self._rows) == self._of or self.styles.border.top[0]:
            return ""
        return f"{len(self._rows):,} of {self._of:,}"

    def _drawn(self, line: Content, kind: str, width: int) -> Strip:
        style = self.get_visual_style(kind)
        # A line that is too long would be wrapped, and lose its last word instead of its last letter.
        return Visual.to_strips(self, line.truncate(width), width, 1, style, pad=True)[0]

    # The cursor.

    def action_move(self, by: int) -> None:
        """Move the cursor by some rows."""
        if not self._rows:
            return
        self._at = max(0, min(self._at + by, len(self._rows) - 1))
        self._to_cursor()
        self.refresh()
        self.post_message(self.Moved())

    def action_move_page(self, way: int) -> None:
        """Move the cursor by a page."""
        self.action_move(way * max(1, self._seen - 1))

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self.action_move(-len(self._rows))

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        self.action_move(len(self._rows))

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if self._rows:
            self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is None or at.y < _HEAD:
            return
        place = self.scroll_offset.y + at.y - _HEAD
        if place == self._at:
            self.action_open()
        elif place < len(self._rows):
            self.action_move(place - self._at)

    @property
    def _seen(self) -> int:
        return self.scrollable_content_region.height - _HEAD

    @on(events.MouseScrollDown)
    @on(events.MouseScrollUp)
    @on(ScrollTo)
    @on(ScrollUp)
    @on(ScrollDown)
    def _scrolled(self) -> None:
        self._is_scrolled = True

    def _is_in_sight(self) -> bool:
        # A table that has just shrunk does not show what it is to show.
        shown = self.scroll_offset.y <= self._at < self.scroll_offset.y + self._seen
        return shown or not self._is_scrolled

    def _to_cursor(self) -> None:
        self._is_scrolled = False
        # The titles hide the first line of what scrolls.
        self.scroll_to_region(Region(0, self._at, 1, 1 + _HEAD), animate=False, force=True, immediate=True)

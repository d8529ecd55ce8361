"""All saved connections in one table: found, put in order, filtered, and run side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from oneroster_wizard.draft import Draft
from oneroster_wizard.fleet_found import FleetFound, read_fleet
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.widgets.state import plain

from .base import Body, Command
from .saved_moves import SavedMovesScreen

if TYPE_CHECKING:
    from oneroster_wizard.fleet_rows import FleetRow
    from oneroster_wizard.widgets.fleet_table import FleetTable

# What is offered only when something is saved.
FOR_SAVED = frozenset(
    (
        "run_saved",
        "run_all",
        "open_last",
        "history",
        "compare",
        "trace",
        "move",
        "move_all",
        "edit",
        "duplicate",
        "rename",
        "delete",
        "tags",
        "export",
    )
) | {"filter"}


class FleetScreen(SavedMovesScreen):
    """Shows the table of what is saved; nothing of it is imported as long as there is nothing."""

    def __init__(self, draft: Draft, saved: SavedConnections) -> None:
        super().__init__(draft, saved)
        self.found = FleetFound()
        self._is_read = saved.is_empty
        self._shows = asyncio.Lock()
        self.wanted = ""

    # What a subclass fills in.

    def compose_nothing(self) -> Iterator[Widget]:
        """What is shown where nothing is saved."""
        yield from ()

    def rows_came(self) -> None:
        """Called once, when what is saved stands on the screen."""

    # Reading and showing.

    def compose_middle(self) -> Iterable[Widget]:
        with Body(id="body"):
            if self._is_read:
                yield from self.compose_nothing()

    def on_mount(self) -> None:
        if not self._is_read:
            self.run_worker(self._read_first(), exclusive=True, group="read")
        # Other programs save, change, and run connections, too.
        self.watch(self.app, "app_focus", self._app_focused, init=False)

    def _app_focused(self, focused: bool) -> None:
        if focused and self.is_current:
            self.action_read_again()

    def action_read_again(self) -> None:
        """Read what is saved once more: other programs change it and run it, too."""
        if self._is_read and not self._shows.locked():
            self.run_worker(self.read_again(), group="again")

    async def read_again(self) -> None:
        had = self.focused
        await self.show_saved()
        if self.is_current and (had is None or not had.is_attached):
            self.set_focus(None)
            self._focus_first()

    async def _read_first(self) -> None:
        is_first = not self._is_read
        await self.show_saved(self.draft.profile)
        self._focus_first()
        if is_first:
            self.rows_came()

    def _focus_first(self) -> None:
        # Until the files are read nobody knows what there is to look at.
        if self._is_read:
            super()._focus_first()

    async def show_saved(self, choose: str = "") -> None:
        # Who reads later has the newer, and shows it later.
        async with self._shows:
            # Another thread reads, so that keys are answered meanwhile.
            found = FleetFound() if self.saved.is_empty else await asyncio.to_thread(read_fleet, self.saved)
            await self._show_found(found, choose)

    async def _show_found(self, found: FleetFound, choose: str) -> None:
        self.found = found
        self._is_read = True
        self.set_class(not self.found.rows, "-nothing")
        if self.found.rows and self.query("#saved"):
            await self.query("#broken").remove()
            await self.query_one("#body").mount(*self._compose_troubles(), before="#live")
        else:
            body = self.query_one("#body")
            await body.remove_children()
            await body.mount(*(self._compose_saved() if self.found.rows else self._compose_none()))
            if not self.query("#next"):
                # The first connection came while this screen was there.
                await self.query_one("#moves").mount(*self.compose_moves(), before=0)
        if self.found.rows:
            # What a person wants to see next must not be hidden by what was typed before.
            if choose and self.wanted and choose not in self.wanted_names():
                self.end_filter()
            self.show_rows(choose)
        self.refresh_bindings()

    def _compose_none(self) -> Iterator[Widget]:
        yield from self.compose_nothing()
        yield from self._compose_troubles()

    def _compose_troubles(self) -> Iterator[Widget]:
        if self.found.troubles:
            yield Body(Static(Content("\n").join(map(plain, self.found.troubles))), id="broken")

    def _compose_saved(self) -> Iterator[Widget]:
        from oneroster_wizard.widgets.fleet_filter import FleetFilter
        from oneroster_wizard.widgets.fleet_table import FleetTable

        yield FleetFilter()
        table = FleetTable(self.saved.today())
        table.add_class("framed")
        yield table
        yield Static(id="about")
        yield from self._compose_troubles()
        yield Static(id="live")
        buttons = ("run", "Run"), ("all", "Run all"), ("cancel", "Cancel"), ("last", "Last result")
        others = (("history", "History"), ("edit", "Edit"), ("duplicate", "Duplicate"), ("rename", "Rename"))
        yield Horizontal(
            *(Button(label, id=id) for id, label in (*buttons, *others, ("delete", "Delete"))),
            classes="actions",
            id="for-saved",
        )

    @property
    def names(self) -> Sequence[str]:
        return tuple(self.found.rows)

    def wanted_names(self) -> Sequence[str]:
        return [row.name for row in self.wanted_rows()]

    def chosen(self) -> str:
        row = self.table.chosen if self.found.rows else None
        return row.name if row else ""

    @property
    def table(self) -> FleetTable:
        """The table, which is there as long as something is saved."""
        from oneroster_wizard.widgets.fleet_table import FleetTable

        return self.query_one(FleetTable)

    def wanted_rows(self) -> list[FleetRow]:
        """The rows that the filter leaves, in their order."""
        from oneroster_wizard.fleet_rows import in_order

        return in_order(self.found.rows.values(), self.wanted)

    def show_rows(self, choose: str = "") -> None:
        """Show the rows as they are now; `choose` is the one to highlight, by default the one that is."""
        rows = self.wanted_rows()
        of = "" if len(rows) == len(self.found.rows) else f"{len(rows):,} of "
        self.table.border_title = f"Connections ({of}{len(self.found.rows):,})"
        self.table.show(rows, choose, of=len(self.found.rows))
        self._show_about()

    def on_fleet_table_moved(self) -> None:
        self._show_about()

    def on_fleet_table_opened(self) -> None:
        self.action_run_saved()

    def _show_about(self) -> None:
        from oneroster_wizard.widgets.fleet_cells import about

        row = self.table.chosen
        nothing = plain("No saved connection matches. Esc shows all of them.")
        words = about(row, self.table.columns, self.saved.today()) if row else nothing
        self.query_one("#about", Static).update(words)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a saved connection is offered when there is one."""
        if action == "filter" and self.focused is not None and self.focused.id == "filter":
            return False
        return action not in FOR_SAVED or bool(self.found.rows)

    def commands(self) -> Iterable[Command]:
        yield "Import", "Take over the connections of a CSV or TOML file", self.action_import
        if not self.found.rows:
            return
        yield "Run", "Run the checks of the chosen connection", self.action_run_saved
        yield "Last result", "Open the last result of the chosen connection", self.action_open_last
        yield "History", "The runs of the chosen connection, and what changed", self.action_history
        yield "Compare", "Two runs side by side, differences first", self.action_compare
        yield "Trace", "Follow one student, teacher, class, or grade through", self.action_trace
        yield "Move", "Whether it is safe to move to OneRoster 1.2, and what to do first", self.action_move
        yield "Move all", "Every pair that the profiles name by moves_to, as a table", self.action_move_all
        yield "Filter", "Show only connections with a word or tag", self.action_filter
        yield "Tags", "Change the tags of the chosen connection", self.action_tags
        yield "Edit", "Change the chosen connection", self.action_edit
        yield "Duplicate", "Copy the chosen connection under another name", self.action_duplicate
        yield "Rename", "Give the chosen connection another name", self.action_rename
        yield "Delete", "Delete the chosen connection and its secrets", self.action_delete
        yield "Export", "Write the list to a file, without secrets", self.action_export
        yield "Refresh", "Read again what other programs have saved and run", self.action_read_again

    # The filter.

    def action_filter(self) -> None:
        """Type what to look for."""
        self.query_one("#filter").add_class("-shown")
        self.query_one("#filter").focus()

    @on(Input.Changed, "#filter")
    def _filter_changed(self, event: Input.Changed) -> None:
        self.wanted = event.value
        self.show_rows()

    def on_fleet_filter_ended(self) -> None:
        self.end_filter()

    def on_fleet_filter_done(self) -> None:
        self.table.focus()

    @property
    def is_filtered(self) -> bool:
        """Whether there is a filter, or a box in which one is typed."""
        return bool(self.wanted or self.query("#filter.-shown"))

    def end_filter(self) -> None:
        """Show every row again."""
        box = self.query_one("#filter", Input)
        box.value = self.wanted = ""
        box.remove_class("-shown")
        self.show_rows()
        self.table.focus()

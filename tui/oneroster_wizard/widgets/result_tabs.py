"""A result under tabs: the article's points, the checks, the requests, what is shared, the records, the history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static, TabbedContent, TabPane

from oneroster_checks.report.records import RECORDS

from .checks_pane import ChecksPane
from .details import bars
from .point_list import PointList
from .requests_table import RequestsTable
from .state import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oneroster_checks.result import Result
    from oneroster_wizard.storage.kept_run import KeptRun

NOT_SAVED = "Not saved yet: Ctrl+S saves this connection, and from then on its runs are kept here."
NOTHING_SHARED = "No record was returned, so there is nothing to show."

# What has the focus when a tab is opened by its digit; of two, the last that is there.
_FIRST = {
    "points-tab": "#points",
    "checks-tab": "#rows",
    "requests-tab": "#requests",
    "shared-tab": "#shared",
    "records-tab": "#collections, #rules",
    "history-tab": "#history",
}


# What the digits lead to; where no records were read, the fifth is the history.
TAB_TITLES = ("Checklist", "Checks", "Requests", "Shared", "Records or History", "History")


class ResultTabs(Container):
    """Shows one result. The digit before the title of a tab goes to it."""

    def __init__(self, result: Result, runs: Sequence[KeptRun] | None) -> None:
        super().__init__(id="result")
        self._result = result
        self._runs = runs
        # The ids of the tabs, in their order.
        self.ids: list[str] = []

    def compose(self) -> ComposeResult:
        with TabbedContent(id="tabs"):
            for number, (id, title, widget) in enumerate(self._panes(), start=1):
                self.ids.append(id)
                with TabPane(f"{number} {title}", id=id):
                    yield widget

    def _panes(self) -> Iterator[tuple[str, str, Widget]]:
        result = self._result
        yield "points-tab", "Checklist", PointList()
        yield "checks-tab", "Checks", ChecksPane(result)
        yield "requests-tab", "Requests", RequestsTable(result)
        counts = bars(result.counts) if result.counts else plain(NOTHING_SHARED)
        yield "shared-tab", "Shared", VerticalScroll(Static(counts), id="shared")
        if result.read:
            from .records_pane import RecordsPane

            yield "records-tab", RECORDS, RecordsPane(result)
        yield "history-tab", "History", VerticalScroll(Static(id="timeline"), id="history")

    def on_mount(self) -> None:
        self.show_runs(self._runs)

    def show_runs(self, runs: Sequence[KeptRun] | None) -> None:
        """Show the history of a connection, or for None that it is not saved."""
        from .timeline import timeline

        text = plain(NOT_SAVED) if runs is None else timeline(runs)
        self.query_one("#timeline", Static).update(text)

    @property
    def _tabs(self) -> TabbedContent:
        return self.query_one(TabbedContent)

    @property
    def active(self) -> str:
        """The id of the tab that is shown."""
        return self._tabs.active

    def go_to(self, number: int) -> None:
        """Show the tab with this number, from 1, and give what is in it the focus."""
        if number > len(self.ids):
            return
        # What is hidden gives the focus away, to whatever comes next.
        self.screen.set_focus(None)
        self._tabs.active = self.ids[number - 1]
        self.call_after_refresh(self.focus_inside)

    @property
    def numbers(self) -> range:
        """The numbers of the tabs."""
        return range(1, len(self.ids) + 1)

    @property
    def inside(self) -> Widget | None:
        """What the active tab shows first, None where it is not there yet."""
        shown = self._tabs.get_pane(self._tabs.active).query(_FIRST[self._tabs.active])
        return shown.last() if shown else None

    def focus_inside(self) -> None:
        """Give the focus to what the active tab shows."""
        if self.inside is not None:
            self.inside.focus()

"""What came of a comparison under tabs: the findings, and what matches as a table of kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Static, TabbedContent, TabPane

from oneroster_checks.finding import Status
from oneroster_checks.moving.model import KindCounts, Moved
from oneroster_checks.report.moved import HEADINGS, MATCHES, cells

from .checks_pane import ChecksPane
from .sorted_table import SortedTable, TableRow

TAB_TITLES = ("Findings", MATCHES)
_FINDINGS, _KINDS = "findings-tab", "kinds-tab"
# The kind and the numbers of both sides stand there, whatever they are.
_ALWAYS = 3
NOT_COMPARED = "Nothing was compared, so nothing is known of what matches."


class MoveTabs(Container):
    """Shows one comparison; of one that found nothing wrong, the numbers first."""

    def __init__(self, moved: Moved) -> None:
        super().__init__(id="result")
        self._moved = moved

    def compose(self) -> ComposeResult:
        is_safe = self._moved.result.verdict.status is Status.PASS
        with TabbedContent(initial=_KINDS if is_safe else _FINDINGS, id="tabs"):
            for number, (id, title, widget) in enumerate(self._panes(), start=1):
                with TabPane(f"{number} {title}", id=id):
                    yield widget

    def _panes(self) -> Iterator[tuple[str, str, Widget]]:
        kinds = self._moved.report.kinds
        yield _FINDINGS, TAB_TITLES[0], ChecksPane(self._moved.result)
        yield _KINDS, TAB_TITLES[1], kinds_table(kinds) if kinds else Static(NOT_COMPARED, id="kinds")

    @property
    def inside(self) -> Widget:
        """The list or the table of the tab that is shown."""
        return self.query_one("#rows" if self.shows_findings else "#kinds")

    @property
    def shows_findings(self) -> bool:
        """Whether the findings are shown."""
        return self.query_one(TabbedContent).active == _FINDINGS

    def go_to(self, number: int) -> None:
        """Show a tab and go into it."""
        # What is hidden gives the focus away, to whatever comes next.
        self.screen.set_focus(None)
        self.query_one(TabbedContent).active = (_FINDINGS, _KINDS)[number - 1]
        self.call_after_refresh(self.focus_inside)

    def focus_inside(self) -> None:
        """Go into what the tab shows."""
        self.inside.focus()


def kinds_table(kinds: Sequence[KindCounts]) -> SortedTable:
    """A row for each kind of record, without the columns that are 0 for all of them."""
    rows = {kind.kind: cells(kind) for kind in kinds}
    places = [
        place
        for place in range(len(HEADINGS))
        if place < _ALWAYS or any(row[place] != "0" for row in rows.values())
    ]
    return SortedTable(
        [HEADINGS[place] for place in places],
        [
            TableRow(
                kind,
                tuple(row[place] for place in places),
                tuple(_value(row[place]) if place else row[place].casefold() for place in places),
            )
            for kind, row in rows.items()
        ],
        range(1, len(places)),
        id="kinds",
    )


def _value(cell: str) -> int:
    return int(cell.replace(",", ""))

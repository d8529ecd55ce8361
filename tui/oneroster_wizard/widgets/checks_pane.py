"""The checks of a result with a filter by state."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Select

from oneroster_checks.labels import STATE_ORDER, STATE_WORDS
from oneroster_checks.result import Result

from .result_list import ALL, ResultList


class ChecksPane(Vertical):
    """Shows the checks of a result, failures first, and only those in one state where that is wanted."""

    def __init__(self, result: Result) -> None:
        super().__init__(id="checks-pane")
        self._result = result
        states = [reported.finding.status for reported in result.findings]
        self._offered = [(f"All states ({len(states)})", ALL)]
        self._offered += [
            (f"{STATE_WORDS[state]} ({states.count(state)})", state.value)
            for state in STATE_ORDER
            if state in states
        ]

    def compose(self) -> ComposeResult:
        yield Select(self._offered, value=ALL, allow_blank=False, id="filter", compact=True)
        yield ResultList()

    @property
    def list(self) -> ResultList:
        """The list itself."""
        return self.query_one(ResultList)

    def on_resize(self) -> None:
        # The rows are wrapped by hand, so a new width means new rows.
        self.call_after_refresh(self.show_rows)

    @on(Select.Changed, "#filter")
    def show_rows(self) -> None:
        """List the rows that are wanted."""
        self.list.show(self._result, str(self.query_one("#filter", Select).value))

    def next_filter(self) -> None:
        """Show the next state alone, and after the last one all again."""
        select = self.query_one("#filter", Select)
        values = [value for _, value in self._offered]
        select.value = values[(values.index(str(select.value)) + 1) % len(values)]

"""The checks of a run as they are known, beside the details of the highlighted one."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import OptionList, Static

from oneroster_wizard.run_log import RunLog

from .check_list import WHOLE_RUN, CheckList
from .details import details
from .run_summary import run_summary


class RunBoard(Container):
    """Shows a log: `show_log` all of it, `show_check` what has changed about one check."""

    def __init__(self) -> None:
        super().__init__(id="split")
        self._log: RunLog | None = None

    def compose(self) -> ComposeResult:
        yield CheckList()
        with Vertical(id="beside"), VerticalScroll(id="details"):
            yield Static(id="detail-text")

    @property
    def checks(self) -> CheckList:
        """The list of the checks."""
        return self.query_one(CheckList)

    def show_log(self, log: RunLog) -> None:
        """List the checks of a log anew, with the same one highlighted."""
        self._log = log
        self.checks.show_log(log)
        self.show_details()

    def show_check(self, check: str) -> None:
        """Show a check again after something about it has changed."""
        self.checks.show_row(check)
        if check == self.checks.chosen:
            self.show_details()

    def show_details(self) -> None:
        """Show the details of the chosen check, or of the whole run."""
        log, check = self._log, self.checks.chosen
        if log is None:
            return
        if check == WHOLE_RUN or check not in log.checks:
            text = run_summary(log)
        else:
            found, requests = log.findings.get(check), log.requests.get(check, ())
            text = details(log.checks[check], found, requests, running=check == self.checks.now)
        self.query_one("#detail-text", Static).update(text)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id == self.checks.chosen:
            self.show_details()
            self.query_one("#details").scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.query_one("#details").focus()

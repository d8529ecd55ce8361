"""The list of a run's checks: each with its state, its time and one line; the first row is the whole run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from .state import STATE_WIDTH, plain, stated, tally

if TYPE_CHECKING:
    from oneroster_checks.result import ReportedFinding
    from oneroster_wizard.run_log import RunLog

WHOLE_RUN = "whole-run"
TIME_WIDTH = 8


class CheckList(OptionList):
    """Follows a run: it highlights the check that runs until the person moves in it."""

    def __init__(self) -> None:
        super().__init__(id="checks", compact=True)
        self.now = ""
        self.follows = True
        self._log: RunLog | None = None
        self._led_to = WHOLE_RUN

    @property
    def chosen(self) -> str:
        """The highlighted check, or the whole run."""
        option = self.highlighted_option
        return option.id if option is not None and option.id else WHOLE_RUN

    def show_log(self, log: RunLog) -> None:
        """List the checks of a run anew, with the same one highlighted."""
        chosen = self.chosen
        self._log = log
        self.set_options(Option(self._row(check), id=check) for check in (WHOLE_RUN, *log.checks))
        self.lead_to(chosen if chosen in log.checks else WHOLE_RUN)

    def show_rows(self, log: RunLog) -> None:
        """Write every row of a run again, and list them anew where it has others than before."""
        if self.option_count != 1 + len(log.checks):
            self.show_log(log)
        for check in log.checks:
            self.show_row(check)

    def show_row(self, check: str) -> None:
        """Write a row again after something about it has changed."""
        if self._log is not None and (check == WHOLE_RUN or check in self._log.checks):
            self.replace_option_prompt(check, self._row(check))

    def lead_to(self, check: str) -> None:
        """Highlight a check, without taking it for the person's own move."""
        self._led_to = check
        self.highlighted = self.get_option_index(check)

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id == self.chosen != self._led_to:
            self.follows = False

    def _row(self, check: str) -> Content:
        log = self._log
        if log is None or check == WHOLE_RUN:
            words = tally(reported.finding.status for reported in log.findings.values()) if log else ""
            return Content.assemble(plain("Whole run".ljust(STATE_WIDTH), "bold"), plain(words))
        info, reported = log.checks[check], log.findings.get(check)
        took = f"{reported.finding.duration_ms} ms" if reported and reported.finding.duration_ms else ""
        line = reported.summary if reported and reported.says_more else ""
        return Content.assemble(
            _state_of(reported, running=check == self.now),
            plain(f"{took.rjust(TIME_WIDTH)}  {info.title}  "),
            plain(line, "dim"),
        )


def _state_of(reported: ReportedFinding | None, *, running: bool) -> Content:
    if reported is not None:
        return stated(reported.finding.status, STATE_WIDTH)
    if running:
        return plain("Running".ljust(STATE_WIDTH), "bold $text-primary")
    return plain("Waiting".ljust(STATE_WIDTH), "dim")

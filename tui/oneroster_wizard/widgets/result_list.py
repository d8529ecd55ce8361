"""The checks of a result as one list, failures first."""

from __future__ import annotations

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from oneroster_checks.labels import STATE_ORDER
from oneroster_checks.result import Result

from .result_words import finding_row

# The filter that shows every state.
ALL = "all"


class ResultList(OptionList):
    """Lists the checks of a result; the id of a row is `check:` with the check behind it."""

    def __init__(self) -> None:
        super().__init__(id="rows", compact=True)

    @property
    def chosen(self) -> str:
        """The check under the cursor, "" where there is none."""
        option = self.highlighted_option
        return (option.id or "").partition(":")[2] if option is not None else ""

    def show(self, result: Result, wanted: str) -> None:
        """List those in one state, or in ALL, wrapped by hand at the present width; the same one stays chosen."""
        chosen, width = self.chosen, self.scrollable_content_region.width
        findings = [each for each in result.findings if wanted in (ALL, each.finding.status.value)]
        findings.sort(key=lambda reported: STATE_ORDER.index(reported.finding.status))
        self.set_options(
            Option(finding_row(reported, width), id=f"check:{reported.finding.check}")
            for reported in findings
        )
        checks = [reported.finding.check for reported in findings]
        # A row is chosen from the start, so that Enter does something.
        self.highlighted = checks.index(chosen) if chosen in checks else 0 if checks else None

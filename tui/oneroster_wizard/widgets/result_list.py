"""A result as one list: the article's points, then every check, failures first."""

from __future__ import annotations

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from oneroster_checks.labels import STATE_ORDER
from oneroster_checks.report.words import HEADING
from oneroster_checks.result import Result

from .details import heading
from .result_words import finding_row, point_row

# The filter that shows every state.
ALL = "all"


class ResultList(OptionList):
    """Lists a result; the id of a row is `point:` or `check:` with the point or the check behind it."""

    def __init__(self) -> None:
        super().__init__(id="rows", compact=True)

    def show(self, result: Result, wanted: str) -> None:
        """List the rows in one state, or in ALL, wrapped by hand at the present width; the same place stays chosen."""
        width = self.scrollable_content_region.width
        points = [item for item in result.checklist if wanted in (ALL, item.status.value)]
        findings = [
            reported for reported in result.findings if wanted in (ALL, reported.finding.status.value)
        ]
        findings.sort(key=lambda reported: STATE_ORDER.index(reported.finding.status))
        options: list[Option] = []
        if points:
            options.append(Option(heading(HEADING), disabled=True))
            options += [Option(point_row(item, width), id=f"point:{item.item}") for item in points]
        if findings:
            options.append(Option(heading("Every check, failures first"), disabled=True))
            options += [
                Option(finding_row(reported, width), id=f"check:{reported.finding.check}")
                for reported in findings
            ]
        highlighted = self.highlighted
        self.set_options(options)
        if highlighted is not None and highlighted < len(options):
            self.highlighted = highlighted

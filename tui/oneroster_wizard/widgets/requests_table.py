"""Every request of a run in a table that can be sorted: what was asked, what came back, and the server's own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType

from oneroster_checks.report.requests import RequestRow, request_rows
from oneroster_checks.result import Result
from oneroster_wizard.keys import Key

from .sorted_table import SortedTable, TableRow

# Cells for what was asked.
_TARGET = 40
_HEADINGS = ("#", "Answer", "ms", "Request", "Said", "Check")


class RequestsTable(SortedTable):
    """Lists the requests of a result; the key of a row is its number."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Key.COPY_CURL.bound(
            "screen.copy_curl", "Copy as curl", tooltip="Copy the lines that make this request again"
        ),
    ]

    def __init__(self, result: Result) -> None:
        self._requests = {str(row.number): row for row in request_rows(result)}
        rows = [_row(each) for each in self._requests.values()]
        # It begins at the request that shows what is wrong.
        wrong = _first_wrong(result, self._requests.values())
        super().__init__(_HEADINGS, rows, (0, 2), id="requests", begin=wrong)

    @property
    def request(self) -> RequestRow | None:
        """The request under the cursor, None where there is none."""
        return self._requests.get(self.chosen)


def _first_wrong(result: Result, rows: Iterable[RequestRow]) -> str:
    """The number of the first refused request of the root cause's check, "" where there is none."""
    of_the_root = (row for row in rows if row.evidence.check == result.verdict.check and _is_refused(row))
    return next((str(row.number) for row in of_the_root), "")


def _is_refused(row: RequestRow) -> bool:
    evidence = row.evidence
    return evidence.failed or (evidence.status is not None and evidence.status >= 300)


def _row(row: RequestRow) -> TableRow:
    evidence = row.evidence
    target = f"{evidence.method} {_end_of(evidence.url)}" if row.is_request else evidence.url
    # What the server said has room beside it, then.
    target = target if len(target) <= _TARGET else f"{target[: _TARGET - 1]}…"
    values = (row.number, row.answer, evidence.elapsed_ms, target, evidence.said, row.title)
    return TableRow(str(row.number), tuple(map(str, values)), values, is_bold=_is_refused(row))


def _end_of(url: str) -> str:
    """The end of an address, which tells requests apart; the whole of it stands in the details."""
    _, found, behind = url.partition("://")
    path = behind.partition("/")[2] if found else url
    parts = path.split("/")
    return "/".join(["…", *parts[-2:]]) if len(parts) > 3 else f"/{path}"

"""Every request of a run in a table that can be sorted: what was asked, what came back, and the server's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oneroster_checks.events import CheckInfo
from oneroster_checks.evidence import Evidence

from .sorted_table import SortedTable, TableRow

_HEADINGS = ("#", "Answer", "ms", "Request", "Said", "Check")


@dataclass(frozen=True, slots=True)
class MadeRequest:
    """One request of a run, with the check that made it."""

    check: CheckInfo
    evidence: Evidence


def made_requests(
    checks: Mapping[str, CheckInfo], requests: Mapping[str, Sequence[Evidence]]
) -> list[MadeRequest]:
    """Every request of a log, by check, each in the order in which it was made."""
    return [
        MadeRequest(info, evidence) for check, info in checks.items() for evidence in requests.get(check, ())
    ]


class RequestsTable(SortedTable):
    """Lists requests; the key of a row is its place among them."""

    def __init__(self, made: Sequence[MadeRequest]) -> None:
        self.made = made
        rows = [_row(place, each) for place, each in enumerate(made)]
        super().__init__(_HEADINGS, rows, (0, 2), id="requests")

    @property
    def request(self) -> MadeRequest | None:
        """The request under the cursor, None where there is none."""
        return self.made[int(self.chosen)] if self.chosen else None


def _row(place: int, made: MadeRequest) -> TableRow:
    from oneroster_checks.report.words import answer_words

    evidence = made.evidence
    answer = answer_words(evidence)
    said = evidence.said or ""
    target = f"{evidence.method} {_path(evidence.url)}"
    cells = (str(place + 1), answer, str(evidence.elapsed_ms), target, said, made.check.title)
    values = (place, answer, evidence.elapsed_ms, target, said, made.check.title)
    refused = evidence.failed or (evidence.status is not None and evidence.status >= 300)
    return TableRow(str(place), cells, values, is_bold=refused)


def _path(url: str) -> str:
    """The end of an address, which tells requests apart; the whole of it stands in the details."""
    _, found, behind = url.partition("://")
    path = behind.partition("/")[2] if found else url
    parts = path.split("/")
    return "/".join(["…", *parts[-2:]]) if len(parts) > 3 else f"/{path}"

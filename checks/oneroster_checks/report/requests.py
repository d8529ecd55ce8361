"""Every request of a run as typed rows, for a table that can be sorted, and for the reports of requests."""

from __future__ import annotations

from dataclasses import dataclass

from ..connection import Connection
from ..evidence import Evidence, EvidenceKind
from ..result import Result
from ..urls import place_of
from .redacted import shown
from .words import answer_words


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request of a run, or a connection that was only opened.

    `number` is its place in the run, from 1; `check` the id of the check that made it and `title` that check's title,
    both "" where that is not known. Everything else is in `evidence`, redacted; its texts are safe to show.
    """

    number: int
    check: str
    title: str
    evidence: Evidence

    @property
    def answer(self) -> str:
        """What came back, in a word or two: "HTTP 403", "no answer", "connected" or "failed"."""
        return answer_words(self.evidence)

    @property
    def is_request(self) -> bool:
        """Whether it was an HTTP request, and no connection that was only opened."""
        return self.evidence.kind is EvidenceKind.REQUEST


def address_of(evidence: Evidence, connection: Connection) -> str:
    """The whole address of a request; of a connection that was only opened, that of its host."""
    if evidence.kind is EvidenceKind.REQUEST:
        return evidence.url
    places = [place_of(url) for url in (connection.base_url, connection.token_url)]
    plain = any(f"{place.host}:{place.port}" == evidence.url and not place.secure for place in places)
    return f"{'http' if plain else 'https'}://{evidence.url}/"


def request_rows(result: Result) -> tuple[RequestRow, ...]:
    """Every request of a run in the order of sending; of a run that was kept, the same as when it ended.

    A run on top of an earlier one has its own requests only.
    """
    return rows_of(shown(result))


def rows_of(prepared: Result) -> tuple[RequestRow, ...]:
    """The same of a result that passed the redaction."""
    titles = {each.finding.check: each.finding.title for each in prepared.findings}
    # What earlier versions kept does not say which check made a request, but which ones it proves.
    proven: dict[Evidence, str] = {}
    for reported in prepared.findings:
        for each in reported.finding.evidence:
            proven.setdefault(each, reported.finding.check)
    rows = ((each.check or proven.get(each, ""), each) for each in prepared.trace)
    return tuple(
        RequestRow(number, check, titles.get(check, ""), each) for number, (check, each) in enumerate(rows, 1)
    )

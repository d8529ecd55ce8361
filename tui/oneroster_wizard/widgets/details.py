"""The details of one check: what it asks, what was sent and came back, the cause and the fix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from oneroster_checks.events import CheckInfo
from oneroster_checks.evidence import Evidence
from oneroster_checks.labels import WHO
from oneroster_checks.result import ReportedFinding, Step
from oneroster_wizard.limits import BAR_COLUMNS, LISTED_REQUESTS, SHOWN_BODY_CHARACTERS

from .state import plain, several_lines

if TYPE_CHECKING:
    from oneroster_checks.report.requests import RequestRow


def heading(text: str) -> Content:
    """A heading inside a text."""
    return plain(text, "bold")


def request_line(evidence: Evidence) -> Content:
    """One request in one line: method, what came back, milliseconds, address."""
    from oneroster_checks.report.words import answer_words

    refused = evidence.status is not None and evidence.status >= 300
    line = Content.assemble(
        plain(f"{evidence.method} "),
        plain(answer_words(evidence), "$text-warning" if evidence.failed or refused else "$text-success"),
        plain(f"  {evidence.elapsed_ms} ms  "),
        plain(evidence.url),
    )
    return Content.assemble(line, plain(f"  ({evidence.note})", "$text-muted")) if evidence.note else line


def details(info: CheckInfo, reported: ReportedFinding | None, requests: Sequence[Evidence]) -> Content:
    """Everything about one check beside its title and its state: what happened, what to do, the requests."""
    from oneroster_checks.report.words import said_lines

    parts: list[Content] = []
    if reported is not None:
        if reported.says_more:
            parts.append(plain(reported.summary))
        parts += [plain(line) for line in said_lines(reported)]
        if reported.fix:
            parts += [Content(""), heading("What to do"), *steps(reported.fix)]
        if parts:
            parts.append(Content(""))
    if info.description:
        parts.append(plain(f"What it checks: {info.description}"))
    if reported is not None and reported.finding.cause:
        parts.append(plain(f"Cause: {reported.finding.cause}"))
    evidence = requests or (reported.finding.evidence if reported else ())
    if evidence:
        parts += [Content(""), heading(f"Requests ({len(evidence)})")]
        for request in evidence[:LISTED_REQUESTS]:
            parts += _request_lines(request)
        if len(evidence) > LISTED_REQUESTS:
            parts.append(plain(f"and {len(evidence) - LISTED_REQUESTS} more"))
    return Content("\n").join(parts)


def request_details(row: RequestRow) -> Content:
    """Everything about one request: which check made it, what came back, and the server's own words."""
    from oneroster_checks.report.words import SAID

    parts = [plain(f"Made by: {row.title}"), Content("")] if row.title else []
    parts += _request_lines(row.evidence)
    if row.evidence.said:
        parts += [Content(""), plain(SAID.format(row.evidence.said))]
    return Content("\n").join(parts)


def _request_lines(request: Evidence) -> Iterable[Content]:
    yield request_line(request)
    if request.server_date:
        yield plain(f"  Server's date: {request.server_date}", "$text-muted")
    if request.request_id:
        yield plain(f"  Request id: {request.request_id}", "$text-muted")
    if request.outline:
        body = request.outline[:SHOWN_BODY_CHARACTERS]
        yield several_lines("  " + body.replace("\n", "\n  "), "$text-muted")


def steps(fix: Iterable[Step]) -> Iterable[Content]:
    """The steps of a fix, numbered; who does it comes first, in bold."""
    for number, step in enumerate(fix, start=1):
        yield Content.assemble(plain(f"{number}. "), plain(f"{WHO[step.who]}: ", "bold"), plain(step.text))


def bars(counts: Mapping[str, int]) -> Content:
    """What the district shares, one bar a kind, with its number."""
    if not counts:
        return Content("")
    most = max(counts.values()) or 1
    wide = max(len(name) for name in counts)
    lines = []
    for name, number in counts.items():
        cells = max(1, round(number / most * BAR_COLUMNS)) if number else 0
        lines.append(
            Content.assemble(
                plain(f"{name.ljust(wide)}  "),
                plain("█" * cells, "$primary"),
                plain(f" {number:,}" if cells else "0"),
            )
        )
    return Content("\n").join(lines)

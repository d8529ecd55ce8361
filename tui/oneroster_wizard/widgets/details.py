"""The details of one check: what it asks, what was sent and came back, the cause and the fix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.content import Content

from oneroster_checks.events import CheckInfo
from oneroster_checks.evidence import Evidence
from oneroster_checks.labels import WHO
from oneroster_checks.result import ReportedFinding, Step
from oneroster_wizard.limits import BAR_COLUMNS, LISTED_REQUESTS, SHOWN_BODY_CHARACTERS

from .state import plain, several_lines, stated


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
    return Content.assemble(line, plain(f"  ({evidence.note})", "dim")) if evidence.note else line


def details(
    info: CheckInfo, reported: ReportedFinding | None, requests: Sequence[Evidence], *, running: bool = False
) -> Content:
    """Everything about one check, for the pane beside the list."""
    from oneroster_checks.report.words import said_lines

    parts: list[Content] = []
    if reported is not None:
        finding = reported.finding
        parts.append(Content.assemble(stated(finding.status), "  ", heading(info.title)))
        if reported.says_more:
            parts.append(plain(reported.summary))
        parts += [plain(line) for line in said_lines(reported)]
        if finding.cause:
            parts.append(plain(f"Cause: {finding.cause}", "dim"))
    else:
        state = "Running" if running else "Waiting"
        parts.append(Content.assemble(plain(state, "$text-primary"), "  ", heading(info.title)))
    parts += [Content(""), plain(f"What it checks: {info.description}")]
    if reported is not None and reported.fix:
        parts += [Content(""), heading("What to do")]
        parts += list(steps(reported.fix))
    evidence = requests or (reported.finding.evidence if reported else ())
    if evidence:
        parts += [Content(""), heading(f"Requests ({len(evidence)})")]
        for request in evidence[:LISTED_REQUESTS]:
            parts.append(request_line(request))
            if request.server_date:
                parts.append(plain(f"  Server's date: {request.server_date}", "dim"))
            if request.request_id:
                parts.append(plain(f"  Request id: {request.request_id}", "dim"))
            if request.outline:
                body = request.outline[:SHOWN_BODY_CHARACTERS]
                parts.append(several_lines("  " + body.replace("\n", "\n  "), "dim"))
        if len(evidence) > LISTED_REQUESTS:
            parts.append(plain(f"and {len(evidence) - LISTED_REQUESTS} more", "dim"))
    return Content("\n").join(parts)


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

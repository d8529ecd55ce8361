"""What the Run and Checklist screens read from a run: its states, its root cause, its numbers."""

from __future__ import annotations

from textual.content import Content

from oneroster_checks.finding import Status
from oneroster_checks.result import Result

from .draft import RunLog
from .widgets.details import bars, heading
from .widgets.state import plain, tally


def root_check(result: Result) -> str | None:
    """The check that names the root cause, None when nothing is wrong."""
    cause = result.verdict.cause
    if cause is None:
        return None
    named = [said.finding for said in result.said if said.finding.cause == cause]
    worst = [finding for finding in named if finding.status in (Status.FAIL, Status.ERROR)]
    return (worst or named)[0].check if named else None


def whole_run(log: RunLog) -> Content:
    """The whole run in words: what was asked, how it went, what the district shares."""
    from oneroster_checks.redaction import Redactor

    connection, redactor = log.connection, Redactor(log.credentials.texts())
    parts = [
        heading("Whole run"),
        plain(f"OAuth {connection.oauth}, OneRoster {connection.oneroster}"),
        plain(f"Base URL: {redactor.text(connection.base_url.strip()) or 'empty'}"),
    ]
    if connection.oauth == 2:
        parts.append(plain(f"Token URL: {redactor.text(connection.token_url.strip()) or 'empty'}"))
    said = tally(said.finding.status for said in log.said.values())
    if said:
        parts += [Content(""), plain(f"So far: {said}" if log.result is None else f"States: {said}")]
    if log.result is not None:
        result = log.result
        parts.append(
            plain(f"{result.requests} requests, started {result.started.isoformat(timespec='seconds')}")
        )
        if result.counts:
            parts += [Content(""), heading("What the district shares"), bars(result.counts)]
    return Content("\n").join(parts)

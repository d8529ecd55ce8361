"""What the Run and Checklist screens read from a run: its states, its root cause, its numbers."""

from __future__ import annotations

from textual.content import Content

from oneroster_checks.events import CheckFinished, CheckStarted, Event, RequestMade, RunFinished, RunStarted
from oneroster_checks.finding import Status
from oneroster_checks.result import Result

from .draft import RunLog
from .widgets.details import bars, heading
from .widgets.state import plain, tally


def take(log: RunLog, event: Event) -> None:
    """Write down what the engine has said; what runs again is forgotten first."""
    match event:
        case RunStarted(checks):
            for info in checks:
                log.checks[info.check] = info
                log.reported.pop(info.check, None)
                log.requests.pop(info.check, None)
        case RequestMade(check, evidence):
            log.requests.setdefault(check, []).append(evidence)
        case CheckFinished(reported):
            log.reported[reported.finding.check] = reported
        case RunFinished(result):
            log.result = result
            log.reported = {reported.finding.check: reported for reported in result.findings}
        case CheckStarted():
            pass


def unreadable(error: OSError | ValueError) -> str:
    """Why a run could not begin: the only file that it reads is the one with certificate authorities."""
    import ssl

    # What the TLS library calls it says nothing to a person.
    known = isinstance(error, OSError) and not isinstance(error, ssl.SSLError) and error.strerror
    reason = known.lower() if known else "it holds no certificate in PEM form"
    return f"The CA file cannot be read: {reason}. It stands on the Connection step, under More."


def root_check(result: Result) -> str | None:
    """The check that names the root cause, None when nothing is wrong."""
    cause = result.verdict.cause
    if cause is None:
        return None
    named = [reported.finding for reported in result.findings if reported.finding.cause == cause]
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
    reported = tally(reported.finding.status for reported in log.reported.values())
    if reported:
        parts += [Content(""), plain(f"So far: {reported}" if log.result is None else f"States: {reported}")]
    if log.result is not None:
        result = log.result
        parts.append(
            plain(f"{result.requests} requests, started {result.started.isoformat(timespec='seconds')}")
        )
        if result.counts:
            parts += [Content(""), heading("What the district shares"), bars(result.counts)]
    return Content("\n").join(parts)

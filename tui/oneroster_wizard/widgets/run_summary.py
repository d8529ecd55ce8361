"""The whole run in words: what was asked, how it went, what the district shares."""

from __future__ import annotations

from textual.content import Content

from oneroster_checks.labels import CONSUMER_NAMES, authorization_label
from oneroster_wizard.run_log import RunLog

from .details import bars, heading
from .state import STATE_WIDTH, plain, stated, tally


def run_summary(log: RunLog) -> Content:
    """The text about a whole run, for the pane beside the list of checks."""
    from oneroster_checks.redaction.known import redactor_for
    from oneroster_checks.redaction.shown import shown_connection
    from oneroster_checks.target import make_target

    connection = shown_connection(log.connection, redactor_for(make_target(log.connection, log.credentials)))
    authorization = authorization_label(connection.oauth, fixed_token=connection.fixed_token)
    parts = [
        plain(f"{authorization}, OneRoster {connection.oneroster}"),
        plain(f"Base URL: {connection.base_url or 'empty'}"),
    ]
    if connection.requests_token:
        parts.append(plain(f"Token URL: {connection.token_url or 'empty'}"))
    if log.consumer is not None:
        parts.append(plain(f"Every record, and the steps of {CONSUMER_NAMES[log.consumer]}"))
    states = tally(reported.finding.status for reported in log.findings.values())
    if states:
        parts += [Content(""), plain(f"So far: {states}" if log.result is None else f"States: {states}")]
    if log.result is not None:
        result = log.result
        parts.append(
            plain(f"{result.requests} requests, started {result.started.isoformat(timespec='seconds')}")
        )
        if result.counts:
            parts += [Content(""), heading("What the district shares"), bars(result.counts)]
    return Content("\n").join(parts)


def stage_summary(log: RunLog, stage: str) -> Content:
    """The checks of a stage, a line each, with what those say that are not in order."""
    parts = []
    for id, info in log.checks.items():
        if info.stage != stage:
            continue
        found = log.findings.get(id)
        state = stated(found.finding.status, STATE_WIDTH) if found else plain("Waiting".ljust(STATE_WIDTH))
        parts.append(Content.assemble(state, plain(info.title)))
        if found is not None and found.finding.failed:
            parts.append(plain(found.summary))
    return Content("\n").join(parts)

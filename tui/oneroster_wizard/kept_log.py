"""A run that was kept, as the Checklist screen shows one that has just ended."""

from __future__ import annotations

from oneroster_checks.redaction import Redactor
from oneroster_checks.redaction.shown import shown_connection
from oneroster_checks.result import Result

from .draft import Draft
from .run_log import RunLog


def log_of(result: Result, draft: Draft) -> RunLog:
    """The log of a kept result; where the connection of the draft is still the one that ran, it is one of the draft."""
    from oneroster_checks.diagnosis.plan import every_check, info

    known = {check.id: info(check) for check in every_check()}
    redactor = Redactor(draft.credentials.texts())
    now = draft.connection
    redactor.spare(now.client_id, now.base_url, now.token_url, *now.scope.split())
    same = shown_connection(now, redactor, hides_client_id=False) == result.connection
    log = RunLog(now if same else result.connection, draft.credentials, every_record=result.is_full)
    for reported in result.findings:
        finding = reported.finding
        if finding.check in known:
            log.checks[finding.check] = known[finding.check]
        if finding.evidence:
            log.requests[finding.check] = list(finding.evidence)
    log.end(result)
    return log

"""What is kept of a result to compare later runs with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..redaction import Redactor
from ..redaction.shown import shown_connection, shown_observed
from ..result import Result
from .model import FindingState, Snapshot


def snapshot(result: Result, secrets: Mapping[str, str] | None = None) -> Snapshot:
    """What of a result is compared; `secrets` are keyed fingerprints by the field's name, "" for one not set."""
    states = {
        finding.check: FindingState(finding.title, finding.status, finding.cause)
        for finding in (each.finding for each in result.findings)
    }
    return shown_snapshot(
        Snapshot(
            started=result.started,
            status=result.verdict.status,
            cause=result.verdict.cause,
            summary=result.verdict.summary,
            full=result.is_full,
            requests=result.requests,
            duration_ms=result.duration_ms,
            connection=result.connection,
            findings=states,
            counts=dict(result.counts),
            secrets=dict(secrets or {}),
            observed=result.observed,
        )
    )


def shown_snapshot(kept: Snapshot) -> Snapshot:
    """A snapshot as it may be shown, wherever it was kept: its addresses, scopes and names pass the redaction."""
    typed = kept.connection
    redactor = Redactor()
    redactor.spare(typed.client_id, typed.base_url, typed.token_url, *typed.scope.split())
    return replace(
        kept,
        connection=shown_connection(typed, redactor, hides_client_id=False),
        observed=shown_observed(kept.observed, redactor),
    )

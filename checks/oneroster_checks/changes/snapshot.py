"""What is kept of a result to compare later runs with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from ..connection import Connection
from ..redaction import Redactor
from ..redaction.shown import shown_connection, shown_observed
from ..result import Result
from .model import FindingState, Observed, Snapshot


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
    (shown,) = shown_snapshots((kept,))
    return shown


def shown_snapshots(kept: Iterable[Snapshot]) -> tuple[Snapshot, ...]:
    """The same for several runs of one profile."""
    # Most of them are of one connection and saw the same.
    connection, observed = cache(_shown_connection), cache(_shown_observed)
    return tuple(
        replace(
            each,
            connection=connection(each.connection),
            observed=replace(
                observed(each.connection, replace(each.observed, median_ms=None)),
                median_ms=each.observed.median_ms,
            ),
        )
        for each in kept
    )


def _shown_connection(typed: Connection) -> Connection:
    return shown_connection(typed, _redactor(typed), hides_client_id=False)


def _shown_observed(typed: Connection, observed: Observed) -> Observed:
    return shown_observed(observed, _redactor(typed))


def _redactor(typed: Connection) -> Redactor:
    redactor = Redactor()
    redactor.spare(typed.client_id, typed.base_url, typed.token_url, *typed.scope.split())
    return redactor

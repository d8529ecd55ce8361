"""The result of a run: what its context has learned and its findings, with the verdict and the checklist."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import islice

from ..changes.endings import endings
from ..limits import CLASSES_OFFERED
from ..redaction.shown import said_later, shown_connection
from ..result import ReportedFinding, Result
from ..stages.context import RunContext
from ..standard.envelopes import id_of
from .checklist import settle
from .options import RunOptions
from .seen import observed
from .times import operation_times
from .verdict import verdict


def result_of(
    context: RunContext,
    findings: tuple[ReportedFinding, ...],
    options: RunOptions,
    started: datetime,
    duration_ms: int,
) -> Result:
    """The result of a run with these findings, on top of the previous one where its options name one."""
    typed, previous = context.connection, options.get("previous")
    shown = shown_connection(typed, context.redactor)
    seen = observed(context, previous.observed if previous else None)
    result = Result(
        connection=shown,
        started=started,
        duration_ms=duration_ms,
        requests=context.session.requests,
        verdict=verdict(findings, typed.provider),
        findings=findings,
        checklist=(),
        counts={**(previous.counts if previous else {}), **context.counts},
        trace=tuple(said_later(each, context.redactor) for each in context.trace),
        profile=options.get("profile"),
        has_vendor_pair=context.target.has_vendor_pair,
        read=tuple(context.full.reads.values()) if context.full else (previous.read if previous else ()),
        classes=_classes(context) or (previous.classes if previous else ()),
        times=operation_times(context.trace, typed.oneroster),
        observed=seen,
        endings=endings(shown, seen, (each.finding for each in findings), context.today),
        names=context.redactor.names,
    )
    return replace(result, checklist=settle(result, options.get("answers") or {}))


def _classes(context: RunContext) -> tuple[str, ...]:
    """The sourcedIds of the first classes that were read, of those that a report would show whole."""
    rows = (row for row in context.rows("/classes") if str(row.get("status")).lower() != "tobedeleted")
    ids = filter(None, map(id_of, rows))
    shown: list[str] = []
    while len(shown) < CLASSES_OFFERED and (some := list(islice(ids, CLASSES_OFFERED))):
        shown += context.redactor.whole_ids(some)
    return tuple(shown[:CLASSES_OFFERED])

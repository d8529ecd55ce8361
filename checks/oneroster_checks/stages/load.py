"""The checks of load: how fast the answers came, what had to be tried again, and how large a page may be."""

from __future__ import annotations

from statistics import median

from ..evidence import Evidence
from ..finding import Stage
from ..http.transient import TransientError, TransientErrorKind
from ..limits import SLOW_MEDIAN_S, SLOW_REQUEST_S
from .context import RunContext
from .model import Check, Outcome, Precondition, known, passed, skipped, warned


async def _pace(run: RunContext) -> Outcome:
    throttled = _evidence(run, throttled=True)
    others = _evidence(run, throttled=False)
    # What was never answered is a failure of its own, and no slow answer.
    data = [each for each in run.data_requests() if each.status is not None]
    times = [each.elapsed_ms / 1000 for each in data]
    middle = median(times) if times else 0.0
    slowest = max(data, key=lambda each: each.elapsed_ms, default=None)
    facts = known(
        {
            "seconds": round(max(times, default=0.0), 1),
            "median": round(middle, 1),
            "count": _throttled(run) or len(run.transient_errors),
            "detail": "; ".join(dict.fromkeys(_words(error) for error, _ in run.transient_errors)),
        }
    )
    if slowest is not None and (slowest.elapsed_ms / 1000 > SLOW_REQUEST_S or middle > SLOW_MEDIAN_S):
        return warned("load.slow", slowest, **facts)
    if throttled:
        return warned("load.throttled", *throttled[:3], **facts)
    if others:
        return warned("load.unsteady", *others[:3], **facts)
    return passed(median_ms=round(middle * 1000) if times else None)


def _throttled(run: RunContext) -> int:
    return sum(error.kind is TransientErrorKind.THROTTLED for error, _ in run.transient_errors)


def _evidence(run: RunContext, *, throttled: bool) -> list[Evidence]:
    """The requests that were throttled, or that overcame something else, each once."""
    return list(
        dict.fromkeys(
            evidence
            for error, evidence in run.transient_errors
            if (error.kind is TransientErrorKind.THROTTLED) is throttled
        )
    )


def _words(error: TransientError) -> str:
    """One transient error for people."""
    match error.kind:
        case TransientErrorKind.THROTTLED:
            return f"429, waited {error.waited_s:g} s"
        case TransientErrorKind.SERVER_ERROR:
            when = f"after {error.waited_s:g} s" if error.waited_s else "at once"
            return f"HTTP {error.status}, retried {when}"
        case TransientErrorKind.CLOSED:
            when = f"after {error.waited_s:g} s" if error.waited_s else "at once"
            return f"connection closed, retried {when}"
        case TransientErrorKind.TIMED_OUT:
            return f"no answer in time, retried after {error.waited_s:g} s"
        case TransientErrorKind.TOKEN_RENEWED:
            return f"HTTP {error.status} for a token that had worked, retried with a new one"


async def _page_size(run: RunContext) -> Outcome:
    failed = [page for page in run.large_pages if not page.is_our_own]
    if not failed:
        limits = [reading.limit for reading in run.readings.values() if reading.good and reading.limit]
        if not limits:
            return skipped("no page was read")
        works = run.large_pages[-1].worked.limit if run.large_pages else None
        received = [reading.received for reading in run.readings.values() if reading.good]
        if run.full is not None:
            limits.append(run.full.asked)
            received += run.full.at_once.values()
        return passed(asked=max(limits), received=max(received), works=works)
    # A run that had to go down twice works with the last size.
    page = failed[-1]
    answer = page.failed.answer
    detail = "it was larger than this tool reads" if page.failed.cut else None
    return warned(
        "load.page-too-large",
        page.failed.evidence,
        page.worked.evidence,
        path=page.failed.path,
        asked=page.failed.limit,
        works=page.worked.limit,
        status=None if answer.succeeded else answer.status,
        detail=answer.failure.detail if answer.failure else detail,
    )


CHECKS: tuple[Check, ...] = (
    Check(
        "load.page-size", "Page size",
        "Whether the server returns pages of the requested size, or only smaller ones.",
        Stage.PROTOCOL, _page_size, requires=(Precondition.AUTHORIZED,),
        after=("error.unsafe", "paging.total", "payload.records", "sharing.assessments"),
        in_order="[[The server answered requests for up to {asked} records a page; the largest page had {received} "
        "records.]]"
        "[[ Larger pages are too large for this tool; it read {works} records at a time.]]",
    ),
    Check(
        "load.pace", "Response times",
        "Whether responses are fast, and whether any request had to be retried.",
        Stage.PROTOCOL, _pace, requires=(Precondition.AUTHORIZED,),
        after=("error.unsafe", "paging.total", "payload.records", "sharing.assessments"),
        in_order="[[Half of the responses came within {median_ms} ms.]]",
    ),
)  # fmt: skip

"""The check of pace: how fast the answers came, and what had to be tried again."""

from __future__ import annotations

from statistics import median

from ..finding import FactDict, Stage
from ..limits import SLOW_MEDIAN_S, SLOW_REQUEST_S
from .context import RunContext
from .model import Check, Gate, Outcome, passed, warned


async def _pace(run: RunContext) -> Outcome:
    throttled = [evidence for words, evidence in run.transient_errors if "429" in words]
    others = [(words, evidence) for words, evidence in run.transient_errors if "429" not in words]
    data, times = run.data_requests(), run.data_seconds()
    middle = median(times) if times else 0.0
    slowest = max(data, key=lambda each: each.elapsed_ms, default=None)
    facts: FactDict = {
        "seconds": round(max(times, default=0.0), 1),
        "median": round(middle, 1),
        "count": len(run.transient_errors),
        "detail": "; ".join(dict.fromkeys(words for words, _ in run.transient_errors)),
    }
    if slowest is not None and (slowest.elapsed_ms / 1000 > SLOW_REQUEST_S or middle > SLOW_MEDIAN_S):
        return warned("load.slow", slowest, **facts)
    if throttled:
        return warned("load.throttled", *throttled[:3], **facts)
    if others:
        return warned("load.unsteady", *(evidence for _, evidence in others[:3]), **facts)
    return passed(median=round(middle, 1) if times else None)


CHECKS: tuple[Check, ...] = (
    Check(
        "load.pace", "Response times",
        "Whether answers are fast, and whether any request had to be tried again.",
        Stage.PROTOCOL, _pace, requires=(Gate.AUTHORIZED,),
        after=("error.unsafe", "paging.total", "payload.records", "sharing.assessments"),
        in_order="[[Half of the answers came within {median} seconds.]]",
    ),
)  # fmt: skip

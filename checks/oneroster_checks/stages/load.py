"""The check of pace: how fast the answers came, and what had to be tried again."""

from __future__ import annotations

from statistics import median

from ..finding import FactDict, Stage
from . import gates
from .context import SLOW_MEDIAN_S, Run
from .model import Check, Outcome, passed, warned

# One published test suite wants every answer within 30 seconds.
SLOW_REQUEST_S = 30.0


async def _pace(run: Run) -> Outcome:
    throttled = [evidence for words, evidence in run.transient_errors if "429" in words]
    others = [(words, evidence) for words, evidence in run.transient_errors if "429" not in words]
    data = [item for item in run.trace if item.method == "GET"]
    times = [item.elapsed_ms / 1000 for item in data]
    middle = median(times) if times else 0.0
    slowest = max(data, key=lambda item: item.elapsed_ms, default=None)
    facts: FactDict = {
        "seconds": round(max(times, default=0.0), 1), "median": round(middle, 1), "count": len(run.transient_errors),
        "path": "", "status": "429", "asked": "", "detail": "; ".join(dict.fromkeys(words for words, _ in run.transient_errors)),
    }  # fmt: skip
    if slowest is not None and (slowest.elapsed_ms / 1000 > SLOW_REQUEST_S or middle > SLOW_MEDIAN_S):
        return warned("load.slow", slowest, **facts)
    if throttled:
        return warned("load.throttled", *throttled[:3], **facts)
    if others:
        return warned("load.unsteady", *(evidence for _, evidence in others[:3]), **facts)
    return passed(**facts | {"median": facts["median"] or "", "detail": ""})


CHECKS: tuple[Check, ...] = (
    Check(
        "load.pace", "Answers come in good time",
        "Whether answers are quick, and whether any had to be tried again.",
        Stage.PROTOCOL, _pace, requires=gates.AUTHORISED,
        after=("error.unsafe", "paging.total", "payload.records", "sharing.assessments"),
    ),
)  # fmt: skip

"""The check of pace: how fast the answers came, and what had to be tried again."""

from __future__ import annotations

from statistics import median

from ..evidence import Evidence
from ..finding import FactDict, Stage
from ..http.transient import TransientError, TransientErrorKind
from . import gates
from .context import SLOW_MEDIAN_S, Run
from .model import Check, Outcome, passed, warned

# One published test suite wants every answer within 30 seconds.
SLOW_REQUEST_S = 30.0


async def _pace(run: Run) -> Outcome:
    throttled = _evidence(run, throttled=True)
    others = _evidence(run, throttled=False)
    data = [item for item in run.trace if item.method == "GET"]
    times = [item.elapsed_ms / 1000 for item in data]
    middle = median(times) if times else 0.0
    slowest = max(data, key=lambda item: item.elapsed_ms, default=None)
    facts: FactDict = {
        "seconds": round(max(times, default=0.0), 1),
        "median": round(middle, 1),
        "count": len(run.transient_errors),
        "path": "",
        "status": "429",
        "asked": "",
        "detail": "; ".join(dict.fromkeys(_words(error) for error, _ in run.transient_errors)),
    }
    if slowest is not None and (slowest.elapsed_ms / 1000 > SLOW_REQUEST_S or middle > SLOW_MEDIAN_S):
        return warned("load.slow", slowest, **facts)
    if throttled:
        return warned("load.throttled", *throttled[:3], **facts)
    if others:
        return warned("load.unsteady", *others[:3], **facts)
    return passed(**facts | {"median": facts["median"] or "", "detail": ""})


def _evidence(run: Run, *, throttled: bool) -> list[Evidence]:
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
            return "connection closed, retried at once"
        case TransientErrorKind.TOKEN_RENEWED:
            return f"HTTP {error.status} for a token that had worked, retried with a new one"


CHECKS: tuple[Check, ...] = (
    Check(
        "load.pace", "Answers come in good time",
        "Whether answers are quick, and whether any had to be tried again.",
        Stage.PROTOCOL, _pace, requires=gates.AUTHORISED,
        after=("error.unsafe", "paging.total", "payload.records", "sharing.assessments"),
    ),
)  # fmt: skip

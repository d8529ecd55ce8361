"""The stream that a run emits; the wizard and the command line are two listeners of it.

Every event has `at`, the local time with its offset.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .evidence import Evidence
from .finding import Stage
from .http.transient import TransientErrorKind
from .result import ReportedFinding, Result


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """A check as a listener sees it: its id, its title and what it checks, in plain words."""

    check: str
    title: str
    description: str
    stage: Stage


# What a result says of the whole run where it reached a limit of this tool: it sends nothing and is in no plan, and
# its finding comes last. To run it again is to run what was left out.
LIMITS_CHECK = CheckInfo(
    "tool.limits",
    "Limits of this run",
    "Whether the run ended within this tool's own limits, or some checks had to be left out.",
    Stage.PROTOCOL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Timed:
    """What every event has: `at`, the local time with its offset."""

    at: datetime


@dataclass(frozen=True, slots=True)
class RunStarted(_Timed):
    """The run begins; these are its checks in order; `at` is when."""

    checks: tuple[CheckInfo, ...]


@dataclass(frozen=True, slots=True)
class CheckStarted(_Timed):
    """A check begins; `at` is when."""

    check: str


@dataclass(frozen=True, slots=True)
class RequestMade(_Timed):
    """A request of the running check has ended, with or without an answer; `at` is when."""

    check: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Waiting(_Timed):
    """The running check waits before it tries a request again: why, and how many seconds; `at` is when."""

    check: str
    reason: TransientErrorKind
    seconds: float


@dataclass(frozen=True, slots=True)
class ReadProgress(_Timed):
    """How far the full read of a collection has come; `at` is when.

    `records` of `of` were read, None where no total is known, in `bytes` and `seconds`; `left_s` is how many seconds
    the rest will take at this pace, None where nobody knows. `ended` says that this is the last of the collection.
    """

    check: str
    collection: str
    records: int
    of: int | None
    bytes: int
    seconds: float
    left_s: float | None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class CheckFinished(_Timed):
    """A check has ended, with the words for what it found; `at` is when."""

    reported: ReportedFinding


@dataclass(frozen=True, slots=True)
class RunFinished(_Timed):
    """The run has ended; nothing comes after this; `at` is when."""

    result: Result


Event = RunStarted | CheckStarted | RequestMade | Waiting | ReadProgress | CheckFinished | RunFinished

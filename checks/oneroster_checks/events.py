"""The stream that a run emits; the wizard and the command line are two listeners of it."""

from __future__ import annotations

from dataclasses import dataclass

from .evidence import Evidence
from .finding import Stage
from .result import ReportedFinding, Result


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """A check as a listener sees it: its id, its title and what it asks, in plain words."""

    check: str
    title: str
    asks: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The run begins; these are its checks in order."""

    checks: tuple[CheckInfo, ...]


@dataclass(frozen=True, slots=True)
class CheckStarted:
    """A check begins."""

    check: str


@dataclass(frozen=True, slots=True)
class RequestMade:
    """A request of the running check has ended, with or without an answer."""

    check: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CheckFinished:
    """A check has ended, with the words for what it found."""

    reported: ReportedFinding


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The run has ended; nothing comes after this."""

    result: Result


Event = RunStarted | CheckStarted | RequestMade | CheckFinished | RunFinished

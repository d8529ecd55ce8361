"""What came of a run so far, as the Run and Checklist screens show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from oneroster_checks.connection import Connection, Credentials
from oneroster_checks.events import (
    LIMITS_CHECK,
    CheckFinished,
    CheckInfo,
    Event,
    ReadProgress,
    RequestMade,
    RunFinished,
    RunStarted,
    Waiting,
)
from oneroster_checks.evidence import Evidence
from oneroster_checks.result import ReportedFinding, Result

from .waiting import waiting_words

if TYPE_CHECKING:
    from oneroster_checks.stages.model import Consumer


@dataclass(slots=True)
class RunLog:
    """One run: what it was started with, and what came so far, by check; `result` once it has ended.

    `waiting` says why the run waits right now, "" while it does not. `every_record` says that it is one of depth full,
    `consumer` for whom it takes further steps, and `reads` how far the full read of each collection has come, by its
    name. `is_partial` says that its result is one of only some checks, on top of an earlier one.
    """

    connection: Connection
    credentials: Credentials
    checks: dict[str, CheckInfo] = field(default_factory=dict)
    findings: dict[str, ReportedFinding] = field(default_factory=dict)
    requests: dict[str, list[Evidence]] = field(default_factory=dict)
    result: Result | None = None
    waiting: str = ""
    every_record: bool = False
    consumer: Consumer | None = None
    is_partial: bool = False
    reads: dict[str, ReadProgress] = field(default_factory=dict)
    # The requests of the run that goes on, in order, each by its check and its place there.
    _order: list[tuple[str, int]] = field(default_factory=list)

    def fits(self, connection: Connection, credentials: Credentials) -> bool:
        """Whether the run has ended and was one of this connection with these credentials."""
        return self.result is not None and self.connection == connection and self.credentials == credentials

    def record(self, event: Event) -> None:
        """Write down what the engine reports; what runs again is forgotten first."""
        self.waiting = ""
        match event:
            case RunStarted(checks):
                self._order.clear()
                self.reads.clear()
                for info in checks:
                    self.checks[info.check] = info
                    self.findings.pop(info.check, None)
                    self.requests.pop(info.check, None)
            case RequestMade(check, evidence):
                made = self.requests.setdefault(check, [])
                self._order.append((check, len(made)))
                made.append(evidence)
            case Waiting(_, reason, seconds):
                self.waiting = waiting_words(reason, seconds)
            case ReadProgress():
                self.reads[event.collection] = event
            case CheckFinished(reported):
                self.findings[reported.finding.check] = reported
            case RunFinished(result):
                # A server may have named a person whose record came later; the result says no more of it.
                for (check, place), evidence in zip(self._order, result.trace, strict=True):
                    self.requests[check][place] = evidence
                self.end(result)
            case _:
                pass

    def end(self, result: Result) -> None:
        """Take a result as what is known now: its findings, and that of the limits of the run where it has one."""
        self.result = result
        self.checks.pop(LIMITS_CHECK.check, None)
        if result.finding(LIMITS_CHECK.check) is not None:
            self.checks[LIMITS_CHECK.check] = LIMITS_CHECK
        self.findings = {reported.finding.check: reported for reported in result.findings}

    def cancel(self) -> None:
        """Forget what a run that was stopped has found: what was known before it holds."""
        self.waiting = ""
        if self.result is not None:
            self.end(self.result)

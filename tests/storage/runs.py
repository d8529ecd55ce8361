"""Runs for the tests of the history, and a clock that stands still."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from oneroster_checks.clock import Clock
from oneroster_checks.finding import Status
from oneroster_checks.result import Result, Verdict

from ..hostile_results import CAUSE, PLAIN

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


class StandingClock(Clock):
    """A clock that tells the same time until somebody sets it."""

    def __init__(self, time: datetime = NOW) -> None:
        self.time = time

    def now(self) -> datetime:
        return self.time


def run_of(profile: str, days_ago: float = 0, *, works: bool = True) -> Result:
    """A run of a profile so many days before `NOW`, which worked or was refused."""
    passed = Verdict(Status.PASS, None, "Everything that was checked works.")
    verdict = (
        passed if works else Verdict(Status.FAIL, CAUSE, "Every request was refused.", check="access.data")
    )
    return replace(PLAIN, profile=profile, started=NOW - timedelta(days=days_ago), verdict=verdict)

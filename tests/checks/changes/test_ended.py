"""Runs of which only the end is known say when the connection worked and since when, and no difference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from oneroster_checks.changes.compare import with_changes
from oneroster_checks.changes.model import Changed, Snapshot
from oneroster_checks.finding import Status
from oneroster_checks.result import Verdict

from .weeks import MORNING, failing, field, good, healthy, morning

REFUSED = failing("access.forbidden", "access.data")


@dataclass(frozen=True)
class Bare:
    """A run of which only the end is known."""

    started: datetime
    status: Status
    cause: str | None

    @property
    def worked(self) -> bool:
        return self.status is Status.PASS


def bare(day: int, *, worked: bool, cause: str = "access.forbidden", status: Status = Status.FAIL) -> Bare:
    started = morning(day, good()).started
    return Bare(started, Status.PASS, None) if worked else Bare(started, status, cause)


def told(runs: list[Snapshot | Bare], *, works: bool = False) -> Changed | None:
    """How a run on the morning after ten compares with these."""
    result = replace(healthy(), started=morning(10, good()).started)
    if not works:
        verdict = Verdict(Status.FAIL, "access.forbidden", "Refused.", check="access.data")
        result = replace(result, verdict=verdict)
    return with_changes(result, [run for run in runs if isinstance(run, Snapshot)], None, runs).changed


def day_of(moment: datetime | None) -> int | None:
    return (moment - MORNING).days if moment else None


def good_on(day: int) -> Snapshot:
    return morning(day, good())


def bad_on(day: int) -> Snapshot:
    return morning(day, good(), REFUSED)


def failed_otherwise_on(day: int) -> Snapshot:
    return morning(day, good(), failing("token.invalid-client", "token.issue"))


@pytest.mark.parametrize(
    ("runs", "last_worked", "since"),
    [
        ([bare(1, worked=True)], 1, 10),
        ([bare(1, worked=False)], None, 1),
        ([bare(0, worked=True), bare(1, worked=False)], 0, 1),
        ([bare(1, worked=True), bad_on(2), bad_on(3)], 1, 2),
        ([bare(1, worked=False), bad_on(2), bad_on(3)], None, 1),
        ([bare(1, worked=False), good_on(2), bad_on(3)], 2, 3),
        ([bare(1, worked=True), good_on(2), bad_on(3)], 2, 3),
        ([bad_on(2), bare(3, worked=True), bad_on(4)], 3, 4),
        ([good_on(1), bad_on(2), bare(3, worked=False), bad_on(4)], 1, 2),
        ([good_on(1), good_on(2)], 2, 10),
    ],
)
def test_when_it_worked_and_since_when(
    runs: list[Snapshot | Bare], last_worked: int | None, since: int
) -> None:
    compared = told(runs)
    assert compared is not None
    assert (day_of(compared.last_worked), day_of(compared.since)) == (last_worked, since)


OTHER = "token.invalid-client"


@pytest.mark.parametrize(
    ("runs", "since", "cause_since"),
    [
        ([bare(0, worked=True), bare(1, worked=False)], 1, 1),
        ([bare(1, worked=False, cause=OTHER), bare(2, worked=False), bad_on(3)], 1, 2),
        ([bare(1, worked=False, cause=OTHER), bad_on(3)], 1, 3),
        ([bare(1, worked=False), bad_on(2), bare(3, worked=False, cause=OTHER)], 1, 10),
        ([bad_on(2), bare(3, worked=True), bad_on(4)], 4, 4),
        ([bare(1, worked=False), bare(2, worked=False, cause="tool.keyring", status=Status.ERROR), bad_on(3)], 1, 1),
        ([bare(1, worked=False, cause=OTHER), failed_otherwise_on(2), bad_on(3), bad_on(4)], 1, 3),
    ],
)  # fmt: skip
def test_since_when_by_this_cause(runs: list[Snapshot | Bare], since: int, cause_since: int) -> None:
    compared = told(runs)
    assert compared is not None
    assert (day_of(compared.since), day_of(compared.cause_since)) == (since, cause_since)


def test_since_when_it_works() -> None:
    compared = told([bare(0, worked=False), bare(1, worked=True), good_on(2)], works=True)
    assert compared is not None
    assert (day_of(compared.last_worked), day_of(compared.since)) == (2, 1)


def test_no_difference_is_told_from_a_bare_run() -> None:
    bare_alone = told([bare(1, worked=True)])
    assert bare_alone is not None
    assert bare_alone.differences == ()
    older = morning(1, good(), field(client_id="another"))
    compared = told([older, bare(2, worked=True)])
    assert compared is not None
    assert any("client id" in each.summary for each in compared.differences)


def test_without_any_run_before_nothing_is_compared() -> None:
    assert told([]) is None

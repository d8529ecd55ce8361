"""The runs of a profile as a timeline: their days, and what changed before each group."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from oneroster_checks.finding import Status
from oneroster_wizard.run_groups import alike
from oneroster_wizard.storage.kept_run import KeptRun

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
FELL = "Students fell from 120 to 0 between November 20 and November 21, 2026."
KEY = "The client secret was changed between November 20 and November 21, 2026."


def run(hours: int, status: Status = Status.FAIL, *differences: str, full: bool = False) -> KeptRun:
    """A run so many hours before the last."""
    cause = "sharing.rostering-off" if status is Status.FAIL else None
    started = NOON - timedelta(hours=hours)
    return KeptRun("elm", started, status, cause, "It ended.", full=full, differences=differences)


def test_a_quick_run_does_not_hide_what_a_full_one_of_the_group_said() -> None:
    quick, full, older = (
        run(0, Status.FAIL, KEY),
        run(24, Status.FAIL, KEY, FELL, full=True),
        run(48, Status.FAIL, FELL),
    )
    (same,) = alike([quick, full, older])
    assert same.differences == (KEY, FELL)


def test_the_newest_full_run_knows_most() -> None:
    other = "Students fell from 120 to 7 between November 20 and November 21, 2026."
    full, quick, older = (
        run(0, Status.FAIL, FELL, full=True),
        run(1, Status.FAIL, KEY),
        run(24, Status.FAIL, other, full=True),
    )
    (same,) = alike([full, quick, older])
    assert same.differences == (FELL,)


def test_another_group_says_nothing_of_this_one() -> None:
    first, second = alike(
        [
            run(0, Status.FAIL, KEY),
            run(1, Status.PASS),
        ]
    )
    assert (first.differences, second.differences) == ((KEY,), ())


def test_the_days_are_those_of_one_clock() -> None:
    tokyo = timezone(timedelta(hours=9))
    before = KeptRun("elm", datetime(2026, 11, 28, 3, tzinfo=tokyo), Status.PASS, None, "It works.")
    here = KeptRun("elm", datetime(2026, 11, 27, 20, tzinfo=UTC), Status.PASS, None, "It works.")
    failed = run(-24)
    groups = list(alike([failed, here, before]))
    assert [each.days for each in groups] == ["November 28, 2026", "November 27, 2026"]
    assert groups[1].runs[1].started == before.started

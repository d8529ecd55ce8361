"""The order of the runs and what is let go of them, where a clock was wrong and where a profile fails for long."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_wizard.fleet_run import EndedRun, keep_run
from oneroster_wizard.limits import HISTORY_DAYS, HISTORY_MOST, HISTORY_RUNS
from oneroster_wizard.storage.history import History
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from .runs import NOW, StandingClock, run_of

HOUR = timedelta(hours=1)


class Keeping:
    """A profile whose runs are kept as they end, by a clock that tells when they began."""

    def __init__(self, folder: Path) -> None:
        self.clock = StandingClock()
        self.history = History(folder / "history.sqlite3", self.clock)
        self.store = ProfileStore(folder, self.history)
        self.store.save(Profile("lakeside", Connection()))

    def keep(self, days_ago: float, *, works: bool = True) -> EndedRun:
        self.clock.time = NOW - timedelta(days=days_ago)
        return keep_run(self.store, run_of("lakeside", days_ago, works=works), {})

    @property
    def days_ago(self) -> list[float]:
        """When the runs that are shown began, the newest first."""
        return [(NOW - run.started) / timedelta(days=1) for run in self.history.runs("lakeside")]


@pytest.fixture
def keeping(tmp_path: Path) -> Keeping:
    return Keeping(tmp_path)


def last_worked_and_since(ended: EndedRun) -> tuple[float | None, float | None]:
    """Both in days before `NOW`."""
    changed = ended.result.changed
    assert changed is not None
    moments = (changed.last_worked, changed.since)
    first, second = ((NOW - each) / timedelta(days=1) if each else None for each in moments)
    return first, second


class TestAWrongClock:
    """Runs that are dated wrong cost nothing of the others, and hide none of them."""

    def test_one_run_far_ahead_costs_none_of_the_runs_before_it(self, keeping: Keeping) -> None:
        for days in range(20, 5, -1):
            keeping.keep(days)
        keeping.keep(-500)
        assert keeping.days_ago == [-500, *range(6, 21)]
        keeping.keep(5)
        assert keeping.days_ago == list(range(5, 21))

    def test_several_of_one_day_cost_none_either(self, keeping: Keeping) -> None:
        for days in range(20, 5, -1):
            keeping.keep(days)
        for hours in range(5):
            keeping.keep(-500 - hours / 24)
        keeping.keep(5)
        assert keeping.days_ago == list(range(5, 21))

    def test_the_nights_after_it_are_told_as_they_are(self, keeping: Keeping) -> None:
        for days in range(10, 5, -1):
            keeping.keep(days)
        keeping.keep(-500)
        ended = [keeping.keep(days, works=False) for days in range(4, 0, -1)]
        assert [each.is_news for each in ended] == [True, False, False, False]
        assert [last_worked_and_since(each) for each in ended] == [(6, 4)] * 4
        last = keeping.store.last_run("lakeside")
        assert last is not None
        assert (NOW - last.started).days == 1
        newest = keeping.history.newest(3)["lakeside"]
        assert [(NOW - run.started).days for run in newest] == [1, 2, 3]
        assert len(keeping.history.snapshots("lakeside")) == 9

    def test_a_first_run_far_ahead_is_the_oldest(self, keeping: Keeping) -> None:
        keeping.keep(-500)
        ended = keeping.keep(3, works=False)
        assert ended.is_news
        assert keeping.keep(2).is_news
        assert keeping.days_ago == [2, 3, -500]
        newest = keeping.history.newest(3)["lakeside"]
        assert newest == keeping.history.runs("lakeside")

    @pytest.mark.parametrize("number", [5, HISTORY_RUNS, HISTORY_RUNS + 5])
    def test_a_clock_set_back_behind_all_of_them(self, keeping: Keeping, number: int) -> None:
        with keeping.history:
            for days in range(number, 0, -1):
                keeping.keep(days)
            ended = [keeping.keep(1000 - days, works=False) for days in range(3)]
        assert [each.is_news for each in ended] == [True, False, False]
        assert [last_worked_and_since(each) for each in ended] == [(1, 1000)] * 3
        assert keeping.days_ago[:4] == [998, 999, 1000, 1]
        assert len(keeping.days_ago) == min(number + 3, HISTORY_RUNS)
        # When it is right again, what it dated is old, and the rest is where it was.
        keeping.keep(0)
        assert keeping.days_ago[:3] == [0, 1, 2]

    def test_a_clock_a_little_ahead_changes_nothing(self, keeping: Keeping) -> None:
        keeping.keep(1)
        keeping.clock.time = NOW
        keep_run(keeping.store, replace(run_of("lakeside"), started=NOW + HOUR / 2), {})
        assert len(keeping.days_ago) == 2

    def test_after_a_long_pause_old_runs_go_a_day_later(self, keeping: Keeping) -> None:
        keeping.keep(HISTORY_DAYS + 5)
        keeping.keep(3)
        keeping.keep(2.5)
        assert keeping.days_ago == [2.5, 3, HISTORY_DAYS + 5]
        keeping.keep(2)
        assert keeping.days_ago == [2, 2.5, 3]


class TestAProfileThatFailsForLong:
    """The run that last worked, and the first after it, stay beside the newest."""

    def test_when_it_worked_and_since_when_it_does_not_stay_known(self, keeping: Keeping) -> None:
        with keeping.history:
            for number in range(10):
                keeping.keep(20 - number / 24)
            for number in range(10, HISTORY_RUNS + 30):
                ended = keeping.keep(20 - number / 24, works=False)
                last_worked, since = last_worked_and_since(ended)
                assert last_worked == pytest.approx(20 - 9 / 24)
                assert since == pytest.approx(20 - 10 / 24)
        runs = keeping.history.runs("lakeside")
        assert len(runs) == len(keeping.history.snapshots("lakeside")) == HISTORY_RUNS + 2
        assert [run.worked for run in runs] == [*[False] * (HISTORY_RUNS + 1), True]
        assert keeping.history.prune() == 0
        # Once it works, they are runs like all others.
        keeping.keep(0)
        assert len(keeping.days_ago) == HISTORY_RUNS

    def test_all_that_are_kept_are_in_a_list_of_every_profile(self, keeping: Keeping) -> None:
        with keeping.history:
            keeping.keep(20)
            for number in range(1, HISTORY_RUNS + 30):
                keeping.keep(20 - number / 24, works=False)
            assert keeping.history.newest(HISTORY_MOST)["lakeside"] == keeping.history.runs("lakeside")

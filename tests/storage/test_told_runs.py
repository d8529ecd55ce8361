"""Runs of which nobody has been told yet: what is new is compared with the last that somebody was told of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_wizard.fleet_run import keep_run
from oneroster_wizard.limits import HISTORY_RUNS
from oneroster_wizard.storage.history import History
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from .runs import NOW, StandingClock, run_of

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> ProfileStore:
    store = ProfileStore(tmp_path, History(tmp_path / "history.sqlite3", StandingClock(NOW + DAY)))
    store.save(Profile("lakeside", Connection()))
    return store


def kept(store: ProfileStore, days_ago: float, *, works: bool, tells: bool = False) -> bool:
    """Keep a run; whether it is news."""
    return keep_run(store, run_of("lakeside", days_ago, works=works), {}, tells=tells).is_news


def untold(store: ProfileStore) -> int:
    with closing(sqlite3.connect(store.history.path)) as db:
        return int(db.execute("SELECT count(*) FROM untold").fetchone()[0])


def test_news_stays_news_until_it_is_told(store: ProfileStore) -> None:
    assert kept(store, 9, works=True, tells=True)
    assert [kept(store, days, works=False) for days in (8, 7)] == [True, True]
    store.history.tell([("lakeside", NOW - 7 * DAY)])
    assert not kept(store, 6, works=False)
    # It works again, and failed again before anybody heard of it.
    assert [kept(store, days, works=works) for days, works in ((5, True), (4, False))] == [True, False]
    assert len(store.history.runs("lakeside")) == 6


def test_a_first_run_stays_a_first_run(store: ProfileStore) -> None:
    assert [kept(store, days, works=True) for days in (3, 2)] == [True, True]
    last = store.last_run("lakeside")
    assert last is not None
    assert last.started == NOW - 2 * DAY
    assert store.history.last_told("lakeside") is None


def test_a_history_of_an_earlier_version_has_told_all(store: ProfileStore) -> None:
    kept(store, 9, works=True, tells=True)
    with closing(sqlite3.connect(store.history.path)) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'untold'").fetchone() == (0,)
    store.history.tell([("lakeside", NOW - 9 * DAY)])
    assert not kept(store, 8, works=True)
    assert kept(store, 7, works=False)
    with closing(sqlite3.connect(store.history.path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)


@pytest.fixture(params=["replaced", "deleted", "too many"])
def goes(request: pytest.FixtureRequest, store: ProfileStore) -> Iterator[None]:
    """A run that nobody was told of, and that goes afterwards."""
    kept(store, 9, works=False)
    assert untold(store) == 1
    yield
    if request.param == "replaced":
        store.history.add(run_of("lakeside", 9))
    elif request.param == "deleted":
        store.history.delete("lakeside")
    else:
        with store.history:
            for number in range(HISTORY_RUNS + 1):
                store.history.add(run_of("lakeside", 8 - number / HISTORY_RUNS))
    assert untold(store) == 0


@pytest.mark.usefixtures("goes")
def test_a_run_that_goes_leaves_nothing_behind(store: ProfileStore) -> None:
    assert store.history.last_told("lakeside") is None


def test_a_profile_takes_it_along_to_its_new_name(store: ProfileStore) -> None:
    kept(store, 9, works=True, tells=True)
    kept(store, 8, works=False)
    store.rename("lakeside", "hill")
    last = store.history.last_told("hill")
    assert last is not None
    assert last.worked

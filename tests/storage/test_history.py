"""The history of the runs: what is kept, for how long, and what goes along with a profile."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from oneroster_checks.causes import cause
from oneroster_checks.changes.model import Changed, Difference, DifferenceKind, Ending, EndingKind
from oneroster_checks.changes.snapshot import snapshot
from oneroster_checks.connection import Connection
from oneroster_checks.diagnosis.runner import run as run_engine
from oneroster_checks.finding import Status
from oneroster_checks.report.redacted import redacted
from oneroster_checks.report.words import root_title
from oneroster_practice import PracticeDistrict
from oneroster_wizard.limits import HISTORY_DAYS, HISTORY_RUNS
from oneroster_wizard.run_groups import title_of
from oneroster_wizard.storage.history import History, default_history
from oneroster_wizard.storage.profile_error import HistoryError
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from ..full_results import full_result
from ..hostile_results import in_every_place
from .runs import NOW, StandingClock, run_of


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "state" / "history.sqlite3", StandingClock())


@pytest.fixture(params=[0o000, 0o022, 0o777])
def mask(request: pytest.FixtureRequest) -> Iterator[int]:
    """A file mask that holds during the test."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.mark.parametrize("cause_since", [NOW - timedelta(days=1), None])
def test_since_when_is_of_the_cause_where_it_failed(history: History, cause_since: datetime | None) -> None:
    changed = Changed(None, NOW - timedelta(days=2), cause_since=cause_since)
    for works, since in ((False, cause_since or changed.since), (True, changed.since)):
        history.add(replace(run_of("lakeside", works=works), changed=changed))
        last = history.last("lakeside")
        assert last is not None
        assert last.since == since


async def test_the_title_of_a_run_is_what_it_told(history: History) -> None:
    with PracticeDistrict("token.scope-required") as district:
        result = await run_engine(district.connection, district.credentials, profile="lakeside")
    told = root_title(result)
    assert told != cause("token.scope-required").title
    history.add(result)
    (kept,) = history.runs("lakeside")
    assert (kept.title, title_of(kept)) == (told, told)


def test_a_run_comes_back_as_it_was(history: History) -> None:
    worked = Changed(
        NOW - timedelta(days=3),
        NOW - timedelta(days=2),
        (Difference(DifferenceKind.COUNT, "Fewer."),),
        cause_since=NOW - timedelta(days=1),
    )
    ends = Ending(EndingKind.CERTIFICATE, date(2026, 12, 1), 11, True, "It ends.")
    later = Ending(EndingKind.YEAR, date(2027, 6, 30), 222, False, "It ends later.")
    result = replace(run_of("lakeside", works=False), changed=worked, endings=(later, ends))
    history.add(result, {"client_secret": "f00"})
    (run,) = history.runs("lakeside")
    assert run == history.last("lakeside")
    assert (run.started, run.status, run.cause) == (NOW, Status.FAIL, "access.forbidden")
    assert (run.requests, run.duration_ms, run.counts, run.full) == (17, 1234, {"orgs": 3}, True)
    assert (run.last_worked, run.since) == (worked.last_worked, worked.cause_since)
    assert (run.differences, run.ends, run.ends_kind) == (("Fewer.",), date(2026, 12, 1), "certificate")
    assert history.result(run) == redacted(result)
    assert history.snapshots("lakeside") == [snapshot(redacted(result), {"client_secret": "f00"})]
    assert (history.last("other"), history.runs("other"), history.snapshots("other")) == (None, [], [])


def test_a_run_keeps_the_offset_of_its_time(history: History) -> None:
    there = timezone(timedelta(hours=-5, minutes=-30))
    started = datetime(2026, 11, 1, 1, 30, 0, 123456, tzinfo=there)
    history.add(replace(run_of("lakeside"), started=started))
    last = history.last("lakeside")
    assert last is not None
    assert last.started.isoformat() == started.isoformat()


def test_runs_are_newest_first_and_snapshots_oldest_first(history: History) -> None:
    for days in (2, 5, 1):
        history.add(run_of("lakeside", days))
    assert [(NOW - run.started).days for run in history.runs("lakeside")] == [1, 2, 5]
    assert [(NOW - each.started).days for each in history.snapshots("lakeside")] == [5, 2, 1]
    before = history.snapshots("lakeside", before=NOW - timedelta(days=2))
    assert [(NOW - each.started).days for each in before] == [5]


def test_a_run_of_the_same_moment_takes_the_place_of_the_other(history: History) -> None:
    history.add(run_of("lakeside"))
    history.add(run_of("lakeside", works=False))
    assert [run.status for run in history.runs("lakeside")] == [Status.FAIL]
    assert len(history.snapshots("lakeside")) == 1


def test_the_newest_of_every_profile_are_one_question(history: History) -> None:
    for name in ("lakeside", "hill"):
        for days in range(4):
            history.add(run_of(name, days))
    found = history.newest(3)
    assert {name: [(NOW - run.started).days for run in runs] for name, runs in found.items()} == {
        "lakeside": [0, 1, 2],
        "hill": [0, 1, 2],
    }


def test_old_runs_and_those_too_many_go_as_new_ones_come(history: History, tmp_path: Path) -> None:
    clock = StandingClock()
    history = History(history.path, clock)
    with history:
        history.add(run_of("other", HISTORY_DAYS - 1))
        for number in range(HISTORY_RUNS + 3):
            history.add(run_of("lakeside", number))
        kept = history.runs("lakeside")
        assert len(kept) == len(history.snapshots("lakeside")) == HISTORY_RUNS
        assert kept[-1].started == NOW - timedelta(days=HISTORY_RUNS - 1)
        clock.time = NOW + timedelta(days=HISTORY_DAYS - 1, seconds=1)
        history.add(run_of("lakeside", -1))
        assert [(NOW - run.started).days for run in history.runs("lakeside")] == [-1, 0]
        assert len(history.runs("other")) == 1
        # What was just added is there, however old it is.
        history.add(run_of("late", 10 * HISTORY_DAYS))
        assert len(history.runs("late")) == 1
    assert history.prune() == 2
    assert (history.runs("other"), len(history.runs("lakeside"))) == ([], 2)
    assert history.prune() == 0


def test_rename_copy_and_delete(history: History) -> None:
    for name in ("one", "two", "bystander"):
        history.add(run_of(name))
    history.add(run_of("one", 1))
    history.rename("one", "two")
    assert (history.runs("one"), len(history.runs("two"))) == ([], 2)
    assert {run.profile for run in history.runs("two")} == {"two"}
    history.copy("two", "bystander")
    assert history.runs("bystander") == []
    history.rename("two", "two")
    history.delete("two")
    history.delete("two")
    assert (history.newest(10), history.snapshots("two")) == ({}, [])
    history.add(run_of("two"))
    assert len(history.runs("two")) == 1


def test_nothing_is_made_by_asking(history: History) -> None:
    assert (history.last("x"), history.runs("x"), history.newest(1), history.snapshots("x")) == (
        None,
        [],
        {},
        [],
    )
    assert history.prune() == 0
    history.rename("x", "y")
    history.delete("x")
    assert not history.path.parent.exists()


def test_only_their_owner_may_read_the_files(history: History, mask: int) -> None:
    with history:
        history.add(run_of("lakeside"))
        names = sorted(os.listdir(history.path.parent))
        assert names == ["history.sqlite3", "history.sqlite3-shm", "history.sqlite3-wal"]
        modes = {stat.S_IMODE((history.path.parent / name).stat().st_mode) for name in names}
        assert modes == {0o600}
    assert stat.S_IMODE(history.path.parent.stat().st_mode) == 0o700
    # Nothing stays beside it once nobody has it open.
    assert os.listdir(history.path.parent) == ["history.sqlite3"]


@pytest.mark.parametrize("text", ["\x1b[31m\u202e<b>\0", "\ud800", "x" * 30_000])
def test_a_hostile_result_is_kept_and_opened(history: History, text: str) -> None:
    history.add(replace(in_every_place(text), profile="lakeside", started=NOW))
    (run,) = history.runs("lakeside")
    assert history.result(run).profile == "lakeside"
    assert len(history.snapshots("lakeside")) == 1


def test_a_full_read_is_kept_whole(history: History) -> None:
    result = replace(full_result(requests=5_000), started=NOW)
    history.add(result)
    (run,) = history.runs("lakeside")
    assert history.result(run) == redacted(result)


class TestOfProfiles:
    """The runs of saved profiles."""

    def test_a_second_run_says_what_changed(self, tmp_path: Path) -> None:
        store = ProfileStore(tmp_path, History(tmp_path / "history.sqlite3", StandingClock()))
        store.save(Profile("lakeside", Connection()))
        first = store.save_run("lakeside", run_of("another", 3))
        assert (first.changed, first.profile) == (None, "lakeside")
        second = store.save_run("lakeside", run_of("lakeside", 2, works=False))
        assert second.changed is not None
        assert second.changed.last_worked == NOW - timedelta(days=3)
        assert second.changed.since == NOW - timedelta(days=2)
        (run, _) = store.history.runs("lakeside")
        assert (run.last_worked, run.since) == (second.changed.last_worked, second.changed.cause_since)
        # The same run once more, with other answers, is not compared with itself.
        again = store.save_run("lakeside", run_of("lakeside", 2, works=False))
        assert again.changed == second.changed
        assert len(store.history.runs("lakeside")) == 2

    def test_a_profile_whose_file_was_removed_leaves_nothing_to_a_new_one(self, tmp_path: Path) -> None:
        store = ProfileStore(tmp_path)
        store.save(Profile("lakeside", Connection()))
        store.save_run("lakeside", replace(run_of("lakeside"), started=datetime.now(UTC)))
        store.save(Profile("lakeside", Connection(client_id="new")))
        assert store.last_run("lakeside") is not None
        store.path_of("lakeside").unlink()
        store.save(Profile("lakeside", Connection()))
        assert store.last_run("lakeside") is None

    def test_a_broken_file_keeps_its_runs(self, tmp_path: Path) -> None:
        store = ProfileStore(tmp_path)
        store.save(Profile("lakeside", Connection()))
        store.save_run("lakeside", replace(run_of("lakeside"), started=datetime.now(UTC)))
        path = store.path_of("lakeside")
        whole = path.read_text()
        path.write_text("broken =")
        store.save(Profile("lakeside", Connection()))
        store.path_of("lakeside").unlink()
        path.write_text(whole)
        assert store.last_run("lakeside") is not None

    def test_the_users_own_history_is_in_the_folder_for_such_files(self, home: Path) -> None:
        store = ProfileStore()
        store.save(Profile("lakeside", Connection()))
        store.save_run("lakeside", replace(run_of("lakeside"), started=datetime.now(UTC)))
        assert default_history() == home / "state" / "oneroster-wizard" / "history.sqlite3"
        assert default_history().exists()

    def test_a_run_of_which_only_the_end_is_kept_says_so(self, history: History) -> None:
        history.add(run_of("lakeside"))
        (run,) = history.runs("lakeside")
        history.delete("lakeside")
        history.add_ending(run)
        assert history.runs("lakeside") == [run]
        with pytest.raises(HistoryError, match="Only this run's verdict is kept"):
            history.result(run)

"""The last runs of earlier versions move into the history once, and nothing of them is lost on the way."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from oneroster_checks.changes.model import Changed
from oneroster_checks.connection import Connection
from oneroster_checks.finding import Status
from oneroster_wizard.storage.history import History
from oneroster_wizard.storage.profile_error import HistoryError
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from ..full_disk import full_disk
from .runs import NOW, StandingClock, run_of

KEPT = {
    "status": "fail",
    "cause": "token.invalid-client",
    "when": "2026-11-01T10:00:00+00:00",
    "summary": "Refused.",
}


@pytest.fixture
def store(tmp_path: Path) -> ProfileStore:
    store = ProfileStore(tmp_path, History(tmp_path / "state" / "history.sqlite3", StandingClock()))
    for name in ("lakeside", "Hill & sons"):
        store.save(Profile(name, Connection()))
        old_path(store, name).write_text(json.dumps({**KEPT, "report": {"runs": []}}))
    return store


def old_path(store: ProfileStore, name: str) -> Path:
    return store.path_of(name).with_suffix(".last.json")


def test_they_move_into_the_history_once(store: ProfileStore) -> None:
    run = store.last_run("Hill & sons")
    assert run is not None
    assert (run.status, run.cause, run.summary) == (Status.FAIL, "token.invalid-client", "Refused.")
    assert run.started.isoformat() == KEPT["when"]
    assert not run.has_report
    assert set(store.history.newest(1)) == {"lakeside", "Hill & sons"}
    assert not [name for name in os.listdir(store.folder) if name.endswith(".json")]
    with pytest.raises(HistoryError, match="Only this run's verdict is kept"):
        store.history.result(run)
    # Of a run of which only the end is known no difference is told, but when the connection worked.
    assert store.save_run("lakeside", run_of("lakeside")).changed == Changed(None, NOW, cause_since=NOW)
    assert [each.started for each in store.history.runs("lakeside")][1] == run.started


def test_one_that_moved_before_the_program_was_killed_is_there_once(store: ProfileStore) -> None:
    text = old_path(store, "lakeside").read_text()
    assert store.last_run("lakeside") is not None
    old_path(store, "lakeside").write_text(text)
    assert len(store.history.runs("lakeside")) == 1
    assert not old_path(store, "lakeside").exists()


def test_what_cannot_be_read_or_has_no_profile_stays(store: ProfileStore) -> None:
    old_path(store, "lakeside").write_text('{"status": "fail"')
    alone = store.folder / "gone.last.json"
    alone.write_text(json.dumps(KEPT))
    assert store.last_run("lakeside") is None
    assert old_path(store, "lakeside").exists()
    assert alone.exists()


def test_a_full_disk_leaves_them_where_they_are(store: ProfileStore) -> None:
    with full_disk(), pytest.raises(HistoryError):
        store.last_run("lakeside")
    assert old_path(store, "lakeside").exists()
    assert store.last_run("lakeside") is not None


def test_they_go_along_with_a_renamed_profile_and_go_with_a_deleted_one(store: ProfileStore) -> None:
    store.rename("lakeside", "new")
    assert store.last_run("new") is not None
    old_path(store, "Hill & sons").write_text(json.dumps(KEPT))
    store.delete("Hill & sons")
    store.save(Profile("Hill & sons", Connection()))
    assert store.last_run("Hill & sons") is None


def test_they_say_when_the_connection_worked_and_since_when_it_does_not(store: ProfileStore) -> None:
    old_path(store, "lakeside").write_text(json.dumps({**KEPT, "status": "pass", "cause": None}))
    worked, failed = datetime.fromisoformat(KEPT["when"]), NOW - timedelta(days=1)
    for days_ago in (1, 0):
        changed = store.save_run("lakeside", run_of("lakeside", days_ago, works=False)).changed
        assert changed is not None
        assert (changed.last_worked, changed.since, changed.differences) == (worked, failed, ())
    changed = store.save_run("Hill & sons", run_of("Hill & sons", works=False)).changed
    assert changed is not None
    assert (changed.last_worked, changed.since) == (None, worked)

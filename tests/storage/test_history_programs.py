"""Several programs with one history: none waits for long, none loses what another kept, none leaves it broken."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from oneroster_wizard.storage import history_database
from oneroster_wizard.storage.history import History
from oneroster_wizard.storage.profile_error import HistoryError

from ..cli.command import ROOT, environment
from .runs import StandingClock, run_of

PROGRAMS, RUNS, KILLS = 3, 40, 12


def writer(path: Path, name: str, runs: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writers", str(path), name, str(runs)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment(),
    )  # fmt: skip


def is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as db:
        return bool(db.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


def test_programs_that_make_and_write_it_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "state" / "history.sqlite3"
    running = [writer(path, f"profile {number}", RUNS) for number in range(PROGRAMS)]
    ended = [(program.communicate(timeout=100), program.returncode) for program in running]
    assert [code for _, code in ended] == [0] * PROGRAMS, [complaints for (_, complaints), _ in ended]
    history = History(path, StandingClock())
    found = history.newest(RUNS + 1)
    assert {name: len(runs) for name, runs in found.items()} == {
        f"profile {n}": RUNS for n in range(PROGRAMS)
    }
    assert all(len(history.snapshots(name)) == RUNS for name in found)
    assert is_sound(path)


def test_one_that_is_killed_leaves_it_sound_with_all_that_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    chance = random.Random(KILLS)
    for number in range(KILLS):
        name = f"profile {number}"
        with writer(path, name, 0) as program:
            assert program.stdout is not None
            told = len(program.stdout.read(chance.randrange(1, 6)))
            # Not when a run was just kept, but anywhere in the next.
            for _ in range(chance.randrange(100_000)):
                pass
            program.kill()
            told += len(program.stdout.read())
        history = History(path, StandingClock())
        runs = history.runs(name)
        # A run may be kept whose letter did not come any more.
        assert len(runs) in (told, told + 1)
        assert len(history.snapshots(name)) == len(runs)
        assert history.result(runs[0]).profile == name
    assert is_sound(path)


def test_asking_where_nothing_was_kept_loads_no_database(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from oneroster_wizard.storage.saved_connections import SavedConnections
saved = SavedConnections(Path({str(tmp_path)!r}))
assert saved.last_runs(1) == ({{}}, "")
print([name for name in ("sqlite3", "msgspec", "keyring", "httpx") if name in sys.modules])
"""
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True
    )
    assert ended.stdout == "[]\n"


def test_one_that_does_not_let_go_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_database, "HISTORY_BUSY_S", 0.05)
    path = tmp_path / "history.sqlite3"
    history = History(path, StandingClock())
    history.add(run_of("lakeside"))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryError, match=r"Another program is using the history in .*\. Try again\."):
            history.add(run_of("lakeside", 1))
        # Reading goes on meanwhile.
        assert len(history.runs("lakeside")) == 1
    history.add(run_of("lakeside", 1))
    assert len(history.runs("lakeside")) == 2

"""Every run of every saved profile, redacted, in one private database in the user's state folder."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oneroster_checks.clock import Clock

from ..limits import HISTORY_DAYS, HISTORY_RUNS
from .history_rows import (
    COLUMNS,
    moment,
    packed,
    packed_report,
    result_in,
    run_in,
    run_of,
    snapshots_in,
    values_of,
)
from .kept_run import KeptRun
from .profile_error import HistoryError

if TYPE_CHECKING:
    from oneroster_checks.changes.model import Snapshot
    from oneroster_checks.result import Result

    from .history_database import Database

# A profile comes first, then its runs by their index: so a list of the newest reads no more than it shows.
_RUNS = f"SELECT name, {', '.join(COLUMNS)} FROM profiles CROSS JOIN runs ON runs.profile = profiles.id"
_REPORTS = """
    FROM profiles CROSS JOIN runs ON runs.profile = profiles.id JOIN reports ON reports.run = runs.id
    WHERE profiles.name = ?
"""
# Later than any moment that is kept.
_NEVER = 2**62

# Rows as SQLite gives them.
Rows = list[tuple[Any, ...]]


def default_history() -> Path:
    """The user's own history; it may not be there yet."""
    from platformdirs import user_state_path

    return user_state_path("oneroster-wizard", appauthor=False) / "history.sqlite3"


class History:
    """The runs of profiles by their names, in the database at `path` (None: the user's own).

    Every method may raise HistoryError with a sentence; what it was to change is then as it was. `clock` says what
    is too old to be kept. Each call opens the file and closes it, or, within `with history:`, they share one opening.
    """

    def __init__(self, path: Path | None = None, clock: Clock | None = None) -> None:
        self.path = path or default_history()
        self._clock = clock or Clock()
        self._kept_open = False
        self._db: Database | None = None

    def __enter__(self) -> History:
        self._kept_open = True
        return self

    def __exit__(self, *_: object) -> None:
        self._kept_open = False
        db, self._db = self._db, None
        if db is not None:
            db.close()

    def add(self, result: Result, secrets: Mapping[str, str] | None = None) -> None:
        """Keep a run of the profile that the result names, or put it in the place of the one of the same moment.

        `secrets` are keyed fingerprints by the field's name. What is too old, or one too many, is let go.
        """
        from oneroster_checks.changes.snapshot import snapshot
        from oneroster_checks.plain import snapshot_to_bytes
        from oneroster_checks.report.redacted import redacted

        shown = redacted(result)
        compared = snapshot(shown, secrets or {})
        report = packed_report(shown)
        run = run_of(shown, compared, has_report=bool(report))
        with self._changing() as db:
            profile = _profile(db, run.profile)
            db.execute("DELETE FROM runs WHERE profile = ? AND started = ?", (profile, moment(run.started)))
            number = _put(db, profile, run)
            data = (number, packed(snapshot_to_bytes(compared)), report)
            db.execute("INSERT INTO reports VALUES (?, ?, ?)", data)
            self._prune(db, profile, but=number)

    def add_ending(self, run: KeptRun) -> None:
        """Keep a run of which only its end is known; one of the same moment stays as it is."""
        with self._changing() as db:
            profile = _profile(db, run.profile)
            there = "SELECT 1 FROM runs WHERE profile = ? AND started = ?"
            if db.execute(there, (profile, moment(run.started))).fetchone() is None:
                _put(db, profile, run)

    def last(self, profile: str) -> KeptRun | None:
        """The newest run of a profile, None where none is kept."""
        rows = self._asked(f"{_RUNS} WHERE name = ? ORDER BY started DESC LIMIT 1", profile)
        return run_in(rows[0]) if rows else None

    def runs(self, profile: str) -> list[KeptRun]:
        """The runs of a profile, the newest first."""
        rows = self._asked(f"{_RUNS} WHERE name = ? ORDER BY started DESC", profile)
        return list(map(run_in, rows))

    def newest(self, count: int) -> Mapping[str, list[KeptRun]]:
        """The newest so many runs of every profile that has one, by its name, the newest first."""
        # The oldest one that is wanted is looked up once a profile, and bounds what is read of the index.
        oldest = "SELECT started FROM runs WHERE profile = profiles.id ORDER BY started DESC LIMIT 1 OFFSET ?"
        rows = self._asked(
            f"{_RUNS} AND runs.started >= ifnull(({oldest}), {-_NEVER}) ORDER BY profiles.id, started DESC",
            count - 1,
        )
        found: dict[str, list[KeptRun]] = {}
        for run in map(run_in, rows):
            found.setdefault(run.profile, []).append(run)
        return found

    def snapshots(self, profile: str, before: datetime | None = None) -> list[Snapshot]:
        """What of the runs of a profile is compared with others, the oldest first; only of those `before` a moment.

        Left out are runs of which only the end is known, and what cannot be read.
        """
        until = moment(before) if before is not None else _NEVER
        rows = self._asked(f"SELECT snapshot {_REPORTS} AND started < ? ORDER BY started", profile, until)
        return snapshots_in(data for (data,) in rows) if rows else []

    def result(self, run: KeptRun) -> Result:
        """The whole result of a run, as it was kept; HistoryError where only its end is."""
        rows = self._asked(f"SELECT report {_REPORTS} AND started = ?", run.profile, moment(run.started))
        result = result_in(rows[0][0]) if rows else None
        if result is None:
            raise HistoryError("Only this run's verdict is kept. Run the checks again to see the rest.")
        return result

    def rename(self, old: str, new: str) -> None:
        """Give the runs of a profile to its new name; what was kept under that name goes."""
        if old != new and self._is_there():
            with self._changing() as db:
                db.execute("DELETE FROM profiles WHERE name = ?", (new,))
                db.execute("UPDATE profiles SET name = ? WHERE name = ?", (new, old))

    def copy(self, old: str, new: str) -> None:
        """A copy has not run yet: nothing is copied, and what was kept under its name goes."""
        if old != new:
            self.delete(new)

    def delete(self, profile: str) -> None:
        """Let go of the runs of a profile; nothing happens where there are none."""
        if self._is_there():
            with self._changing() as db:
                db.execute("DELETE FROM profiles WHERE name = ?", (profile,))

    def prune(self) -> int:
        """Let go of every run that is too old, or one too many of its profile; how many went."""
        if not self._is_there():
            return 0
        with self._changing() as db:
            every = db.execute("SELECT id FROM profiles").fetchall()
            gone = sum(self._prune(db, profile) for (profile,) in every)
            db.execute("DELETE FROM profiles WHERE id NOT IN (SELECT profile FROM runs)")
        with self._opened() as db:
            # Gives the room in the file back, which no change waits for otherwise.
            db.execute("PRAGMA incremental_vacuum").fetchall()
        return gone

    def _prune(self, db: Database, profile: int, but: int | None = None) -> int:
        """Let go of the runs of a profile that are not to be kept; for the one just added its day is no reason."""
        oldest = moment(self._clock.now() - timedelta(days=HISTORY_DAYS))
        too_many = "SELECT started FROM runs WHERE profile = ? ORDER BY started DESC LIMIT 1 OFFSET ?"
        surplus = db.execute(too_many, (profile, HISTORY_RUNS)).fetchone()
        gone = "DELETE FROM runs WHERE profile = ? AND (started <= ? OR (started < ? AND id IS NOT ?))"
        return db.execute(gone, (profile, surplus[0] if surplus else -_NEVER, oldest, but)).rowcount

    def _is_there(self) -> bool:
        return os.path.lexists(self.path)

    def _asked(self, statement: str, *values: str | int) -> Rows:
        """The rows of a question; none, and SQLite is not even loaded, where nothing was ever kept."""
        if not self._is_there():
            return []
        with self._opened() as db:
            return db.execute(statement, values).fetchall()

    @contextmanager
    def _changing(self) -> Generator[Database]:
        """The database for one change, which is written as a whole or not at all."""
        from .history_database import together

        with self._opened() as db, together(db):
            yield db

    @contextmanager
    def _opened(self) -> Generator[Database]:
        from .history_database import open_database, trouble_told

        with trouble_told(self.path):
            db = self._db or open_database(self.path)
            if self._kept_open:
                self._db = db
            try:
                yield db
            finally:
                if db is not self._db:
                    db.close()


def _profile(db: Database, name: str) -> int:
    """The number of a profile, new where it has none."""
    db.execute("INSERT OR IGNORE INTO profiles (name) VALUES (?)", (name,))
    (number,) = db.execute("SELECT id FROM profiles WHERE name = ?", (name,)).fetchone()
    return int(number)


def _put(db: Database, profile: int, run: KeptRun) -> int | None:
    names, places = ", ".join(COLUMNS), ", ".join("?" * len(COLUMNS))
    statement = f"INSERT INTO runs (profile, {names}) VALUES (?, {places})"
    return db.execute(statement, (profile, *values_of(run))).lastrowid

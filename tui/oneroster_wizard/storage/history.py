"""Every run of every saved profile, redacted, in one private database in the user's state folder."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from oneroster_checks.clock import Clock

from ..limits import HISTORY_AHEAD_S, HISTORY_BUSY_AGAIN_S, HISTORY_BUSY_S, HISTORY_DAYS
from .history_order import NO_TIME, Dated, comes_before, in_order, too_many, too_old
from .history_queries import REPORTS, RUNS, asked, by_number, dated, marks, profile_number, put
from .history_rows import ending_of, moment, packed, packed_report, result_in, run_in, run_of, snapshots_in
from .history_told import note_told, put_untold, untold
from .kept_run import KeptRun, RunEnding
from .profile_error import HistoryError

if TYPE_CHECKING:
    from oneroster_checks.changes.model import Snapshot
    from oneroster_checks.result import Result

    from .history_database import Database


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
        self._patience_s = HISTORY_BUSY_S

    def __enter__(self) -> History:
        self._kept_open = True
        return self

    def __exit__(self, *_: object) -> None:
        self._kept_open = False
        db, self._db = self._db, None
        if db is not None:
            db.close()

    def wait_less(self) -> None:
        """From now on wait hardly for another program that holds the file, as one does who has waited in vain."""
        self._patience_s = HISTORY_BUSY_AGAIN_S
        if self._db is not None:
            self._db.execute(f"PRAGMA busy_timeout = {self._patience_s * 1000:.0f}")

    def add(
        self,
        result: Result,
        secrets: Mapping[str, str] | None = None,
        timeout: float | None = None,
        *,
        is_told: bool = True,
    ) -> None:
        """Keep a run of the profile that the result names, or put it in the place of the one of the same moment.

        `secrets` are keyed fingerprints by the field's name, `timeout` the profile's own time limit where the run may
        have had another. What is too old, or one too many, is let go. One that is not `is_told` waits for `tell`.
        """
        from oneroster_checks.changes.snapshot import snapshot
        from oneroster_checks.plain import snapshot_to_bytes
        from oneroster_checks.report.redacted import redacted

        shown = redacted(result)
        compared = snapshot(shown, secrets or {})
        if timeout:
            compared = replace(compared, connection=compared.connection.but(timeout=timeout))
        report = packed_report(shown)
        run = run_of(shown, compared, has_report=bool(report))
        with self._changing() as db:
            profile = profile_number(db, run.profile)
            db.execute("DELETE FROM runs WHERE profile = ? AND started = ?", (profile, moment(run.started)))
            number = put(db, profile, run)
            data = (number, packed(snapshot_to_bytes(compared)), report)
            db.execute("INSERT INTO reports VALUES (?, ?, ?)", data)
            if not is_told:
                put_untold(db, number)
            self._prune(db, profile, added=number)

    def add_ending(self, run: KeptRun) -> None:
        """Keep a run of which only its end is known; one of the same moment stays as it is."""
        with self._changing() as db:
            profile = profile_number(db, run.profile)
            there = "SELECT 1 FROM runs WHERE profile = ? AND started = ?"
            if db.execute(there, (profile, moment(run.started))).fetchone() is None:
                put(db, profile, run)

    def last(self, profile: str) -> KeptRun | None:
        """The newest run of a profile, None where none is kept."""
        with self._asking() as db:
            every = self._numbers(db, profile)
            return by_number(db, every[-1:])[0] if every else None

    def last_told(self, profile: str) -> KeptRun | None:
        """The newest run of a profile of which somebody has been told, None where there is none."""
        with self._asking() as db:
            waiting = untold(db, profile)
            every = [number for number in self._numbers(db, profile) if number not in waiting]
            return by_number(db, every[-1:])[0] if every else None

    def tell(self, runs: Iterable[tuple[str, datetime]]) -> None:
        """Note that somebody has been told of runs, each by its profile and when it began."""
        if self._is_there():
            with self._changing() as db:
                note_told(db, runs)

    def runs(self, profile: str) -> list[KeptRun]:
        """The runs of a profile, the newest first."""
        with self._asking() as db:
            return by_number(db, reversed(self._numbers(db, profile)))

    def endings(self, profile: str, before: datetime) -> list[RunEnding]:
        """How the runs of a profile ended that were `before` one which began at a moment, the oldest first."""
        with self._asking() as db:
            return [ending_of(run) for run in self._ordered(db, profile, before)]

    def newest(self, count: int) -> Mapping[str, list[KeptRun]]:
        """The newest so many runs of every profile that has one, by its name, the newest first."""
        # The oldest one that is wanted is looked up once a profile, and bounds what is read of the index.
        oldest = "SELECT started FROM runs WHERE profile = profiles.id ORDER BY started DESC LIMIT 1 OFFSET ?"
        later = "SELECT name FROM profiles WHERE id IN (SELECT profile FROM runs WHERE started > ?)"
        found: dict[str, list[KeptRun]] = {}
        with self._asking() as db:
            rows = asked(
                db,
                f"{RUNS} AND runs.started >= ifnull(({oldest}), {NO_TIME}) ORDER BY profiles.id, started DESC",
                count - 1,
            )
            for run in map(run_in, rows):
                found.setdefault(run.profile, []).append(run)
            # Only where a clock was wrong they are in another order than that of their moments.
            for (name,) in asked(db, later, self._latest()):
                numbers = self._numbers(db, name)
                found[name] = by_number(db, reversed(numbers[-count:]))
        return found

    def snapshots(self, profile: str, before: datetime | None = None) -> list[Snapshot]:
        """What of the runs of a profile is compared with others, the oldest first; only those `before` one of a moment.

        Left out are runs of which only the end is known, and what cannot be read.
        """
        with self._asking() as db:
            numbers = self._numbers(db, profile, before)
            rows = asked(db, f"SELECT run, snapshot FROM reports WHERE run IN ({marks(numbers)})", *numbers)
        kept: dict[int, bytes] = dict(rows)
        return snapshots_in(kept[number] for number in numbers if number in kept) if kept else []

    def result(self, run: KeptRun) -> Result:
        """The whole result of a run, as it was kept; HistoryError where only its end is."""
        with self._asking() as db:
            rows = asked(db, f"SELECT report {REPORTS} AND started = ?", run.profile, moment(run.started))
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

    def _prune(self, db: Database, profile: int, added: int | None = None) -> int:
        """Let go of the runs of a profile that are not to be kept: all that are too old, where somebody asks for it.

        Where a run was `added`, its own day is no reason, and a clock that may be wrong none for the others.
        """
        oldest = moment(self._clock.now() - timedelta(days=HISTORY_DAYS))
        every = dated(db, profile)
        if added is None:
            gone = [run for run in every if run.started < oldest]
        else:
            gone = [run for run in too_old(every, oldest) if run.number != added]
        gone += too_many([run for run in every if run not in gone], self._latest())
        db.executemany("DELETE FROM runs WHERE id = ?", [(run.number,) for run in gone])
        return len(gone)

    def _latest(self) -> int:
        """The latest moment at which a run can have begun."""
        return moment(self._clock.now() + timedelta(seconds=HISTORY_AHEAD_S))

    def _numbers(self, db: Database | None, profile: str, before: datetime | None = None) -> list[int]:
        """The runs of a profile by their numbers, the oldest first; only those `before` one that began at a moment."""
        return [run.number for run in self._ordered(db, profile, before)]

    def _ordered(self, db: Database | None, profile: str, before: datetime | None) -> list[Dated]:
        found = asked(db, "SELECT id FROM profiles WHERE name = ?", profile)
        if db is None or not found:
            return []
        latest = self._latest()
        every = in_order(dated(db, found[0][0]), latest)
        return [run for run in every if before is None or comes_before(run, moment(before), latest)]

    def _is_there(self) -> bool:
        return os.path.lexists(self.path)

    @contextmanager
    def _asking(self) -> Generator[Database | None]:
        """The database for questions; None, and SQLite is not even loaded, where nothing was ever kept."""
        if not self._is_there():
            yield None
            return
        with self._opened() as db:
            yield db

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
            db = self._db or open_database(self.path, self._patience_s)
            if self._kept_open:
                self._db = db
            try:
                yield db
            finally:
                if db is not self._db:
                    db.close()

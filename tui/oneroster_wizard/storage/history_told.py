"""Which kept runs nobody has been told of yet: what is new in them is still to be told.

They are in a table of their own, which the first of them makes. Versions that do not know it keep runs and let them go
as ever, so the version of the history stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from .history_queries import asked
from .history_rows import moment

if TYPE_CHECKING:
    from .history_database import Database

_TABLE = "CREATE TABLE IF NOT EXISTS untold (run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE)"
_IS_THERE = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'untold'"
_OF_PROFILE = """
    SELECT run FROM untold CROSS JOIN runs ON runs.id = run CROSS JOIN profiles ON profiles.id = runs.profile
    WHERE profiles.name = ?
"""
_TOLD = f"DELETE FROM untold WHERE run IN ({_OF_PROFILE} AND runs.started = ?)"


def put_untold(db: Database, number: int | None) -> None:
    """Note that nobody has been told of a run, by its number."""
    db.execute(_TABLE)
    db.execute("INSERT INTO untold VALUES (?)", (number,))


def untold(db: Database | None, profile: str) -> set[int]:
    """The numbers of the runs of a profile of which nobody has been told."""
    return {number for (number,) in asked(db, _OF_PROFILE, profile)} if _is_there(db) else set()


def note_told(db: Database, runs: Iterable[tuple[str, datetime]]) -> None:
    """Note that somebody has been told of runs, each by its profile and when it began."""
    if _is_there(db):
        db.executemany(_TOLD, [(profile, moment(started)) for profile, started in runs])


def _is_there(db: Database | None) -> bool:
    return any(number for (number,) in asked(db, _IS_THERE))

"""Questions to the history's database, and what is put into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from .history_order import Dated
from .history_rows import COLUMNS, run_in, values_of
from .kept_run import KeptRun

if TYPE_CHECKING:
    from .history_database import Database

# A profile comes first, then its runs by their index: so a list of the newest reads no more than it shows.
RUNS = f"SELECT name, {', '.join(COLUMNS)} FROM profiles CROSS JOIN runs ON runs.profile = profiles.id"
REPORTS = """
    FROM profiles CROSS JOIN runs ON runs.profile = profiles.id JOIN reports ON reports.run = runs.id
    WHERE profiles.name = ?
"""
_DATED = "SELECT id, started, status IN ('pass', 'warn'), status, cause FROM runs WHERE profile = ?"
_BY_NUMBER = f"""
    SELECT runs.id, name, {", ".join(COLUMNS)} FROM runs CROSS JOIN profiles ON profiles.id = runs.profile WHERE runs.id
"""

# Rows as SQLite gives them.
Rows = list[tuple[Any, ...]]


def profile_number(db: Database, name: str) -> int:
    """The number of a profile, new where it has none."""
    db.execute("INSERT OR IGNORE INTO profiles (name) VALUES (?)", (name,))
    (number,) = db.execute("SELECT id FROM profiles WHERE name = ?", (name,)).fetchone()
    return int(number)


def asked(db: Database | None, statement: str, *values: str | int) -> Rows:
    """The rows of a question; none without a database."""
    return db.execute(statement, values).fetchall() if db is not None else []


def dated(db: Database, profile: int) -> list[Dated]:
    """The runs of a profile by its number, in no order."""
    return [
        Dated(number, started, bool(worked), status, cause)
        for number, started, worked, status, cause in db.execute(_DATED, (profile,))
    ]


def by_number(db: Database | None, numbers: Iterable[int]) -> list[KeptRun]:
    """The runs of these numbers, in their order."""
    wanted = list(numbers)
    rows = asked(db, f"{_BY_NUMBER} IN ({marks(wanted)})", *wanted)
    found = {row[0]: run_in(row[1:]) for row in rows}
    return [found[number] for number in wanted if number in found]


def marks(numbers: Sequence[int]) -> str:
    """A place for each of so many numbers in a statement."""
    return ", ".join("?" * len(numbers))


def put(db: Database, profile: int, run: KeptRun) -> int | None:
    """Add a run to those of a profile by its number; the number of the run."""
    names, places = ", ".join(COLUMNS), ", ".join("?" * len(COLUMNS))
    statement = f"INSERT INTO runs (profile, {names}) VALUES (?, {places})"
    return db.execute(statement, (profile, *values_of(run))).lastrowid

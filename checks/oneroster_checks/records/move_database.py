"""The private database of a move: the records of both sides, without a name of the file, gone after a crash."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import Literal

from ..limits import DATABASE_CACHE_KIB
from . import move_found
from .found import Found
from .inserts import insert
from .move_found import KindCounts
from .move_layout import FIRST, OTHER, TABLES
from .move_matching import index, match
from .page import TypedPage, Value

Side = Literal["old", "new"]
SIDES: tuple[Side, Side] = ("old", "new")
# Both sides are kept in one file, and looked up in each other.
_CACHE_KIB = 8 * DATABASE_CACHE_KIB
_SETTINGS = (
    "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE",
    "page_size = 16384", f"cache_size = -{_CACHE_KIB}", "temp_store = FILE",
)  # fmt: skip
_STEPS_BETWEEN = 100_000
_INTEGERS = frozenset({"deleted"})


class MoveDatabase:
    """The records of both sides, and which of them are the same. It belongs to the thread that makes it.

    Only `interrupt` may be called from another one. `sqlite3.Error` where the disk takes no more.
    """

    def __init__(self) -> None:
        # A database without a name is a file that is deleted as soon as it is open.
        self._db = sqlite3.connect("", isolation_level=None)
        for setting in _SETTINGS:
            self._db.execute(f"PRAGMA {setting}")
        self._is_ended = False
        self._db.set_progress_handler(lambda: self._is_ended, _STEPS_BETWEEN)
        for side in SIDES:
            for table in TABLES.values():
                names = ", ".join(f'"{name}" {_type(name)}' for name in (*FIRST, *table.columns))
                self._db.execute(f"CREATE TABLE {side}_{table.name} ({names})")
            self._db.execute(f"CREATE TABLE {side}_{OTHER} (id TEXT, deleted INTEGER, collection TEXT)")
            self._db.execute(f"CREATE TABLE {side}_links (kind TEXT, record TEXT, target TEXT)")

    def add(self, side: Side, page: TypedPage) -> None:
        """Keep the records of a page of one side."""
        if not len(page):
            return
        table = TABLES.get(page.path)
        names = (*FIRST, *(table.columns if table else ()))
        columns: dict[str, Sequence[Value]] = dict(zip(names, page.columns, strict=True))
        if table is None:
            columns["collection"] = [page.path.strip("/")] * len(page)
        with self._together():
            insert(self._db, f"{side}_{table.name if table else OTHER}", columns)
            if page.links:
                kinds, records, targets = zip(*page.links, strict=True)
                insert(self._db, f"{side}_links", {"kind": kinds, "record": records, "target": targets})

    def match(self, *, names_old: bool) -> None:
        """Find out which records of both sides are the same, once all are there: see `move_found.prepare`."""
        with self._together():
            index(self._db)
            match(self._db, names_old=names_old)
            move_found.prepare(self._db, names_old=names_old)

    def found(self, code: str) -> tuple[Found, dict[str, int]]:
        """What the rule of a code finds, and its further figures by the name of their fact."""
        return move_found.found(self._db, code)

    def roles_gone(self) -> tuple[str, ...]:
        """Whom the new side has nobody of, while the old one has."""
        return move_found.roles_gone(self._db)

    def counts(self, kind: str) -> KindCounts:
        """How many records of a kind match, and by what."""
        return move_found.counts(self._db, kind)

    def years(self, side: Side) -> tuple[str, str] | None:
        """The first and the last day of the school years of a side, None where it says nothing of them."""
        return move_found.session_years(self._db, side)

    def pairs(self, number: int) -> Generator[list[tuple[str, str, str]]]:
        """Old sourcedId, new sourcedId and kind of all that is still there, so many at a time.

        What nobody can tell is left out: sourcedIds of several records, and old users whom two new ones name.
        """
        for table in TABLES.values():
            told = "AND m.old NOT IN (SELECT old FROM disputed_users)" if table.name == "users" else ""
            cursor = self._db.execute(f"""
                SELECT o.id, n.id, '{table.name}' FROM match_{table.name} m
                JOIN old_{table.name} o ON o.rowid = m.old JOIN new_{table.name} n ON n.rowid = m.new
                WHERE o.deleted IS NULL AND n.deleted IS NULL AND o.id <> '' AND n.id <> ''
                AND NOT EXISTS (SELECT 1 FROM repeated_ids r WHERE r.kind = '{table.name}'
                    AND (r.side = 'old' AND r.id = o.id OR r.side = 'new' AND r.id = n.id))
                {told}
            """)
            while rows := cursor.fetchmany(number):
                yield rows

    def interrupt(self) -> None:
        """End what it is doing, from any thread."""
        self._is_ended = True

    def close(self) -> None:
        """Let go of everything."""
        self._db.close()

    @contextmanager
    def _together(self) -> Generator[None]:
        """Statements that are written down as one."""
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            # What went wrong is told, not that there is nothing left to write down.
            with suppress(sqlite3.Error):
                self._db.execute("COMMIT")
            raise
        self._db.execute("COMMIT")


def _type(name: str) -> str:
    return "INTEGER" if name in _INTEGERS else "TEXT"

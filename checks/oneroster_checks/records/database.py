"""The private database of one full read: every record as a row, on disk, without a name, gone after a crash."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import compress
from operator import not_

from ..connection import OneRosterVersion
from ..limits import DATABASE_CACHE_KIB, ORGS_CLIMBED, RECORDS_SHOWN
from . import layout, schema
from .columns import Link
from .found import Found
from .inserts import insert
from .page import TypedPage, Value
from .rules_read import rules

_SETTINGS = (
    # Nobody needs it after a crash.
    "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE",
    "page_size = 16384", f"cache_size = -{DATABASE_CACHE_KIB}", "temp_store = FILE",
)  # fmt: skip


# Steps of a statement after which it looks whether it is to end: some milliseconds.
_STEPS_BETWEEN = 100_000


class RecordDatabase:
    """The records of a run, and what the rules find among them. It belongs to the thread that makes it.

    Only `interrupt` may be called from another one. `sqlite3.Error` where the disk takes no more.
    """

    def __init__(self, version: OneRosterVersion, today: date) -> None:
        # A database without a name is a file that is deleted as soon as it is open.
        self._db = sqlite3.connect("", isolation_level=None)
        for setting in _SETTINGS:
            self._db.execute(f"PRAGMA {setting}")
        self._is_ended = False
        # Between two statements there is nothing to interrupt.
        self._db.set_progress_handler(lambda: self._is_ended, _STEPS_BETWEEN)
        schema.create(self._db, version)
        self._known = {"version": version, "today": today.isoformat(), "most_parents": ORGS_CLIMBED}
        self._entities = {path: entity for entity, path in layout.PATH.items()}
        self._is_odd = schema.odd_words(version)
        self._odd_kinds: set[str] = set()
        self._is_prepared = False

    def add(self, page: TypedPage) -> None:
        """Keep the records of a page; those of a view of a collection, such as /students, are there already."""
        entity = self._entities.get(page.path)
        if entity is None or not len(page):
            return
        columns = dict(zip(layout.names(entity), page.columns, strict=True))
        self._note_words(entity, columns, page.links)
        with self._together():
            insert(self._db, layout.TABLES[entity], columns)
            if entity == "enrollment":
                self._sum_up(columns)
            if page.links:
                deleted = set(compress(page.ids, page.columns[1]))
                links = [link for link in page.links if link[1] not in deleted] if deleted else page.links
                kinds, records, targets = zip(*links, strict=True) if links else ((), (), ())
                insert(self._db, "links", {"kind": kinds, "record": records, "target": targets})

    def _sum_up(self, columns: Mapping[str, Sequence[Value]]) -> None:
        """Count the enrollments of a page by user and role, and by class and role, of which there are fewer."""
        number = len(columns["id"])
        deleted = columns["deleted"]
        role = columns["role"] or [""] * number
        for table, name in schema.ENROLLED.items():
            pairs = zip(columns[name] or [""] * number, role, strict=True)
            counted = Counter(pairs if not deleted else compress(pairs, map(not_, deleted)))
            if counted:
                named, roles = zip(*counted, strict=True)
                insert(self._db, table, {"number": list(counted.values()), name: named, "role": roles})

    def _note_words(self, entity: str, columns: Mapping[str, Sequence[Value]], links: Iterable[Link]) -> None:
        """Note the kinds of words among which one is outside its list."""
        words = {kind: columns[column] for column, kind in schema.WORD_COLUMNS.get(entity, {}).items()}
        said = [*words.items()]
        for link, kind in schema.WORD_LINKS.items():
            if links and kind in words:
                said.append((kind, [target for of, _, target in links if of == link]))
        self._odd_kinds.update(kind for kind, values in said if self._is_odd(kind, values))

    def found(self, code: str, complete: Collection[str]) -> Found:
        """What the rule of a code finds, with references only into the complete collections."""
        self._prepare()
        with self._together():
            self._db.execute("DELETE FROM complete")
            self._db.executemany("INSERT INTO complete VALUES (?)", [(name,) for name in set(complete)])
        rule = rules()[code]
        (of,) = self._db.execute(rule.total, self._known).fetchone()
        cursor = self._db.execute(rule.found, self._known)
        names = [column[0] for column in cursor.description]
        record, kind, other = (
            names.index(name) if name in names else None for name in ("record", "kind", "other")
        )
        count, kinds, examples = 0, dict[str, int](), dict[str, None]()
        for row in cursor:
            count += 1
            if kind is not None:
                for each in str(row[kind]).split(","):
                    kinds[each] = kinds.get(each, 0) + 1
            if len(examples) < RECORDS_SHOWN:
                shown = (row[place] for place in (record, other) if place is not None)
                examples |= dict.fromkeys(id for id in shown if id)
        return Found(count, of, tuple(examples)[:RECORDS_SHOWN], kinds)

    def numbers(self, name: str) -> dict[str, int]:
        """The numbers of a kind of figure, by their names: `people`, or `enrollments` by role in small letters."""
        self._prepare()
        return dict(self._db.execute(FIGURES[name]).fetchall())

    def interrupt(self) -> None:
        """End what the database is doing and is about to do, from any thread."""
        self._is_ended = True
        self._db.interrupt()

    def close(self) -> None:
        """Let go of everything."""
        self._db.close()

    def _prepare(self) -> None:
        if not self._is_prepared:
            with self._together():
                schema.prepare(self._db, self._odd_kinds)
            self._is_prepared = True

    @contextmanager
    def _together(self) -> Generator[None]:
        """Statements that are written down as one."""
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            # What went wrong is told, not that there is nothing left to write down; nothing is taken back without a
            # journal.
            with suppress(sqlite3.Error):
                self._db.execute("COMMIT")
            raise
        self._db.execute("COMMIT")


# Each gives names and numbers.
FIGURES = {
    # Whether there is any enrollment of a student, of somebody who may be a teacher, and of one who does not say.
    "somebody enrolled": """
        SELECT 'student', EXISTS (SELECT 1 FROM enrolled_classes WHERE role = 'student')
        UNION ALL SELECT 'teacher', EXISTS (SELECT 1 FROM enrolled_classes WHERE role <> 'student')
        UNION ALL SELECT '', EXISTS (SELECT 1 FROM enrolled_classes WHERE role IS NULL)
    """,
    "people": """
        SELECT 'enabled', count(*) FROM active_users WHERE enabledUser = 'true'
        UNION ALL SELECT 'students', count(*) FROM students
        UNION ALL SELECT 'guardians', count(*) FROM guardians
    """,
    "enrollments": "SELECT lower(coalesce(role, '')), sum(number) FROM enrolled_classes GROUP BY 1",
    "enrollments of absent people": """
        SELECT lower(coalesce(role, '')), count(*) FROM active_enrollments
        WHERE id IN (SELECT record FROM broken_references WHERE kind = 'enrollment.user' AND NOT is_deleted)
        GROUP BY 1
    """,
}

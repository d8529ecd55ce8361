"""The tables of the database of records, and what the rules look up in them: words, roles, references that break."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from importlib import resources

from ..connection import OneRosterVersion
from ..standard.fields import fields
from . import layout
from .judged_fields import WORDS
from .references import REFERENCES, ReferenceKind

# Whom causes.md means by administrators, and teachers.
STAFF_ROLES = (
    "teacher", "administrator", "siteAdministrator", "districtAdministrator", "systemAdministrator", "principal",
)  # fmt: skip
# CEDS entry grade level, and single digits, which are common.
GRADES = (
    "IT", "PR", "PK", "TK", "KG", *(f"{grade:02}" for grade in range(1, 14)), "PS", "UG", "AE", "Other",
    *(str(grade) for grade in range(1, 10)),
)  # fmt: skip
_GRADED = ("course.grades", "class.grades", "user.grades")
# The columns of an entity that hold words, and the lists of which the further ones are links: each with its kind.
WORD_COLUMNS = {
    "org": {"type": "org.type"},
    "academicSession": {"type": "academicSession.type"},
    "course": {"grade": "course.grades"},
    "class": {"classType": "class.classType", "grade": "class.grades"},
    "user": {"role": "user.role", "grade": "user.grades"},
    "enrollment": {"role": "enrollment.role"},
    "demographics": {"sex": "demographics.sex"},
}
WORD_LINKS = {"user.roles": "user.role", **{kind: kind for kind in _GRADED}}
# Words of people and classes are alike in upper and lower case, where they are no ids.
_TYPES = {
    "deleted": "INTEGER", "content": "INTEGER", "username": "INTEGER", "email": "INTEGER",
    "role": "TEXT COLLATE NOCASE",
}  # fmt: skip
# What references lead to.
_REFERRED = frozenset(each.target for each in REFERENCES)
# Where enrollments are summed up, and by which column.
ENROLLED = {"enrolled_users": "user", "enrolled_classes": "class"}
# Where the references of a kind are summed up, and their number there.
_SUMMED = {
    "enrollment.user": ("enrolled_users", "sum(number)"), "enrollment.class": ("enrolled_classes", "sum(number)"),
}  # fmt: skip
# An enrollment says nothing beside its columns and the moment of its last change.
_ENROLLMENT = 'json_array(user, class, school, role, "primary", beginDate, endDate)'


def create(db: sqlite3.Connection, version: OneRosterVersion) -> None:
    """Make the tables and views of an empty database."""
    for entity, table in layout.TABLES.items():
        names = ", ".join(f'"{name}" {_TYPES.get(name, "TEXT")}' for name in layout.names(entity))
        db.execute(f'CREATE TABLE "{table}" ({names})')
        db.execute(f'CREATE VIEW "active_{table}" AS SELECT * FROM "{table}" WHERE deleted IS NULL')
    db.execute("CREATE TABLE links (kind TEXT, record TEXT, target TEXT)")
    db.execute("CREATE VIEW active_records AS " + " UNION ALL ".join(_records("modified_fault")))
    db.execute("CREATE VIEW contents AS " + " UNION ALL ".join(_records("content")))
    db.execute("CREATE VIEW counted_records AS " + " UNION ALL ".join(_numbers()))
    db.execute("CREATE TABLE complete (collection TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute("CREATE TABLE staff_roles (role TEXT PRIMARY KEY) WITHOUT ROWID")
    db.executemany("INSERT INTO staff_roles VALUES (?)", [(role,) for role in STAFF_ROLES])
    db.execute("CREATE TABLE vocabulary (kind TEXT, word TEXT, PRIMARY KEY (kind, word)) WITHOUT ROWID")
    db.executemany("INSERT INTO vocabulary VALUES (?, ?)", sorted(set(_words(version))))
    views = resources.files("oneroster_checks.records").joinpath("views.sql").read_text("utf-8")
    db.executescript(views)


def prepare(db: sqlite3.Connection, odd_kinds: Collection[str]) -> None:
    """Make what several rules look up, once all records are there: indexes, repeated ids, references that break.

    `odd_kinds` are the kinds of words among which one may be outside its list.
    """
    db.execute("CREATE INDEX links_by_kind ON links (kind, record, target)")
    db.execute("CREATE INDEX orgs_by_parent ON orgs (parent)")
    db.execute("CREATE INDEX users_by_username ON users (username, deleted, id)")
    db.execute("CREATE INDEX users_by_email ON users (email, deleted, id)")
    for table in layout.TABLES.values():
        if table in _REFERRED:
            db.execute(f'CREATE INDEX "{table}_by_id" ON "{table}" (id)')
        db.execute(
            f"""
            INSERT INTO repeated_ids
            SELECT '{table}', id FROM "{table}" WHERE id <> '' GROUP BY id HAVING count(*) > 1
            """
        )
    is_repeated = db.execute("SELECT 1 FROM repeated_ids").fetchone() is not None
    if is_repeated:
        _drop_repeats(db)
        db.execute(
            "INSERT INTO repeated_records SELECT * FROM contents WHERE (collection, id) IN repeated_ids"
        )
    db.execute("INSERT INTO record_numbers SELECT * FROM counted_records")
    for table, name in ENROLLED.items():
        _sum_up(db, table, name, anew=is_repeated)
    db.executemany(
        "INSERT INTO words SELECT * FROM every_word WHERE kind = ?", [(kind,) for kind in odd_kinds]
    )
    for each in REFERENCES:
        _follow(db, each)


def _sum_up(db: sqlite3.Connection, table: str, name: str, *, anew: bool) -> None:
    """Sum up the enrollments by user or class where their pages were not sums enough, or repeated records went."""
    ((sums, of),) = db.execute(f"SELECT (SELECT count(*) FROM {table}), (SELECT count(*) FROM enrollments)")
    if anew or 2 * sums > of:
        db.execute(f"DELETE FROM {table}")
        db.execute(
            f"INSERT INTO {table} SELECT {name}, role, count(*) FROM active_enrollments GROUP BY {name}, role"
        )


def _follow(db: sqlite3.Connection, each: ReferenceKind) -> None:
    """Count the references of a kind, and keep those that lead to no active record."""
    for source, column, condition in _sources(each):
        # Many references lead to one record, so each target is looked up once.
        targets, number = _SUMMED.get(each.kind, (source, "count(*)"))
        counted = f"SELECT coalesce({number}, 0) FROM {targets} AS source WHERE {condition}"
        db.execute(f"INSERT INTO reference_kinds VALUES (?, ?, ({counted}))", (each.kind, each.target))
        db.execute("DELETE FROM broken_targets")
        db.execute(
            f"""
            INSERT INTO broken_targets
            SELECT id, EXISTS (SELECT 1 FROM "{each.target}" AS there WHERE there.id = named.id)
            FROM (SELECT DISTINCT {column} AS id FROM {targets} AS source WHERE {condition}) AS named
            WHERE NOT EXISTS (SELECT 1 FROM "active_{each.target}" AS there WHERE there.id = named.id)
            """
        )
        if db.execute("SELECT 1 FROM broken_targets").fetchone():
            db.execute(
                f"""
                INSERT INTO broken_references
                SELECT {"record" if source == "links" else "source.id"}, ?, {column}, broken_targets.is_deleted
                FROM {source} AS source JOIN broken_targets ON broken = {column} WHERE {condition}
                """,
                (each.kind,),
            )


def _sources(each: ReferenceKind) -> Iterator[tuple[str, str, str]]:
    """Where references of a kind stand: table, column, and the condition for there being one."""
    own = f'"{each.column}"' if each.column != "id" else "source.id"
    name = own.removeprefix("source.")
    yield f'"active_{each.table}"', f"source.{name}", f"{name} <> ''"
    if each.in_links:
        yield "links", "source.target", f"kind = '{each.kind}'"


def _drop_repeats(db: sqlite3.Connection) -> None:
    """Keep one of records that are alike: they came twice, which is a fault of the pages and not of the records."""
    for entity, table in layout.TABLES.items():
        alike = ", ".join(f'"{name}"' for name in layout.names(entity) if name != "modified_fault")
        db.execute(
            f"""
            DELETE FROM "{table}" WHERE id IN (SELECT id FROM repeated_ids WHERE collection = '{table}')
                AND id <> '' AND rowid NOT IN (
                SELECT min(rowid) FROM "{table}"
                WHERE id IN (SELECT id FROM repeated_ids WHERE collection = '{table}') GROUP BY {alike}
            )
            """
        )
    db.execute(
        "DELETE FROM links WHERE rowid NOT IN (SELECT min(rowid) FROM links GROUP BY kind, record, target)"
    )


def _records(column: str) -> Iterator[str]:
    for entity, table in layout.TABLES.items():
        own = _ENROLLMENT if (entity, column) == ("enrollment", "content") else column
        yield f"SELECT '{table}' AS collection, id, {own} AS {column} FROM \"active_{table}\""


def _numbers() -> Iterator[str]:
    for table in layout.TABLES.values():
        yield f"SELECT '{table}' AS collection, (SELECT count(*) FROM \"active_{table}\") AS number"


def odd_words(version: OneRosterVersion) -> Callable[[str, Iterable[object]], bool]:
    """Tells whether among words of a kind may be one outside its list."""
    nothing: set[object] = {None, ""}
    lists: dict[str, set[object]] = {}
    for kind, word in _words(version):
        lists.setdefault(kind, set(nothing)).add(word)

    def is_odd(kind: str, words: Iterable[object]) -> bool:
        return not all(str(word).startswith("ext:") for word in set(words) - lists.get(kind, nothing))

    return is_odd


def _words(version: OneRosterVersion) -> Iterator[tuple[str, str]]:
    for kind in _GRADED:
        yield from ((kind, grade) for grade in GRADES)
    for entity, name in WORDS:
        for rule in fields(version, entity):
            if rule.name == name:
                yield from ((f"{entity.partition('.')[0]}.{name}", word) for word in rule.values)

"""The tables of the database of records, and what the rules look up in them: words, roles, references that break."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
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
# Words of people and classes are alike in upper and lower case, where they are no ids.
_TYPES = {
    "deleted": "INTEGER", "content": "INTEGER", "username": "INTEGER", "email": "INTEGER",
    "role": "TEXT COLLATE NOCASE",
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
    db.execute("CREATE TABLE complete (collection TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute("CREATE TABLE staff_roles (role TEXT PRIMARY KEY) WITHOUT ROWID")
    db.executemany("INSERT INTO staff_roles VALUES (?)", [(role,) for role in STAFF_ROLES])
    db.execute("CREATE TABLE vocabulary (kind TEXT, word TEXT, PRIMARY KEY (kind, word)) WITHOUT ROWID")
    db.executemany("INSERT INTO vocabulary VALUES (?, ?)", sorted(set(_words(version))))
    views = resources.files("oneroster_checks.records").joinpath("views.sql").read_text("utf-8")
    db.executescript(views)


def prepare(db: sqlite3.Connection) -> None:
    """Make what several rules look up, once all records are there.

    Indexes, repeated ids, the number of records, and references that break.
    """
    db.execute("CREATE INDEX links_by_kind ON links (kind, record, target)")
    db.execute("CREATE INDEX orgs_by_parent ON orgs (parent)")
    db.execute(
        "CREATE TABLE repeated_ids (collection TEXT, id TEXT, PRIMARY KEY (collection, id)) WITHOUT ROWID"
    )
    for table in layout.TABLES.values():
        db.execute(f'CREATE INDEX "{table}_by_id" ON "{table}" (id)')
        db.execute(
            f"""
            INSERT INTO repeated_ids
            SELECT '{table}', id FROM "{table}" WHERE id <> '' GROUP BY id HAVING count(*) > 1
            """
        )
    if db.execute("SELECT 1 FROM repeated_ids").fetchone():
        _drop_repeats(db)
    db.execute("CREATE TABLE record_numbers (collection TEXT, number INTEGER)")
    for table in layout.TABLES.values():
        db.execute(f"INSERT INTO record_numbers SELECT '{table}', count(*) FROM \"active_{table}\"")
    db.execute("CREATE TABLE reference_kinds (kind TEXT, target TEXT, number INTEGER)")
    db.execute("CREATE TABLE broken_references (record TEXT, kind TEXT, target TEXT, is_deleted INTEGER)")
    for each in REFERENCES:
        for source, column, condition in _sources(each):
            db.execute(
                f"INSERT INTO reference_kinds SELECT ?, ?, count(*) FROM {source} WHERE {condition}",
                (each.kind, each.target),
            )
            db.execute(
                f"""
                INSERT INTO broken_references
                SELECT {"record" if source == "links" else "id"}, ?, {column},
                    EXISTS (SELECT 1 FROM "{each.target}" AS there WHERE there.id = {column})
                FROM {source} AS source
                WHERE {condition}
                    AND NOT EXISTS (SELECT 1 FROM "active_{each.target}" AS there WHERE there.id = {column})
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


def _words(version: OneRosterVersion) -> Iterator[tuple[str, str]]:
    for kind in _GRADED:
        yield from ((kind, grade) for grade in GRADES)
    for entity, name in WORDS:
        for rule in fields(version, entity):
            if rule.name == name:
                yield from ((f"{entity.partition('.')[0]}.{name}", word) for word in rule.values)

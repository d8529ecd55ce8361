"""Which records of the two sides of a move are the same, as statements of SQL over all of them.

Each kind has a table of pairs, `match_users` and so on: the row of the old record, the row of the new one, and by what
they match: "legacy", "sourcedId", or "identifier" for whatever else says who or what a record is.
"""

from __future__ import annotations

import sqlite3

from .move_layout import FIRST, TABLES

# The kinds with so many records that they are matched by what they refer to alone.
_MANY = ("enrollments", "results")
_COLUMNS = {table.name: (*FIRST, *table.columns) for table in TABLES.values()}
# What is left of the ids that stand for several records of one side once the same record sent twice is one.
_REPEATED = """
    INSERT INTO repeated_ids
    SELECT '{side}', '{table}', id, count(*) FROM {side}_{table} WHERE id <> '' GROUP BY id HAVING count(*) > 1
"""
# Roles of both versions that a district gives to the same people, by what their sourcedIds stand for.
_FAMILY = """CASE WHEN {role} IS NULL THEN NULL ELSE CASE lower({role})
    WHEN 'student' THEN 'student' WHEN 'teacher' THEN 'teacher'
    WHEN 'guardian' THEN 'guardian' WHEN 'parent' THEN 'guardian' WHEN 'relative' THEN 'guardian'
    ELSE 'staff' END END"""


def family(role: str) -> str:
    """The expression for whom a role stands for: a student, a teacher, a guardian, or other staff; NULL for none."""
    return _FAMILY.format(role=role)


def index(db: sqlite3.Connection) -> None:
    """Make what the matching looks up, and make one record of each that a side sent twice."""
    db.execute("CREATE TABLE repeated_ids (side TEXT, kind TEXT, id TEXT, number INTEGER)")
    for side in ("old", "new"):
        for table, columns in _COLUMNS.items():
            if table in _MANY:
                continue
            db.execute(f"CREATE INDEX {side}_{table}_id ON {side}_{table} (id)")
            db.execute(_REPEATED.format(side=side, table=table))
            if db.execute("SELECT 1 FROM repeated_ids WHERE side = ? AND kind = ?", (side, table)).fetchone():
                _drop_the_same(db, side, table, columns)
        db.execute(f"""
            CREATE VIEW {side}_user_orgs AS
            SELECT id AS user, org FROM {side}_users WHERE org IS NOT NULL
            UNION ALL SELECT record, target FROM {side}_links WHERE kind = 'org'
        """)
        db.execute(f"CREATE INDEX {side}_links_record ON {side}_links (record, kind)")
        # What says nothing of its type may be a school as well.
        db.execute(f"""
            CREATE VIEW {side}_user_schools AS
            SELECT p.user, p.org FROM {side}_user_orgs p JOIN {side}_orgs o ON o.id = p.org
            WHERE coalesce(lower(o.type), 'school') = 'school'
        """)


def _drop_the_same(db: sqlite3.Connection, side: str, table: str, columns: tuple[str, ...]) -> None:
    alike = ", ".join(f'"{name}"' for name in columns)
    repeated = f"SELECT id FROM repeated_ids WHERE side = '{side}' AND kind = '{table}'"
    db.execute(f"""
        DELETE FROM {side}_{table} WHERE id IN ({repeated}) AND rowid NOT IN (
            SELECT min(rowid) FROM {side}_{table} WHERE id IN ({repeated}) GROUP BY {alike}
        )
    """)
    db.execute("DELETE FROM repeated_ids WHERE side = ? AND kind = ?", (side, table))
    db.execute(_REPEATED.format(side=side, table=table))


def match(db: sqlite3.Connection, *, names_old: bool) -> None:
    """Fill the tables of pairs, what others refer to first.

    `names_old` says that the new records of users are to name the old ones; otherwise what they name is of no use here.
    """
    for table in _COLUMNS:
        db.execute(f"CREATE TABLE match_{table} (old INTEGER PRIMARY KEY, new INTEGER, how TEXT)")
    _by_id(db, "orgs")
    _by_key(db, "orgs", ("o.identifier",), ("n.identifier",))
    _ids(db, "orgs")
    _by_id(db, "academicSessions")
    days = ("{}.type", "{}.startDate", "{}.endDate", "{}.title")
    _by_key(
        db,
        "academicSessions",
        tuple(each.format("o") for each in days),
        tuple(each.format("n") for each in days),
    )
    _by_id(db, "courses")
    _by_key(db, "courses", ("o.code", _new("orgs", "o.org")), ("n.code", "n.org"))
    _ids(db, "courses")
    _by_id(db, "classes")
    _by_key(
        db, "classes",
        ("o.code", _new("orgs", "o.school"), _new("courses", "o.course")), ("n.code", "n.school", "n.course"),
    )  # fmt: skip
    _ids(db, "classes")
    _users(db, names_old=names_old)
    _ids(db, "users")
    _by_references(db, "enrollments", ("user", "users"), ("class", "classes"), with_role=True)
    _by_id(db, "lineItems")
    _by_key(
        db, "lineItems", (_new("classes", "o.class"), "o.title"), ("n.class", "n.title")
    )  # fmt: skip
    _ids(db, "lineItems")
    _by_references(db, "results", ("lineItem", "lineItems"), ("student", "users"), with_role=False)
    if db.execute("SELECT 1 FROM match_results WHERE new IS NULL").fetchone():
        _rest_by_id(db, "results")


def _by_id(db: sqlite3.Connection, table: str) -> None:
    db.execute(f"""
        INSERT OR IGNORE INTO match_{table}
        SELECT o.rowid, n.rowid, 'sourcedId' FROM old_{table} o JOIN new_{table} n ON n.id = o.id
        WHERE o.id <> '' ORDER BY o.rowid, n.deleted IS NOT NULL, n.rowid
    """)
    db.execute(f"CREATE INDEX match_{table}_new ON match_{table} (new)")


def _by_key(db: sqlite3.Connection, table: str, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    """Match what is left by what says the same on both sides, and is said only once on each."""
    names = [f"k{number}" for number in range(len(old))]
    for side, letter, key in (("old", "o", old), ("new", "n", new)):
        named = ", ".join(f"{each} AS {name}" for each, name in zip(key, names, strict=True))
        db.execute(f"DROP TABLE IF EXISTS {side}_keys")
        # Of a record that is gone and one that is there, the latter counts.
        db.execute(f"""
            CREATE TEMP TABLE {side}_keys AS SELECT min(rowid) AS row, {", ".join(names)}
            FROM (SELECT {letter}.rowid, {named} FROM {side}_{table} {letter} WHERE {letter}.deleted IS NULL)
            WHERE {" AND ".join(f"{name} IS NOT NULL" for name in names)}
            GROUP BY {", ".join(names)} HAVING count(*) = 1
        """)
    db.execute(f"CREATE INDEX temp.keys_of_new ON new_keys ({', '.join(names)})")
    same = " AND ".join(f"o.{name} = n.{name}" for name in names)
    db.execute(f"""
        INSERT OR IGNORE INTO match_{table}
        SELECT o.row, n.row, 'identifier' FROM old_keys o JOIN new_keys n ON {same}
        WHERE n.row NOT IN (SELECT new FROM match_{table}) AND o.row NOT IN (SELECT old FROM match_{table})
    """)


def _new(table: str, reference: str) -> str:
    """The expression for the new sourcedId of what an old record refers to."""
    return f"(SELECT new FROM {table}_ids WHERE old = {reference})"


def _ids(db: sqlite3.Connection, table: str) -> None:
    """The new sourcedId of each old one whose record is still there."""
    db.execute(f"CREATE TABLE {table}_ids (old TEXT PRIMARY KEY, new TEXT) WITHOUT ROWID")
    db.execute(f"""
        INSERT OR IGNORE INTO {table}_ids
        SELECT o.id, n.id FROM match_{table} m JOIN old_{table} o ON o.rowid = m.old
        JOIN new_{table} n ON n.rowid = m.new WHERE n.deleted IS NULL AND o.id <> '' ORDER BY o.deleted IS NOT NULL
    """)


def _users(db: sqlite3.Connection, *, names_old: bool) -> None:
    """Users by the old sourcedId that the new record names, then by sourcedId, then by identifier."""
    for name in ("bare", "identifier"):
        db.execute(f"CREATE INDEX old_users_{name} ON old_users ({name})")
    db.execute("CREATE INDEX new_users_legacy ON new_users (legacy)")
    db.execute("CREATE TABLE claims (old INTEGER, new INTEGER)")
    if names_old:
        db.execute("""
            INSERT INTO claims
            SELECT o.rowid, n.rowid FROM new_users n JOIN old_users o ON o.id = n.legacy
            UNION SELECT o.rowid, n.rowid FROM new_users n JOIN old_users o ON o.bare = n.legacy
        """)
    # Whom two new users name, nobody can tell.
    db.execute("CREATE TABLE disputed_users (old INTEGER PRIMARY KEY)")
    db.execute("""
        INSERT INTO disputed_users SELECT c.old FROM claims c JOIN new_users n ON n.rowid = c.new
        WHERE n.deleted IS NULL GROUP BY c.old HAVING count(*) > 1
    """)
    db.execute("""
        INSERT OR IGNORE INTO match_users
        SELECT c.old, c.new, 'legacy' FROM claims c JOIN new_users n ON n.rowid = c.new
        JOIN old_users o ON o.rowid = c.old
        ORDER BY n.deleted IS NOT NULL, (n.identifier = o.identifier) IS NOT 1, c.new
    """)
    db.execute("CREATE INDEX match_users_new ON match_users (new)")
    # Who names another old record is not the one whose sourcedId it has, unless the identifier says so.
    is_same = "(n.legacy IS NULL OR n.identifier = o.identifier)" if names_old else "TRUE"
    db.execute(f"""
        INSERT OR IGNORE INTO match_users
        SELECT o.rowid, n.rowid, 'sourcedId' FROM old_users o JOIN new_users n ON n.id = o.id
        WHERE o.id <> '' AND {is_same}
        AND o.rowid NOT IN (SELECT old FROM match_users) AND n.rowid NOT IN (SELECT new FROM match_users)
        ORDER BY n.deleted IS NOT NULL, n.rowid
    """)
    _by_key(db, "users", ("o.identifier",), ("n.identifier",))


def _by_references(
    db: sqlite3.Connection, table: str, one: tuple[str, str], other: tuple[str, str], *, with_role: bool
) -> None:
    """Match active records by what they refer to. A pair without a new record is one that should be there."""
    (first, of_first), (second, of_second) = one, other
    role = ", role" if with_role else ""
    db.execute(
        f'CREATE INDEX new_{table}_by_references ON new_{table} ("{first}", "{second}"{role}, id, deleted)'
    )
    same = (
        f"AND (n.role = o.role OR n.role IS NULL OR o.role IS NULL OR {family('n.role')} = {family('o.role')})"
        if with_role
        else ""
    )
    db.execute(f"""
        INSERT OR IGNORE INTO match_{table}
        SELECT o.rowid, n.rowid,
            CASE WHEN n.id = o.id THEN 'sourcedId' WHEN n.id IS NULL THEN NULL ELSE 'identifier' END
        FROM old_{table} o JOIN {of_first}_ids a ON a.old = o."{first}" JOIN {of_second}_ids b ON b.old = o."{second}"
        LEFT JOIN new_{table} n ON n."{first}" = a.new AND n."{second}" = b.new AND n.deleted IS NULL {same}
        WHERE o.deleted IS NULL
    """)


def _rest_by_id(db: sqlite3.Connection, table: str) -> None:
    db.execute(f"CREATE INDEX new_{table}_id ON new_{table} (id)")
    db.execute(f"""
        UPDATE match_{table} SET how = 'sourcedId', new = (
            SELECT n.rowid FROM old_{table} o JOIN new_{table} n ON n.id = o.id
            WHERE o.rowid = match_{table}.old AND n.deleted IS NULL
        ) WHERE new IS NULL
    """)

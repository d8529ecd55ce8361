"""What is wrong between the two sides of a move, as statements of SQL over their records and what matches."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from ..limits import RECORDS_SHOWN
from .found import Found
from .move_layout import TABLES
from .move_matching import family

# Why somebody of the old side is not in the new one, as far as the records themselves tell.
DELETED, NO_SUCH_ROLE, UNNAMED, ELSE = "deleted", "no such role", "unnamed", "else"
_GONE = "SELECT old FROM gone_users"
# A day that can be compared as a text.
_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*"
_ACTIVE_NEW = "(SELECT count(*) FROM new_users WHERE deleted IS NULL)"
_ACTIVE_OLD = "(SELECT count(*) FROM old_users WHERE deleted IS NULL)"
# Pairs of active users, one for each old record.
_PAIRS = """match_users m JOIN old_users o ON o.rowid = m.old JOIN new_users n ON n.rowid = m.new
    WHERE o.deleted IS NULL AND n.deleted IS NULL"""


@dataclass(frozen=True, slots=True)
class MoveRule:
    """What is counted: `found` gives the rows that are wrong, with their `record` and, for some, their `kind`; `of` is
    how many there could be. `counts` are further figures by the name of their fact."""

    found: str
    of: str
    counts: tuple[tuple[str, str], ...] = ()


def _active(side: str, table: str) -> str:
    return f"(SELECT count(*) FROM {side}_{table} WHERE deleted IS NULL)"


def _lost(table: str, and_also: str = "") -> MoveRule:
    """Active records of a kind that match no active one of the new side."""
    return MoveRule(
        f"""SELECT o.id AS record FROM old_{table} o LEFT JOIN match_{table} m ON m.old = o.rowid
        LEFT JOIN new_{table} n ON n.rowid = m.new
        WHERE o.deleted IS NULL AND (n.rowid IS NULL OR n.deleted IS NOT NULL) {and_also}""",
        _active("old", table),
    )


def _lost_by_references(table: str) -> MoveRule:
    return MoveRule(
        f"SELECT o.id AS record FROM match_{table} m JOIN old_{table} o ON o.rowid = m.old WHERE m.new IS NULL",
        _active("old", table),
    )


_REPEATED_OF = " + ".join(
    f"(SELECT count(*) FROM {side}_{table.name})"
    for side in ("old", "new")
    for table in TABLES.values()
    if table.name not in ("enrollments", "results")
)
RULES: dict[str, MoveRule] = {
    "migrate.school-missing": MoveRule(
        "SELECT id AS record FROM missing_schools",
        "(SELECT count(*) FROM old_orgs WHERE deleted IS NULL AND lower(type) = 'school')",
        (("people", "(SELECT count(*) FROM gone_users)"),),
    ),
    "migrate.duplicate-id": MoveRule(
        "SELECT id AS record, side || ' ' || kind AS kind FROM repeated_ids", _REPEATED_OF
    ),
    "migrate.legacy-duplicate": MoveRule(
        """SELECT id AS record FROM new_users WHERE deleted IS NULL AND rowid IN (
            SELECT new FROM claims WHERE old IN (SELECT old FROM disputed_users)
        )""",
        _ACTIVE_NEW,
    ),
    "migrate.id-collision": MoveRule(
        """SELECT n.id AS record FROM new_users n WHERE n.deleted IS NULL AND n.id <> ''
        AND n.id IN (SELECT id FROM old_users) AND NOT EXISTS (
            SELECT 1 FROM match_users m JOIN old_users o ON o.rowid = m.old WHERE m.new = n.rowid AND o.id = n.id
        )""",
        _ACTIVE_NEW,
    ),
    "migrate.legacy-missing": MoveRule(
        """SELECT n.id AS record FROM unnamed_users u JOIN new_users n ON n.rowid = u.new
        WHERE EXISTS (
            SELECT 1 FROM lost_users l WHERE l.reason = 'unnamed' AND l.family IS u.family AND l.org IS u.org
        )""",
        _ACTIVE_NEW,
    ),
    "migrate.users-lost": MoveRule(
        """SELECT o.id AS record, l.reason AS kind FROM lost_users l JOIN old_users o ON o.rowid = l.old
        WHERE l.reason <> 'unnamed'""",
        _ACTIVE_OLD,
    ),
    "migrate.users-new": MoveRule(
        """SELECT n.id AS record FROM new_users n WHERE n.deleted IS NULL
        AND n.rowid NOT IN (SELECT new FROM match_users)
        AND NOT EXISTS (
            SELECT 1 FROM unnamed_users u JOIN lost_users l ON l.family IS u.family AND l.org IS u.org
            WHERE u.new = n.rowid AND l.reason = 'unnamed'
        )""",
        _ACTIVE_NEW,
    ),
    "migrate.role-changed": MoveRule(
        f"""SELECT o.id AS record FROM {_PAIRS} AND o.role IS NOT NULL AND n.role IS NOT NULL
        AND {family("o.role")} <> {family("n.role")} AND NOT EXISTS (
            SELECT 1 FROM new_links k WHERE k.record = n.id AND k.kind = 'role'
            AND {family("k.target")} = {family("o.role")}
        )""",
        f"(SELECT count(*) FROM {_PAIRS})",
    ),
    "migrate.school-changed": MoveRule(
        f"""SELECT o.id AS record FROM {_PAIRS} AND o.org IS NOT NULL AND n.org IS NOT NULL
        AND (SELECT new FROM orgs_ids WHERE old = o.org) IS NOT n.org
        AND o.rowid NOT IN ({_GONE})
        AND EXISTS (SELECT 1 FROM old_user_schools s JOIN orgs_ids i ON i.old = s.org WHERE s.user = o.id)
        AND EXISTS (SELECT 1 FROM new_user_schools s WHERE s.user = n.id)
        AND NOT EXISTS (
            SELECT 1 FROM old_user_schools s JOIN orgs_ids i ON i.old = s.org
            JOIN new_user_orgs p ON p.user = n.id AND p.org = i.new WHERE s.user = o.id
        )""",
        f"(SELECT count(*) FROM {_PAIRS})",
    ),
    "migrate.roles-merged": MoveRule(
        f"SELECT n.id AS record FROM {_PAIRS} GROUP BY m.new HAVING count(*) > 1", _ACTIVE_NEW
    ),
    "migrate.classes-lost": _lost(
        "classes", "AND coalesce(o.school, '') NOT IN (SELECT id FROM missing_schools)"
    ),
    "migrate.class-ids-changed": MoveRule(
        """SELECT o.id AS record FROM match_classes m JOIN old_classes o ON o.rowid = m.old
        JOIN new_classes n ON n.rowid = m.new
        WHERE m.how = 'identifier' AND o.deleted IS NULL AND n.deleted IS NULL""",
        "(SELECT count(*) FROM classes_ids)",
    ),
    "migrate.enrollments-lost": _lost_by_references("enrollments"),
    "migrate.line-items-lost": _lost(
        "lineItems", "AND (o.class IS NULL OR o.class IN (SELECT old FROM classes_ids))"
    ),
    "migrate.results-lost": _lost_by_references("results"),
}


def prepare(db: sqlite3.Connection, *, names_old: bool) -> None:
    """Find who of the old side is not in the new one, and why, for all rules.

    `names_old` says that new users are to name who they were, so that those who do not may be the ones who are missed.
    """
    db.execute("CREATE TABLE missing_schools (id TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute("""
        INSERT OR IGNORE INTO missing_schools SELECT id FROM old_orgs
        WHERE deleted IS NULL AND lower(type) = 'school' AND id NOT IN (SELECT old FROM orgs_ids)
    """)
    db.execute("CREATE TABLE gone_users (old INTEGER PRIMARY KEY)")
    if db.execute("SELECT 1 FROM missing_schools").fetchone():
        db.execute("""
            INSERT INTO gone_users SELECT u.rowid FROM old_users u WHERE u.deleted IS NULL
            AND EXISTS (SELECT 1 FROM old_user_orgs p WHERE p.user = u.id AND p.org IN missing_schools)
            AND NOT EXISTS (
                SELECT 1 FROM old_user_schools s WHERE s.user = u.id AND s.org NOT IN (SELECT id FROM missing_schools)
            )
        """)
    db.execute("CREATE TABLE new_families (family TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute(f"""
        INSERT OR IGNORE INTO new_families
        SELECT DISTINCT {family("role")} FROM new_users WHERE deleted IS NULL AND role IS NOT NULL
        UNION SELECT DISTINCT {family("target")} FROM new_links WHERE kind = 'role'
    """)
    db.execute("CREATE TABLE lost_users (old INTEGER PRIMARY KEY, family TEXT, org TEXT, reason TEXT)")
    db.execute(f"""
        INSERT INTO lost_users
        SELECT o.rowid, {family("o.role")}, (SELECT new FROM orgs_ids WHERE old = o.org), CASE
            WHEN m.new IS NOT NULL THEN '{DELETED}'
            WHEN {family("o.role")} NOT IN (SELECT family FROM new_families) THEN '{NO_SUCH_ROLE}'
            ELSE '{ELSE}' END
        FROM old_users o LEFT JOIN match_users m ON m.old = o.rowid LEFT JOIN new_users n ON n.rowid = m.new
        WHERE o.deleted IS NULL AND (n.rowid IS NULL OR n.deleted IS NOT NULL) AND o.rowid NOT IN ({_GONE})
    """)
    db.execute("CREATE TABLE unnamed_users (new INTEGER PRIMARY KEY, family TEXT, org TEXT)")
    db.execute("CREATE INDEX lost_users_group ON lost_users (family, org, reason)")
    if names_old:
        _suspect(db)


def _suspect(db: sqlite3.Connection) -> None:
    """As many lost users of a school and role as there are new ones there who do not say who they were."""
    db.execute(f"""
        INSERT INTO unnamed_users SELECT rowid, {family("role")}, org FROM new_users
        WHERE deleted IS NULL AND legacy IS NULL AND rowid NOT IN (SELECT new FROM match_users)
    """)
    db.execute(f"""
        UPDATE lost_users SET reason = '{UNNAMED}' WHERE old IN (
            SELECT old FROM (
                SELECT l.old, g.number, row_number() OVER (PARTITION BY l.family, l.org ORDER BY l.old) AS place
                FROM lost_users l JOIN (
                    SELECT family, org, count(*) AS number FROM unnamed_users GROUP BY family, org
                ) g ON g.family IS l.family AND g.org IS l.org
                WHERE l.reason = '{ELSE}'
            ) WHERE place <= number
        )
    """)


def found(db: sqlite3.Connection, code: str) -> tuple[Found, dict[str, int]]:
    """What the rule of a code finds, and its further figures."""
    rule = RULES[code]
    (of,) = db.execute(f"SELECT {rule.of}").fetchone()
    (count,) = db.execute(f"SELECT count(*) FROM ({rule.found})").fetchone()
    if not count:
        return Found(0, of), {}
    names = [column[0] for column in db.execute(f"SELECT * FROM ({rule.found}) LIMIT 1").description]
    kinds = {}
    if "kind" in names:
        kinds = dict(db.execute(f"SELECT kind, count(*) FROM ({rule.found}) GROUP BY kind ORDER BY 2 DESC"))
    # Of repeated ids each counts once.
    shown = db.execute(f"SELECT DISTINCT record FROM ({rule.found}) WHERE record <> '' LIMIT {RECORDS_SHOWN}")
    figures = {name: db.execute(f"SELECT {statement}").fetchone()[0] for name, statement in rule.counts}
    return Found(count, of, tuple(str(row[0]) for row in shown), kinds), figures


def roles_gone(db: sqlite3.Connection) -> tuple[str, ...]:
    """Whom the new side has nobody of, while the old one has: by what the roles stand for."""
    rows = db.execute(
        "SELECT DISTINCT family FROM lost_users WHERE reason = ? AND family IS NOT NULL ORDER BY family",
        (NO_SUCH_ROLE,),
    )
    return tuple(str(row[0]) for row in rows)


@dataclass(frozen=True, slots=True)
class KindCounts:
    """How many active records of a kind there are on either side, and how many of the old ones match, by what.

    `changed` are the matched ones that differ in something that matters, such as a role.
    """

    kind: str
    old: int
    new: int
    by_legacy: int = 0
    by_sourced_id: int = 0
    by_identifier: int = 0
    only_old: int = 0
    only_new: int = 0
    changed: int = 0


def counts(db: sqlite3.Connection, table: str) -> KindCounts:
    """The counts of one kind."""
    old, new = (int(db.execute(f"SELECT {_active(side, table)}").fetchone()[0]) for side in ("old", "new"))
    pairs = f"""FROM match_{table} m JOIN old_{table} o ON o.rowid = m.old JOIN new_{table} n ON n.rowid = m.new
        WHERE o.deleted IS NULL AND n.deleted IS NULL"""
    by = dict(db.execute(f"SELECT m.how, count(*) {pairs} GROUP BY m.how"))
    (found,) = db.execute(f"SELECT count(DISTINCT m.new) {pairs}").fetchone()
    return KindCounts(
        table, old, new, by.get("legacy", 0), by.get("sourcedId", 0), by.get("identifier", 0),
        old - sum(by.values()), new - found,
    )  # fmt: skip


def session_years(db: sqlite3.Connection, side: str) -> tuple[str, str] | None:
    """The first and the last day of the school years of a side, or of all its sessions where it has none; None without
    dates."""
    for of_type in ("AND lower(type) = 'schoolyear'", ""):
        (first, last) = db.execute(f"""
            SELECT min(startDate), max(endDate) FROM {side}_academicSessions
            WHERE deleted IS NULL AND startDate GLOB '{_DAY}' AND endDate GLOB '{_DAY}' {of_type}
        """).fetchone()
        if first and last:
            return str(first), str(last)
    return None

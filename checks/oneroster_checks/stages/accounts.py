"""The checks of user accounts in OneRoster 1.1: people who are enrolled and not among the users."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..evidence import Evidence
from ..finding import FactDict, Stage
from ..limits import FEW_ABSENT, LOOK_UPS, PAGE_ROWS
from ..points import Point
from ..standard.envelopes import REPLACED, Record, reference, references
from ..target import Target
from .context import FullRoster, RunContext
from .model import Check, Outcome, failed, known, passed, skipped, warned
from .part_outcomes import first_of, known_count

if TYPE_CHECKING:
    from ..client.reading import Reading

GUARDIAN_ROLES = frozenset({"guardian", "parent", "relative"})


def _not_one_one(target: Target) -> str | None:
    return None if target.connection.oneroster == "1.1" else "only OneRoster 1.1 requires user accounts"


async def _enrolled(run: RunContext, role: str, path: str, cause: str) -> Outcome:
    if run.full is not None:
        return _of_all(run.full, role, cause)
    enrollments = await run.reading("/enrollments")
    people = await run.reading(path)
    active = [
        row for row in enrollments.rows if row.get("role") == role and row.get("status") != "tobedeleted"
    ]
    wanted = list(dict.fromkeys(user for row in active if (user := reference(row, "user"))))
    if not wanted:
        return skipped(
            f"none of the first {len(enrollments.rows)} enrollments is a {role}'s", enrollments.evidence
        )
    shared = set(people.ids()) | {user for reading in run.readings.values() for user in _users(reading)}
    seen = [user for user in wanted if user in shared]
    unseen = [user for user in wanted if user not in shared]
    if people.good and people.seems_whole:
        missing, looked = unseen, list[Evidence]()
        sampled = len(wanted)
    else:
        missing, looked = await _look_up(run, unseen, LOOK_UPS[role])
        sampled = len(seen) + len(looked)
    proof = (*first_of(enrollments, people), *looked)
    if not sampled:
        return skipped("the server does not let users be looked up one by one", *proof)
    return _comparison(
        cause, len(missing), sampled, proof, students=known_count(run, path.strip("/"), people)
    )


def _of_all(full: FullRoster, role: str, cause: str) -> Outcome:
    """The same over the whole roster, which depth full has read."""
    wanted = list(full.enrolled.get(role, ()))
    if not wanted:
        return skipped(f"there are no {role} enrollments")
    missing = [user for user in wanted if user not in full.users]
    return _comparison(cause, len(missing), len(wanted), (), students=len(wanted))


def _comparison(
    cause: str, missing: int, sampled: int, proof: tuple[Evidence, ...], *, students: int
) -> Outcome:
    share = round(100 * missing / sampled)
    facts: FactDict = {"count": missing, "of": sampled, "share": share, "students": students}
    if not missing:
        return passed(*proof, **facts)
    if missing / sampled < FEW_ABSENT:
        return warned(cause, *proof, **facts)
    return failed(cause, *proof, **facts)


def _users(reading: Reading) -> list[str]:
    return reading.ids() if reading.path in ("/users", "/students", "/teachers") else []


async def _look_up(run: RunContext, unseen: Iterable[str], most: int) -> tuple[list[str], list[Evidence]]:
    """Who of these people is not among the users, asked for one by one, and the requests that show it."""
    missing: list[str] = []
    looked: list[Evidence] = []
    for user in [user for user in unseen if REPLACED not in user][:most]:
        reading = await run.data.one("/users", user, note="looked up by sourcedId")
        if _is_there(reading):
            looked.append(reading.evidence)
        elif reading.answer.status == 404 or reading.good or _unknown(reading):
            looked.append(reading.evidence)
            missing.append(user)
    return missing, looked


def _unknown(reading: Reading) -> bool:
    """Whether the answer says in the standard's way that there is no such record."""
    return reading.error is not None and reading.error.says("unknown object")


def _is_there(reading: Reading) -> bool:
    if reading.rows:
        return True
    document = reading.answer.document
    if reading.answer.status != 200 or not isinstance(document, dict):
        return False
    inner = [document, *(value for value in document.values() if isinstance(value, dict))]
    return any("sourcedId" in item for item in inner)


async def _students(run: RunContext) -> Outcome:
    return await _enrolled(run, "student", "/students", "accounts.students-missing")


async def _staff(run: RunContext) -> Outcome:
    return await _enrolled(run, "teacher", "/teachers", "accounts.staff-missing")


async def _guardians(run: RunContext) -> Outcome:
    students = await run.reading("/students")
    if not students.rows:
        return skipped("no students are shared", students.evidence)
    users = await run.reading("/users")
    named = dict.fromkeys(
        agent for row in (*students.rows, *users.rows) for agent in references(row, "agents")
    )
    shared = {user for reading in run.readings.values() for user in _users(reading)}
    unseen = [agent for agent in named if agent not in shared]
    every = users.good and users.seems_whole
    missing, looked = unseen, list[Evidence]()
    if not every:
        missing, looked = await _look_up(run, unseen, LOOK_UPS["guardian"])
    compared = len(named) if every else len(named) - len(unseen) + len(looked)
    seen = {id for row in users.rows if _roles(row) & GUARDIAN_ROLES and (id := _id(row))}
    found = seen | (shared & named.keys())
    proof = [*first_of(students, users), *looked]
    facts = known({
        "students": _student_count(run),
        "count": len(missing) if compared else None, "of": compared or None,
    })  # fmt: skip
    if missing:
        # Students name their guardians: fewer than named are shared, or none of those that were compared.
        if found or len(missing) < compared:
            return warned("accounts.guardians-missing", *proof, **facts)
        return failed("accounts.guardians-missing", *proof, **facts)
    if every and found:
        return passed(*proof, guardians=len(found))
    if every:
        return warned("accounts.guardians-missing", *proof, **facts | {"guardians": 0})
    if compared:
        return passed(*proof, **facts)
    if found:
        return passed(*proof, at_least=len(found))
    return await _filtered_guardians(run, proof, facts)


async def _filtered_guardians(run: RunContext, proof: list[Evidence], facts: FactDict) -> Outcome:
    """The outcome where no page and no student shows a guardian: a filter may find some."""
    params = {"filter": "role='guardian' OR role='parent'"}
    reading = await run.data.list("/users", limit=PAGE_ROWS, params=params, note="filter for guardians")
    ignored = any(not _roles(row) & GUARDIAN_ROLES for row in reading.rows)
    if not reading.good or ignored:
        reason = "the server cannot filter for guardians, and the first page of users has none"
        return skipped(reason, *proof, reading.evidence)
    if reading.rows:
        return passed(*proof, reading.evidence, at_least=len(reading.rows))
    return warned("accounts.guardians-missing", *proof, reading.evidence, **facts | {"guardians": 0})


def _student_count(run: RunContext) -> int | None:
    """How many students there are, None when only a first page is known."""
    if run.full is not None:
        return len(run.full.enrolled.get("student", ()))
    return run.counts.get("students")


def _id(row: Record) -> str:
    value = row.get("sourcedId")
    return str(value) if isinstance(value, (str, int)) else ""


def _roles(row: Record) -> set[str]:
    roles = {str(row.get("role", ""))}
    several = row.get("roles")
    for item in several if isinstance(several, list) else []:
        roles.add(str(item.get("role", "")) if isinstance(item, dict) else str(item))
    return roles


CHECKS: tuple[Check, ...] = (
    Check(
        "accounts.students", "Student accounts",
        "Whether enrolled students are among the users. With OneRoster 1.1, students without a user account are not.",
        Stage.ACCOUNTS, _students, requires=("sharing.rostering",), after=("paging.whole",), applies=_not_one_one,
        proves=(Point.USER_ACCOUNTS,),
        in_order="[[None of the {of} enrolled students that were compared is missing.]]",
    ),
    Check(
        "accounts.staff", "Teacher accounts",
        "Whether teachers with classes are among the users. With OneRoster 1.1, staff without a user account are not.",
        Stage.ACCOUNTS, _staff, requires=("sharing.rostering",), after=("paging.whole",), applies=_not_one_one,
        proves=(Point.USER_ACCOUNTS,),
        in_order="[[None of the {of} teachers that were compared is missing.]]",
    ),
    Check(
        "accounts.guardians", "Guardian accounts",
        "Whether students' guardians are among the users. With OneRoster 1.1, guardians without a user account are "
        "not.",
        Stage.ACCOUNTS, _guardians, requires=("sharing.rostering",), after=("paging.whole",), applies=_not_one_one,
        proves=(Point.USER_ACCOUNTS,),
        in_order="[[The district shares {guardians} guardians.]][[None of the {of} guardians that were compared is "
        "missing.]][[At least {at_least} guardians are shared.]]",
    ),
)  # fmt: skip

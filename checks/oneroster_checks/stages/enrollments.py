"""The check of enrollments: is anybody enrolled, students and teachers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..evidence import Evidence
from ..finding import FactDict, Stage
from ..limits import FILTER_ROWS
from ..points import Point
from .context import RunContext
from .model import Check, Outcome, failed, passed, skipped
from .part_outcomes import expects_rostering, first_of
from .samples import enrollment_samples
from .sizes import figures, is_whole, size_of

if TYPE_CHECKING:
    from ..client.reading import Reading

STUDENT, TEACHER = "student", "teacher"


async def _enrollments(run: RunContext) -> Outcome:
    if run.full is not None and run.full.has_all_of("enrollments"):
        enrolled = await run.full.judge.numbers("somebody enrolled")
        return _judged(run, {role for role, number in enrolled.items() if number}, whole=True)
    first = await run.reading("/enrollments")
    if not first.good:
        return skipped(f"the request for /enrollments failed ({first.kind})", first.evidence)
    if not first.rows and first.total:
        return skipped(f"the first page is empty, and the total says {first.total}", first.evidence)
    if not first.rows or _is_two_sided(_roles(first)):
        return _judged(run, _roles(first), first.evidence, whole=True)
    if await is_whole(run, first):
        return _judged(run, _roles(first), first.evidence, whole=True)
    # OneRoster 1.1 compares these samples with the users later.
    samples = await enrollment_samples(run) if run.connection.oneroster == "1.1" else (first,)
    roles = set[str]().union(*map(_roles, samples))
    proof = first_of(*samples)
    if _is_two_sided(roles):
        return _judged(run, roles, *proof, whole=True)
    return await _filtered(run, roles, proof)


def _roles(reading: Reading) -> set[str]:
    """The roles of the enrollments on a page that are not deleted, "" for one that names none."""
    roles = (row.get("role") for row in reading.rows if row.get("status") != "tobedeleted")
    return {role.lower() if isinstance(role, str) else "" for role in roles}


def _is_two_sided(roles: set[str]) -> bool:
    """Whether students are enrolled, and somebody who may teach them: servers have words of their own for staff."""
    return STUDENT in roles and len(roles) > 1


def _judged(run: RunContext, roles: set[str], *proof: Evidence, whole: bool) -> Outcome:
    """The outcome for the roles of enrollments; `whole` when there are no others."""
    if _is_two_sided(roles):
        return passed(*proof, **figures(enrollments=size_of(run, "/enrollments")))
    if "" in roles:
        return skipped("enrollments do not say which role they are for", *proof)
    if not whole:
        return skipped("not all enrollments were read, and those read all have the same role", *proof)
    students, teachers = STUDENT in roles, bool(roles - {STUDENT})
    people = size_of(run, "/students") + size_of(run, "/teachers")
    facts: FactDict = figures(people=people, classes=size_of(run, "/classes"))
    if not students:
        facts["student_enrollments"] = 0
    if not teachers:
        facts["teacher_enrollments"] = 0
    if students or teachers:
        facts["who"] = TEACHER if students else STUDENT
    return failed("sharing.enrollments-empty", *proof, **facts)


async def _filtered(run: RunContext, roles: set[str], proof: tuple[Evidence, ...]) -> Outcome:
    """The outcome where every page that was read is one-sided: a filter shows the other side, if it is followed."""
    if not roles or "" in roles:
        return _judged(run, roles, *proof, whole=False)
    there, absent = (STUDENT, TEACHER) if STUDENT in roles else (TEACHER, STUDENT)
    others = await _in_role(run, absent)
    proof = (*proof, others.evidence)
    if others.rows and _roles(others) <= {absent}:
        return _judged(run, roles | {absent}, *proof, whole=True)
    if not others.good or others.rows:
        return _judged(run, roles, *proof, whole=False)
    # Nothing came: that shows something only where the same filter finds who is there.
    known = await _in_role(run, there)
    follows = bool(known.rows) and _roles(known) <= {there}
    return _judged(run, roles, *proof, known.evidence, whole=follows)


async def _in_role(run: RunContext, role: str) -> Reading:
    params = {"filter": f"role='{role}'"}
    return await run.page(
        "/enrollments", limit=FILTER_ROWS, params=params, note=f"filter for {role} enrollments"
    )


CHECKS: tuple[Check, ...] = (
    Check(
        "sharing.enrollments", "Enrollments",
        "Whether students and teachers are enrolled in classes.",
        Stage.SHARING, _enrollments, requires=("sharing.rostering",), after=("year.active", "paging.whole"),
        applies=expects_rostering, proves=(Point.DATA_TO_SHARE,),
        in_order="[[The district shares {enrollments} enrollments.]]",
    ),
)  # fmt: skip

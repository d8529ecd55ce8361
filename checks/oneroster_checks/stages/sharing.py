"""The checks of what is shared: rostering, demographics, resources, assessments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ..connection import Share
from ..finding import FactDict, Stage, Status
from ..labels import PARTS
from ..points import Point
from ..standard.envelopes import roles_of
from ..target import Target
from .context import RunContext
from .model import Check, Outcome, failed, passed
from .part_outcomes import (
    broken,
    expects_roster,
    first_of,
    forbidden,
    has_core_alone,
    lacks_scope,
    part_blocked,
    part_broken,
    part_facts,
    refused,
    scope_missing,
)
from .sizes import exactly, figures, is_whole, measured, size_of

if TYPE_CHECKING:
    from ..client.reading import Reading

PEOPLE = ("/students", "/teachers")


def _unless_shared(part: Share) -> Callable[[Target], str | None]:
    def applies(target: Target) -> str | None:
        if part == "assessments" and target.connection.oneroster == "1.1":
            return "OneRoster 1.1 has no assessments"
        return None if target.connection.shares(part) else f"you do not expect {PARTS[part]}"

    return applies


async def _orgs(run: RunContext) -> Outcome:
    orgs = await run.reading("/orgs")
    if orgs.rows:
        return passed(orgs.evidence, **figures(count=size_of(run, "/orgs")))
    students = await run.reading("/students")
    if orgs.good:
        if students.rows:
            # People without any org: odd, and the roster is shared all the same.
            return passed(orgs.evidence, students.evidence, count=0)
        return failed(
            "sharing.nothing", orgs.evidence, students.evidence, **part_facts(run, orgs, "rostering")
        )
    if forbidden(orgs) and lacks_scope(run, "rostering"):
        return scope_missing(run, orgs, "rostering")
    classes = await run.reading("/classes")
    if students.rows or classes.rows:
        outcome = await part_broken(run, orgs, "rostering")
        if outcome is not None:
            # The rest of the roster works and is judged without its schools.
            return replace(outcome, goes_on=True)
    if refused(orgs):
        return failed("sharing.rostering-off", orgs.evidence, **part_facts(run, orgs, "orgs"))
    return await broken(run, orgs, "rostering")


async def _rostering(run: RunContext) -> Outcome:
    readings = {path: await run.reading(path) for path in (*PEOPLE, "/classes", "/enrollments")}
    students, teachers, classes = [await measured(run, path) for path in (*PEOPLE, "/classes")]
    numbers = figures(people=students + teachers, classes=classes)
    proof = first_of(*readings.values())
    listed = readings["/classes"]
    if all(reading.rows for reading in readings.values()):
        return passed(*proof, **numbers)
    if all(refused(reading) for reading in readings.values()):
        users = await run.reading("/users")
        if not users.rows:
            if forbidden(listed) and lacks_scope(run, "rostering"):
                return scope_missing(run, listed, "rostering")
            facts = part_facts(run, listed, "rostering") | numbers
            facts |= {"path": _alike(listed, *readings.values(), users)}
            return failed("sharing.rostering-off", *proof, users.evidence, **facts)
    nothing = not any(reading.rows for reading in readings.values())
    no_classes = listed.good and not listed.rows and students.least + teachers.least > 0
    readable = all(reading.good or refused(reading) for reading in readings.values())
    if (nothing and readable) or no_classes:
        return failed("sharing.rostering-off", *proof, **part_facts(run, listed, "rostering") | numbers)
    return await _partly(run, list(readings.values()), numbers)


async def _partly(run: RunContext, found: list[Reading], numbers: FactDict) -> Outcome:
    """Some of the roster answers: what does not, and whether it is missed."""
    bad = [reading for reading in found if not reading.good]
    failing = [reading for reading in bad if not refused(reading)]
    if failing:
        alike = [reading for reading in failing[1:] if reading.kind is failing[0].kind]
        return await broken(run, failing[0], "rostering", Status.FAIL, *alike)
    for path in PEOPLE:
        if any(reading.path == path for reading in bad) and await _among_users(run, path):
            # Some servers have only /users; the people are there.
            bad = [reading for reading in bad if reading.path != path]
    if not bad:
        return passed(*first_of(*found), **numbers)
    first = bad[0]
    if forbidden(first) and (lacks_scope(run, "rostering") or has_core_alone(run)):
        return scope_missing(run, first, "rostering")
    if len(bad) == 1:
        outcome = await part_broken(run, first, "rostering")
        if outcome is not None:
            return outcome
    facts = part_facts(run, first, "rostering") | numbers | {"path": _alike(first, *bad)}
    return failed("sharing.rostering-off", *first_of(*found), **facts)


async def _among_users(run: RunContext, path: str) -> bool:
    """Whether people whose own list is refused are, or may be, among the users."""
    users = await run.reading("/users")
    role = path.strip("/").removesuffix("s")
    # In 1.1 whoever lacks an account is no user; the checks of accounts tell of them.
    if run.connection.oneroster == "1.1" or any(role in roles_of(row) for row in users.rows):
        return bool(users.rows)
    return bool(users.rows) and not await is_whole(run, users)


def _alike(told: Reading, *found: Reading) -> str | tuple[str, ...]:
    """The paths that were refused with the status of this one; a text where it is alone."""
    paths = tuple(each.path for each in found if refused(each) and each.status == told.status)
    return paths if len(paths) > 1 else told.path


async def _part(run: RunContext, part: Share, path: str, off: str, empty: Status) -> Outcome:
    """A part with a collection of its own; `empty` is what an empty answer means for it."""
    reading = await run.reading(path)
    facts = part_facts(run, reading, part)
    people = [size_of(run, each) for each in PEOPLE if run.rows(each)]
    if people:
        facts |= figures(people=sum(people, exactly(0)))
    if reading.rows:
        return passed(reading.evidence, part=part, **figures(count=size_of(run, path)))
    severity = Status.WARN if off == "sharing.resources-off" else Status.FAIL
    if reading.good:
        return Outcome(empty, off, facts, (reading.evidence,))
    if refused(reading):
        if forbidden(reading) and lacks_scope(run, part):
            return scope_missing(run, reading, part, severity)
        return part_blocked(run, reading, severity) or Outcome(severity, off, facts, (reading.evidence,))
    return await broken(run, reading, part, severity)


async def _demographics(run: RunContext) -> Outcome:
    students = await run.reading("/students")
    empty = Status.FAIL if students.rows else Status.WARN
    return await _part(run, "demographics", "/demographics", "sharing.demographics-off", empty)


async def _resources(run: RunContext) -> Outcome:
    return await _part(run, "resources", "/resources", "sharing.resources-off", Status.WARN)


async def _assessments(run: RunContext) -> Outcome:
    from ..client.reading import Kind

    reading = await run.reading("/assessmentLineItems")
    needs_vendor = run.provider.vendor_header and not run.target.has_vendor_pair
    facts = part_facts(run, reading, "assessments") | {"refused": 1, "requests": 1}
    if refused(reading) and needs_vendor:
        return failed("gradebook.vendor-credentials-missing", reading.evidence, **facts)
    grades = run.readings.get("/categories")
    if reading.kind is Kind.UNAUTHORIZED and run.target.has_vendor_pair and not (grades and grades.good):
        bare = await run.data.list(reading.path, vendor="omit", note="without the vendor key")
        return failed("gradebook.vendor-credentials-rejected", reading.evidence, bare.evidence, **facts)
    return await _part(run, "assessments", "/assessmentLineItems", "sharing.assessments-off", Status.WARN)


CHECKS: tuple[Check, ...] = (
    Check(
        "sharing.orgs", "Schools",
        "Whether the connection shares any school or district.",
        Stage.SHARING, _orgs, requires=("access.data",), applies=expects_roster,
        # Data came, if only at a suggested address: so much of the connection is in order.
        proves=(
            Point.DATA_TO_SHARE, Point.CONNECTION_ACTIVE, Point.CONNECTION_ENABLED, Point.CREDENTIALS_CURRENT,
        ),
        in_order="[[The district shares {count} orgs (schools and districts).]]",
    ),
    Check(
        "sharing.rostering", "Rostering",
        "Whether people, classes, and enrollments are shared.",
        Stage.SHARING, _rostering, requires=("sharing.orgs",), applies=_unless_shared("rostering"),
        proves=(Point.DATA_TO_SHARE,),
        in_order="[[The district shares {people} students and teachers and {classes} classes.]]",
    ),
    Check(
        "sharing.demographics", "Demographics",
        "Whether demographics, which you expect, are shared.",
        Stage.SHARING, _demographics, requires=("sharing.orgs",), after=("sharing.rostering",),
        applies=_unless_shared("demographics"), proves=(Point.DATA_TO_SHARE,),
        in_order="[[The district shares {count} demographics records.]]",
    ),
    Check(
        "sharing.resources", "Resources",
        "Whether resources, which you expect, are shared.",
        Stage.SHARING, _resources, requires=("sharing.orgs",), after=("sharing.rostering",),
        applies=_unless_shared("resources"), proves=(Point.DATA_TO_SHARE,),
        in_order="[[The district shares {count} resources.]]",
    ),
    Check(
        "sharing.assessments", "Assessments",
        "Whether assessments, which you expect, are shared.",
        Stage.SHARING, _assessments, requires=("sharing.orgs",), after=("gradebook.read",),
        applies=_unless_shared("assessments"), fields=("vendor_key", "vendor_secret"),
        proves=(
            Point.VENDOR_CREDENTIALS, Point.GRADEBOOK_ENABLED, Point.ROSTER_ONLY_CREDENTIALS,
            Point.CAMPUS_LEARNING_LICENSE, Point.DATA_TO_SHARE,
        ),
        in_order="[[The district shares {count} assessment line items.]]",
    ),
)  # fmt: skip

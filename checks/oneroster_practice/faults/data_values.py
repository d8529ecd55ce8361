"""Faults of the data in references and single values: of orgs and sessions, vocabulary and moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ..people import Role
from ..planting import Change, Planting, dealt, spread, with_fields
from ..records import Records
from ..shape import COHORT, Shape
from .data import data_fault
from .places import FIRST_PAGE, enrollment_of_student

# How far a moment lies in the future: no clock is so wrong.
_AHEAD = timedelta(days=400)
# What a database shows where it has no date.
_NO_MOMENT = "0000-00-00T00:00:00.000Z"


def _enrollments(shape: Shape, count: int, number: int) -> list[int]:
    """The positions of some enrollments of students, at most one for each student."""
    places = spread(count, shape.counts[Role.STUDENT])
    return [enrollment_of_student(shape, place, number) for place in places]


def _nowhere(records: Records, count: int) -> Planting:
    """References to a class, a school and a course that are not there."""
    shape, refer = records.shape, records.refer
    students = shape.counts[Role.STUDENT]
    to_class, to_school, to_course = dealt(count, (students, students, shape.class_count))
    absent = with_fields(**{"class": refer.school_class("gone")})
    changes: dict[int, Change] = dict.fromkeys(_enrollments(shape, to_class, 0), absent)
    school = with_fields(school=refer.org("gone"))
    changes |= dict.fromkeys(_enrollments(shape, to_school, 1), school)
    course = with_fields(course=refer.course("gone"))
    return Planting(
        {"enrollment": changes, "class": dict.fromkeys(spread(to_course, shape.class_count), course)}
    )


def _to_deleted(records: Records, count: int) -> Planting:
    """References to a class and a course that are added as deleted ones, and that nothing else refers to."""
    shape, refer = records.shape, records.refer
    to_class, to_course = dealt(count, (shape.counts[Role.STUDENT], shape.class_count))
    deleted_class = records.classes.record(0) | {
        "sourcedId": f"class-{shape.class_count + 1}",
        "status": "tobedeleted",
    }
    deleted_course = records.courses.record(0) | {
        "sourcedId": f"course-{shape.course_count + 1}",
        "status": "tobedeleted",
    }
    moved = with_fields(**{"class": refer.school_class(shape.class_count + 1)})
    of_course = with_fields(course=refer.course(shape.course_count + 1))
    changes: dict[str, dict[int, Change]] = {
        "enrollment": dict.fromkeys(_enrollments(shape, to_class, 0), moved),
        "class": dict.fromkeys(spread(to_course, shape.class_count), of_course)
        | {shape.class_count: with_fields(**deleted_class)},
        "course": {shape.course_count: with_fields(**deleted_course)},
    }
    return Planting(changes, {"class": 1, "course": 1})


def _wrong_dates(records: Records, count: int) -> Planting:
    """Grading periods and terms; the year, in which they lie, stays as it is."""
    year = records.year
    places = [*year.positions("gradingPeriod"), *year.terms]
    changes = {}
    for number, at in enumerate(spread(count, len(places))):
        session = year.sessions[places[at]]
        parent = year.sessions[session.parent or 0]
        is_term = session.kind == "term"
        # A period lies outside its term even where the term lies outside the year by a day.
        days = timedelta(days=1 if is_term else 10)
        # Where a term ended too early, its grading periods would lie outside it.
        if not is_term and number % 2 == 0:
            wrong = {"endDate": session.begins}
        elif session.begins == parent.begins:
            wrong = {"startDate": session.begins - days}
        else:
            wrong = {"endDate": parent.ends + days}
        changes[places[at]] = with_fields(**{name: day.isoformat() for name, day in wrong.items()})
    return Planting({"academicSession": changes})


def _unknown_words(records: Records, count: int) -> Planting:
    """Grades of students, and roles in enrollments behind what a quick run sees: none of the first cohort."""
    shape = records.shape
    students = shape.counts[Role.STUDENT]
    grades, roles = dealt(count, (students, students - COHORT))
    enrolled = [enrollment_of_student(shape, index) for index in spread(roles, students, COHORT)]
    grade, role = with_fields(grades=["ninth"]), with_fields(role="learner")
    return Planting({
        "user": dict.fromkeys(spread(grades, students), grade),
        "enrollment": dict.fromkeys(enrolled, role),
    })  # fmt: skip


def _wrong_moments(records: Records, count: int) -> Planting:
    future = (datetime.now(UTC) + _AHEAD).strftime("%Y-%m-%dT06:00:00.000Z")
    moments = (future, _NO_MOMENT)
    places = spread(count, records.shape.enrollment_count, FIRST_PAGE)
    return Planting({
        "enrollment": {
            at: with_fields(dateLastModified=moments[number % len(moments)]) for number, at in enumerate(places)
        }
    })  # fmt: skip


def _ring(records: Records, count: int) -> Planting:
    """A ring of orgs, schools first; one alone is its own parent."""
    spread(count, records.shape.org_count)
    orgs = [*range(1, records.shape.org_count), 0][:count]
    parents = [*orgs[1:], *orgs[:1]]
    changes = {
        org: with_fields(parent=records.refer.org(parent + 1))
        for org, parent in zip(orgs, parents, strict=True)
    }
    return Planting({"org": changes})


FAULTS = (
    data_fault("data.dangling-reference", "Some records refer to records that are not there", _nowhere),
    data_fault("data.reference-to-deleted", "Some records refer to deleted records", _to_deleted),
    data_fault("data.term-dates", "Some terms and grading periods have impossible dates", _wrong_dates),
    data_fault("data.unknown-vocabulary", "Some grades and roles are not in the standard", _unknown_words),
    data_fault("data.org-cycle", "Some schools are each other's parents", _ring, count=2),
    data_fault("data.timestamps", "Some records have an impossible time of change", _wrong_moments),
)

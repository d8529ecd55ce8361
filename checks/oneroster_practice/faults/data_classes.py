"""Faults of the data of classes and enrollments."""

from __future__ import annotations

from ..form import Record
from ..people import Role
from ..planting import DELETED, Change, Planting, spread, with_fields, without
from ..records import Records
from ..shape import ENROLLED
from .data import data_fault
from .places import FIRST_PAGE, enrollment_of_student


def _without_students(records: Records, count: int) -> Planting:
    shape = records.shape
    subjects = shape.size.subjects
    changes: dict[int, Change] = {}
    # The first class of each cohort keeps its students, so that no student is left without a class.
    for place in spread(count, shape.class_count // subjects * (subjects - 1)):
        cohort, subject = divmod(place, subjects - 1)
        first = (cohort * subjects + subject + 1) * ENROLLED
        changes |= dict.fromkeys(range(first + 1, first + ENROLLED), DELETED)
    return Planting({"enrollment": changes})


def _without_teacher(records: Records, count: int) -> Planting:
    classes = spread(count, records.shape.class_count)
    return Planting({"enrollment": {of * ENROLLED: DELETED for of in classes}})


def _without_dates(records: Records, count: int) -> Planting:
    # More than half would be the rule and no fault.
    places = spread(count, records.shape.enrollment_count // 2)
    return Planting({"enrollment": {2 * place: without("beginDate", "endDate") for place in places}})


def _added(records: Records, new: list[Record]) -> Planting:
    """Adds enrollments behind the last, with ids of their own."""
    first = records.shape.enrollment_count
    changes = {
        first + at: with_fields(**(record | {"sourcedId": f"enrollment-{first + at + 1}"}))
        for at, record in enumerate(new)
    }
    return Planting({"enrollment": changes}, {"enrollment": len(new)})


def _twice(records: Records, count: int) -> Planting:
    students = spread(count, records.shape.counts[Role.STUDENT])
    return _added(
        records,
        [records.enrollments.record(enrollment_of_student(records.shape, index)) for index in students],
    )


def _second_primary_teacher(records: Records, count: int) -> Planting:
    shape = records.shape
    new = []
    for of in spread(count, shape.class_count):
        school, chair = divmod(shape.teacher_of_class(of), shape.size.teachers)
        other = school * shape.size.teachers + (chair + 1) % shape.size.teachers
        who = records.refer.user(records.users.sourced_id(Role.TEACHER, other))
        new.append(records.enrollments.record(of * ENROLLED) | {"user": who})
    return _added(records, new)


def _in_last_year(records: Records, count: int) -> Planting:
    # The last session is a term of the year before.
    terms = [records.refer.session(len(records.year.sessions))]
    classes = spread(count, records.shape.class_count)
    return Planting({"class": dict.fromkeys(classes, with_fields(terms=terms))})


def _one_id_for_two(records: Records, count: int) -> Planting:
    # Nothing refers to an enrollment, so only the two themselves are wrong.
    changes: dict[int, Change] = {}
    for pair in spread(count, records.shape.enrollment_count // 2, FIRST_PAGE // 2):
        changes[2 * pair + 1] = with_fields(sourcedId=f"enrollment-{2 * pair + 1}")
    return Planting({"enrollment": changes})


FAULTS = (
    data_fault("data.duplicate-id", "Some ids belong to two different enrollments", _one_id_for_two),
    data_fault("data.class-without-students", "Some classes have no students", _without_students),
    data_fault("data.class-without-teacher", "Some classes have no teacher", _without_teacher),
    data_fault("data.enrollment-without-dates", "Some enrollments have no dates", _without_dates),
    data_fault("data.duplicate-enrollment", "Some students are enrolled twice in a class", _twice),
    data_fault(
        "data.several-primary-teachers", "Some classes have two primary teachers", _second_primary_teacher
    ),
    data_fault(
        "data.class-outside-term",
        "Some classes belong to a term of last year",
        _in_last_year,
        last_year=True,
    ),
)

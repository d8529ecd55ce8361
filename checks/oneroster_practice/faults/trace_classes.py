"""Faults that a trace shows in a class, its course, and its terms."""

from __future__ import annotations

from collections.abc import Callable

from ..fault import Fault, Traced
from ..planting import DELETED, Change, Planting, with_fields
from ..records import Records
from ..shape import ENROLLED
from .traced import classes_of_student, every_class, in_days, student_id, traced_fault

_STUDENT = Traced("student", student_id)
# The class that is traced by itself.
_CLASS = 2
_ITSELF = Traced("class", lambda records: f"class-{_CLASS + 1}")


def _not_returned(records: Records) -> Planting:
    return Planting(hidden={"classes": {*classes_of_student(records)}})


def _of_last_year(records: Records) -> Change:
    # The last session is a term of the year before.
    return with_fields(terms=[records.refer.session(len(records.year.sessions))])


def _in_one_term(begins: int, ends: int) -> Callable[[Records], Planting]:
    """A term of this school year is added, between two days that are counted from today."""

    def plant(records: Records) -> Planting:
        at = len(records.year.sessions)
        term = records.sessions.record(records.year.terms[0]) | {
            "sourcedId": f"session-{at + 1}",
            "title": "Short term",
            "startDate": in_days(begins),
            "endDate": in_days(ends),
            "children": [],
        }
        moved = with_fields(terms=[records.refer.session(at + 1)])
        return Planting(
            {
                "academicSession": {at: with_fields(**term)},
                "class": dict.fromkeys(classes_of_student(records), moved),
            },
            {"academicSession": 1},
        )

    return plant


def _people_deleted(first: int, count: int) -> Callable[[Records], Planting]:
    """Deletes some enrollments of the class: the first of a class is its teacher's."""
    start = _CLASS * ENROLLED + first
    return lambda records: Planting({"enrollment": dict.fromkeys(range(start, start + count), DELETED)})


FAULTS: tuple[Fault, ...] = (
    traced_fault(
        "trace.class-not-returned", "The student's classes are not returned", _STUDENT, _not_returned
    ),
    traced_fault(
        "trace.class-deleted",
        "The student's classes are marked as deleted",
        _STUDENT,
        every_class(lambda records: DELETED),
    ),
    traced_fault(
        "trace.class-other-year",
        "The student's classes belong to the school year before",
        _STUDENT,
        every_class(_of_last_year),
        last_year=True,
    ),
    traced_fault(
        "trace.class-without-term",
        "The student's classes have no term",
        _STUDENT,
        every_class(lambda records: with_fields(terms=[])),
    ),
    traced_fault(
        "trace.term-missing",
        "The terms of the student's classes are not returned",
        _STUDENT,
        every_class(lambda records: with_fields(terms=[records.refer.session("gone")])),
    ),
    traced_fault(
        "trace.term-over", "The term of the student's classes is over", _STUDENT, _in_one_term(-60, -20)
    ),
    traced_fault(
        "trace.term-not-begun",
        "The term of the student's classes has not begun yet",
        _STUDENT,
        _in_one_term(20, 60),
    ),
    traced_fault(
        "trace.course-missing",
        "The courses of the student's classes are not returned",
        _STUDENT,
        every_class(lambda records: with_fields(course=records.refer.course("gone"))),
    ),
    traced_fault(
        "trace.class-without-students",
        "The enrollments of the students of a class are marked as deleted",
        _ITSELF,
        _people_deleted(1, ENROLLED - 1),
    ),
    traced_fault(
        "trace.class-without-teacher",
        "The enrollment of the teacher of a class is marked as deleted",
        _ITSELF,
        _people_deleted(0, 1),
    ),
)

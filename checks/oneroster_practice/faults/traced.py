"""Faults that only a trace shows: the one record that has them, and what such a fault is made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from oneroster_checks.connection import Share

from ..fault import Fault, Problem, RosterRules, Traced
from ..people import Role
from ..planting import Change, Planting
from ..records import Records
from ..shape import COHORT, ENROLLED

# Who is traced: their enrollments are among the first of the district, where every filter looks.
STUDENT, TEACHER = 7, 1

WITH_GRADEBOOK: tuple[Share, ...] = ("rostering", "gradebook")


def student_id(records: Records) -> str:
    """The sourcedId of the student who is traced."""
    return records.users.sourced_id(Role.STUDENT, STUDENT)


def teacher_id(records: Records) -> str:
    """The sourcedId of the teacher who is traced."""
    return records.users.sourced_id(Role.TEACHER, TEACHER)


def teacher_at(records: Records) -> int:
    """The position of that teacher among the users."""
    return records.shape.first_position(Role.TEACHER) + TEACHER


def classes_of_student(records: Records) -> range:
    """The positions of the classes of the student who is traced."""
    return records.shape.classes_of_person(Role.STUDENT, STUDENT)


def enrollments_of_student(records: Records) -> list[int]:
    """The positions of the enrollments of that student, one for each class."""
    return [of * ENROLLED + STUDENT % COHORT + 1 for of in classes_of_student(records)]


def enrollments_of_teacher(records: Records) -> list[int]:
    """The positions of the enrollments of the teacher who is traced."""
    return [of * ENROLLED for of in records.shape.classes_of_person(Role.TEACHER, TEACHER)]


def in_days(days: int) -> str:
    """The day that is so many days from today."""
    return (date.today() + timedelta(days=days)).isoformat()


def every_enrollment(change: Change) -> Callable[[Records], Planting]:
    """Changes all enrollments of the student."""
    return lambda records: Planting({"enrollment": dict.fromkeys(enrollments_of_student(records), change)})


def every_class(change: Callable[[Records], Change]) -> Callable[[Records], Planting]:
    """Changes all classes of the student."""
    return lambda records: Planting({"class": dict.fromkeys(classes_of_student(records), change(records))})


def traced_fault(
    code: str,
    title: str,
    traced: Traced,
    plant: Callable[[Records], Planting],
    *,
    last_year: bool = False,
    share: tuple[Share, ...] | None = None,
) -> Fault:
    """A fault that the trace of one record shows; `share` are the parts that must be shared for it."""
    problem = Problem(code, title, share=share, traced=traced)
    rules = RosterRules(plant=lambda records, count: plant(records), last_year=last_year)
    return Fault(problem=problem, roster=rules)

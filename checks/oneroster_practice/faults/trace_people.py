"""Faults that the trace of a person shows in the user and in the enrollments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from ..fault import Fault, Traced
from ..form import Record
from ..people import Role
from ..planting import DELETED, Change, Planting, with_fields
from ..records import Records
from .traced import (
    STUDENT,
    classes_of_student,
    enrollments_of_student,
    enrollments_of_teacher,
    every_enrollment,
    in_days,
    student_id,
    teacher_at,
    teacher_id,
    traced_fault,
)

_STUDENT, _TEACHER = Traced("student", student_id), Traced("teacher", teacher_id)
# The student of another cohort with whom the one that is traced shares an identifier.
_OTHER = 30
# How old the copy is from which one list is served: older than any record of the district was changed.
_AGE = timedelta(days=40)


def _student_is(change: Change) -> Callable[[Records], Planting]:
    return lambda records: Planting({"user": {STUDENT: change}})


def _student_hidden(*lists: str) -> Callable[[Records], Planting]:
    return lambda records: Planting(hidden={name: {STUDENT} for name in lists})


def _nowhere(records: Records) -> Planting:
    hidden = {name: {STUDENT} for name in ("users", "students", "demographics")}
    return Planting(hidden={**hidden, "enrollments": {*enrollments_of_student(records)}})


def _identifier(records: Records) -> str:
    return str(records.users.record(STUDENT)["identifier"])


def _one_identifier_for_two(records: Records) -> Planting:
    return Planting({"user": {_OTHER: with_fields(identifier=_identifier(records))}})


def _as_administrator(record: Record) -> Record:
    if "roles" not in record:
        return {**record, "role": Role.ADMINISTRATOR.word}
    return {**record, "roles": [{**each, "role": "siteAdministrator"} for each in record["roles"]]}


def _teacher_in_another_role(records: Records) -> Planting:
    at = teacher_at(records)
    return Planting({"user": {at: _as_administrator}}, hidden={"teachers": {at}})


def _of_an_old_copy(record: Record) -> Record:
    changed = datetime.fromisoformat(record["dateLastModified"]) - _AGE
    return {**record, "dateLastModified": f"{changed:%Y-%m-%dT%H:%M:%S}.000Z"}


def _without_school(record: Record) -> Record:
    kept = {name: value for name, value in record.items() if name not in ("orgs", "primaryOrg")}
    if "roles" in kept:
        kept["roles"] = [
            {name: value for name, value in each.items() if name != "org"} for each in kept["roles"]
        ]
    return kept


def _school_hidden(records: Records) -> Planting:
    # The first org is the district, the second the school of the first students.
    return Planting(hidden={"orgs": {1}, "schools": {1}})


def _without_enrollment(records: Records) -> Planting:
    return Planting(hidden={"enrollments": {*enrollments_of_student(records)}})


def _not_by_a_filter(records: Records) -> Planting:
    return Planting(unfiltered={"enrollments": {*enrollments_of_student(records)}})


def _as_proctor(records: Records) -> Planting:
    change = with_fields(role="proctor", primary="false")
    return Planting({"enrollment": dict.fromkeys(enrollments_of_teacher(records), change)})


def _own_list_lacks_one(records: Records) -> Planting:
    return Planting(hidden={"/students/*/classes": {classes_of_student(records)[1]}})


def _changed_now(records: Records) -> Planting:
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}.000Z"
    return Planting({"user": {STUDENT: with_fields(dateLastModified=now)}})


FAULTS: tuple[Fault, ...] = (
    traced_fault("trace.not-found", "The student is nowhere in the district", _STUDENT, _nowhere),
    traced_fault(
        "trace.without-account",
        "The student is enrolled, but has no user account",
        _STUDENT,
        _student_hidden("users", "students", "demographics"),
    ),
    traced_fault(
        "trace.several-users",
        "Two students have the same identifier",
        Traced("student", _identifier),
        _one_identifier_for_two,
    ),
    traced_fault("trace.user-deleted", "The student is marked as deleted", _STUDENT, _student_is(DELETED)),
    traced_fault(
        "trace.user-disabled",
        "The student's user account is disabled",
        _STUDENT,
        _student_is(with_fields(enabledUser="false")),
    ),
    traced_fault(
        "trace.other-role",
        "The teacher has the role of an administrator",
        _TEACHER,
        _teacher_in_another_role,
    ),
    traced_fault(
        "trace.lists-differ",
        "The student is in the list of users, but not in the list of students",
        _STUDENT,
        _student_hidden("students"),
    ),
    traced_fault(
        "trace.stale",
        "The list of students has an old copy of the student",
        _STUDENT,
        lambda records: Planting(changes_in={"students": {STUDENT: _of_an_old_copy}}),
    ),
    traced_fault(
        "trace.no-school", "The student belongs to no school", _STUDENT, _student_is(_without_school)
    ),
    traced_fault("trace.school-not-shared", "The student's school is not shared", _STUDENT, _school_hidden),
    traced_fault("trace.no-enrollment", "The student has no enrollment", _STUDENT, _without_enrollment),
    traced_fault(
        "trace.enrollment-deleted",
        "The student's enrollments are marked as deleted",
        _STUDENT,
        every_enrollment(DELETED),
    ),
    traced_fault(
        "trace.enrollment-ended",
        "The student's enrollments have all ended",
        _STUDENT,
        every_enrollment(with_fields(beginDate=in_days(-100), endDate=in_days(-20))),
    ),
    traced_fault(
        "trace.enrollment-not-begun",
        "The student's enrollments have not begun yet",
        _STUDENT,
        every_enrollment(with_fields(beginDate=in_days(20), endDate=in_days(100))),
    ),
    traced_fault(
        "trace.enrollment-other-role",
        "The teacher is enrolled as a proctor",
        _TEACHER,
        _as_proctor,
    ),
    traced_fault(
        "trace.hidden-by-filter",
        "Filters do not bring the student's enrollments",
        _STUDENT,
        _not_by_a_filter,
    ),
    traced_fault(
        "trace.own-list-differs",
        "One of the student's classes is missing from the student's list of classes",
        _STUDENT,
        _own_list_lacks_one,
    ),
    traced_fault("trace.changed-today", "The student was changed today", _STUDENT, _changed_now),
)

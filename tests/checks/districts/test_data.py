"""What is wrong in the records, told by a full read and by nothing else, in both versions."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from oneroster_checks.stages.model import Depth

from .district import District
from .records import Data, Edit, Record, each, holding, lacking
from .row import AS_GIVEN, Expected, Port, Row, fails, holds, ids, warns
from .shapes import CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1

campus, campus_1_1, generic, older = (District(shape) for shape in (CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1))


def full(name: str, district: District, expected: Expected) -> Row:
    """A row that is read to the end."""
    return Row(name, district, expected, AS_GIVEN, Port(), Depth.FULL)


def set_in(name: str, id: str, /, **values: object) -> Edit:
    """One record has other values."""
    return each(name, lambda row: {**row, **values} if row["sourcedId"] == id else row)


def added(name: str, id: str, new: str, /, **values: object) -> Edit:
    """A further record, like one that is there."""

    def edit(data: Data) -> None:
        one = next(row for row in data[name] if row["sourcedId"] == id)
        data[name] = [*data[name], {**one, "sourcedId": new, **values}]

    return edit


def to(id: str, kind: str) -> Record:
    """A reference."""
    return {"href": "x", "sourcedId": id, "type": kind}


def in_class(member: str, id: str) -> Edit:
    """A new enrollment in a class, like one of class-1."""
    return added("enrollments", f"class-1-{member}", f"{id}-{member}", **{"class": to(id, "class")})


def apart(days: int) -> str:
    """A day before or after today."""
    return (date.today() + timedelta(days=days)).isoformat()


NEW_CLASS = added("classes", "class-1", "class-9")
SOMEBODY = {"username": "somebody", "email": "somebody@elm.example"}

REFERENCES = (
    full("1.2: a student is tobedeleted, and still enrolled", campus.where(set_in("users", "student-2",
        status="tobedeleted")), warns("data.reference-to-deleted")),
    full("1.1: a class is tobedeleted, and its enrollments are not", older.where(set_in("classes", "class-2",
        status="tobedeleted")), warns("data.reference-to-deleted")),
    full("1.2: a class of a course that is not there", generic.where(set_in("classes", "class-1",
        course=to("gone", "course"))), fails("data.dangling-reference")),
    full("1.1: a user of an org that is not there", campus_1_1.where(set_in("users", "student-1",
        orgs=[to("gone", "org")])), fails("data.dangling-reference")),
    full("1.2: an org is its own parent", generic.where(set_in("orgs", "district-1", parent=to("district-1", "org"))),
        warns("data.org-cycle")),
    full("1.1: two orgs are each other's parents", older.where(set_in("orgs", "district-1",
        parent=to("school-1", "org"))), warns("data.org-cycle")),
)  # fmt: skip

PEOPLE = (
    full("1.2: two users have one user name", campus.where(set_in("users", "student-1", username="Elm"),
        set_in("users", "teacher-1", username="elm")), warns("data.duplicate-username")),
    full("1.1: two users have one user name", older.where(set_in("users", "student-1", username="elm3")),
        warns("data.duplicate-username")),
    full("1.2: two users have one email address", generic.where(set_in("users", "student-1",
        email="PERNILLA3@elm.example")), warns("data.duplicate-email")),
    full("1.1: two users have one email address", campus_1_1.where(set_in("users", "student-1",
        email="pernilla3@elm.example")), warns("data.duplicate-email")),
    full("1.2: a teacher has no email address", campus.where(each("users", lambda user: lacking("email")(user)
        if user["sourcedId"] == "teacher-1" else user)), warns("data.missing-email")),
    full("1.1: a teacher has an empty email address", older.where(set_in("users", "teacher-2", email="")),
        warns("data.missing-email")),
    full("1.2: an email address without a dot", generic.where(set_in("users", "student-1", email="a@elm")),
        warns("data.malformed-email")),
    full("1.1: an email address without an @", older.where(set_in("users", "guardian-1", email="elm.example")),
        warns("data.malformed-email")),
    full("1.2: a guardian of nobody", campus.where(added("users", "guardian-1", "guardian-9", **SOMEBODY)),
        warns("data.guardian-without-student")),
    full("1.1: a guardian of nobody", campus_1_1.where(added("users", "guardian-1", "guardian-9", **SOMEBODY)),
        warns("data.guardian-without-student")),
    full("1.2: a student in no class", generic.where(added("users", "student-1", "student-9", **SOMEBODY)),
        warns("data.student-without-class")),
    full("1.1: a student in no class", older.where(added("users", "student-1", "student-9", **SOMEBODY)),
        warns("data.student-without-class")),
)  # fmt: skip

CLASSES = (
    full("1.2: a class without students", generic.where(NEW_CLASS, in_class("teacher-1", "class-9")),
        warns("data.class-without-students")),
    full("1.1: a class without students", campus_1_1.where(NEW_CLASS, in_class("teacher-1", "class-9")),
        warns("data.class-without-students")),
    full("1.2: a class without a teacher", campus.where(NEW_CLASS, in_class("student-1", "class-9")),
        warns("data.class-without-teacher")),
    full("1.1: a class without a teacher", older.where(NEW_CLASS, in_class("student-1", "class-9")),
        warns("data.class-without-teacher")),
    full("1.2: one enrollment has no dates, all others have", generic.where(each("enrollments", lambda row: row
        if row["sourcedId"] == "class-1-student-1" else {**row, "beginDate": apart(-90)})),
        warns("data.enrollment-without-dates")),
    full("1.1: one enrollment has empty dates, all others have some", older.where(each("enrollments", holding(
        beginDate=apart(-90), endDate=apart(90))), set_in("enrollments", "class-1-student-1", beginDate="",
        endDate=None)), warns("data.enrollment-without-dates")),
    full("1.2: a student is enrolled in a class twice", campus.where(added("enrollments", "class-1-student-1",
        "again")), warns("data.duplicate-enrollment")),
    full("1.1: a teacher is enrolled in a class twice", campus_1_1.where(added("enrollments", "class-1-teacher-1",
        "again")), warns("data.duplicate-enrollment")),
    full("1.2: two primary teachers of a class", generic.where(added("enrollments", "class-1-teacher-1", "second",
        user=to("teacher-2", "user"))), warns("data.several-primary-teachers")),
    full("1.1: two primary teachers of a class", older.where(added("enrollments", "class-1-teacher-1", "second",
        user=to("teacher-2", "user"))), warns("data.several-primary-teachers")),
    full("1.2: a class of a term that ended yesterday", campus.where(added("academicSessions", "term-1", "old",
        startDate=apart(-90), endDate=apart(-1)), set_in("classes", "class-1", terms=[to("old", "academicSession")])),
        warns("data.class-outside-term")),
    full("1.1: a class of a term that ended last year", older.where(added("academicSessions", "term-1", "old",
        startDate=apart(-500), endDate=apart(-400)), set_in("classes", "class-1", terms=[to("old",
        "academicSession")])), warns("data.class-outside-term")),
    full("1.2: a term ends on the day it begins", generic.where(set_in("academicSessions", "term-2",
        startDate=apart(10), endDate=apart(10))), warns("data.term-dates")),
    full("1.1: a term ends after its year", campus_1_1.where(set_in("academicSessions", "term-2",
        parent=to("year-1", "academicSession"), endDate=apart(400))), warns("data.term-dates")),
)  # fmt: skip

VALUES = (
    full("1.2: two classes have one sourcedId", generic.where(added("classes", "class-1", "class-1", title="Other")),
        fails("data.duplicate-id")),
    full("1.1: two orgs have one sourcedId", older.where(added("orgs", "school-1", "school-1", name="Other")),
        fails("data.duplicate-id")),
    full("1.2: a class type of its own", campus.where(set_in("classes", "class-1", classType="virtual")),
        warns("data.unknown-vocabulary")),
    full("1.1: a grade of its own", older.where(set_in("users", "student-1", grades=["fourth"])),
        warns("data.unknown-vocabulary")),
    full("1.2: a last change that is no moment", generic.where(set_in("courses", "course-1",
        dateLastModified="01/15/2025")), warns("data.timestamps")),
    full("1.1: a last change in three days", campus_1_1.where(set_in("courses", "course-1",
        dateLastModified=f"{apart(3)}T00:00:00Z")), warns("data.timestamps")),
)  # fmt: skip


@pytest.mark.parametrize("row", [*REFERENCES, *PEOPLE, *CLASSES, *VALUES], ids=ids)
async def test_data(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)

"""OneRoster 1.1: people who are enrolled, or named as guardians, and have no account."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import html_reply
from .district import District, data_says, with_document
from .records import Data, Edit, each, holding, lacking, last_first, many, nobody_who_is, without
from .replies import bare, one_space
from .row import Row, fails, healthy, holds, ids, passes, warns
from .shapes import CAMPUS, CAMPUS_1_1, GENERIC_1_1

campus, newer, older = District(CAMPUS_1_1), District(CAMPUS), District(GENERIC_1_1)

STUDENTS = (
    Row("no student has an account", campus.where(nobody_who_is("student")), fails("accounts.students-missing")),
    Row("half of the students have none", older.where(without("student-1", "student-2", "student-3")),
        fails("accounts.students-missing")),
    Row("half of the students have none, and the total is not told", older.where(without("student-1", "student-2",
        "student-3"), total="none", link="none"), fails("accounts.students-missing")),
    Row("students are many, and those enrolled are not among them: 404 one by one", older.where(
        many("users", 400), without("student-1", "student-2", "student-3", "student-4", "student-5", "student-6")),
        fails("accounts.students-missing")),
    Row("students are many, and those enrolled are not among them: a 404 of one space", older.where(
        many("users", 400), without("student-1", "student-2", "student-3", "student-4", "student-5", "student-6"),
        unknown_id=one_space(404)), fails("accounts.students-missing")),
    Row("/students is refused, /users lacks them", older.where(nobody_who_is("student"), data_says(bare(404),
        "students")), fails("accounts.students-missing")),
)  # fmt: skip

STAFF = (
    Row("no teacher has an account", campus.where(nobody_who_is("teacher")), fails("accounts.staff-missing")),
    Row("one teacher of two has none", older.where(without("teacher-2")), fails("accounts.staff-missing")),
    Row("/teachers is a 404 web page, and /users lacks one", older.where(
        without("teacher-1"), data_says(html_reply(404, "no"), "teachers")), fails("accounts.staff-missing")),
)  # fmt: skip

GUARDIANS = (
    Row("students name guardians, and none is shared", campus.where(nobody_who_is("guardian")),
        fails("accounts.guardians-missing")),
    Row("students name guardians, none is shared, and a 404 is one space", older.where(
        nobody_who_is("guardian"), unknown_id=one_space(404)), fails("accounts.guardians-missing")),
    Row("no guardian, and no student names one", older.where(nobody_who_is("guardian"), each("users",
        lacking("agents"))), warns("accounts.guardians-missing")),
    Row("no guardian, and no student names one, at Campus", campus.where(nobody_who_is("guardian"), each("users",
        lacking("agents"))), warns("accounts.guardians-missing")),
    Row("some guardians are shared, some are not", older.where(without("guardian-3")),
        warns("accounts.guardians-missing")),
)  # fmt: skip


def dangling(part: int, number: int, role: str = "student") -> Edit:
    """Of so many enrollments those of one third (0, 1, 2) name students who are not there."""

    def edit(data: Data) -> None:
        many("users", 500)(data)
        many("enrollments", number)(data)
        rows = data["enrollments"]
        for place, row in enumerate(rows):
            if place * 3 // len(rows) == part and row["role"] == role:
                rows[place] = {**row, "user": {"href": "x", "sourcedId": f"gone-{place}", "type": "user"}}

    return edit


SOMEWHERE = (
    Row("the last third of the enrollments dangles", older.where(dangling(2, 3000)),
        fails("accounts.students-missing")),
    Row("the middle third dangles", campus.where(dangling(1, 3000)), fails("accounts.students-missing")),
    Row("the first third dangles", older.where(dangling(0, 3000)), fails("accounts.students-missing")),
    Row("the last third of the teachers' enrollments dangles", older.where(dangling(2, 3000, "teacher")),
        fails("accounts.staff-missing")),
    Row("the last third dangles, without totals, 600", older.where(dangling(2, 600), total="none", link="none"),
        fails("accounts.students-missing")),
    Row("the last third dangles, without totals, 3000", campus.where(dangling(2, 3000), total="none", link="none"),
        fails("accounts.students-missing")),
    Row("the last third dangles, without totals, 9000", older.where(dangling(2, 9000), total="none"),
        fails("accounts.students-missing")),
    Row("the last third dangles, in pages of fifty", older.where(dangling(2, 600), cap=50),
        fails("accounts.students-missing")),
    Row("students are on a second page of fifty, without totals", older.where(many("users", 150),
        last_first("users"), cap=50, total="none", link="none"), healthy()),
    Row("/students is empty, although each student can be looked up", older.where(data_says(with_document(
        lambda document: {"users": []} if "users" in document else document), "students"), total="none"), healthy()),
)  # fmt: skip

DISABLED = (
    Row("every user is disabled", campus.where(each("users", holding(enabledUser="false"))),
        warns("accounts.disabled")),
    Row("every user is disabled, 1.2", newer.where(each("users", holding(enabledUser="false"))),
        warns("accounts.disabled")),
    Row("every user is disabled, and false is no text", older.where(each("users", holding(enabledUser=False))),
        healthy(noting="accounts.disabled")),
    Row("every user is disabled, and false is 0", older.where(each("users", holding(enabledUser=0))),
        healthy(noting="accounts.disabled")),
    Row("one user is enabled", older.where(each("users", lambda user: {**user, "enabledUser": str(
        user["sourcedId"] == "student-2").lower()})), passes()),
    Row("nobody says whether users are enabled", older.where(each("users", lacking("enabledUser"))), healthy()),
    Row("half of them do not say", older.where(each("users", lambda user: user if user["sourcedId"] == "teacher-1"
        else {**user, "enabledUser": None})), healthy()),
)  # fmt: skip

NEWER = (
    Row("1.2 asserts nothing about accounts: guardians are not shared", newer.where(nobody_who_is("guardian")),
        healthy()),
    Row("1.2 asserts nothing about accounts: a student is missing", newer.where(without("student-1")), healthy()),
)  # fmt: skip


@pytest.mark.parametrize("row", [*STUDENTS, *STAFF, *GUARDIANS, *SOMEWHERE, *DISABLED, *NEWER], ids=ids)
async def test_accounts(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)

"""Rules of people: user names, email addresses, guardians, students without a class."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import OneRosterVersion

from ..districts.records import each, lacking, nobody_who_is
from .judging import VERSIONS, change, copy, deleted, found_in, to

pytestmark = pytest.mark.parametrize("version", VERSIONS)


async def test_one_username_of_two_users(version: OneRosterVersion) -> None:
    found = await found_in(
        version, change("users", "student-1", username="Some.Body"), change("users", "student-2", username="some.body"),
        change("users", "teacher-1", username="other"), change("users", "teacher-2", username="OTHER"),
        change("users", "guardian-1", username="OTHER"),
    )  # fmt: skip
    assert list(found) == ["data.duplicate-username"]
    each_one = found["data.duplicate-username"]
    # Two values that are there more than once, of the eight different ones.
    assert (each_one.count, each_one.of) == (2, 8)
    assert set(each_one.examples) <= {"student-1", "student-2", "teacher-1", "teacher-2", "guardian-1"}
    assert len(each_one.examples) == 4


async def test_one_email_of_three_users(version: OneRosterVersion) -> None:
    same = [
        change("users", f"student-{number}", email=f"{'aA'[number % 2]}@elm.example") for number in (1, 2, 3)
    ]
    found = await found_in(version, *same)
    assert list(found) == ["data.duplicate-email"]
    assert (found["data.duplicate-email"].count, found["data.duplicate-email"].of) == (1, 9)


async def test_what_a_deleted_user_has_is_free(version: OneRosterVersion) -> None:
    found = await found_in(
        version, copy("users", "teacher-1", "teacher-9"), deleted("users", "teacher-9"),
        copy("users", "student-1", "student-9", username=None, email=None),
        copy("enrollments", "class-1-student-1", "e-9", user=to("student-9")),
    )  # fmt: skip
    assert found == {}


async def test_staff_without_an_email(version: OneRosterVersion) -> None:
    found = await found_in(
        version, change("users", "teacher-1", email=None), change("users", "teacher-2", email=" "),
        change("users", "student-1", email=None), change("users", "guardian-1", email=""),
    )  # fmt: skip
    assert list(found) == ["data.missing-email"]
    each_one = found["data.missing-email"]
    assert (each_one.count, each_one.of, set(each_one.examples)) == (2, 2, {"teacher-1", "teacher-2"})


@pytest.mark.parametrize(
    "email", ["nobody", "a@b@elm.example", "somebody@elm", "@", "two@elm.example,one@elm.example"]
)
async def test_malformed_emails(version: OneRosterVersion, email: str) -> None:
    found = await found_in(
        version, change("users", "student-3", email=email), change("users", "guardian-1", email=email)
    )
    assert list(found) == ["data.malformed-email"]
    each_one = found["data.malformed-email"]
    assert (each_one.count, each_one.of, set(each_one.examples)) == (2, 11, {"student-3", "guardian-1"})


async def test_administrators_are_staff(version: OneRosterVersion) -> None:
    role = "administrator" if version == "1.1" else "systemAdministrator"
    values: dict[str, object] = {"role": role}
    if version == "1.2":
        roles = [("secondary", "aide"), ("primary", role)]
        values = {"roles": [{"roleType": kind, "role": word, "org": to("school-1")} for kind, word in roles]}
    found = await found_in(version, copy("users", "teacher-1", "admin-1", username="x", email=None, **values))
    assert (found["data.missing-email"].count, found["data.missing-email"].of) == (1, 3)


async def test_a_guardian_whom_no_student_names(version: OneRosterVersion) -> None:
    found = await found_in(
        version, copy("users", "guardian-1", "guardian-4", username="x4", email="x4@elm.example")
    )
    assert list(found) == ["data.guardian-without-student"]
    each_one = found["data.guardian-without-student"]
    assert (each_one.count, each_one.of, each_one.examples) == (1, 4, ("guardian-4",))


async def test_a_guardian_who_names_nobody_who_is_a_student(version: OneRosterVersion) -> None:
    found = await found_in(version, change("users", "guardian-1", agents=[to("teacher-1")]))
    assert list(found) == ["data.guardian-without-student"]
    assert found["data.guardian-without-student"].examples == ("guardian-1",)


async def test_only_guardians_name_students(version: OneRosterVersion) -> None:
    names = [change("users", f"guardian-{number}", agents=[to(f"student-{number}")]) for number in (1, 2, 3)]
    assert await found_in(version, each("users", lacking("agents")), *names) == {}
    found = await found_in(version, each("users", lacking("agents")), *names[1:])
    assert found["data.guardian-without-student"].examples == ("guardian-1",)


async def test_nobody_names_anybody(version: OneRosterVersion) -> None:
    found = await found_in(version, each("users", lacking("agents")))
    assert found["data.guardian-without-student"].count == 3
    assert await found_in(version, each("users", lacking("agents")), nobody_who_is("guardian")) == {}


async def test_a_student_without_a_class(version: OneRosterVersion) -> None:
    new = copy("users", "student-1", "student-7", username="x7", email="x7@elm.example")
    found = await found_in(version, new)
    assert list(found) == ["data.student-without-class"]
    each_one = found["data.student-without-class"]
    assert (each_one.count, each_one.of, each_one.examples) == (1, 7, ("student-7",))
    enrolled = copy("enrollments", "class-1-student-1", "e-7", user=to("student-7"))
    assert await found_in(version, new, enrolled) == {}
    found = await found_in(version, new, enrolled, deleted("enrollments", "e-7"))
    assert list(found) == ["data.student-without-class"]

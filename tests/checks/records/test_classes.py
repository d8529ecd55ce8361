"""Rules of classes, enrollments and terms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from oneroster_checks.connection import OneRosterVersion

from ..districts.records import each, holding
from .judging import VERSIONS, change, copy, deleted, found_in, to

pytestmark = pytest.mark.parametrize("version", VERSIONS)
NEW = copy("classes", "class-1", "class-9")
OF_9: dict[str, object] = {"class": to("class-9")}
TEACHER = copy("enrollments", "class-1-teacher-1", "e-t", **OF_9)
STUDENT = copy("enrollments", "class-1-student-1", "e-s", **OF_9)


async def test_a_class_without_students_and_one_without_a_teacher(version: OneRosterVersion) -> None:
    assert await found_in(version, NEW, TEACHER, STUDENT) == {}
    for edits, code in (
        ([NEW, TEACHER], "data.class-without-students"),
        ([NEW, STUDENT], "data.class-without-teacher"),
    ):
        found = await found_in(version, *edits)
        assert list(found) == [code]
        assert (found[code].count, found[code].of, found[code].examples) == (1, 5, ("class-9",))
    found = await found_in(version, NEW, TEACHER, STUDENT, deleted("enrollments", "e-s"))
    assert list(found) == ["data.class-without-students"]
    # Of a deleted class nobody is missed.
    assert await found_in(version, NEW, deleted("classes", "class-9")) == {}


async def test_enrollments_without_dates(version: OneRosterVersion) -> None:
    dated = each("enrollments", holding(beginDate="2026-08-01", endDate="2027-06-01"))
    code = "data.enrollment-without-dates"
    lost = [change("enrollments", f"class-{number}-teacher-{1 + (number - 1) % 2}", beginDate=None, endDate=None)
        for number in (1, 2, 3, 4)]  # fmt: skip
    assert await found_in(version, dated) == {}
    found = await found_in(version, dated, *lost[:3])
    assert list(found) == [code]
    assert (found[code].count, found[code].of) == (3, 16)
    # An open end is no missing date.
    assert await found_in(version, dated, change("enrollments", "class-1-student-1", endDate=None)) == {}
    # At one in two they count, below that the district has none.
    without = [change("enrollments", f"class-{number}-student-{student}", beginDate=None, endDate=None)
        for number in (1, 2, 3, 4) for student in (1, 2, 3, 4, 5, 6) if student % 2 == number % 2]  # fmt: skip
    half = await found_in(version, dated, *without[:8])
    assert half[code].count == 8
    assert await found_in(version, dated, *without[:9]) == {}


async def test_repeated_enrollments(version: OneRosterVersion) -> None:
    again = [copy("enrollments", "class-1-student-1", f"x-{number}") for number in (1, 2)]
    found = await found_in(version, *again)
    assert list(found) == ["data.duplicate-enrollment"]
    each_one = found["data.duplicate-enrollment"]
    # The surplus ones are counted, not the first.
    assert (each_one.count, each_one.of, set(each_one.examples)) == (2, 18, {"x-1", "x-2"})
    assert await found_in(version, *again, deleted("enrollments", "x-1"), deleted("enrollments", "x-2")) == {}
    assert await found_in(version, copy("enrollments", "class-1-student-1", "x-3", role="proctor")) == {}


async def test_several_primary_teachers(version: OneRosterVersion) -> None:
    second = copy("enrollments", "class-1-teacher-1", "x-1", user=to("teacher-2"))
    found = await found_in(version, second)
    assert list(found) == ["data.several-primary-teachers"]
    each_one = found["data.several-primary-teachers"]
    assert (each_one.count, each_one.of, each_one.examples) == (1, 4, ("class-1",))
    assert await found_in(version, second, change("enrollments", "x-1", primary="false")) == {}
    assert await found_in(version, second, deleted("enrollments", "x-1")) == {}


async def test_dates_of_terms(version: OneRosterVersion) -> None:
    today = date.today()
    code = "data.term-dates"
    for values in (
        {"startDate": "2026-01-01", "endDate": "2026-01-01"},
        {"startDate": "2026-01-02", "endDate": "2026-01-01"},
    ):
        found = await found_in(version, copy("academicSessions", "term-1", "term-9", **values))
        assert (list(found), found[code].count, found[code].of, found[code].examples) == (
            [code],
            1,
            4,
            ("term-9",),
        )
    year = {
        "startDate": (today - timedelta(100)).isoformat(),
        "endDate": (today + timedelta(180)).isoformat(),
    }
    within = copy("academicSessions", "year-1", "term-9", type="term", parent=to("year-1"), **year)
    assert await found_in(version, within) == {}
    for name, days in (("startDate", -101), ("endDate", 181)):
        outside = change("academicSessions", "term-9", **{name: (today + timedelta(days)).isoformat()})
        found = await found_in(version, within, outside)
        assert list(found) == [code]
    found = await found_in(version, within, outside, deleted("academicSessions", "year-1"))
    assert code not in found


async def test_classes_of_past_terms(version: OneRosterVersion) -> None:
    today = date(2026, 3, 15)
    code = "data.class-outside-term"
    ended = copy("academicSessions", "term-1", "old-1", startDate="2025-09-01", endDate="2026-03-14")
    ends_today = copy("academicSessions", "term-1", "old-2", startDate="2025-09-01", endDate="2026-03-15")
    for terms, is_past in (
        (["old-1"], True), (["old-2"], False), (["old-1", "old-2"], False), (["old-1", "old-1"], True),
    ):  # fmt: skip
        edit = change("classes", "class-4", terms=[to(term) for term in terms])
        found = await found_in(version, ended, ends_today, edit, today=today)
        found.pop("data.timestamps", None)
        assert list(found) == ([code] if is_past else []), terms
    # Whether a term that is not there has ended nobody knows.
    edit = change("classes", "class-4", terms=[to("old-1"), to("gone")])
    assert code not in await found_in(version, ended, edit, today=today)

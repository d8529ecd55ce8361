"""References that lead nowhere or to a deleted record, of every kind, in both versions."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.records.found import Found

from ..districts.records import Edit, without
from .judging import VERSIONS, change, copy, deleted, district, found_in, judge_of, to

DANGLING, TO_DELETED = "data.dangling-reference", "data.reference-to-deleted"


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("edit", "kind", "record"),
    [
        (change("orgs", "school-2", parent=to("gone")), "org.parent", "school-2"),
        (change("orgs", "district-1", children=[to("school-1"), to("gone")]), "org.children", "district-1"),
        (change("academicSessions", "term-1", parent=to("gone")), "academicSession.parent", "term-1"),
        (change("academicSessions", "year-1", children=[to("term-1"), to("term-2"), to("gone")]),
            "academicSession.children", "year-1"),
        (change("courses", "course-1", org=to("gone")), "course.org", "course-1"),
        (change("courses", "course-1", schoolYear=to("gone")), "course.schoolYear", "course-1"),
        (change("classes", "class-3", course=to("gone")), "class.course", "class-3"),
        (change("classes", "class-3", school=to("gone")), "class.school", "class-3"),
        (change("classes", "class-3", terms=[to("term-2"), to("gone")]), "class.terms", "class-3"),
        (change("enrollments", "class-1-student-1", school=to("gone")), "enrollment.school", "class-1-student-1"),
        (copy("demographics", "student-1", "gone"), "demographics.user", "gone"),
        (change("lineItems", "item-2", category=to("gone")), "lineItem.category", "item-2"),
        (change("lineItems", "item-3", **{"class": to("gone")}), "lineItem.class", "item-3"),
    ],
)  # fmt: skip
async def test_one_reference_of_a_kind(version: OneRosterVersion, edit: Edit, kind: str, record: str) -> None:
    found = await found_in(version, edit)
    assert list(found) == [DANGLING]
    assert (found[DANGLING].count, found[DANGLING].examples, found[DANGLING].kinds) == (
        1,
        (record,),
        {kind: 1},
    )


@pytest.mark.parametrize(
    ("version", "values", "kinds"),
    [
        ("1.1", {"orgs": [to("school-1"), to("gone")]}, {"user.orgs": 1}),
        ("1.2", {"primaryOrg": to("gone")}, {"user.primaryOrg": 1}),
        (
            "1.2",
            {
                "roles": [
                    {"roleType": "primary", "role": "teacher", "org": to("gone")},
                    {"roleType": "secondary", "role": "aide", "org": to("gone-too")},
                ]
            },
            {"user.roles.org": 2},
        ),
    ],
)
async def test_orgs_of_users(
    version: OneRosterVersion, values: dict[str, object], kinds: dict[str, int]
) -> None:
    found = await found_in(version, change("users", "teacher-1", **values))
    assert list(found) == [DANGLING]
    assert (found[DANGLING].kinds, found[DANGLING].examples) == (kinds, ("teacher-1",))


@pytest.mark.parametrize("version", VERSIONS)
async def test_several_kinds_at_once(version: OneRosterVersion) -> None:
    found = (await found_in(version, without("class-2", "course-1")))[DANGLING]
    # Of the four students of class-2 and its teacher, and of the three classes that are left.
    assert found.kinds == {"enrollment.class": 4, "class.course": 3}
    assert found.count == 7
    assert len(found.examples) == 5


async def test_enrollments_of_people_who_are_not_there() -> None:
    newer = await found_in("1.2", without("student-2"))
    assert newer[DANGLING].kinds["enrollment.user"] == 2
    # In 1.1 they are accounts.students-missing.
    older = await found_in("1.1", without("student-2"))
    assert "enrollment.user" not in older.get(DANGLING, Found(0, 0)).kinds
    async with judge_of(district("1.1", without("student-2", "teacher-1")), "1.1") as judge:
        students = await judge.found("accounts.students-missing")
        staff = await judge.found("accounts.staff-missing")
        absent = await judge.numbers("enrollments of absent people")
    assert (students.count, students.of, students.examples) == (1, 6, ("student-2",))
    assert (staff.count, staff.of, staff.examples) == (1, 2, ("teacher-1",))
    assert absent == {"student": 2, "teacher": 2}


@pytest.mark.parametrize("version", VERSIONS)
async def test_guardians_who_are_not_there(version: OneRosterVersion) -> None:
    async with judge_of(district(version, without("guardian-2")), version) as judge:
        agents = await judge.found("accounts.guardians-missing")
        dangling = await judge.found(DANGLING)
    assert (agents.count, agents.of, agents.examples, dangling.count) == (1, 3, ("guardian-2",), 0)


@pytest.mark.parametrize("version", VERSIONS)
async def test_references_to_deleted_records(version: OneRosterVersion) -> None:
    found = await found_in(version, deleted("classes", "class-2"))
    assert list(found) == [TO_DELETED]
    assert found[TO_DELETED].kinds == {"enrollment.class": 4}


@pytest.mark.parametrize("version", VERSIONS)
async def test_references_of_deleted_records_are_not_followed(version: OneRosterVersion) -> None:
    edits = [
        deleted("enrollments", f"class-2-{who}")
        for who in ("student-2", "student-4", "student-6", "teacher-2")
    ]
    found = await found_in(version, without("class-2"), *edits)
    # The line items and nothing else may still name the class.
    assert found.get(DANGLING, Found(0, 0)).kinds.get("enrollment.class") is None


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_reference_into_a_collection_that_was_not_read_is_not_judged(
    version: OneRosterVersion,
) -> None:
    async with judge_of(district(version, without("course-1")), version) as judge:
        whole = await judge.found(DANGLING)
        partly = await judge.found(DANGLING, complete=("orgs", "classes", "users", "academicSessions"))
    assert whole.kinds == {"class.course": 4}
    data = district(version)
    # Of results each line item and student, of line items each class and category; students and classes were read.
    unread = len(data["classes"]) + len(data["lineItems"]) + len(data["results"])
    assert (partly.count, partly.of) == (0, whole.of - unread)


@pytest.mark.parametrize("version", VERSIONS)
async def test_an_org_may_be_its_own_parent_and_ids_may_be_odd(version: OneRosterVersion) -> None:
    odd = "\u00e9'\";--\t%_\u0000\U0001f600"
    found = await found_in(version, change("orgs", "district-1", parent=to("district-1")))
    assert list(found) == ["data.org-cycle"]
    found = await found_in(
        version, copy("orgs", "school-1", odd), change("classes", "class-1", school=to(odd)),
        change("classes", "class-2", school=to(f"{odd} ")),
    )  # fmt: skip
    assert (found[DANGLING].count, found[DANGLING].examples) == (1, ("class-2",))

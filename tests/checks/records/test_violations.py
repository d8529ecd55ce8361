"""What breaks the standard over all records: counted by entity and field, deleted records too."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import OneRosterVersion

from ..districts.records import each, holding, lacking, many
from .judging import VERSIONS, change, copy, deleted, district, judge_of

pytestmark = pytest.mark.parametrize("version", VERSIONS)


async def test_counts_by_entity_and_field(version: OneRosterVersion) -> None:
    data = district(
        version, each("users", lacking("givenName")), change("users", "teacher-1", enabledUser=True),
        change("courses", "course-1", title=None), deleted("courses", "course-1"),
        copy("enrollments", "class-1-student-1", "", role="aide"),
    )  # fmt: skip
    async with judge_of(data, version) as judge:
        found = judge.violations
    assert found.kinds == {
        "user.givenName": 11, "user.enabledUser": 1, "course.title": 1, "enrollment.sourcedId": 1,
    }  # fmt: skip
    assert found.broken == 13
    assert found.records == sum(map(len, data.values()))
    assert found.unusable == 1
    assert len(found.shown) == 5
    assert found.examples["user", "givenName"] == [f"student-{number}" for number in range(1, 6)]


async def test_words_and_moments_are_left_to_their_rules(version: OneRosterVersion) -> None:
    data = district(
        version, each("classes", holding(classType="own")), each("orgs", holding(type="own", dateLastModified=3)),
        each("demographics", holding(sex="own")), each("users", holding(grades=["fourth"])),
        each("courses", lacking("dateLastModified")),
    )  # fmt: skip
    async with judge_of(data, version) as judge:
        assert judge.violations.broken == 0
        assert (await judge.found("data.unknown-vocabulary")).count == 4 + 3 + 6 + 11
        assert (await judge.found("data.timestamps")).count == 3 + 1


async def test_the_faults_of_each_of_many_records_stay_together(version: OneRosterVersion) -> None:
    """A page is judged field by field, a few hundred records at a time."""
    wrong = {"title": None, "courseCode": 7, "org": {"sourcedId": ""}, "sourcedId": ""}
    data = district(version, many("courses", 700))
    data["courses"] = [
        {**row, **(wrong if place % 3 == 0 else {})} for place, row in enumerate(data["courses"])
    ]
    async with judge_of(data, version) as judge:
        found = judge.violations
    broken = sum(place % 3 == 0 for place in range(700))
    assert found.kinds == {f"course.{name}": broken for name in wrong}
    assert (found.broken, found.unusable) == (broken, broken)

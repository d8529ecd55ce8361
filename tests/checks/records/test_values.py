"""Rules of ids, words, circles and moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from oneroster_checks.connection import OneRosterVersion

from ..districts.records import Data
from .judging import VERSIONS, body_of, change, copy, deleted, district, found_in, judge_of, to

pytestmark = pytest.mark.parametrize("version", VERSIONS)


async def test_one_id_of_two_records_that_differ(version: OneRosterVersion) -> None:
    code = "data.duplicate-id"
    found = await found_in(version, copy("classes", "class-1", "class-1", title="Another"))
    assert list(found) == [code]
    assert (found[code].count, found[code].examples, found[code].kinds) == (1, ("class-1",), {"classes": 1})
    before = await found_in(
        version, copy("enrollments", "class-1-student-1", "class-1-student-1", role="proctor")
    )
    assert (list(before), before[code].kinds) == ([code], {"enrollments": 1})
    # One sourcedId in two collections is no fault.
    assert await found_in(version, copy("categories", "category-1", "class-1")) == {}
    gone = copy("users", "teacher-1", "teacher-1", familyName="Other", username="x", email="x@elm.example")
    assert list(await found_in(version, gone)) == [code]


async def test_the_same_record_twice_is_judged_once(version: OneRosterVersion) -> None:
    def again(data: Data) -> None:
        for name in data:
            data[name] = [*data[name], *data[name]]

    assert await found_in(version, again) == {}
    async with judge_of(district(version, again), version) as judge:
        twice = await judge.found("data.dangling-reference")
        records = await judge.found("data.duplicate-id")
    async with judge_of(district(version), version) as judge:
        assert (await judge.found("data.dangling-reference")).of == twice.of
        assert (await judge.found("data.duplicate-id")).of == records.of


@pytest.mark.parametrize(
    ("name", "id", "field", "kind"),
    [
        ("orgs", "school-2", "type", "org.type"),
        ("academicSessions", "term-2", "type", "academicSession.type"),
        ("classes", "class-2", "classType", "class.classType"),
        ("enrollments", "class-1-student-1", "role", "enrollment.role"),
        ("demographics", "student-1", "sex", "demographics.sex"),
    ],
)
async def test_unknown_words(version: OneRosterVersion, name: str, id: str, field: str, kind: str) -> None:
    code = "data.unknown-vocabulary"
    found = await found_in(version, change(name, id, **{field: "of its own"}))
    assert (found[code].count, found[code].examples, found[code].kinds) == (1, (id,), {kind: 1})
    assert set(found) - {code} <= {"data.class-without-students"}
    assert code not in await found_in(version, change(name, id, **{field: "ext:own"}))
    assert code not in await found_in(version, change(name, id, **{field: "of its own"}), deleted(name, id))


async def test_roles_and_grades(version: OneRosterVersion) -> None:
    code = "data.unknown-vocabulary"
    roles: dict[str, object] = {"role": "Pupil"}
    if version == "1.2":
        roles = {
            "roles": [
                {"roleType": "primary", "role": word, "org": to("school-1")} for word in ("aide", "Pupil")
            ]
        }
    found = await found_in(
        version, change("users", "teacher-1", grades=["09", "K", "Q"], **roles),
        change("classes", "class-1", grades=["4th"]),
        change("users", "student-1", grades=["KG", "7", "13", "Other", "ext:5"]),
    )  # fmt: skip
    each_one = found[code]
    assert each_one.count == 2
    assert set(each_one.examples) == {"teacher-1", "class-1"}
    assert each_one.kinds == {"user.role": 1, "user.grades": 1, "class.grades": 1}


async def test_orgs_in_circles(version: OneRosterVersion) -> None:
    code = "data.org-cycle"
    found = await found_in(version, change("orgs", "district-1", parent=to("school-1")))
    # The other school hangs on the circle, and is not in it.
    assert list(found) == [code]
    assert (found[code].count, found[code].of, set(found[code].examples)) == (
        2,
        3,
        {"district-1", "school-1"},
    )
    links = [
        copy("orgs", "school-1", f"o-{number}", parent=to(f"o-{(number + 1) % 50}")) for number in range(50)
    ]
    found = await found_in(version, *links)
    assert found[code].count == 50
    assert code not in await found_in(version, *links, deleted("orgs", "o-7"))


async def test_moments_of_the_last_change(version: OneRosterVersion) -> None:
    code = "data.timestamps"
    now = datetime.now(UTC)
    soon, late = ((now + timedelta(hours=hours)).isoformat() for hours in (23, 25))
    for value in ("yesterday", "2026-01-01", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00", "", late):
        found = await found_in(version, change("courses", "course-1", dateLastModified=value))
        assert list(found) == [code], value
        assert (found[code].count, found[code].examples) == (1, ("course-1",))
    for good in ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.123456789Z", "2026-01-01T00:00+09:00", soon):
        assert await found_in(version, change("courses", "course-1", dateLastModified=good)) == {}, good
    numbers = change("courses", "course-1", dateLastModified=1767225600000)
    assert list(await found_in(version, numbers)) == [code]


async def test_other_lists_of_a_collection_change_nothing(version: OneRosterVersion) -> None:
    data = district(version)
    async with judge_of(data, version, today=date.today()) as judge:
        page = await judge.strict(body_of("users", data["users"][:3]), "/students")
        assert page is not None
        await judge.add(page)
        assert (await judge.found("data.duplicate-id")).count == 0
        assert (await judge.found("data.duplicate-username")).of == 11

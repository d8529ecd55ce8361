"""Who is who on both sides of a move: every way of matching, and what is no match."""

from __future__ import annotations

import pytest

from .records import Record, after, before, found, kept, pairs, ref, school

SCHOOLS = [school("school-1", identifier="1"), school("school-2", identifier="2")]


async def users(old: list[Record], new: list[Record]) -> set[tuple[str, str]]:
    """The users that match."""
    matched = await pairs({"orgs": SCHOOLS, "users": old}, {"orgs": SCHOOLS, "users": new})
    return {(one, other) for one, other, kind in matched if kind == "users"}


async def test_users_match_by_the_old_id_without_its_letter() -> None:
    assert await users([before("s17"), before("s18")], [after("9", "18"), after("17", "17")]) == {
        ("s17", "17"), ("s18", "9"),
    }  # fmt: skip


async def test_users_match_by_the_whole_old_id_as_well() -> None:
    assert await users([before("s17"), before("ab-5")], [after("a", "s17"), after("b", "ab-5")]) == {
        ("s17", "a"), ("ab-5", "b"),
    }  # fmt: skip


async def test_without_a_legacy_id_the_sourced_id_counts_and_then_the_identifier() -> None:
    old = [before("u1"), before("u2", identifier="77"), before("u3", identifier="78")]
    new = [after("u1", None), after("n2", None, identifier=77), after("n3", None, identifier=" 78 ")]
    assert await users(old, new) == {("u1", "u1"), ("u2", "n2"), ("u3", "n3")}


@pytest.mark.parametrize("twice", ["old", "new"])
async def test_an_identifier_of_two_says_nothing(twice: str) -> None:
    old, new = [before("u1", identifier="77")], [after("n1", None, identifier="77")]
    if twice == "old":
        old.append(before("u2", identifier="77"))
    else:
        new.append(after("n2", None, identifier="77"))
    assert await users(old, new) == set()


async def test_several_records_of_one_person_lead_to_one() -> None:
    old = {"orgs": SCHOOLS, "users": [before("t5", "teacher"), before("p5", "guardian")]}
    teacher = after("5", "5", "teacher")
    teacher["roles"].append({"role": "guardian", "org": ref("school-1")})
    new = {"orgs": SCHOOLS, "users": [teacher]}
    assert await found(old, new) == {"migrate.roles-merged": ("5",)}
    async with kept(old, new) as keeper:
        counts = await keeper.asked(lambda database: database.counts("users"))
    assert (counts.old, counts.new, counts.by_legacy, counts.only_old, counts.only_new) == (2, 1, 2, 0, 0)


async def test_a_new_id_that_was_somebody_else_s_matches_nobody_by_it() -> None:
    old = {"orgs": SCHOOLS, "users": [before("17"), before("18")]}
    new = {"orgs": SCHOOLS, "users": [after("18", "17"), after("19", "18")]}
    assert await users(old["users"], new["users"]) == {("17", "18"), ("18", "19")}
    assert await found(old, new) == {"migrate.id-collision": ("18",)}


async def test_a_legacy_id_that_leads_nowhere_is_no_collision_where_the_identifier_is_the_same() -> None:
    old = {"orgs": SCHOOLS, "users": [before("17", identifier="a")]}
    new = {"orgs": SCHOOLS, "users": [after("17", "elsewhere", identifier="a")]}
    assert await users(old["users"], new["users"]) == {("17", "17")}
    assert await found(old, new) == {}
    other = {"orgs": SCHOOLS, "users": [after("17", "elsewhere", identifier="b")]}
    assert set(await found(old, other)) == {"migrate.id-collision", "migrate.users-lost", "migrate.users-new"}


async def test_of_two_who_claim_one_the_one_with_the_identifier_is_taken() -> None:
    old = [before("s1", identifier="a"), before("s2", identifier="b")]
    new = [after("n1", "2", identifier="a"), after("n2", "2", identifier="b")]
    wrong = await found({"orgs": SCHOOLS, "users": old}, {"orgs": SCHOOLS, "users": new})
    # Nobody of them is lost, and yet the other one's old account is not to be had by a claim alone.
    assert await users(old, new) == {("s1", "n1")}
    assert wrong == {"migrate.legacy-duplicate": ("n1", "n2")}


async def test_nobody_is_lost_whom_a_new_user_without_a_legacy_id_may_be() -> None:
    old = {"orgs": SCHOOLS, "users": [before("s1"), before("s2"), before("s3", "student", "school-2")]}
    new = {"orgs": SCHOOLS, "users": [after("n1", None), after("n9", None, "teacher")]}
    wrong = await found(old, new)
    # One of the two in its school may be the new one; the other one, and the one elsewhere, are lost.
    assert wrong["migrate.legacy-missing"] == ("n1",)
    assert wrong["migrate.users-lost"] == ("s2", "s3")
    assert wrong["migrate.users-new"] == ("n9",)


async def test_between_two_connections_of_one_version_no_legacy_id_is_expected() -> None:
    old, new = {"orgs": SCHOOLS, "users": [before("s1")]}, {"orgs": SCHOOLS, "users": [before("s2")]}
    assert set(await found(old, new, versions=("1.1", "1.1"))) == {"migrate.users-lost", "migrate.users-new"}


async def test_between_two_connections_of_1p2_what_users_were_before_says_nothing() -> None:
    old, new = ({"orgs": SCHOOLS, "users": [after("1", "17"), after("2", legacy)]} for legacy in ("18", "1"))
    assert await found(old, new, versions=("1.2", "1.2")) == {}
    matched = await pairs(old, new, versions=("1.2", "1.2"))
    assert {pair[:2] for pair in matched if pair[2] == "users"} == {("1", "1"), ("2", "2")}


async def test_who_nobody_can_tell_is_in_no_mapping() -> None:
    old = [before("s1"), before("s2"), before("s3", identifier="x"), before("s3", identifier="y")]
    new = [after("n1", "1"), after("n2", "2"), after("n3", "2"), after("n4", "3")]
    matched = await users(old, new)
    assert matched == {("s1", "n1")}


async def test_the_reasons_of_a_loss() -> None:
    gone = {**after("n1", "1"), "status": "tobedeleted"}
    old = {"orgs": SCHOOLS, "users": [before("s1"), before("p2", "guardian"), before("s3")]}
    new = {"orgs": SCHOOLS, "users": [gone, after("n4", "4")]}
    async with kept(old, new) as keeper:
        lost, _ = await keeper.asked(lambda database: database.found("migrate.users-lost"))
        roles = await keeper.asked(lambda database: database.roles_gone())
    assert lost.kinds == {"deleted": 1, "no such role": 1, "else": 1}
    assert roles == ("guardian",)


async def test_people_of_a_missing_school_are_not_lost_one_by_one() -> None:
    old = {
        "orgs": [*SCHOOLS, {"sourcedId": "d", "type": "district", "status": "active"}],
        "users": [before("s1", "student", "school-2", "d"), before("s2", "student", "school-1", "school-2")],
    }
    new = {"orgs": SCHOOLS[:1], "users": []}
    async with kept(old, new) as keeper:
        schools, figures = await keeper.asked(lambda database: database.found("migrate.school-missing"))
        lost, _ = await keeper.asked(lambda database: database.found("migrate.users-lost"))
    assert (schools.count, schools.of, schools.examples, figures) == (1, 2, ("school-2",), {"people": 1})
    # Who is at another school as well is missed there.
    assert lost.examples == ("s2",)


async def test_roles_of_a_family_are_one() -> None:
    old = {
        "orgs": SCHOOLS,
        "users": [before("a1", "administrator"), before("p2", "parent"), before("t3", "teacher")],
    }
    new = {
        "orgs": SCHOOLS,
        "users": [
            after("1", "1", "districtAdministrator"),
            after("2", "2", "guardian"),
            after("3", "3", "student"),
        ],
    }
    assert await found(old, new) == {"migrate.role-changed": ("t3",)}


async def test_a_school_that_only_has_another_id_is_the_same() -> None:
    old = {"orgs": [school("o1", identifier="0001")], "users": [before("s1", "student", "o1")]}
    new = {"orgs": [school("n1", identifier="0001")], "users": [after("1", "1", "student", "n1")]}
    assert await found(old, new) == {}
    assert ("o1", "n1", "orgs") in await pairs(old, new)


def roster(
    prefix: str, *, users_of: list[Record], who: str, role: str = "student"
) -> dict[str, list[Record]]:
    """A side with one class, whose ids have a prefix."""
    at, course = ref("school-1"), {"sourcedId": f"{prefix}c", "status": "active", "courseCode": "MAT"}
    of = {"sourcedId": f"{prefix}k", "status": "active", "classCode": "M-1", "course": ref(f"{prefix}c")}
    enrolled = {"sourcedId": f"{prefix}e", "status": "active", "user": ref(who), "class": ref(f"{prefix}k")}
    return {
        "orgs": SCHOOLS,
        "courses": [{**course, "org": at}],
        "classes": [{**of, "school": at}],
        "users": users_of,
        "enrollments": [{**enrolled, "role": role}],
    }


async def test_classes_match_by_code_school_and_course_and_enrollments_by_whom_and_what_they_name() -> None:
    old = roster("o", users_of=[before("s1")], who="s1")
    new = roster("n", users_of=[after("1", "1")], who="1")
    matched = await pairs(old, new)
    assert {pair for pair in matched if pair[2] != "orgs"} == {
        ("oc", "nc", "courses"), ("ok", "nk", "classes"), ("s1", "1", "users"), ("oe", "ne", "enrollments"),
    }  # fmt: skip
    assert await found(old, new) == {"migrate.class-ids-changed": ("ok",)}


async def test_an_enrollment_in_another_role_is_not_the_same() -> None:
    old = roster("o", users_of=[before("s1")], who="s1")
    new = roster("n", users_of=[after("1", "1")], who="1", role="teacher")
    assert (await found(old, new))["migrate.enrollments-lost"] == ("oe",)


async def test_an_enrollment_of_somebody_who_is_lost_is_not_counted_again() -> None:
    old = roster("o", users_of=[before("s1")], who="s1")
    new = roster("n", users_of=[after("2", "2")], who="2")
    wrong = await found(old, new)
    assert "migrate.enrollments-lost" not in wrong
    assert wrong["migrate.users-lost"] == ("s1",)


async def test_records_that_differ_share_an_id_and_the_same_one_sent_twice_does_not() -> None:
    same = before("s1")
    old = {"orgs": SCHOOLS, "users": [same, dict(same), before("s2"), before("s2", identifier="x")]}
    new = {"orgs": SCHOOLS, "users": [after("1", "1"), after("2", "2")]}
    wrong = await found(old, new)
    assert wrong["migrate.duplicate-id"] == ("s2",)
    async with kept(old, new) as keeper:
        counts = await keeper.asked(lambda database: database.counts("users"))
    assert (counts.old, counts.only_old) == (3, 0)


async def test_half_a_surrogate_pair_and_empty_ids_do_no_harm() -> None:
    odd: Record = {
        "sourcedId": "\ud800x",
        "status": "active",
        "role": "student",
        "orgs": [],
        "identifier": "\udfff",
    }
    nameless: Record = {"status": "active", "role": "student"}
    old = {"orgs": SCHOOLS, "users": [odd, nameless]}
    assert "migrate.users-lost" in await found(old, {"orgs": SCHOOLS, "users": [after("1", "1")]})

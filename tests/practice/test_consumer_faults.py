"""What only the software of a consumer stumbles over, seen from outside."""

from __future__ import annotations

import re

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_practice import PracticeDistrict, problems

from .caller import Caller

VERSIONS: tuple[OneRosterVersion, ...] = ("1.1", "1.2")
FIVE = {"records-missing", "fields-missing", "not-unique", "usernames", "timestamps"}


def test_each_of_them_can_be_shown_and_says_by_whose_steps() -> None:
    found = {each.code: each for each in problems() if each.consumer}
    assert set(found) == {f"consumer.{name}" for name in FIVE}
    assert {each.consumer for each in found.values()} == {"google-classroom", "microsoft-sds"}
    assert all(each.full_depth for each in found.values())


@pytest.mark.parametrize("oneroster", VERSIONS)
def test_terms_without_grading_periods(oneroster: OneRosterVersion) -> None:
    with (
        PracticeDistrict("consumer.records-missing", oneroster=oneroster) as served,
        Caller(served) as caller,
    ):
        term = str(caller.records("terms")[0]["sourcedId"])
        assert caller.get(f"terms/{term}/gradingPeriods").json() == {"academicSessions": []}
        assert caller.records("gradingPeriods")


@pytest.mark.parametrize("oneroster", VERSIONS)
def test_people_as_a_consumer_does_not_want_them(oneroster: OneRosterVersion) -> None:
    with PracticeDistrict("consumer.fields-missing", oneroster=oneroster) as served, Caller(served) as caller:
        assert not any(row.get("email") for row in caller.records("students"))
        assert all(row["email"] for row in caller.records("teachers"))
    with PracticeDistrict("consumer.not-unique", oneroster=oneroster) as served, Caller(served) as caller:
        teachers = caller.records("teachers")
        assert len(teachers) > 1
        assert len({row["email"] for row in teachers}) == 1
    with PracticeDistrict("consumer.usernames", oneroster=oneroster) as served, Caller(served) as caller:
        assert all(row["username"] == row["email"] for row in caller.records("users"))


@pytest.mark.parametrize("oneroster", VERSIONS)
def test_times_without_milliseconds(oneroster: OneRosterVersion) -> None:
    with PracticeDistrict("consumer.timestamps", oneroster=oneroster) as served, Caller(served) as caller:
        for name in ("orgs", "users", "enrollments"):
            times = {str(row["dateLastModified"]) for row in caller.records(name)}
            assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", time) for time in times)


@pytest.mark.parametrize("oneroster", VERSIONS)
def test_lists_that_disagree(oneroster: OneRosterVersion) -> None:
    with PracticeDistrict("operation.disagrees", oneroster=oneroster) as served, Caller(served) as caller:
        one = str(caller.records("classes")[0]["sourcedId"])
        assert caller.get(f"classes/{one}/students").json() == {"users": []}
        assert len(caller.get(f"classes/{one}/teachers").json()["users"]) == 1

"""The records of the practice district: valid by the table of fields, and consistent with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from oneroster_checks.connection import Share
from oneroster_practice import PracticeDistrict
from oneroster_practice.people import FAMILY_NAMES, GIVEN_NAMES
from oneroster_practice.school_year import school_year

from .caller import Caller
from .standard_form import faults

ROSTERING = {
    "orgs": "org",
    "schools": "org",
    "academicSessions": "academicSession",
    "terms": "academicSession",
    "gradingPeriods": "academicSession",
    "courses": "course",
    "classes": "class",
    "users": "user",
    "students": "user",
    "teachers": "user",
    "enrollments": "enrollment",
    "demographics": "demographics",
}
GRADEBOOK = {"categories": "category", "lineItems": "lineItem", "results": "result"}
GRADEBOOK_1P2 = {
    **GRADEBOOK,
    "scoreScales": "scoreScale",
    "assessmentLineItems": "assessmentLineItem",
    "assessmentResults": "assessmentResult",
}


@pytest.fixture(scope="module")
def caller_1p1() -> Iterator[Caller]:
    share: list[Share] = ["rostering", "demographics", "gradebook", "resources"]
    with PracticeDistrict(oneroster="1.1", share=share) as district, Caller(district) as caller:
        yield caller


@pytest.fixture(scope="module")
def caller_1p2() -> Iterator[Caller]:
    share: list[Share] = ["rostering", "demographics", "gradebook", "assessments", "resources"]
    with PracticeDistrict(oneroster="1.2", share=share) as district, Caller(district) as caller:
        yield caller


def everything(caller: Caller) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    gradebook = GRADEBOOK if caller.connection.oneroster == "1.1" else GRADEBOOK_1P2
    for service, lists in (
        ("rostering", ROSTERING),
        ("gradebook", gradebook),
        ("resources", {"resources": "resource"}),
    ):
        for path, entity in lists.items():
            yield path, entity, caller.records(path, service=service)


def every_record_is_valid(caller: Caller) -> None:
    for path, entity, records in everything(caller):
        assert records, path
        for record in records:
            assert faults(caller.connection.oneroster, entity, record) == [], (path, record["sourcedId"])
        ids = [record["sourcedId"] for record in records]
        assert len(ids) == len(set(ids)), path


def test_every_record_of_1p1_keeps_to_the_table(caller_1p1: Caller) -> None:
    every_record_is_valid(caller_1p1)


def test_every_record_of_1p2_keeps_to_the_table(caller_1p2: Caller) -> None:
    every_record_is_valid(caller_1p2)


def references(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, list):
        for part in value:
            yield from references(part)
    elif isinstance(value, dict):
        if set(value) == {"href", "sourcedId", "type"}:
            yield value
        else:
            for part in value.values():
                yield from references(part)


def every_reference_leads_somewhere(caller: Caller) -> None:
    known: dict[str, set[str]] = {}
    used: set[tuple[str, str, str]] = set()
    for _path, entity, records in everything(caller):
        known.setdefault(entity, set()).update(record["sourcedId"] for record in records)
        for reference in references(records):
            used.add((reference["type"], reference["sourcedId"], reference["href"]))
    assert {(kind, sid) for kind, sid, _ in used if sid not in known[kind]} == set()
    # One href of each type is followed.
    for kind, _, href in sorted({kind: (kind, sid, href) for kind, sid, href in sorted(used)}.values()):
        vendor = "/gradebook/" in href or kind in ("category", "lineItem", "assessmentLineItem")
        path = href.removeprefix(caller.connection.base_url)
        headers = {"Authorization": f"Bearer {caller.token()}"}
        if vendor:
            pair = caller.credentials
            headers["x-vendor-authorization"] = f"{pair.vendor_key.reveal()}:{pair.vendor_secret.reveal()}"
        assert caller.http.get(href, headers=headers).status_code == 200, path


def test_references_of_1p1(caller_1p1: Caller) -> None:
    every_reference_leads_somewhere(caller_1p1)


def test_references_of_1p2(caller_1p2: Caller) -> None:
    every_reference_leads_somewhere(caller_1p2)


def test_users_have_the_form_of_their_version(caller_1p1: Caller, caller_1p2: Caller) -> None:
    old, new = caller_1p1.records("users"), caller_1p2.records("users")
    assert {user["role"] for user in old} == {"student", "guardian", "teacher", "administrator"}
    assert all("roles" not in user and user["orgs"] and user["username"] for user in old)
    assert {user["roles"][0]["role"] for user in new} == {
        "student",
        "guardian",
        "teacher",
        "siteAdministrator",
    }
    assert all("role" not in user and "orgs" not in user and user["primaryOrg"] for user in new)
    # The legacy id is the old one without the letter of the role.
    assert [user["metadata"]["ic.legacySourcedId"] for user in new] == [user["sourcedId"][1:] for user in old]
    assert {user["sourcedId"] for user in old}.isdisjoint(user["sourcedId"] for user in new)


def test_students_have_guardians_who_are_shared(caller_1p1: Caller, caller_1p2: Caller) -> None:
    for caller in (caller_1p1, caller_1p2):
        every = {user["sourcedId"] for user in caller.records("users")}
        students = caller.records("students")
        assert all(student["agents"] for student in students)
        assert {agent["sourcedId"] for student in students for agent in student["agents"]} <= every


def test_nobody_is_real(caller_1p1: Caller) -> None:
    for user in caller_1p1.records("users"):
        assert user["givenName"] in GIVEN_NAMES
        assert user["familyName"] in FAMILY_NAMES
        assert re.fullmatch(r"[a-z]\d+\.[a-z]+@practice\.example", user["email"])
    usernames = [user["username"] for user in caller_1p1.records("users")]
    assert len(usernames) == len(set(usernames))


def test_year_and_term_contain_today(caller_1p2: Caller) -> None:
    today = date.today().isoformat()
    current = {
        session["type"]
        for session in caller_1p2.records("academicSessions")
        if session["startDate"] <= today < session["endDate"]
    }
    assert current == {"schoolYear", "term", "gradingPeriod"}


@pytest.mark.parametrize(
    "today", [date(2024, 2, 29), date(2024, 6, 30), date(2024, 7, 1), date(2024, 12, 31), date(2025, 1, 1)]
)
def test_a_school_year_contains_the_day_it_was_made_for(today: date) -> None:
    year = school_year(today)
    for kind in ("schoolYear", "term", "gradingPeriod"):
        sessions = [year.sessions[place] for place in year.positions(kind)]
        assert [session.begins <= today < session.ends for session in sessions].count(True) == 1
    assert all(time[:10] < today.isoformat() for time in year.modified)
    past = school_year(today, years_back=2)
    assert all(session.ends < today for session in past.sessions)

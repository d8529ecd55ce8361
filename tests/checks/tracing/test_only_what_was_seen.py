"""A trace blames nobody for what it did not see: records of other people, other terms, and what is over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.finding import Status
from oneroster_checks.tracing.model import LinkState
from oneroster_practice import PracticeDistrict
from oneroster_practice.fault import Fault, Traced
from oneroster_practice.faults.traced import (
    STUDENT,
    classes_of_student,
    enrollments_of_student,
    in_days,
    student_id,
    traced_fault,
)
from oneroster_practice.planting import DELETED, Planting, with_fields
from oneroster_practice.records import Records

from ...servers.relay import Relay
from .test_some_of_several import all_enrollments
from .traced import VERSIONS, district_of, planted, traced


def fault_of(code: str, plant: Callable[[Records], Planting]) -> Fault:
    """A fault of the student of the practice district, under a code that is known."""
    return traced_fault(code, "made for a test", Traced("student", student_id), plant)


def without_student(records: Records, **enrollments: object) -> Planting:
    """The student is not among the users, and all enrollments are changed."""
    changed = dict.fromkeys(enrollments_of_student(records), with_fields(**enrollments))
    hidden = {name: {STUDENT} for name in ("users", "students", "demographics")}
    return Planting({"enrollment": changed}, hidden=hidden)


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_class_is_not_over_while_another_of_its_terms_was_not_seen(version: OneRosterVersion) -> None:
    def plant(records: Records) -> Planting:
        at = len(records.year.sessions)
        over = records.sessions.record(records.year.terms[0]) | {
            "sourcedId": f"session-{at + 1}", "startDate": in_days(-90), "endDate": in_days(-30), "children": [],
        }  # fmt: skip
        terms = [records.refer.session(at + 1), records.refer.session("gone")]
        return Planting(
            {
                "academicSession": {at: with_fields(**over)},
                "class": dict.fromkeys(classes_of_student(records), with_fields(terms=terms)),
            },
            {"academicSession": 1},
        )

    with district_of(fault_of("trace.term-over", plant), version) as district:
        found = await planted(district)
    assert found.result.verdict.cause == "trace.term-missing"
    assert found.result.verdict.status is Status.FAIL
    assert "trace.term-over" not in {each.finding.cause for each in found.result.findings}


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_deleted_term_does_not_run(version: OneRosterVersion) -> None:
    def plant(records: Records) -> Planting:
        return Planting({"academicSession": dict.fromkeys(records.year.terms, DELETED)})

    with district_of(fault_of("trace.term-missing", plant), version) as district:
        found = await planted(district)
    assert found.result.verdict.cause == "trace.term-missing"
    assert "marked as deleted" in found.result.verdict.summary


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("changed", [{"endDate": "2020-01-01"}, {"status": "tobedeleted"}])
async def test_who_has_left_needs_no_account(version: OneRosterVersion, changed: dict[str, str]) -> None:
    fault = fault_of("trace.without-account", lambda records: without_student(records, **changed))
    with district_of(fault, version) as district:
        found = await planted(district)
    assert found.result.verdict.cause == "trace.not-found"


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_record_that_was_deleted_and_made_again_is_one_person(version: OneRosterVersion) -> None:
    def plant(records: Records) -> Planting:
        own = records.users.record(STUDENT)["identifier"]
        other = with_fields(identifier=own, status="tobedeleted")
        return Planting({"user": {STUDENT + 1: other}})

    with district_of(fault_of("trace.several-users", plant), version) as district:
        found = await traced(district, "student", "21000008")
    assert found.result.verdict.cause is None
    assert found.is_fine


@pytest.mark.parametrize("version", VERSIONS)
async def test_an_enrollment_that_names_no_class(version: OneRosterVersion) -> None:
    fault = fault_of("trace.class-not-returned", all_enrollments(with_fields(**{"class": None})))
    with district_of(fault, version) as district:
        found = await planted(district)
        sent = [each.url for each in found.result.trace]
    assert found.result.verdict.cause == "trace.class-not-returned"
    assert "An enrollment names no class." in found.result.verdict.summary
    assert not any(url.endswith(("/classes/", "/classes")) or "%27%27" in url for url in sent)


async def test_a_username_of_a_letter_and_a_number_is_no_old_id_of_somebody_else() -> None:
    def plant(records: Records) -> Planting:
        return Planting({"user": {STUDENT + 2: with_fields(username="s1000001")}})

    with district_of(fault_of("trace.not-found", plant), "1.2") as district:
        found = await traced(district, "student", "s1000001")
        as_teacher = await traced(district, "teacher", "s1000002")
    assert found.chain is not None
    assert "found by its username" in found.chain.told
    assert as_teacher.result.verdict.cause == "trace.not-found"


async def test_a_limit_of_this_tool_in_the_middle_is_no_pass() -> None:
    """Half a second for each answer, and a time limit that a few of them use up."""
    with PracticeDistrict(oneroster="1.2") as district:
        async with Relay(district.connection, pause=0.35) as relay:
            connection = relay.connection.but(timeout=0.6)
            from oneroster_checks.tracing.model import Subject
            from oneroster_checks.tracing.trace import trace

            found = await trace(connection, district.credentials, Subject("student", "1000008"))
    assert not found.is_fine
    assert found.result.verdict.status is not Status.PASS
    assert found.chain is None or any(each.state is LinkState.UNSEEN for each in found.chain.each())

"""What is wrong with one of several links is worth knowing, and what is wrong with all of them breaks the chain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.finding import Status
from oneroster_checks.tracing.model import LinkState
from oneroster_practice.fault import Fault, Problem, RosterRules
from oneroster_practice.faults import FAULTS
from oneroster_practice.faults.traced import classes_of_student, enrollments_of_student, traced_fault
from oneroster_practice.planting import DELETED, Change, Planting, with_fields
from oneroster_practice.records import Records

from .traced import VERSIONS, district_of, planted


def day(days: int) -> str:
    """The day that is so many days from today."""
    return (date.today() + timedelta(days=days)).isoformat()


def fault_of(code: str, plant: Callable[[Records], Planting]) -> Fault:
    """A fault like a known one, that is planted in another way."""
    known = FAULTS[code].problem
    assert known is not None
    assert known.traced is not None
    return traced_fault(code, known.title, known.traced, plant)


def first_enrollment(change: Change) -> Callable[[Records], Planting]:
    """Changes one enrollment of the student."""
    return lambda records: Planting({"enrollment": {enrollments_of_student(records)[0]: change}})


def all_enrollments(change: Change) -> Callable[[Records], Planting]:
    """Changes every enrollment of the student."""
    return lambda records: Planting({"enrollment": dict.fromkeys(enrollments_of_student(records), change)})


def first_class(change: Change) -> Callable[[Records], Planting]:
    """Changes one class of the student."""
    return lambda records: Planting({"class": {classes_of_student(records)[0]: change}})


def hidden_class(records: Records) -> Planting:
    """One class of the student is not returned."""
    return Planting(hidden={"classes": {classes_of_student(records)[0]}})


ONE = {
    "trace.enrollment-ended": first_enrollment(with_fields(endDate=day(-1))),
    "trace.enrollment-not-begun": first_enrollment(with_fields(beginDate=day(1))),
    "trace.enrollment-deleted": first_enrollment(DELETED),
    "trace.class-deleted": first_class(DELETED),
    "trace.class-without-term": first_class(with_fields(terms=[])),
    "trace.class-not-returned": hidden_class,
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("code", ONE)
async def test_one_of_several_is_a_warning(code: str, version: OneRosterVersion) -> None:
    with district_of(fault_of(code, ONE[code]), version) as district:
        trace = await planted(district)
    assert trace.result.verdict.cause == code
    assert trace.result.verdict.status is Status.WARN
    assert trace.chain is not None
    states = [link.state for link in trace.chain.each()]
    assert states.count(LinkState.NOTED) == 1
    assert LinkState.BROKEN not in states
    assert trace.requests <= 12


async def test_all_of_several_say_how_many_and_the_last_day() -> None:
    def plant(records: Records) -> Planting:
        places = enrollments_of_student(records)
        return Planting({
            "enrollment": {at: with_fields(endDate=day(-1 - number)) for number, at in enumerate(places)}
        })  # fmt: skip

    with district_of(fault_of("trace.enrollment-ended", plant), "1.2") as district:
        trace = await planted(district)
    assert trace.result.verdict.status is Status.FAIL
    assert "6 of 6 enrollments ended" in trace.result.verdict.summary
    (found,) = [
        each.finding for each in trace.result.findings if each.finding.cause == "trace.enrollment-ended"
    ]
    assert found.facts["day"] == day(-1)


@pytest.mark.parametrize(
    "change",
    [
        with_fields(endDate=day(0)),
        with_fields(beginDate=day(0)),
        with_fields(beginDate=day(0), endDate=day(0)),
        with_fields(beginDate=f"{day(0)}T00:00:00.000Z", endDate=f"{day(0)}T00:00:00.000Z"),
        with_fields(beginDate=None, endDate=None),
        with_fields(beginDate="", endDate="never"),
    ],
)
async def test_an_enrollment_that_begins_or_ends_today_counts_today(change: Change) -> None:
    with district_of(fault_of("trace.enrollment-ended", all_enrollments(change)), "1.2") as district:
        trace = await planted(district)
    assert trace.is_fine


async def test_an_enrollment_that_goes_on_stands_for_one_that_ended() -> None:
    """A student who left a class and came back has two enrollments in it."""

    def plant(records: Records) -> Planting:
        at, new = enrollments_of_student(records)[0], records.shape.enrollment_count
        again = records.enrollments.record(at) | {"sourcedId": f"enrollment-{new + 1}"}
        changes = {at: with_fields(endDate=day(-30)), new: with_fields(**again)}
        return Planting({"enrollment": changes}, {"enrollment": 1})

    with district_of(fault_of("trace.enrollment-ended", plant), "1.1") as district:
        trace = await planted(district)
    assert trace.is_fine
    assert trace.chain is not None
    assert any("2 enrollments in this class" in link.told for link in trace.chain.each())


async def test_one_of_two_terms_is_enough() -> None:
    change = first_class(
        lambda record: {**record, "terms": [*record["terms"], {"sourcedId": "session-gone"}]}
    )
    with district_of(fault_of("trace.term-missing", change), "1.2") as district:
        trace = await planted(district)
    assert (trace.result.verdict.cause, trace.result.verdict.status) == ("trace.term-missing", Status.WARN)


async def test_without_terms_that_are_shared_it_is_the_terms_that_are_missing() -> None:
    traced = FAULTS["trace.term-missing"].problem
    assert traced is not None
    fault = Fault(
        Problem("trace.term-missing", "No terms", traced=traced.traced),
        roster=RosterRules(empty=("academicSession",)),
    )
    with district_of(fault, "1.2") as district:
        trace = await planted(district)
    assert (trace.result.verdict.cause, trace.result.verdict.status) == ("trace.term-missing", Status.FAIL)

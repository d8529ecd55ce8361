"""Ids that are shown shortened find no record: the sentences say so, and who has the whole ones."""

from __future__ import annotations

import pytest

from oneroster_checks.causes.template import Audience
from oneroster_checks.causes.words import filled, report, steps_for_district
from oneroster_checks.evidence import Evidence
from oneroster_checks.finding import Facts, Finding, Stage, Status
from oneroster_checks.labels import Who
from oneroster_checks.report.words import request_line

CUT = ("s1\u202601", "s1\u202602")


def _finding(cause: str, *examples: str) -> Finding:
    facts: Facts = {"count": 24, "of": 60, "examples": examples}
    return Finding("accounts.students", "Student accounts", Stage.ACCOUNTS, Status.FAIL, cause, facts)


@pytest.mark.parametrize("provider", ["infinite-campus", "generic"])
@pytest.mark.parametrize("cause", ["accounts.students-missing", "accounts.staff-missing"])
def test_nobody_searches_for_a_shortened_id(cause: str, provider: str) -> None:
    steps = report(_finding(cause, *CUT), provider).fix
    asked = [step.text for step in steps if step.who is Who.DISTRICT]
    whom = "(ask the vendor for the whole sourcedIds of s1\u202601, s1\u202602)"
    assert any(whom in text for text in asked)
    assert not any("\u2026" in text.replace(whom, "") for text in asked)
    # Who has them gives them, before anybody is asked to search.
    assert steps[0].who is Who.VENDOR
    assert "s1\u202601, s1\u202602" in steps[0].text


@pytest.mark.parametrize("cause", ["data.duplicate-username", "data.duplicate-id"])
def test_examples_that_are_looked_up_are_given_whole(cause: str) -> None:
    reported = report(_finding(cause, *CUT), "generic")
    assert "(for example, s1\u202601, s1\u202602; shortened here)" in reported.summary
    assert "s1\u202601, s1\u202602" in reported.fix[0].text


def test_examples_that_look_the_same_are_told_once_and_nobody_searches_for_them() -> None:
    reported = report(_finding("data.duplicate-username", "4\u20261", "4\u20261", "4\u20261"), "generic")
    assert "(for example, 4\u20261; shortened here)" in reported.summary
    assert "\u2026" not in reported.fix[0].text
    assert reported.fix[0].text.startswith(
        "In your own copy of the data, find the records that this is about"
    )
    some = report(_finding("data.duplicate-username", "4\u20261", "4\u20261", "4\u20262"), "generic")
    assert "behind 4\u20261, 4\u20262, and" in some.fix[0].text


def test_the_message_to_the_district_says_whom_to_ask() -> None:
    finding = _finding("accounts.students-missing", *CUT)
    templates = ((step, finding.facts) for step in steps_for_district(finding, "infinite-campus"))
    first = next(filled(templates, Audience.DISTRICT)).text
    assert (
        "some of the missing students (ask us for the whole sourcedIds of s1\u202601, s1\u202602)." in first
    )


def test_whole_ids_are_given_as_they_are_and_shortened_ones_are_left_out_beside_them() -> None:
    whole = report(_finding("accounts.students-missing", "s1001", "s1002"), "infinite-campus").fix
    assert "(for example, s1001, s1002)" in whole[0].text
    mixed = report(_finding("accounts.students-missing", "s1001", *CUT), "infinite-campus").fix
    assert "(for example, s1001)." in mixed[0].text
    assert not any("ask the vendor" in step.text for step in (*whole, *mixed))


def test_a_request_whose_address_is_shortened_says_so() -> None:
    for url, is_cut in (
        ("https://d.example/users/p4\u202629", True),
        ("https://d.example/users?limit=1", False),
    ):
        line = request_line(Evidence("GET", url, 200, 3))
        assert url in line
        assert ("ids in the address shortened" in line) is is_cut


def test_no_id_is_given_for_steps_that_speak_of_none() -> None:
    steps = report(_finding("accounts.guardians-missing", *CUT), "infinite-campus").fix
    assert not any("\u2026" in step.text for step in steps)


def test_hidden_examples_are_left_out_and_the_first_step_says_why() -> None:
    steps = report(_finding("data.duplicate-username", "[hidden]", "[hidden]"), "infinite-campus")
    assert steps.summary.endswith("usernames.")
    assert (steps.fix[0].who, "This tool hides these ids" in steps.fix[0].text) == (Who.VENDOR, True)
    mixed = report(_finding("data.duplicate-username", "[hidden]", "s1001"), "infinite-campus")
    assert "(for example, s1001)" in mixed.summary
    assert not any("hides" in step.text for step in mixed.fix)

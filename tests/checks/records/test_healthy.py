"""A district in which everything is in order: no rule finds anything, and each says how much it judged."""

from __future__ import annotations

import pytest

from oneroster_checks.causes import cause, codes
from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.records.rules_read import rules

from .judging import DATA_RULES, VERSIONS, district, found_in, judge_of


@pytest.mark.parametrize("version", VERSIONS)
async def test_nothing_is_found(version: OneRosterVersion) -> None:
    assert await found_in(version) == {}


@pytest.mark.parametrize("version", VERSIONS)
async def test_of_counts_what_was_judged(version: OneRosterVersion) -> None:
    async with judge_of(district(version), version) as judge:
        of = {code: (await judge.found(code)).of for code in DATA_RULES}
    records = 3 + 3 + 1 + 4 + 11 + 16 + 6 + 2 + 3 + 1
    assert of["data.class-without-students"] == of["data.class-outside-term"] == 4
    assert of["data.student-without-class"] == 6
    assert of["data.guardian-without-student"] == 3
    assert of["data.missing-email"] == 2
    assert of["data.duplicate-username"] == of["data.duplicate-email"] == of["data.malformed-email"] == 11
    assert of["data.duplicate-enrollment"] == of["data.enrollment-without-dates"] == 16
    assert of["data.org-cycle"] == of["data.term-dates"] == 3
    results = len(district(version)["results"]) + (version == "1.2")
    assert of["data.timestamps"] == of["data.duplicate-id"] == records + results


@pytest.mark.parametrize("version", VERSIONS)
async def test_all_references_of_every_kind_are_counted(version: OneRosterVersion) -> None:
    async with judge_of(district(version), version) as judge:
        dangling = await judge.found("data.dangling-reference")
        to_deleted = await judge.found("data.reference-to-deleted")
    parents, courses, classes, enrollments, demographics = 2, 1, 4 * 3, 16 * 3, 6
    users = 11 * (2 if version == "1.2" else 1)
    data = district(version)
    grade_book = 2 * len(data["lineItems"]) + 2 * len(data["results"])
    assert dangling.of == parents + courses + classes + enrollments + demographics + users + grade_book
    # The guardians that six students name are accounts.guardians-missing where they are not there.
    assert to_deleted.of == dangling.of + 6


def test_every_cause_of_data_has_a_rule_with_its_sentence() -> None:
    wanted = {code for code in codes() if code.startswith("data.")}
    assert set(DATA_RULES) == wanted
    assert all(cause(code).checked for code in wanted)
    for rule in rules().values():
        assert rule.sentence.endswith("."), rule.code
        assert rule.of, rule.code
        assert rule.total.startswith("SELECT"), rule.code
        assert "SELECT" in rule.found, rule.code

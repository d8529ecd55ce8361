"""The figures of a rule in every report: numbers by their kind are an object in JSON, and words in a sentence."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from oneroster_checks.causes.words import report, shown_facts
from oneroster_checks.finding import FactDict, Finding, Stage, Status
from oneroster_checks.records.found import Found
from oneroster_checks.redaction import Redactor
from oneroster_checks.redaction.shown import redacted_facts
from oneroster_checks.report import REPORT_FORMATS, render
from oneroster_checks.stages import data_references

from ...hostile_results import PLAIN

FACTS: FactDict = {
    "count": 4,
    "of": 1000,
    "kinds": {"enrollment.user": 3, "class.course": 1},
    "examples": ("e-1", "class-2"),
}


def test_numbers_by_kind_are_words_in_a_sentence() -> None:
    reported = report(_finding(), "generic")
    assert reported.summary == (
        "The record behind 4 of 1,000 references is not shared: enrollment.user (3), class.course (1) "
        "(for example, see e-1, class-2)."
    )


def test_they_are_an_object_in_json_and_safe_in_every_report() -> None:
    result = replace(PLAIN, findings=(report(_finding(), "generic"),))
    (finding,) = json.loads(render([result], "json"))["runs"][0]["findings"]
    assert finding["facts"]["kinds"] == {"enrollment.user": 3, "class.course": 1}
    for form in REPORT_FORMATS:
        assert render([result], form)


def test_a_secret_in_the_name_of_a_kind_is_hidden() -> None:
    redactor = Redactor(("s3cr3t-value-1234",))
    shown = redacted_facts({"kinds": {"a s3cr3t-value-1234": 1, "b": 2}}, redactor)
    assert "s3cr3t" not in repr(shown)
    assert shown_facts("data.dangling-reference", FACTS) == FACTS


@pytest.mark.parametrize(
    ("count", "of", "status"), [(1, 100, Status.FAIL), (1, 101, Status.WARN), (9, 899, Status.FAIL)]
)
def test_dangling_references_fail_from_one_in_a_hundred_on(count: int, of: int, status: Status) -> None:
    outcome = data_references.judged("data.dangling-reference", Found(count, of))
    assert (outcome.status, outcome.cause) == (status, "data.dangling-reference")


def _finding() -> Finding:
    return Finding("data.references", "References", Stage.DATA, Status.WARN, "data.dangling-reference", FACTS)

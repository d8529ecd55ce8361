"""Every cause as it is read: rendered for each provider, it says no sentence twice and has no placeholder in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import pytest

from oneroster_checks import Letterhead, message_to_district, problems, second_message
from oneroster_checks.causes import Cause, cause, codes
from oneroster_checks.causes.conditions import spelled_out
from oneroster_checks.causes.explanation import IN_GENERAL, explain
from oneroster_checks.causes.parts import SEVERAL
from oneroster_checks.causes.template import Audience, facts_used, fill, without_clauses
from oneroster_checks.causes.words import report, title
from oneroster_checks.connection import Connection
from oneroster_checks.diagnosis.verdict import verdict
from oneroster_checks.finding import Fact, FactDict, Finding, Stage, Status
from oneroster_checks.result import Result

CODES = codes()
# What a run knows, in the form in which it knows it; any other fact is a word.
KNOWN: dict[str, Fact] = {
    "status": 403, "count": 12, "of": 30, "people": 130, "classes": 12, "students": 100, "guardians": 3, "share": 40,
    "tried": 3, "refused": 3, "requests": 3, "port": 8443, "seconds": 30, "minutes": 75, "median": 6, "tries": 3,
    "retry_after": 60, "longest_wait_s": 30, "run_wait_s": 90, "received": 100, "asked": 1000, "works": 500,
    "direction": "behind", "field": "base_url", "also": "client secret", "part": "demographics", "path": "/classes",
    "host": "sis.elm.example", "scope_needed": "roster-demographics.readonly", "scope": "roster.readonly",
    "examples": ("s-1", "s-2"), "kinds": ("enrollment.user", "class.course"), "expires": "2027-01-31",
    "created": "2026-01-31", "lifetime": "one year", "suggestion": "https://sis.elm.example/ims/oneroster",
    "other_base": "https://sis.elm.example/ims/oneroster/v1p1", "likely": "https://sis.elm.example/api",
    "detail": "it is not there", "reason": "has no host name", "what": "a space inside", "consumer": "Google Classroom",
    "who": "student", "wanted": 2, "chosen": 1, "location": "https://other.elm.example/", "error": "invalid_client",
}  # fmt: skip
# Facts that exclude each other are not there at once.
APART = (("suggestion", "likely"), ("root", "choosable"), ("asked", "opened"), ("statuses", "status"))
SENTENCES = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")


def _providers(entry: Cause) -> tuple[str, ...]:
    """One provider for each list of steps."""
    return ("generic", *entry.fix_for)


def _variants(entry: Cause) -> Iterator[FactDict]:
    """The facts of a finding of this cause: all, all but one, and hardly any."""
    used = sorted({name for template in entry.templates() for name in facts_used(template)})
    every: FactDict = {name: KNOWN.get(name, name.replace("_", " ")) for name in used}
    for one, other in APART:
        if one in every and other in every:
            del every[other]
    yield every
    for name in used:
        yield {each: value for each, value in every.items() if each != name}
    yield {}


def _twice(texts: Iterable[str]) -> list[str]:
    """The sentences that are there more than once."""
    found = Counter(sentence.strip(" .") for text in texts for sentence in SENTENCES.split(text))
    return [sentence for sentence, times in found.items() if times > 1 and sentence]


def _result(findings: list[Finding], provider: str) -> Result:
    reported = tuple(report(each, provider) for each in findings)
    return Result(
        Connection(provider=provider, base_url="https://sis.elm.example/ims/oneroster", client_id="elm"),
        datetime(2026, 8, 3, tzinfo=UTC), 100, 3, verdict(reported, provider), reported, (),
    )  # fmt: skip


def _finding(code: str, facts: FactDict, *, check: str = "a.check") -> Finding:
    return Finding(check, "A check", Stage.ACCESS, Status.FAIL, code, facts)


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_of_a_problem_is_said_twice(code: str) -> None:
    entry = cause(code)
    for provider in _providers(entry):
        for facts in _variants(entry):
            (problem,) = problems(_result([_finding(code, facts)], provider))
            steps = [step.text for step in problem.fix]
            texts = [problem.title, problem.summary, entry.why, *steps]
            assert _twice(texts) == [], (provider, facts)
            assert not any(re.search(r"[{}]|\[\[|\]\]|<[a-z]", text) for text in texts), texts
            assert len(set(steps)) == len(steps)


# The columns of a step beside who takes it, in a window of 80.
IN_A_LINE = 62


@pytest.mark.parametrize("code", CODES)
def test_every_step_has_a_form_in_one_line(code: str) -> None:
    entry = cause(code)
    for provider in _providers(entry):
        for facts in _variants(entry):
            (problem,) = problems(_result([_finding(code, facts)], provider))
            texts = [step.apart or step.text for step in problem.fix]
            rows = [
                text if len(text) <= IN_A_LINE else step.line
                for text, step in zip(texts, problem.fix, strict=True)
            ]
            for row, text in zip(rows, texts, strict=True):
                assert 0 < len(row) <= IN_A_LINE, (row, text)
                assert row == text or row.endswith("."), row
                assert not re.search(r"[{}]|\[\[|\]\]|<[a-z]", f"{text} {row}"), row
                assert row == text or "unknown" not in row, row
            assert len(set(rows)) == len(rows), rows


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_of_a_message_is_said_twice(code: str) -> None:
    letterhead = Letterhead("Elm County Schools", "Acme Reading", "Ann Lee")
    entry = cause(code)
    for provider in _providers(entry):
        for facts in _variants(entry):
            result = _result([_finding(code, facts)], provider)
            for message in (message_to_district(result, letterhead), second_message(result, letterhead)):
                lines = [re.sub(r"^(\d+\.|-) ", "", line) for line in message.body.splitlines()]
                assert _twice(lines) == [], message.body
                assert not re.search(r"[{}]|\[\[|\]\]|<[a-z]|the vendor(?!.s key)|\bus lack", message.text), (
                    message.text
                )
                assert bool(message.body) is not bool(message.unneeded)


@pytest.mark.parametrize("code", CODES)
def test_an_explanation_has_no_placeholder(code: str) -> None:
    entry = cause(code)
    for provider in _providers(entry):
        text = explain(code, provider)
        assert not re.search(r"<[a-z]", text), text
        for step in entry.steps(provider):
            for template in filter(None, (step.general or step.text, step.again)):
                assert facts_used(without_clauses(spelled_out(template))) <= set(IN_GENERAL), template


@pytest.mark.parametrize("code", CODES)
def test_what_only_the_district_reads_needs_no_further_fact(code: str) -> None:
    entry = cause(code)
    known = {name for template in entry.templates() for name in facts_used(template)}
    for text in (entry.because, entry.ours):
        assert facts_used(text) <= known | {"field"}, text
        for facts in ({}, dict.fromkeys(known, "VALUE")):
            filled = fill(text, facts, Audience.DISTRICT)
            assert not re.search(r"[{}]|\[\[|\]\]|  | \.", filled), filled
    assert not entry.because or entry.because.endswith((".", "]]"))
    assert not entry.ours.endswith(".")
    assert text.isascii()


@pytest.mark.parametrize("provider", ["infinite-campus", "generic"])
def test_several_parts_read_well_too(provider: str) -> None:
    facts: FactDict = {"part": "demographics", "status": 403, "scope_needed": "a", "roster": True}
    findings = [
        _finding("sharing.scope-missing", facts, check="sharing.demographics"),
        _finding("gradebook.not-enabled", {"status": 404}, check="gradebook.read"),
        _finding("sharing.rostering-off", {"status": 403, "path": "/classes"}, check="sharing.people"),
    ]
    (problem,) = problems(_result(findings, provider))
    assert problem.title == "Demographics, Grade Book, and Rostering are not shared"
    texts = [problem.summary, SEVERAL.why, *(step.text for step in problem.fix)]
    assert _twice(texts) == []
    assert "does not share demographics, the grade book, or rostering" in problem.summary
    assert title(findings[1]) == "Grade Book is not enabled"

"""At depth full a problem of the practice district is named, and beside it only what is wrong as well."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import OAuthVersion, OneRosterVersion
from oneroster_checks.diagnosis.runner import run
from oneroster_checks.finding import Status
from oneroster_checks.stages.model import Depth
from oneroster_practice import PracticeDistrict, Problem, problems_alone

from .engine import consumer_of
from .http.sessions import SwiftClock

# What a run names beside the problem, and why that is right.
COMPANIONS: dict[str, tuple[set[str], str]] = {
    "year.not-active": (
        {"data.class-outside-term"},
        "every term of every class ended before today, which is what the rule counts",
    ),
    "year.no-terms": (
        {"data.dangling-reference"},
        "courses and classes name a school year and terms that are not there",
    ),
    "sharing.enrollments-empty": (
        {"data.student-without-class", "data.class-without-students", "data.class-without-teacher"},
        "without an enrollment no student has a class, and no class has anybody; each rule counts its own records",
    ),
    "sharing.rostering-off": (
        {"access.part-broken"},
        "the academic sessions are refused too, which the check of the school year tells: the cause speaks of people "
        "and classes",
    ),
    "accounts.students-missing": (
        {"data.guardian-without-student"},
        "guardians of students without an account name nobody who is there",
    ),
    "address.legacy": ({"access.base-url-wrong"}, "where no data comes, the old path is why"),
    "address.app-name-mismatch": ({"access.token-rejected"}, "a token of another application opens no data"),
    "address.host-mismatch": ({"access.token-rejected"}, "a token of another host opens no data"),
    "consumer.not-unique": (
        {"data.duplicate-email"},
        "teachers with one email address are what that rule counts, too",
    ),
    "key.unexpected-format": ({"token.invalid-client"}, "a key of another form is refused"),
}
# Those that cannot be shown by a whole run in a test: each takes minutes, or is about a write test.
LEFT_OUT = {"load.slow", "network.timeout", "gradebook.write-refused", "gradebook.write-not-kept",
            "gradebook.cleanup-failed"}  # fmt: skip


def cases() -> list[tuple[Problem, OneRosterVersion]]:
    """Every problem that a full run can show, with the versions in which it shows."""
    return [
        (problem, version)
        for problem in problems_alone()
        # Those of the data have a test of their own, which holds their numbers too, and so have those of a trace.
        if problem.code not in LEFT_OUT and not problem.code.startswith(("data.", "trace."))
        for version in versions(problem)
    ]


def versions(problem: Problem) -> tuple[OneRosterVersion, ...]:
    """The versions that a problem has."""
    if problem.oneroster is not None:
        return (problem.oneroster,)
    return ("1.1",) if problem.oauth == 1 else ("1.1", "1.2")


@pytest.mark.parametrize(
    ("problem", "oneroster"),
    cases(),
    ids=lambda value: value.code if isinstance(value, Problem) else str(value),
)
async def test_a_full_run_names_the_problem_and_what_comes_with_it(
    problem: Problem, oneroster: OneRosterVersion
) -> None:
    code = problem.code
    with PracticeDistrict(code, oneroster=oneroster) as district:
        result = await run(
            district.connection, district.credentials, depth=Depth.FULL, consumer=consumer_of(problem),
            clock=SwiftClock(),
        )  # fmt: skip
    told = (Status.FAIL, Status.WARN, Status.ERROR)
    named = {each.finding.cause for each in result.findings if each.finding.status in told}
    companions, _ = COMPANIONS.get(code, (set[str](), ""))
    oauth: OAuthVersion = result.connection.oauth
    always = {"oauth1.discontinued"} if oauth == 1 else set[str]()
    assert result.verdict.cause == code
    assert named - always == ({code} | companions) - always
    assert result.requests <= 250


def test_each_companion_is_explained() -> None:
    known = {problem.code for problem, _ in cases()}
    assert known >= COMPANIONS.keys()
    assert all(why for _, why in COMPANIONS.values())

"""Every problem of the practice district is named, and on the healthy one nothing fails."""

from __future__ import annotations

import pytest

from oneroster_checks.causes import cause
from oneroster_checks.connection import SHARES, OAuthVersion, OneRosterVersion, Share
from oneroster_checks.finding import Status
from oneroster_checks.stages.model import Depth
from oneroster_practice import PracticeDistrict, Problem, problems_alone

from ..fits import LINES, fix_lines, said_twice, steps_of_several_lines
from ..servers.relay import Relay
from .engine import consumer_of, outcome, wrong_facts
from .http.sessions import SwiftClock

# The causes that some check names already, and that need no writing, which a run does only when it is told to.
EVERY = [
    problem
    for problem in problems_alone()
    if cause(problem.code).checked
    and not problem.code.startswith("gradebook.write-")
    and problem.code != "gradebook.cleanup-failed"
    # Those that only the trace of a record shows have tests of their own.
    and problem.traced is None
]
DEEP = [problem for problem in problems_alone() if problem.full_depth]
# With every data call above five seconds a whole run takes minutes; these checks are enough to see it.
ENOUGH = {"load.slow": ("access.data", "load.pace")}
COMBINATIONS: tuple[tuple[OAuthVersion, OneRosterVersion, tuple[Share, ...]], ...] = (
    (1, "1.1", ("rostering",)),
    (2, "1.1", ("rostering",)),
    (2, "1.2", ("rostering",)),
    (2, "1.2", SHARES),
)
NAMES = ["OAuth 1, 1.1", "OAuth 2, 1.1", "OAuth 2, 1.2", "OAuth 2, 1.2, every part"]
SHARED_IN_1P1: tuple[Share, ...] = ("rostering", "demographics", "gradebook", "resources")


def depth_of(problem: Problem) -> Depth:
    """How much a run must read to see a problem."""
    return Depth.FULL if problem.full_depth else Depth.QUICK


@pytest.mark.parametrize("problem", EVERY, ids=lambda problem: problem.code)
async def test_the_run_names_exactly_this_problem(problem: Problem) -> None:
    with PracticeDistrict(problem.code) as district:
        result = await outcome(
            district.connection,
            district.credentials,
            only=ENOUGH.get(problem.code),
            clock=SwiftClock(),
            depth=depth_of(problem),
            consumer=consumer_of(problem),
        )
    assert result.verdict.cause == problem.code
    assert result.verdict.status in (Status.FAIL, Status.WARN)
    assert result.verdict.summary
    assert result.verdict.fix
    named = [reported for reported in result.findings if reported.finding.cause == problem.code]
    assert named
    assert wrong_facts(result) == []
    # In the smallest usual window each step has a line, the whole fix is one page down, and nothing is said twice.
    assert len(fix_lines(result)) <= LINES
    assert steps_of_several_lines(result) == []
    assert said_twice(result) == []


def _elsewhere() -> list[tuple[Problem, OAuthVersion, OneRosterVersion]]:
    """The problems that show in more than one combination, in those that the test above leaves out."""
    return [
        (problem, oauth, oneroster)
        for problem in EVERY
        for oauth, oneroster, _ in COMBINATIONS[:2]
        if problem.oauth in (None, oauth)
        and problem.oneroster in (None, oneroster)
        # Its own combination is 1.1 already, or it takes too long to be tried three times.
        and (problem.oauth, problem.oneroster) != (oauth, oneroster)
        and problem.code not in ("load.slow", "network.timeout")
    ]


@pytest.mark.parametrize(
    ("problem", "oauth", "oneroster"),
    _elsewhere(),
    ids=lambda value: value.code if isinstance(value, Problem) else str(value),
)
async def test_the_problem_is_named_with_other_versions_too(
    problem: Problem, oauth: OAuthVersion, oneroster: OneRosterVersion
) -> None:
    with PracticeDistrict(problem.code, oauth=oauth, oneroster=oneroster) as district:
        result = await outcome(
            district.connection, district.credentials, clock=SwiftClock(), depth=depth_of(problem),
            consumer=consumer_of(problem),
        )  # fmt: skip
    assert result.verdict.cause == problem.code


@pytest.mark.parametrize("oneroster", ["1.1", "1.2"])
@pytest.mark.parametrize("problem", DEEP, ids=lambda problem: problem.code)
async def test_a_quick_run_does_not_see_what_only_a_full_one_shows(
    problem: Problem, oneroster: OneRosterVersion
) -> None:
    with PracticeDistrict(problem.code, oneroster=oneroster) as district:
        result = await outcome(district.connection, district.credentials)
    assert [reported.finding for reported in result.findings if reported.finding.failed] == []
    assert result.verdict.cause is None


@pytest.mark.parametrize(("oauth", "oneroster", "share"), COMBINATIONS, ids=NAMES)
async def test_nothing_fails_on_a_healthy_district(
    oauth: OAuthVersion, oneroster: OneRosterVersion, share: tuple[Share, ...]
) -> None:
    with PracticeDistrict(oauth=oauth, oneroster=oneroster, share=share) as district:
        async with Relay(district.connection) as relay:
            # The relay's address is the one that is signed and asked, so the district sees its own.
            result = await outcome(relay.connection, district.credentials)
    assert [reported.finding for reported in result.findings if reported.finding.failed] == []
    # OAuth 1 is told to be at its end on every run; nothing else is worth a warning.
    expected = "oauth1.discontinued" if oauth == 1 else None
    assert result.verdict.cause == expected
    assert relay.requests == result.requests
    assert 5 < relay.requests <= 30
    assert relay.most_at_once == 1


@pytest.mark.parametrize("size", ["medium", "large", "very-large"])
@pytest.mark.parametrize(("oauth", "oneroster", "share"), COMBINATIONS, ids=NAMES)
async def test_a_larger_district_costs_no_more_requests(
    oauth: OAuthVersion, oneroster: OneRosterVersion, share: tuple[Share, ...], size: str
) -> None:
    with PracticeDistrict(oauth=oauth, oneroster=oneroster, share=share, size=size) as district:
        result = await outcome(district.connection, district.credentials)
    assert [reported.finding for reported in result.findings if reported.finding.failed] == []
    assert result.verdict.cause == ("oauth1.discontinued" if oauth == 1 else None)
    assert result.requests <= 30
    assert result.counts["students"] > 500


@pytest.mark.parametrize("oauth", [1, 2])
async def test_every_part_of_1p1_is_healthy(oauth: OAuthVersion) -> None:
    with PracticeDistrict(oauth=oauth, oneroster="1.1", share=SHARED_IN_1P1) as district:
        result = await outcome(district.connection, district.credentials)
    assert [reported.finding for reported in result.findings if reported.finding.failed] == []
    assert result.requests <= 30
    assert {item.status for item in result.checklist} <= {Status.PASS, Status.SKIP, Status.WARN}

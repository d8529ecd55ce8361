"""Each problem between the two sides of a move is named first and alone, and a pair in order has none."""

from __future__ import annotations

import pytest

from oneroster_checks.causes import cause
from oneroster_checks.finding import Status
from oneroster_practice import Problem, problems

from ...fits import steps_of_several_lines
from ..engine import wrong_facts
from .pairs import comparison, counts, wrong

EVERY = [problem for problem in problems() if problem.pair]
COUNTED = [problem for problem in EVERY if problem.count is not None]
SIZES = ("small", "medium")
# What is no reason not to move.
WARNINGS = {
    "migrate.role-changed", "migrate.school-changed", "migrate.class-ids-changed", "migrate.expires-soon",
    "migrate.roles-merged", "migrate.users-new",
}  # fmt: skip


def test_there_is_a_problem_for_each_cause() -> None:
    from oneroster_checks.causes import codes

    assert {problem.code for problem in EVERY} == {code for code in codes() if code.startswith("migrate.")}
    assert len(EVERY) >= 19


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("problem", EVERY, ids=lambda problem: problem.code)
async def test_a_problem_is_named_first_and_alone(problem: Problem, size: str) -> None:
    moved = await comparison(problem.code, size=size)
    result = moved.result
    assert result.verdict.cause == problem.code
    assert list(wrong(moved)) == [problem.code]
    assert result.verdict.status is (Status.WARN if problem.code in WARNINGS else Status.FAIL)
    assert result.verdict.fix
    assert wrong_facts(result) == []
    assert steps_of_several_lines(result) == []
    # Each claim has a request behind it, but that of a day that the profile has.
    finding = wrong(moved)[problem.code]
    assert bool(finding.evidence) is (problem.code != "migrate.expires-soon")


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("problem", COUNTED, ids=lambda problem: problem.code)
async def test_a_problem_is_counted_as_often_as_it_is_there(problem: Problem, count: int) -> None:
    found = wrong(await comparison(problem.code, count=count))
    # Of two users who claim one old one, both are told.
    wanted = 2 * count if problem.code == "migrate.legacy-duplicate" else count
    facts = found[problem.code].facts
    assert facts["count"] == wanted
    of = facts["of"]
    assert isinstance(of, int)
    assert of >= wanted
    examples = facts["examples"]
    assert isinstance(examples, tuple)
    assert 1 <= len(examples) <= 5


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("oauth", [1, 2])
async def test_a_pair_in_order_is_safe_to_move(oauth: int, size: str) -> None:
    moved = await comparison(oauth=oauth, size=size, share=("rostering", "gradebook"))
    assert wrong(moved) == {}
    assert moved.result.verdict.status is Status.PASS
    assert "safe to move" in moved.result.verdict.summary
    users, enrollments = counts(moved, "users"), counts(moved, "enrollments")
    assert (users.old, users.by_legacy, users.only_old, users.only_new) == (users.new, users.new, 0, 0)
    assert enrollments.by_sourced_id == enrollments.old == enrollments.new > 700
    assert counts(moved, "results").by_sourced_id == counts(moved, "results").old > 0


async def test_every_verdict_of_a_failure_says_that_it_is_not_safe() -> None:
    for problem in EVERY:
        words = cause(problem.code).verdict
        assert ("It is safe to move" in words) is (problem.code in WARNINGS), problem.code

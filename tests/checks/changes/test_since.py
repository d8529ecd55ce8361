"""Since when it is so: that it does not work, and that it does not by this cause."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from oneroster_checks.changes.model import Changed, Observed, Snapshot
from oneroster_checks.finding import Status
from oneroster_checks.report import closing, render
from oneroster_checks.result import Result, Verdict

from .weeks import MORNING, Change, failing, good, healthy, morning, told

DOWN = failing("access.server-error", "access.data")
REFUSED = failing("token.invalid-client", "token.issue")


def _at(day: int) -> datetime:
    return MORNING + timedelta(days=day)


def locked(run: Snapshot) -> Snapshot:
    """The keyring was locked, so that the run could not begin."""
    return replace(
        run,
        status=Status.ERROR,
        cause="tool.keyring",
        findings={},
        counts={},
        secrets={},
        observed=Observed(),
    )


def _nights(*changes: Change | None) -> list[Snapshot]:
    """A run a night; None for one that worked."""
    return [morning(day, good(), *((change,) if change else ())) for day, change in enumerate(changes)]


def test_a_cause_that_is_younger_than_the_failure_has_its_own_moment() -> None:
    compared = told(_nights(None, None, DOWN, DOWN, REFUSED, REFUSED))
    assert (compared.last_worked, compared.since, compared.cause_since) == (_at(1), _at(2), _at(4))


def test_one_cause_from_the_beginning_has_one_moment() -> None:
    compared = told(_nights(None, None, REFUSED, REFUSED))
    assert (compared.since, compared.cause_since) == (_at(2), _at(2))


def test_a_cause_that_was_there_before_and_came_back_is_as_old_as_its_return() -> None:
    assert told(_nights(None, REFUSED, DOWN, REFUSED)).cause_since == _at(3)


def test_a_warning_has_its_own_moment_and_the_connection_worked_all_along() -> None:
    def warned(run: Snapshot) -> Snapshot:
        return replace(run, status=Status.WARN, cause="oauth1.expires-soon")

    compared = told(_nights(None, None, warned, warned))
    assert (compared.since, compared.cause_since) == (_at(0), _at(2))


@pytest.mark.parametrize(
    ("nights", "since", "cause_since"),
    [
        ((None, None, locked, None), 0, 0),
        ((None, None, locked, REFUSED), 3, 3),
        ((None, REFUSED, locked, REFUSED), 1, 1),
        ((locked, locked, None), 2, 2),
        ((None, locked, locked), 1, 1),
        ((None, REFUSED, locked, locked), 1, 2),
    ],
    ids=[
        "works again",
        "fails then",
        "fails on",
        "first that began",
        "not checked",
        "fails, then not checked",
    ],
)
def test_a_run_that_could_not_begin_says_nothing_of_the_connection(
    nights: tuple[Change | None, ...], since: int, cause_since: int
) -> None:
    compared = told(_nights(*nights))
    assert (compared.since, compared.cause_since) == (_at(since), _at(cause_since))


def _result(
    changed: Changed, status: Status = Status.FAIL, cause: str | None = "token.invalid-client"
) -> Result:
    verdict = Verdict(status, cause, "The key or secret is wrong.")
    return replace(healthy(), profile="elm", verdict=verdict, changed=changed)


def test_the_closing_line_says_since_when_the_cause_is_there_and_that_it_did_not_work_before() -> None:
    local = [datetime(2026, 11, day, 6).astimezone() for day in (12, 13, 20)]
    line = closing.closing_lines([_result(Changed(local[0], local[1], cause_since=local[2]))])[0]
    assert line == (
        "FAIL  elm  Key or secret refused [token.invalid-client], since 2026-11-20 06:00"
        " (not working since 2026-11-13 06:00)"
    )


def test_a_closing_line_says_no_more_where_there_is_one_moment() -> None:
    since, later = (datetime(2026, 11, day, 6).astimezone() for day in (13, 20))
    alone = closing.closing_lines([_result(Changed(None, since, cause_since=since))])[0]
    assert alone.endswith("[token.invalid-client], since 2026-11-13 06:00")
    # A result that an earlier version kept knows no other.
    assert closing.closing_lines([_result(Changed(None, since))])[0] == alone
    works = closing.closing_lines([_result(Changed(None, since, cause_since=later), Status.PASS, None)])[0]
    assert works.endswith("Works, since 2026-11-13 06:00")
    warns = closing.closing_lines(
        [_result(Changed(None, since, cause_since=later), Status.WARN, "oauth1.expires-soon")]
    )[0]
    assert warns.endswith("[oauth1.expires-soon], since 2026-11-20 06:00")


def test_json_has_both_moments() -> None:
    changed = Changed(_at(1), _at(2), cause_since=_at(4))
    (run,) = json.loads(render([_result(changed)], "json"))["runs"]
    assert run["changed"]["since"] == "2026-11-04T06:02:00.000-06:00"
    assert run["changed"]["cause_since"] == "2026-11-06T06:02:00.000-06:00"

"""Nothing is said where nothing changed, where it is not known, and where a server is never the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from oneroster_checks.changes.compare import changed
from oneroster_checks.changes.model import DifferenceKind, FindingState
from oneroster_checks.finding import Status

from .weeks import (
    DAYS,
    GOOD,
    MORNING,
    SCOPE,
    Change,
    counts,
    failing,
    field,
    good,
    morning,
    observed,
    sentences,
    told,
    weeks,
)

DOWN = failing("access.forbidden", "access.data")
TURNED = ["“Data access” began to fail between November 11 and November 12, 2026."]


def test_a_first_run_is_compared_with_nothing() -> None:
    assert changed([], good()) is None


def test_runs_that_all_worked_have_no_differences() -> None:
    compared = told(weeks(field(client_id="other"), counts(students=2000)))
    assert (compared.last_worked, compared.since) == (MORNING + timedelta(days=DAYS - 2), MORNING)
    assert compared.differences == ()


def test_a_connection_that_never_worked_has_none_either() -> None:
    runs = [morning(day, good(), DOWN, field(timeout=float(day + 1))) for day in range(DAYS)]
    compared = told(runs)
    assert (compared.last_worked, compared.since) == (None, MORNING)
    assert compared.differences == ()


def test_one_that_works_again_has_none() -> None:
    runs = weeks(DOWN)
    runs.append(morning(DAYS, good(), field(client_id="other")))
    compared = told(runs)
    assert compared.last_worked == MORNING + timedelta(days=GOOD - 1)
    assert compared.since == MORNING + timedelta(days=DAYS)
    assert compared.differences == ()


@pytest.mark.parametrize(
    "change",
    [
        field(share=("gradebook", "demographics", "rostering")),
        counts(students=1204 - 120, classes=440),
        observed(median_ms=340),
        observed(median_ms=None),
        observed(server="", certificate="", certificate_ends=None, scopes=(), year_ends=None),
        lambda run: replace(run, counts={"orgs": 3}),
        lambda run: replace(run, secrets={}),
    ],
    ids=["order of the parts", "a tenth", "not twice as slow", "no answer", "nothing seen", "no counts",
         "no fingerprints"],
)  # fmt: skip
def test_nothing_but_what_turned_is_said(change: Change) -> None:
    assert sentences(weeks(change, DOWN)) == TURNED


def test_a_fast_server_that_takes_twice_as_long_is_still_fast() -> None:
    quick = replace(good(), observed=replace(good().observed, median_ms=3))
    assert sentences(weeks(observed(median_ms=7), DOWN, run=quick)) == TURNED


def test_fingerprints_that_only_one_side_has_say_nothing() -> None:
    bare = replace(good(), secrets={})
    assert (
        sentences(weeks(lambda run: replace(run, secrets={"client_secret": "77"}), DOWN, run=bare)) == TURNED
    )


def test_times_that_are_never_steady_are_no_change() -> None:
    runs = weeks(observed(median_ms=2000), DOWN)
    runs[GOOD - 3] = morning(GOOD - 3, good(), observed(median_ms=1500))
    assert sentences(runs) == TURNED


@pytest.mark.parametrize(
    "other",
    [
        observed(server="Apache/2"),
        observed(certificate="Oak Authority"),
        observed(scopes=(f"{SCOPE}roster-core.readonly",)),
    ],
    ids=["product", "certificate", "scope"],
)
def test_what_was_so_in_a_run_that_worked_is_no_change(other: Change) -> None:
    runs = weeks(other, DOWN)
    runs[GOOD - 2] = morning(GOOD - 2, good(), other)
    assert sentences(runs) == TURNED


def test_counts_of_a_quick_run_are_not_compared_with_those_of_a_full_one() -> None:
    """The last run that worked was full; the quick one before it is compared instead."""
    runs = weeks(counts(students=1000), DOWN)
    runs[GOOD - 1] = morning(GOOD - 1, good(full=True), counts(students=1000))
    assert sentences(runs)[1:] == [
        "Students fell from 1,204 to 1,000 between November 10 and November 12, 2026."
    ]
    every = [replace(run, full=True) for run in runs[:GOOD]] + runs[GOOD:]
    assert sentences(every) == TURNED


def test_another_host_is_told_by_its_address_alone() -> None:
    moved = (field(base_url="https://oak.example/api"), observed(server="Apache/2", certificate="Oak"), DOWN)
    kinds = [each.kind for each in told(weeks(*moved)).differences]
    assert kinds == [DifferenceKind.FIELD, DifferenceKind.FINDING]


def test_a_field_that_the_connection_does_not_use_is_not_told() -> None:
    oauth1 = replace(good(), connection=good().connection.but(oauth=1, oneroster="1.1"))
    assert sentences(weeks(field(token_url="https://x.example/token", scope="a"), DOWN, run=oauth1)) == TURNED


def test_a_field_that_is_as_it_was_when_it_worked_is_not_told() -> None:
    """Somebody tried another client id for a day, and took it back."""
    runs = weeks(DOWN)
    runs[GOOD + 1] = morning(GOOD + 1, good(), DOWN, field(client_id="other"))
    assert sentences(runs) == TURNED


def test_a_check_that_was_skipped_before_did_not_turn() -> None:
    state = good().findings["access.data"]
    skipped = replace(
        good(), findings={**good().findings, "access.data": FindingState(state.title, Status.SKIP)}
    )
    assert sentences(weeks(DOWN, run=skipped)) == []

"""What runs between saw: a year that ended, and what was renewed meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from oneroster_checks.changes.model import DifferenceKind, Snapshot
from oneroster_checks.finding import Status

from .weeks import Change, counts, failing, good, morning, observed, sentences, told

DATA = failing("access.forbidden", "access.data")
DOWN = failing("network.timeout", "network.base-host")
REFUSED = failing("token.invalid-client", "token.issue")
UNSEEN: tuple[Change, ...] = (
    observed(certificate="", certificate_ends=None, server="", scopes=(), year_ends=None, median_ms=None),
    lambda run: replace(run, counts={}),
)
OVER = "The last school year or term that was seen ended on November 5, 2026."


def _warns(run: Snapshot) -> Snapshot:
    return replace(run, status=Status.WARN, cause="year.not-active")


def _nights(last: int, *changes: Change) -> list[Snapshot]:
    return [morning(day, good(), *changes) for day in range(last)]


def test_a_year_that_ended_while_it_still_worked_is_named() -> None:
    ending = observed(year_ends=date(2026, 11, 5))
    runs = _nights(4, ending) + [morning(day, good(), ending, _warns) for day in range(4, 10)]
    empty = (ending, counts(students=0), failing("year.not-active", "year.active"))
    runs += [morning(day, good(), *empty) for day in range(10, 12)]
    assert sentences(runs)[0] == OVER


def test_a_year_that_ended_long_ago_is_no_reason_of_another_cause() -> None:
    ending = observed(year_ends=date(2026, 11, 5))
    runs = _nights(4, ending) + [morning(day, good(), ending, _warns) for day in range(4, 10)]
    runs += [morning(day, good(), ending, DATA) for day in range(10, 12)]
    assert DifferenceKind.YEAR not in [each.kind for each in told(runs).differences]


def test_a_certificate_that_was_renewed_meanwhile_did_not_expire() -> None:
    runs = _nights(5, observed(certificate_ends=date(2026, 11, 11)))
    runs += [
        morning(day, good(), DATA, observed(certificate_ends=date(2027, 11, 11))) for day in range(5, 12)
    ]
    runs += [morning(day, good(), DOWN, *UNSEEN) for day in range(12, 14)]
    assert not any("expired" in each for each in sentences(runs))


def test_a_certificate_that_was_renewed_and_expired_then_is_the_one_that_is_told() -> None:
    runs = _nights(5, observed(certificate_ends=date(2026, 11, 8)))
    runs += [
        morning(day, good(), DATA, observed(certificate_ends=date(2026, 11, 12))) for day in range(5, 10)
    ]
    runs += [
        morning(day, good(), failing("tls.expired", "network.base-host"), *UNSEEN) for day in range(11, 14)
    ]
    assert sentences(runs)[0] == (
        "The certificate of sis.elm.example that was last seen expired on November 12, 2026."
    )


def test_a_year_whose_successor_was_seen_is_not_over() -> None:
    runs = _nights(5, observed(year_ends=date(2026, 11, 6)))
    runs += [morning(day, good(), DATA, observed(year_ends=date(2027, 6, 30))) for day in range(5, 12)]
    runs += [morning(day, good(), REFUSED, *UNSEEN) for day in range(12, 14)]
    assert DifferenceKind.YEAR not in [each.kind for each in told(runs).differences]


def test_an_ended_year_is_told_last_where_no_data_came() -> None:
    runs = _nights(10, observed(year_ends=date(2026, 11, 11)))
    runs += [morning(day, good(), REFUSED, *UNSEEN) for day in range(10, 14)]
    kinds = [each.kind for each in told(runs).differences]
    assert kinds == [DifferenceKind.FINDING, DifferenceKind.YEAR]


def test_an_end_after_it_stopped_working_is_no_reason() -> None:
    """The certificate expired five days after the same failure began, which it cannot have caused."""
    runs = _nights(5, observed(certificate_ends=date(2026, 11, 11)))
    runs += [morning(day, good(), DOWN, *UNSEEN) for day in range(5, 14)]
    kinds = [each.kind for each in told(runs).differences]
    assert kinds == [DifferenceKind.FINDING, DifferenceKind.CERTIFICATE]

"""Quick and full runs in turn: a quick one says nothing of what only a full one looks at."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from oneroster_checks.changes.model import FindingState, Snapshot
from oneroster_checks.finding import Status
from oneroster_checks.report import render
from oneroster_checks.result import Verdict

from .weeks import MORNING, Change, failing, field, good, healthy, morning, observed, sentences, told

FULL_NIGHTS = (0, 7, 14, 21)
CHECK, CAUSE = "data.references", "data.reference-to-deleted"
TITLE = "References"
REFUSED = failing("token.invalid-client", "token.issue")
READ_FAILS = failing(CAUSE, CHECK)


def _night(day: int, *changes: Change) -> Snapshot:
    """A run of that night: a full one every seven nights."""
    run = good(full=day in FULL_NIGHTS)
    if run.full:
        run = replace(run, findings={**run.findings, CHECK: FindingState(TITLE, Status.PASS)})
    return morning(day, run, *changes)


def _nights(last: int, fails_from: int, *also: Change) -> list[Snapshot]:
    """The nights up to one: from a day on, what only the full ones read fails."""
    return [
        _night(
            day,
            *(also if day >= fails_from else ()),
            *((READ_FAILS,) if day >= fails_from and day in FULL_NIGHTS else ()),
        )
        for day in range(last + 1)
    ]


def _at(day: int) -> datetime:
    return MORNING + timedelta(days=day)


def test_a_finding_of_a_full_run_turned_since_the_full_run_before() -> None:
    assert sentences(_nights(14, 8)) == [f"“{TITLE}” began to fail between November 9 and November 16, 2026."]


@pytest.mark.parametrize("last", [14, 21])
def test_it_last_worked_in_a_run_that_had_the_check(last: int) -> None:
    compared = told(_nights(last, 8))
    assert (compared.last_worked, compared.since, compared.cause_since) == (_at(7), _at(14), _at(14))
    assert len(compared.differences) == 1


def test_what_changed_before_the_last_quick_run_is_told_too() -> None:
    first, _ = sentences(_nights(14, 10, field(client_id="other")))
    assert first.startswith("The client id (key) was changed between November 11 and November 12, 2026")


def test_what_was_changed_between_two_full_runs_that_fail_alike_is_no_reason() -> None:
    """The quick run before the change worked, as quick ones do."""
    runs = [
        each if at < 18 else _night(at, field(client_id="other"), *((READ_FAILS,) if at == 21 else ()))
        for at, each in enumerate(_nights(21, 8))
    ]
    first, second = sentences(runs)
    assert first.startswith(f"“{TITLE}” began to fail")
    assert second.startswith("The client id (key) was changed between November 19 and November 20, 2026")


def test_a_quick_run_that_works_is_not_broken_by_what_it_does_not_look_at() -> None:
    compared = told(_nights(16, 8))
    assert (compared.last_worked, compared.since) == (_at(15), _at(0))


def test_a_full_run_that_works_again_is_the_first_that_shows_it() -> None:
    runs = _nights(20, 8)
    compared = told([*runs, _night(21)])
    assert (compared.since, compared.cause_since) == (_at(21), _at(21))


def test_a_quick_run_that_fails_last_worked_the_night_before() -> None:
    runs = [*_nights(19, 30), _night(20, REFUSED)]
    compared = told(runs)
    assert (compared.last_worked, compared.since) == (_at(19), _at(20))


def test_a_failure_that_a_quick_run_saw_end_is_no_part_of_this_one() -> None:
    """The full run was refused, which was over the next night; the next full one finds something else."""
    runs = _nights(14, 14)
    runs[7] = _night(7, REFUSED)
    compared = told(runs)
    assert (compared.last_worked, compared.since, compared.cause_since) == (_at(0), _at(14), _at(14))


def test_a_quick_run_that_failed_the_night_before_did_not_work_either() -> None:
    runs = _nights(14, 14)
    runs[13] = _night(13, REFUSED)
    assert (told(runs).since, told(runs).cause_since) == (_at(13), _at(14))


def test_a_failure_between_that_ended_does_not_end_this_one() -> None:
    runs = _nights(14, 6)
    runs[10] = _night(10, REFUSED)
    assert (told(runs).since, told(runs).cause_since) == (_at(7), _at(7))


def test_a_full_run_that_fails_where_quick_ones_look_too_is_compared_with_them() -> None:
    compared = told([*_nights(13, 30), _night(14, REFUSED)])
    assert (compared.last_worked, compared.since) == (_at(13), _at(14))


def test_a_full_only_check_beside_the_root_cause_is_looked_up_in_the_full_run() -> None:
    down = failing("access.part-broken", "access.data")
    runs = [*_nights(13, 30), _night(14, READ_FAILS, down)]
    assert f"“{TITLE}” began to fail between November 9 and November 16, 2026." in sentences(runs)


def test_a_check_that_no_earlier_run_has_never_worked() -> None:
    runs = [morning(day, good()) for day in range(14)] + [_night(14, READ_FAILS)]
    compared = told(runs)
    assert (compared.last_worked, compared.since, compared.differences) == (None, _at(14), ())


def test_a_step_of_one_consumer_is_compared_with_runs_for_that_consumer() -> None:
    from oneroster_checks.diagnosis.plan import every_check

    check = next(each for each in every_check() if each.consumer)
    state = FindingState(check.title, Status.PASS)

    def has(run: Snapshot) -> Snapshot:
        return replace(run, findings={**run.findings, check.id: state})

    def fails(run: Snapshot) -> Snapshot:
        return failing("consumer.of-this-test", check.id)(has(run))

    runs = [morning(day, good(full=True), *((has,) if day == 2 else ())) for day in range(9)]
    runs.append(morning(9, good(full=True), fails))
    assert (told(runs).last_worked, told(runs).since) == (_at(2), _at(9))


def test_a_warning_of_full_runs_has_its_moment_among_them() -> None:
    def warns(run: Snapshot) -> Snapshot:
        state = FindingState(TITLE, Status.WARN, CAUSE)
        return replace(run, status=Status.WARN, cause=CAUSE, findings={**run.findings, CHECK: state})

    runs = [_night(day, *((warns,) if day in (14, 21) else ())) for day in range(22)]
    compared = told(runs)
    assert (compared.since, compared.cause_since) == (_at(0), _at(14))


def test_a_report_says_which_runs_are_meant() -> None:
    verdict = Verdict(Status.FAIL, CAUSE, "References lead nowhere.", check=CHECK)
    for runs, words in (
        (_nights(14, 8), "Last worked: November 9, 2026, 6:02 AM, in a run with this check."),
        (
            [_night(1), _night(7, READ_FAILS)],
            "Last worked: in none of the runs with this check that are kept.",
        ),
    ):
        result = replace(healthy(), started=runs[-1].started, verdict=verdict, changed=told(runs))
        assert words in " ".join(render([result], "text").split())


@pytest.mark.parametrize(
    ("before", "now", "sentence"),
    [
        (observed(scopes=()), observed(scopes=("a",)), "The token lost"),
        (observed(certificate="", certificate_ends=None), observed(certificate="Oak"), "was replaced"),
        (observed(server=""), observed(server="cloudflare"), "The product in the Server header changed"),
        (lambda run: replace(run, secrets={}),
         lambda run: replace(run, secrets={**run.secrets, "client_secret": "77"}), "The client secret was changed"),
    ],
    ids=["scope", "certificate", "server", "secret"],
)  # fmt: skip
def test_what_the_last_run_that_worked_did_not_see_is_compared_with_one_that_did(
    before: Change, now: Change, sentence: str
) -> None:
    down = failing("access.forbidden", "access.data")
    runs = [
        *(morning(day, good()) for day in range(4)),
        morning(4, good(), before),
        morning(5, good(), down, now),
    ]
    (told_first,) = [each for each in sentences(runs) if sentence in each]
    assert "between November 5 and November 7, 2026" in told_first

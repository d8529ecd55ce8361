"""What came when: a change after the failure began is no reason of it, and each change has its own day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from oneroster_checks.changes.model import DifferenceKind, Snapshot
from oneroster_checks.finding import Status
from oneroster_checks.report.changes import last_worked_for_district
from oneroster_checks.result import Verdict

from .weeks import (
    DAYS,
    GOOD,
    SCOPE,
    WHEN,
    Change,
    counts,
    failing,
    field,
    good,
    healthy,
    morning,
    observed,
    sentences,
    told,
    weeks,
)

UNTRUSTED = failing("tls.untrusted", "network.base-host")
REFUSED = failing("token.invalid-client", "token.issue")
OFF = failing("sharing.demographics-off", "sharing.demographics")
DOWN = failing("access.forbidden", "access.data")
OAK = observed(certificate="Oak Authority", certificate_ends=date(2028, 1, 1))
AGAIN = "between November 14 and November 15, 2026"


def secret(mark: str) -> Change:
    """The client secret is another."""
    return lambda run: replace(run, secrets={**run.secrets, "client_secret": mark})


def _then(first: tuple[Change, ...], later: Change) -> list[Snapshot]:
    """What comes when it stops working, and what is done two mornings later."""
    runs = weeks(*first)
    for day in range(GOOD + 2, DAYS):
        runs[day] = morning(day, good(), *first, later)
    return runs


def _steps(*changes: Change, fails: Change = DOWN) -> list[Snapshot]:
    """Mornings that work, and then a failing one for each of these changes."""
    runs = [morning(day, good()) for day in range(GOOD)]
    return runs + [morning(GOOD + at, good(), fails, change) for at, change in enumerate(changes)]


def test_what_was_tried_after_it_stopped_working_comes_last() -> None:
    first, *_, last = sentences(_then((OAK, UNTRUSTED), field(ca_file="elm.pem")))
    assert first.startswith("The certificate of sis.elm.example was replaced")
    assert last.startswith("The CA file was changed between November 13 and November 14, 2026")


def test_a_secret_that_was_tried_later_comes_last() -> None:
    runs = _then((field(token_url="https://sis.elm.example/token"), REFUSED), secret("77"))
    kinds = [each.kind for each in told(runs).differences]
    assert kinds == [DifferenceKind.FIELD, DifferenceKind.FINDING, DifferenceKind.SECRET]


def test_a_change_under_another_cause_may_be_the_reason_of_this_one() -> None:
    """It was down; then the engineer typed another secret; since then it is refused."""
    runs = weeks(failing("network.timeout", "network.base-host"))
    for day in range(GOOD + 2, DAYS):
        runs[day] = morning(day, good(), REFUSED, secret("77"))
    assert sentences(runs)[0] == "The client secret was changed between November 13 and November 14, 2026."


def test_a_night_that_could_not_begin_makes_no_later_change_a_reason() -> None:
    runs = weeks(REFUSED)
    runs[GOOD + 1] = replace(
        runs[GOOD + 1], status=Status.ERROR, cause="tool.keyring", findings={}, counts={}
    )
    for day in range(GOOD + 2, DAYS):
        runs[day] = morning(day, good(), REFUSED, field(client_id="other"))
    kinds = [each.kind for each in told(runs).differences]
    assert kinds == [DifferenceKind.FINDING, DifferenceKind.FIELD]


def test_what_was_tried_before_a_failure_came_back_is_late_too() -> None:
    """It failed, the CA file was changed, which did not help; then it was down for a day."""
    runs = weeks(UNTRUSTED)
    for day in range(GOOD + 1, DAYS):
        runs[day] = morning(day, good(), field(ca_file="elm.pem"), UNTRUSTED)
    runs[GOOD + 2] = morning(GOOD + 2, good(), field(ca_file="elm.pem"), DOWN)
    kinds = [each.kind for each in told(runs).differences]
    assert kinds == [DifferenceKind.FINDING, DifferenceKind.FIELD]


def test_the_district_is_told_of_its_change_where_the_own_one_came_later() -> None:
    runs = _then((OAK, UNTRUSTED), field(ca_file="elm.pem"))
    verdict = Verdict(Status.FAIL, "tls.untrusted", "It is not trusted.")
    told_district = last_worked_for_district(replace(healthy(), verdict=verdict, changed=told(runs)))
    (line,) = "\n".join(told_district).splitlines()[2:]
    assert line.startswith("- The certificate of sis.elm.example was replaced")


def test_only_a_part_that_was_added_can_be_missing() -> None:
    lost = observed(scopes=(f"{SCOPE}roster-core.readonly",))
    less = field(share=("rostering", "demographics"))
    first, second, *_ = sentences(weeks(lost, less, OFF))
    assert first == f"The token lost the scope “roster-demographics.readonly” {WHEN}."
    assert second == f"“Demographics” began to fail {WHEN}."
    more = field(share=("rostering", "demographics", "resources"))
    assert sentences(weeks(lost, more, OFF))[0].startswith("The data you expect was changed")


def test_a_value_that_was_changed_again_has_both_days() -> None:
    runs = _steps(*(field(client_id=each) for each in ("b", "c", "c", "d", "d")))
    assert sentences(runs)[0] == (
        "The client id (key) was changed between November 11 and November 12, 2026, and again "
        f"{AGAIN}: it was “InfiniteCampus_practice”, it is “d”."
    )


def test_everything_that_can_change_twice_says_so() -> None:
    cases: tuple[tuple[tuple[Change, ...], str], ...] = (
        ((secret("1"), secret("1"), secret("1"), secret("2")), "The client secret was changed"),
        (tuple(field(share=each) for each in (("rostering", "gradebook"),) * 3 + (("rostering",),)),
         "The data you expect was changed"),
        (tuple(observed(certificate=each) for each in ("Oak", "Oak", "Oak", "Ash")),
         "The certificate of sis.elm.example was replaced"),
        (tuple(observed(server=each) for each in ("Apache/2", "Apache/2", "Apache/2", "cloudflare")),
         "The product in the Server header changed"),
    )  # fmt: skip
    for changes, begins in cases:
        (sentence,) = [each for each in sentences(_steps(*changes)) if each.startswith(begins)]
        assert f"{begins} {WHEN}, and again {AGAIN}" in sentence


def test_scopes_that_went_on_different_days_have_their_own() -> None:
    core, people, grades = (
        f"{SCOPE}{each}.readonly" for each in ("roster-core", "roster-demographics", "roster")
    )
    had = observed(scopes=(core, people, grades))
    runs = [morning(day, good(), had) for day in range(GOOD)]
    left = ((core, people), (core, people), (core, people), (core,))
    runs += [morning(GOOD + at, good(), DOWN, observed(scopes=each)) for at, each in enumerate(left)]
    scopes = [each.summary for each in told(runs).differences if each.kind is DifferenceKind.SCOPE]
    assert scopes == [
        f"The token lost the scope “roster.readonly” {WHEN}.",
        f"The token lost the scope “roster-demographics.readonly” {AGAIN}.",
    ]


def test_a_count_that_falls_slowly_is_told_from_when_it_worked() -> None:
    falls = (1156, 1110, 1065, 1023)
    runs = _steps(*(counts(students=each) for each in falls))
    assert (
        "Students fell from 1,204 to 1,065 between November 13 and November 14, 2026, and the count is 1,023 now."
        in sentences(runs)
    )


def test_a_count_that_fell_and_rose_is_told_from_when_it_worked() -> None:
    runs = _steps(counts(students=0), counts(students=5000))
    assert "Students rose from 1,204 to 5,000 between November 12 and November 13, 2026." in sentences(runs)


def test_times_are_told_from_the_slowest_that_worked() -> None:
    runs = _steps(observed(median_ms=1), observed(median_ms=800))
    assert (
        "The median response time rose from 180 ms to 800 ms between November 12 and November 13, 2026."
        in sentences(runs)
    )


def test_times_that_rose_again_are_told_with_those_of_now() -> None:
    runs = _steps(observed(median_ms=900), observed(median_ms=4200))
    assert (
        f"The median response time rose from 180 ms to 900 ms {WHEN}, and it is 4,200 ms now."
        in sentences(runs)
    )


def test_runs_of_two_clocks_are_told_by_that_of_the_run_now() -> None:
    tokyo = timezone(timedelta(hours=9))
    before = replace(good(), started=datetime(2026, 11, 28, 3, tzinfo=tokyo))
    change = (secret("77"), REFUSED)
    now = replace(morning(0, good(), *change), started=datetime(2026, 11, 28, 8, tzinfo=UTC))
    assert sentences([before, now])[0] == (
        "The client secret was changed between November 27 and November 28, 2026."
    )
    worked = told([before, now]).last_worked
    assert worked is not None
    assert worked.isoformat() == "2026-11-27T18:00:00+00:00"


def test_days_to_come_are_not_told_as_past() -> None:
    runs = weeks(observed(certificate_ends=date(2027, 12, 1)), DOWN)
    assert (
        f"The certificate of sis.elm.example was replaced {WHEN}: the old one was valid until March 1, 2027, "
        "the new one is valid until December 1, 2027." in sentences(runs)
    )

"""Two weeks in which one thing changed: it is named first, with the right date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from oneroster_checks.causes import codes
from oneroster_checks.changes.likeliest import OF_CAUSES, OF_SECTIONS
from oneroster_checks.changes.model import DifferenceKind, Snapshot
from oneroster_checks.finding import Status

from .weeks import (
    DAYS,
    GOOD,
    MORNING,
    SCOPE,
    WHEN,
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


@dataclass(frozen=True)
class Case:
    """What changes, by which cause the run then fails at which check, and the first sentence."""

    name: str
    changes: tuple[Change, ...]
    cause: str
    check: str
    kind: DifferenceKind
    sentence: str


def _secret(run: Snapshot) -> Snapshot:
    return replace(run, secrets={**run.secrets, "client_secret": "77c0"})


CASES = (
    Case("base URL", (field(base_url="https://sis.elm.example/campus/api/oneroster/v1p2/other/ims/oneroster"),),
         "access.base-url-wrong", "access.data", DifferenceKind.FIELD,
         f"The base URL was changed {WHEN}: it was “https://sis.elm.example/campus/api/oneroster/v1p2/app/ims/oneroster”"
         ", it is “https://sis.elm.example/campus/api/oneroster/v1p2/other/ims/oneroster”."),
    Case("client id", (field(client_id="InfiniteCampus_other"),),
         "token.invalid-client", "token.issue", DifferenceKind.FIELD,
         f"The client id (key) was changed {WHEN}: it was “InfiniteCampus_practice”, it is “InfiniteCampus_other”."),
    Case("client secret", (_secret, field(timeout=5.0)),
         "token.invalid-client", "token.issue", DifferenceKind.SECRET, f"The client secret was changed {WHEN}."),
    Case("data that is expected", (field(share=("resources", "rostering", "demographics", "gradebook")),),
         "sharing.resources-off", "sharing.demographics", DifferenceKind.FIELD,
         f"The data you expect was changed {WHEN}: resources were added."),
    Case("scope", (observed(scopes=(f"{SCOPE}roster-core.readonly",)), field(timeout=5.0)),
         "sharing.demographics-off", "sharing.demographics", DifferenceKind.SCOPE,
         f"The token lost the scope “roster-demographics.readonly” {WHEN}."),
    Case("certificate", (observed(certificate="Oak Authority", certificate_ends=date(2028, 1, 1)),),
         "tls.untrusted", "network.base-host", DifferenceKind.CERTIFICATE,
         f"The certificate of sis.elm.example was replaced {WHEN}: it was issued by “Elm Trust”, it is issued by "
         "“Oak Authority”."),
    Case("server", (observed(server="cloudflare"),),
         "access.blocked", "access.data", DifferenceKind.SERVER,
         f"The product in the Server header changed {WHEN}: it was “nginx/1”, it is “cloudflare”."),
    Case("times", (observed(median_ms=4200),), "network.timeout", "access.data", DifferenceKind.TIMES,
         f"The median response time rose from 180 ms to 4,200 ms {WHEN}."),
    Case("students", (counts(students=0),), "access.part-broken", "access.data", DifferenceKind.COUNT,
         f"Students fell from 1,204 to 0 {WHEN}."),
    Case("finding", (), "payload.invalid", "payload.records", DifferenceKind.FINDING,
         f"“Record fields” began to fail {WHEN}."),
    Case("token URL", (field(token_url="https://sis.elm.example/campus/oauth2/tokens"),),
         "token.not-an-endpoint", "token.issue", DifferenceKind.FIELD, f"The token URL was changed {WHEN}: "),
    Case("vendor key", (lambda run: replace(run, secrets={**run.secrets, "vendor_key": "09ab"}),),
         "gradebook.vendor-credentials-rejected", "access.data", DifferenceKind.SECRET,
         f"The vendor key was entered {WHEN}."),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_changed_is_named_first_with_its_date(case: Case) -> None:
    first, *_ = told(weeks(*case.changes, failing(case.cause, case.check))).differences
    assert first.kind is case.kind
    assert first.summary.startswith(case.sentence)


def test_a_school_year_that_ended_is_named_first() -> None:
    over = observed(year_ends=date(2026, 11, 11))
    runs = [morning(day, good(), over) for day in range(GOOD)]
    empty = (over, counts(students=0), failing("accounts.students-missing", "sharing.rostering"))
    runs += [morning(day, good(), *empty) for day in range(GOOD, DAYS)]
    first, second, *_ = told(runs).differences
    assert first.kind is DifferenceKind.YEAR
    assert first.summary == (
        "The school year or term that was current when the connection last worked ended on November 11, 2026."
    )
    assert second.summary == f"Students fell from 1,204 to 0 {WHEN}."


def test_a_certificate_that_expired_is_named_first() -> None:
    ending = observed(certificate_ends=date(2026, 11, 11))
    gone = (observed(certificate="", certificate_ends=None), failing("tls.expired", "network.base-host"))
    runs = [morning(day, good(), ending) for day in range(GOOD)]
    runs += [morning(day, good(), *gone) for day in range(GOOD, DAYS)]
    assert sentences(runs)[0] == (
        "The certificate of sis.elm.example that was seen when the connection last worked expired on November 11, 2026."
    )


def test_it_says_when_it_last_worked_and_since_when_it_does_not() -> None:
    compared = told(weeks(failing("access.forbidden", "access.data")))
    assert compared.last_worked == MORNING + timedelta(days=GOOD - 1)
    assert compared.since == MORNING + timedelta(days=GOOD)


def test_the_date_is_when_the_difference_appeared_not_when_it_stopped_working() -> None:
    """Two mornings after the connection stopped working, the base URL was changed, which is no reason of it."""
    down = failing("network.timeout", "network.base-host")
    runs = weeks(down)
    typed = field(base_url="https://sis.elm.example/other")
    runs[GOOD + 2 :] = [morning(day, good(), down, typed) for day in range(GOOD + 2, DAYS)]
    _, base = sentences(runs)
    assert base.startswith("The base URL was changed between November 13 and November 14, 2026: ")


def test_a_run_that_does_not_show_a_value_says_nothing_of_its_date() -> None:
    """In the first two mornings no answer came, so the product may have changed in any of them."""
    runs = weeks(observed(server="cloudflare"), failing("access.blocked", "access.data"))
    silent = (observed(server=""), failing("network.timeout", "network.base-host"))
    runs[GOOD : GOOD + 2] = [morning(day, good(), *silent) for day in (GOOD, GOOD + 1)]
    assert "between November 11 and November 14, 2026" in sentences(runs)[0]


def test_runs_of_one_day_are_told_by_their_times() -> None:
    before = morning(0, good())
    later = replace(
        morning(0, good(), field(client_id="other"), failing("token.invalid-client", "token.issue")),
        started=MORNING + timedelta(hours=7, minutes=13),
    )
    assert "was changed on November 2, 2026, between 6:02 AM and 1:15 PM: " in sentences([before, later])[0]


def test_what_the_root_cause_explains_is_left_out() -> None:
    runs = weeks(
        failing("sharing.enrollments-empty", "sharing.enrollments"),
        failing("year.not-active", "year.active"),
    )
    assert sentences(runs) == [f"“Current school year” began to fail {WHEN}."]


def test_counts_that_fall_further_are_told_with_both_numbers() -> None:
    runs = weeks(counts(students=700), failing("access.part-broken", "access.data"))
    runs[-1] = replace(runs[-1], counts={**runs[-1].counts, "students": 20})
    assert f"Students fell from 1,204 to 700 {WHEN}, and the count is 20 now." in sentences(runs)


def test_a_run_that_could_not_begin_tells_what_differs() -> None:
    unable = replace(
        morning(GOOD, good(), field(ca_file="elm.pem")),
        status=Status.ERROR,
        cause="tool.ca-file",
        findings={},
        counts={},
    )
    runs = [*weeks()[:GOOD], unable]
    assert sentences(runs) == [f"The CA file was changed {WHEN}: it was empty, it is “elm.pem”."]


def test_what_a_person_changed_comes_before_what_the_cause_does_not_concern() -> None:
    several = (
        observed(server="Apache/2", certificate_ends=date(2028, 1, 1), median_ms=900),
        counts(students=0, classes=300),
        field(client_id="InfiniteCampus_other", timeout=5.0),
    )
    kinds = [
        each.kind for each in told(weeks(*several, failing("access.forbidden", "access.data"))).differences
    ]
    assert kinds == [
        DifferenceKind.FIELD,
        DifferenceKind.SERVER,
        DifferenceKind.FIELD,
        DifferenceKind.COUNT,
        DifferenceKind.FINDING,
        DifferenceKind.TIMES,
        DifferenceKind.COUNT,
        DifferenceKind.CERTIFICATE,
    ]


def test_every_cause_by_which_changes_are_ranked_is_in_the_catalogue() -> None:
    assert set(OF_CAUSES) <= set(codes())
    assert set(OF_SECTIONS) <= {code.partition(".")[0] for code in codes()}

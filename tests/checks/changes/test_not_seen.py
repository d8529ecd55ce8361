"""What a run did not see is compared with nothing: a profile that could not be read, fingerprints of another key."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oneroster_checks.changes.model import FindingState, Observed, Snapshot
from oneroster_checks.connection import Connection
from oneroster_checks.diagnosis.unable import CHECK
from oneroster_checks.finding import Status

from .weeks import SECRETS, Change, failing, field, good, morning, observed, sentences, told

REFUSED = failing("token.invalid-client", "token.issue")


def broken(run: Snapshot) -> Snapshot:
    """The file of the profile could not be read."""
    state = FindingState("Start of the run", Status.ERROR, "tool.profile-broken")
    return replace(
        run, status=Status.ERROR, cause="tool.profile-broken", connection=Connection(), findings={CHECK: state},
        counts={}, secrets={}, observed=Observed(),
    )  # fmt: skip


def _prints(**values: str) -> Change:
    return lambda run: replace(run, secrets=values)


def test_a_profile_that_could_not_be_read_has_no_changed_field() -> None:
    runs = [*(morning(day, good()) for day in range(4)), morning(4, good(), broken)]
    assert told(runs).differences == ()


def test_it_does_not_spoil_the_day_of_a_later_change() -> None:
    other = field(client_id="other")
    runs = [morning(0, good()), morning(1, good(), broken), morning(2, good(), REFUSED)]
    runs += [morning(3, good(), broken), morning(4, good(), REFUSED, other)]
    (sentence,) = [each for each in sentences(runs) if each.startswith("The client id")]
    assert "between November 4 and November 6, 2026: " in sentence


def test_an_end_that_is_kept_without_its_run_worked_and_shows_nothing_else() -> None:
    """Runs that earlier versions kept: only how they ended is known."""
    bare = Snapshot(good().started, Status.PASS, None, "It works.", False, 0, 0, Connection())
    runs = [morning(0, good()), morning(1, bare), morning(2, good(), REFUSED, field(client_id="other"))]
    compared = told(runs)
    assert compared.last_worked == runs[1].started
    assert "between November 2 and November 4, 2026: it was “InfiniteCampus_practice”" in sentences(runs)[0]


@pytest.mark.parametrize(
    ("then", "now", "is_told"),
    [
        ({}, {}, True),
        ({"key": "k1"}, {"key": "k1"}, True),
        ({"key": "k1"}, {"key": "k2"}, False),
        ({}, {"key": "k1"}, False),
        ({"key": "k1"}, {}, False),
    ],
    ids=["no mark", "same key", "other key", "mark now", "mark then"],
)
def test_fingerprints_of_different_keys_are_not_compared(
    then: dict[str, str], now: dict[str, str], is_told: bool
) -> None:
    runs = [morning(day, good(), _prints(**SECRETS, **then)) for day in range(5)]
    runs.append(morning(5, good(), REFUSED, _prints(**{**SECRETS, "client_secret": "77c0"}, **now)))
    assert any(each.startswith("The client secret was changed") for each in sentences(runs)) is is_told


def test_fingerprints_of_one_key_are_compared_across_runs_with_another() -> None:
    """Cron has another keyring, and so another key."""
    runs = [
        morning(
            day, good(), _prints(**SECRETS, key="k1") if day % 2 else _prints(client_secret="99", key="k2")
        )
        for day in range(5)
    ]
    runs.append(morning(5, good(), REFUSED, _prints(**{**SECRETS, "client_secret": "77c0"}, key="k1")))
    assert "The client secret was changed between November 5 and November 7, 2026." in sentences(runs)


def test_the_mark_of_the_key_is_no_secret_that_changed() -> None:
    runs = [
        morning(0, good(), _prints(**SECRETS, key="k1")),
        morning(1, good(), REFUSED, _prints(**SECRETS, key="k2")),
    ]
    assert not any("was changed" in each for each in sentences(runs))


def test_a_certificate_of_another_host_for_a_day_says_nothing() -> None:
    """Somebody tried another address, and took it back."""
    down = failing("access.forbidden", "access.data")
    elsewhere = (field(base_url="https://oak.example/api"), observed(certificate="Oak", server="Apache/2"))
    new = observed(certificate="Ash")
    runs = [*(morning(day, good()) for day in range(5)), morning(5, good(), down, *elsewhere)]
    runs += [morning(day, good(), down, new) for day in (6, 7)]
    (sentence,) = [each for each in sentences(runs) if each.startswith("The certificate")]
    assert "was replaced between November 6 and November 8, 2026: " in sentence

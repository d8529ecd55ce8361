"""Watching a check: it is tried again until it passes, never faster than every five seconds."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest

from oneroster_checks import limits
from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.diagnosis.plan import touched_by
from oneroster_checks.diagnosis.runner import run
from oneroster_checks.diagnosis.watch import Tried, watch
from oneroster_checks.errors import UnknownCheck
from oneroster_checks.finding import Status
from oneroster_checks.limits import REFUSALS_OF_A_WATCH, WATCH_EVERY_S
from oneroster_practice import PracticeDistrict

from .http.sessions import SwiftClock


async def test_a_watch_ends_when_the_check_passes() -> None:
    with (
        PracticeDistrict("gradebook.not-enabled") as broken,
        PracticeDistrict(share=("rostering", "gradebook")) as good,
    ):
        before = await run(broken.connection, broken.credentials)
        assert before.verdict.cause == "gradebook.not-enabled"
        tries: list[Tried] = []
        clock = SwiftClock()
        async with aclosing(
            watch(
                broken.connection,
                broken.credentials,
                "gradebook.read",
                previous=before,
                every_s=0.1,
                clock=clock,
            )
        ) as watched:
            async for tried in watched:
                tries.append(tried)
                if tried.number == 2:
                    break
        # From start to start: what the first try took is not waited for again.
        assert WATCH_EVERY_S - 3 < clock.slept[0] <= WATCH_EVERY_S
        assert [tried.passed for tried in tries] == [False, False]
        async for tried in watch(good.connection, good.credentials, "gradebook.read", previous=before):
            tries.append(tried)
    assert tries[-1].passed
    assert tries[-1].finding.status is Status.PASS
    # The other findings of the first run are still there.
    assert len(tries[-1].result.findings) == len(before.findings)


async def test_a_check_that_does_not_apply_cannot_be_watched() -> None:
    with PracticeDistrict() as district:
        before = await run(district.connection, district.credentials)
        with pytest.raises(UnknownCheck):
            async for _ in watch(district.connection, district.credentials, "oauth1.age", previous=before):
                pass


def test_only_what_a_change_touches_runs_again() -> None:
    grades = Connection(share=("rostering", "gradebook"))
    assert touched_by({"vendor_key"}, grades, Credentials()) == (
        "key.characters",
        "gradebook.read",
        "gradebook.content",
    )
    assert touched_by({"vendor_key", "base_url"}, grades, Credentials()) is None
    assert touched_by(set(), grades, Credentials()) is None
    assert touched_by({"created"}, grades, Credentials()) == ()


def refusing(problem: str, **options: Any) -> tuple[PracticeDistrict, Credentials]:
    """A healthy district, and credentials that it refuses."""
    district = PracticeDistrict(problem or None, **options)
    return district, replace(district.credentials, client_secret=Secret("an-old-secret-of-the-district"))


@pytest.mark.parametrize(
    ("pair", "check"),
    [
        ({"oauth": 2}, "token.issue"),
        ({"oauth": 1}, "oauth1.signature"),
        ({"oauth": 2, "fixed": True}, ""),
        ({"oauth": 2, "share": ("rostering", "gradebook")}, "gradebook.read"),
    ],
    ids=["OAuth 2", "OAuth 1", "a fixed token", "a later check"],
)
async def test_a_watch_stops_when_the_credentials_were_refused_five_times(
    pair: dict[str, Any], check: str
) -> None:
    fixed = pair.pop("fixed", False)
    district, wrong = refusing("", **pair)
    with district:
        connection = district.connection
        if fixed:
            connection = connection.but(fixed_token=True, token_url="", client_id="")
        before = await run(connection, wrong)
        check = check or before.verdict.check or ""
        tries = [
            tried async for tried in watch(connection, wrong, check, previous=before, clock=SwiftClock())
        ]
        assert [tried.refused for tried in tries] == list(range(1, REFUSALS_OF_A_WATCH + 1))
        assert [tried.given_up for tried in tries] == [False] * (REFUSALS_OF_A_WATCH - 1) + [True]
        # Another watch with the same credentials tries once.
        again = watch(
            connection, wrong, check, previous=before, clock=SwiftClock(), refused=tries[-1].refused
        )
        assert len([tried async for tried in again]) == 1


async def test_a_watch_of_something_else_goes_on_as_long_as_the_credentials_are_accepted() -> None:
    with PracticeDistrict("gradebook.not-enabled") as district:
        before = await run(district.connection, district.credentials)
        async with aclosing(
            watch(
                district.connection,
                district.credentials,
                "gradebook.read",
                previous=before,
                clock=SwiftClock(),
                refused=REFUSALS_OF_A_WATCH - 1,
            )
        ) as watched:
            async for tried in watched:
                assert tried.refused == 0
                if tried.number > REFUSALS_OF_A_WATCH:
                    break


async def test_a_try_that_a_limit_of_the_run_ends_has_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    with PracticeDistrict() as district:
        before = await run(district.connection, district.credentials)
        monkeypatch.setattr(limits, "RUN_REQUESTS", 2)
        tries = watch(district.connection, district.credentials, "query.filter", previous=before)
        async with aclosing(tries) as watched:
            tried = await anext(watched)
    assert not tried.passed
    assert tried.finding.status is Status.SKIP
    assert tried.finding.limit == {"requests": 2}
    assert tried.result.verdict.cause == "tool.run-limit"

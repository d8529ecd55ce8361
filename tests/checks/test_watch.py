"""Watching a check: it is tried again until it passes, never faster than every five seconds."""

from __future__ import annotations

import time
from contextlib import aclosing

import pytest

from oneroster_checks.connection import Connection, Credentials
from oneroster_checks.diagnosis.plan import touched_by
from oneroster_checks.diagnosis.runner import stream
from oneroster_checks.diagnosis.watch import Tried, watch
from oneroster_checks.errors import UnknownCheck
from oneroster_checks.events import RunFinished
from oneroster_checks.finding import Status
from oneroster_checks.limits import WATCH_EVERY_S
from oneroster_checks.result import Result
from oneroster_checks.target import make_target
from oneroster_practice import PracticeDistrict


async def _result(district: PracticeDistrict) -> Result:
    async for event in stream(district.connection, district.credentials):
        if isinstance(event, RunFinished):
            return event.result
    raise AssertionError("the run did not finish")


async def test_a_watch_ends_when_the_check_passes() -> None:
    with (
        PracticeDistrict("gradebook.not-enabled") as broken,
        PracticeDistrict(share=("rostering", "gradebook")) as good,
    ):
        before = await _result(broken)
        assert before.verdict.cause == "gradebook.not-enabled"
        tries: list[Tried] = []
        started = time.monotonic()
        async with aclosing(
            watch(broken.connection, broken.credentials, "gradebook.read", previous=before, every_s=0.1)
        ) as watched:
            async for tried in watched:
                tries.append(tried)
                if tried.number == 2:
                    break
        assert time.monotonic() - started >= WATCH_EVERY_S
        assert [tried.passed for tried in tries] == [False, False]
        async for tried in watch(good.connection, good.credentials, "gradebook.read", previous=before):
            tries.append(tried)
    assert tries[-1].passed
    assert tries[-1].finding.status is Status.PASS
    # The other findings of the first run are still there.
    assert len(tries[-1].result.findings) == len(before.findings)


async def test_a_check_that_does_not_apply_cannot_be_watched() -> None:
    with PracticeDistrict() as district:
        before = await _result(district)
        with pytest.raises(UnknownCheck):
            async for _ in watch(district.connection, district.credentials, "oauth1.age", previous=before):
                pass


def test_only_what_a_change_touches_runs_again() -> None:
    grades = make_target(Connection(share=("rostering", "gradebook")), Credentials())
    assert touched_by({"vendor_key"}, grades) == ("key.characters", "gradebook.read", "gradebook.content")
    assert touched_by({"vendor_key", "base_url"}, grades) is None
    assert touched_by(set(), grades) is None
    assert touched_by({"created"}, grades) == ()

"""A write test that is cut off or canceled at any of its requests leaves nothing in the grade book."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import aclosing, suppress

import pytest

from oneroster_checks import limits
from oneroster_checks.diagnosis.runner import run, stream
from oneroster_checks.events import CheckStarted
from oneroster_checks.made_records import Leftovers
from oneroster_practice import PracticeDistrict

from ..practice.caller import Caller
from ..servers.meddler import Cut, Meddler, Passing
from ..servers.reply import Reply
from .http.sessions import SwiftClock
from .writing import CLASS, SHARE, STEPS, Journal, failures, in_gradebook, of_step, unchanged, write_test

LIMIT_S = 30


async def _numbers_of_the_test(district: PracticeDistrict) -> range:
    """The numbers of the requests of a whole write test, from the one for its class on."""
    async with Meddler(district.connection) as relay:
        await write_test(relay.connection, district.credentials)
        first = next(each.number for each in relay.heard if "/classes/" in each.path)
        return range(first, len(relay.heard) + 1)


@pytest.mark.parametrize("cut", Cut)
@pytest.mark.parametrize("times", [1, 2])
async def test_a_connection_that_is_lost_at_any_request_leaves_nothing(cut: Cut, times: int) -> None:
    with PracticeDistrict(share=SHARE) as district, unchanged(district):
        for number in await _numbers_of_the_test(district):

            def lost(passing: Passing, number: int = number) -> Cut | None:
                return cut if number <= passing.number < number + times else None

            async with Meddler(district.connection, lost) as relay:
                result = await write_test(relay.connection, district.credentials, journal := Journal())
            assert journal.held == [], number
            if times == 1:
                assert failures(result) == {}, number


@pytest.mark.parametrize("cut", Cut)
async def test_what_a_connection_that_is_lost_for_good_leaves_is_in_the_journal(cut: Cut) -> None:
    with PracticeDistrict(share=SHARE) as district:
        before = in_gradebook(district)
        # Every second one: a retry takes the place of the one between.
        for number in (await _numbers_of_the_test(district))[::2]:

            def lost(passing: Passing, number: int = number) -> Cut | None:
                return cut if passing.number >= number and passing.method != "POST" else None

            async with Meddler(district.connection, lost) as relay:
                result = await write_test(relay.connection, district.credentials, journal := Journal())
                now = in_gradebook(district)
                left = {
                    (path, record["sourcedId"])
                    for path in now
                    for record in now[path]
                    if record not in before[path]
                }
                held = {(record.path, record.sourced_id) for record in journal.held}
                assert left <= held, number
                if held:
                    facts = of_step(result, "removal").facts
                    assert of_step(result, "removal").cause == "gradebook.cleanup-failed"
                    assert facts["count"] == len(held)
                relay.meddle = lambda passing: None
                await _remove(relay, district, journal)
            assert in_gradebook(district) == before


async def _remove(relay: Meddler, district: PracticeDistrict, journal: Journal) -> None:
    if journal.held:
        left = (Leftovers(CLASS, tuple(journal.held)),)
        await run(
            relay.connection, district.credentials, leftovers=left, journal=journal, clock=SwiftClock(),
            only=("gradebook.leftovers",),
        )  # fmt: skip
    assert journal.held == []


Ending = Callable[[asyncio.Task[None]], None]


def _once(task: asyncio.Task[None]) -> None:
    task.cancel()


def _again_and_again(task: asyncio.Task[None]) -> None:
    """Somebody in a hurry."""
    task.cancel()
    for turn in range(1, 6):
        asyncio.get_running_loop().call_later(turn * 0.02, task.cancel)


@pytest.mark.parametrize("ending", [_once, _again_and_again])
@pytest.mark.parametrize("answers", [True, False], ids=["behind the answer", "before the answer"])
async def test_a_run_that_is_canceled_at_any_request_leaves_nothing(ending: Ending, answers: bool) -> None:
    with PracticeDistrict(share=SHARE) as district, unchanged(district):
        for number in await _numbers_of_the_test(district):
            await _canceled_at(district, number, ending, answers=answers)


async def _canceled_at(district: PracticeDistrict, number: int, ending: Ending, *, answers: bool) -> None:
    """A write test that is canceled at a request, before or after the server has carried it out."""
    canceled, journal = asyncio.Event(), Journal()

    async def consume() -> None:
        events = stream(
            relay.connection, district.credentials, only=STEPS, write_test=CLASS, journal=journal,
            clock=SwiftClock(),
        )  # fmt: skip
        async with aclosing(events):
            async for _ in events:
                pass

    def cancel(passing: Passing, *, now: bool) -> None:
        if passing.number == number and now:
            ending(task)
            canceled.set()

    async with Meddler(district.connection, lambda passing: cancel(passing, now=not answers)) as relay:
        relay.answered = lambda passing: cancel(passing, now=answers)
        task = asyncio.ensure_future(consume())
        with suppress(asyncio.CancelledError):
            await asyncio.wait_for(task, LIMIT_S)
        assert canceled.is_set()
        await asyncio.wait_for(relay.closed(), LIMIT_S)
    assert journal.held == [], number


@pytest.mark.parametrize("step", STEPS)
async def test_a_generator_that_is_closed_at_any_step_leaves_nothing(step: str) -> None:
    with PracticeDistrict(share=SHARE) as district, unchanged(district):
        journal = Journal()
        events = stream(
            district.connection, district.credentials, only=STEPS, write_test=CLASS, journal=journal,
            clock=SwiftClock(),
        )  # fmt: skip
        async with aclosing(events):
            async for event in events:
                if isinstance(event, CheckStarted) and event.check == step:
                    break
    assert journal.held == []


async def test_a_server_that_hangs_does_not_hold_a_canceled_run_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("oneroster_checks.limits.CLEAN_UP_S", 0.5)
    hung = asyncio.Event()

    with PracticeDistrict(share=SHARE) as district:

        def meddle(passing: Passing) -> Reply | None:
            if passing.method == "DELETE":
                return Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
            if passing.method == "PUT" and passing.is_of("results"):
                hung.set()
            return None

        async with Meddler(district.connection, meddle) as relay:
            journal = Journal()
            task = asyncio.ensure_future(
                run(relay.connection, district.credentials, only=STEPS, write_test=CLASS, journal=journal)
            )
            await asyncio.wait_for(hung.wait(), LIMIT_S)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.wait_for(task, LIMIT_S)
            assert task.cancelled()
    # What could not be removed is there for the next start.
    assert len(journal.held) == 3


async def test_a_write_that_is_carried_out_behind_its_removal_is_removed_too() -> None:
    """The connection is lost, and the server goes on with what it has heard."""
    with PracticeDistrict(share=SHARE) as district, unchanged(district):
        late: list[asyncio.Task[None]] = []
        async with Meddler(district.connection) as relay:

            async def carry_out(passing: Passing) -> None:
                await removed.wait()
                with Caller(district) as caller:
                    path = passing.path.partition("/gradebook/v1p2/")[2]
                    body = json.loads(passing.body)
                    await asyncio.to_thread(caller.call, "PUT", path, service="gradebook", json=body)
                carried_out.set()

            class Waits(SwiftClock):
                """The pause before the last look is as long as the server takes."""

                async def sleep(self, seconds: float) -> None:
                    if seconds == limits.LATE_WRITE_S:
                        removed.set()
                        await carried_out.wait()

            def meddle(passing: Passing) -> Cut | None:
                if passing.method == "PUT" and passing.is_of("results"):
                    if not late:
                        late.append(asyncio.ensure_future(carry_out(passing)))
                    return Cut.BEFORE
                return None

            removed, carried_out, journal = asyncio.Event(), asyncio.Event(), Journal()
            relay.meddle = meddle
            await run(
                relay.connection, district.credentials, only=STEPS, write_test=CLASS, journal=journal, clock=Waits()
            )  # fmt: skip
            await asyncio.gather(*late)
    assert journal.held == []

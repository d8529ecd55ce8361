"""The stream of a run: the order of its events, cancelling, crashing checks, and parts of a run."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from datetime import date
from typing import Any

import pytest

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.diagnosis import runner
from oneroster_checks.diagnosis.plan import plan
from oneroster_checks.diagnosis.runner import stream
from oneroster_checks.events import CheckFinished, CheckStarted, Event, RequestMade, RunFinished, RunStarted
from oneroster_checks.finding import Stage, Status
from oneroster_checks.stages.context import RunContext
from oneroster_checks.stages.model import Check, Outcome, passed
from oneroster_checks.target import make_target
from oneroster_practice import PracticeDistrict

from ..cli.command import practice
from ..servers import LoopServer
from .engine import campus, events, outcome, secrets

PROBLEMS = [None, "address.malformed", "network.refused", "token.invalid-client", "access.forbidden",
            "oauth1.expired", "sharing.nothing", "paging.duplicates", "error.unsafe"]  # fmt: skip


def at(ready: dict[str, Any]) -> tuple[Connection, Credentials]:
    """The connection and the credentials of a district in another process."""
    connection = Connection(
        oauth=ready["oauth"],
        oneroster=ready["oneroster"],
        base_url=ready["base_url"],
        token_url=ready["token_url"],
        client_id=ready["client_id"],
        share=tuple(ready["share"]),
        created=date.fromisoformat(ready["created"]),
        timeout=ready["timeout"],
    )
    texts = (ready[name] for name in ("client_secret", "vendor_key", "vendor_secret"))
    return connection, Credentials(*(Secret(text) for text in texts))


@pytest.mark.parametrize("problem", PROBLEMS)
async def test_the_events_come_in_order(problem: str | None) -> None:
    with PracticeDistrict(problem) as district:
        stream = await events(district.connection, district.credentials)
    first, *middle, last = stream
    assert isinstance(first, RunStarted)
    assert isinstance(last, RunFinished)
    planned = [check.check for check in first.checks]
    assert planned == [check.id for check in plan(make_target(district.connection, district.credentials))]
    running = ""
    started: list[str] = []
    finished: list[str] = []
    made = []
    for event in middle:
        if isinstance(event, CheckStarted):
            assert running == ""
            running = event.check
            started.append(running)
        elif isinstance(event, RequestMade):
            assert event.check == running
            made.append(event.evidence)
        else:
            assert isinstance(event, CheckFinished)
            assert event.reported.finding.check == running
            finished.append(running)
            running = ""
    result = last.result
    assert started == finished == planned
    assert tuple(event.reported for event in middle if isinstance(event, CheckFinished)) == result.findings
    assert tuple(made) == result.trace
    assert result.requests == sum(evidence.method != "CONNECT" for evidence in made)
    assert result.started.utcoffset() is not None
    assert result.duration_ms >= sum(reported.finding.duration_ms for reported in result.findings) - len(
        planned
    )


def _sockets() -> list[str]:
    """The sockets that this process holds open."""
    names = []
    for name in os.listdir("/proc/self/fd"):
        try:
            names.append(os.readlink(f"/proc/self/fd/{name}"))
        except OSError:
            continue
    return sorted(name for name in names if name.startswith("socket:"))


def _threads() -> set[str]:
    """The threads of this process, without the event loop's own pool for looking up names."""
    return {thread.name for thread in threading.enumerate() if not thread.name.startswith("asyncio_")}


@pytest.fixture(
    scope="module", params=[("--oauth", "2"), ("--oauth", "1", "--oneroster", "1.1")], ids=["2", "1"]
)
def served(request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """A healthy district in another process, so that what is open here belongs to the run."""
    with practice(*request.param) as ready:
        yield ready


async def test_a_run_that_is_cancelled_after_any_event_leaves_nothing_open(served: dict[str, Any]) -> None:
    connection, credentials = at(served)
    whole = await events(connection, credentials)
    before = (_sockets(), _threads(), asyncio.all_tasks())
    assert len(whole) > 50
    for count in range(len(whole) + 1):
        running = stream(connection, credentials)
        seen: list[Event] = []
        while len(seen) < count:
            seen.append(await anext(running))
        await running.aclose()
        assert (_sockets(), _threads(), asyncio.all_tasks()) == before, f"after event {count}: {seen[-1:]}"
    # Anything that was only forgotten warns when it is collected, and warnings are errors.
    gc.collect()


async def test_a_run_that_is_cancelled_in_the_middle_of_a_request_leaves_nothing_open() -> None:
    reached = asyncio.Event()

    async def silent() -> AsyncIterator[bytes]:
        reached.set()
        await asyncio.Event().wait()
        yield b""

    async with LoopServer(lambda heard: silent()) as server:

        async def listen() -> None:
            async with aclosing(stream(campus(server.origin, timeout=60.0), secrets())) as events:
                async for _ in events:
                    pass

        around = asyncio.all_tasks()
        task = asyncio.create_task(listen())
        await reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 5)
        # The server's own task for this connection is not the run's.
        assert {each.get_coro() for each in asyncio.all_tasks() - around} <= {
            each.get_coro() for each in server.tasks
        }
    gc.collect()


async def test_a_run_that_nobody_listened_to_leaves_nothing_open() -> None:
    running = stream(campus("http://127.0.0.1:9"), secrets())
    await running.aclose()
    running = stream(campus("http://127.0.0.1:9"), secrets())
    assert isinstance(await anext(running), RunStarted)
    await running.aclose()
    with pytest.raises(StopAsyncIteration):
        await anext(running)
    gc.collect()


async def test_two_runs_at_once_do_not_meet() -> None:
    with PracticeDistrict() as healthy, PracticeDistrict("token.invalid-client") as broken:
        first, second = await asyncio.gather(
            outcome(healthy.connection, healthy.credentials), outcome(broken.connection, broken.credentials)
        )
    assert (first.verdict.cause, second.verdict.cause) == (None, "token.invalid-client")


class PrivateError(Exception):
    """What a check of the test raises."""


async def _crash(run: RunContext) -> Outcome:
    raise PrivateError(f"a value in the words: {run.target.credentials.client_secret.reveal()}")


async def _fine(run: RunContext) -> Outcome:
    return passed()


def _checks(
    connection: Connection, only: object, depth: object, options: object, consumer: object
) -> tuple[Check, ...]:
    return (
        Check("test.first", "The first", "x", Stage.ADDRESS, _fine),
        Check("test.crash", "The crash", "x", Stage.TOKEN, _crash, requires=("test.first",)),
        Check("test.behind", "Behind it", "x", Stage.ACCESS, _fine, requires=("test.crash",)),
        Check("test.beside", "Beside it", "x", Stage.ACCESS, _fine),
    )


async def test_a_check_that_crashes_is_a_fault_of_this_tool_and_the_run_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runner, "plan", _checks)
    result = await outcome(campus("http://127.0.0.1:9"), secrets("the-canary-secret"))
    assert [(reported.finding.check, reported.finding.status) for reported in result.findings] == [
        ("test.first", Status.PASS),
        ("test.crash", Status.ERROR),
        ("test.behind", Status.SKIP),
        ("test.beside", Status.PASS),
    ]
    crash = result.findings[1]
    assert crash.finding.cause == "tool.fault"
    assert dict(crash.finding.facts) == {"check": "test.crash", "error": "PrivateError"}
    assert "The crash" in str(result.findings[2].finding.reason)
    assert (result.verdict.status, result.verdict.cause) == (Status.ERROR, "tool.fault")
    assert "canary" not in repr(result)

"""A full read whose generator is closed at any moment leaves no task, no thread and no connection."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace

import pytest

from oneroster_checks.diagnosis.runner import stream
from oneroster_checks.events import CheckStarted, Event, ReadProgress, RequestMade
from oneroster_checks.records import database
from oneroster_checks.records.rules_read import rules
from oneroster_checks.stages.model import Depth
from oneroster_practice import PracticeDistrict

from ...servers import LoopServer, Reply, Request, json_reply, token_reply
from ...servers.meddler import Meddler, Passing
from ..engine import campus, secrets

MOMENTS = 20
LIMIT_S = 20
# The first rule of the data, and the check that asks for it.
RULE, CHECK = "data.dangling-reference", "data.references"
# It never ends by itself, and finds nothing.
ENDLESS = (
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT '' AS record FROM c WHERE x < 0"
)


@asynccontextmanager
async def nothing_left() -> AsyncGenerator[None]:
    """Tasks and threads are afterwards as they were before."""
    tasks, threads = asyncio.all_tasks(), set(threading.enumerate())
    yield
    left = {task for task in asyncio.all_tasks() - tasks if not task.done()}
    assert not left
    # Those of the loop's own pool, which look up names, stay.
    assert not [each for each in set(threading.enumerate()) - threads if each.name.startswith("records")]


@asynccontextmanager
async def full_read(relay: Meddler, district: PracticeDistrict) -> AsyncGenerator[AsyncGenerator[Event]]:
    """The events of a full run by way of a relay; every connection has ended behind it."""
    events = stream(relay.connection, district.credentials, depth=Depth.FULL)
    async with aclosing(events):
        yield events
    await asyncio.wait_for(relay.closed(), LIMIT_S)


async def ended(server: LoopServer) -> None:
    """Wait until the server has seen the end of every connection."""
    if server.tasks:
        await asyncio.wait(server.tasks, timeout=LIMIT_S)
    assert not server.tasks


async def test_closed_at_twenty_moments() -> None:
    with PracticeDistrict() as district:
        async with Meddler(district.connection) as relay, full_read(relay, district) as events:
            every = len([event async for event in events])
        for moment in range(1, every, every // MOMENTS):
            async with (
                Meddler(district.connection) as relay,
                nothing_left(),
                full_read(relay, district) as events,
            ):
                for _ in range(moment):
                    await anext(events)


async def test_canceled_at_twenty_requests() -> None:
    with PracticeDistrict() as district:
        async with Meddler(district.connection) as relay, full_read(relay, district) as events:
            _ = [event async for event in events]
        every = len(relay.heard)
        for moment in range(1, every, every // MOMENTS):

            async def read(through: Meddler) -> None:
                async with full_read(through, district) as events:
                    async for _ in events:
                        pass

            async with Meddler(district.connection) as relay, nothing_left():
                task = asyncio.ensure_future(read(relay))

                def cancel(passing: Passing, at: int = moment, task: asyncio.Task[None] = task) -> None:
                    if passing.number == at:
                        task.cancel()

                relay.meddle = cancel
                with suppress(asyncio.CancelledError):
                    await asyncio.wait_for(task, LIMIT_S)
                assert task.cancelled()
                await asyncio.wait_for(relay.closed(), LIMIT_S)


@pytest.mark.parametrize("part", ["found", "total"])
async def test_a_rule_that_never_ends_is_interrupted(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = f"SELECT count(*) FROM ({ENDLESS})" if part == "total" else ENDLESS
    slow = {**rules(), RULE: replace(rules()[RULE], **{part: endless})}
    monkeypatch.setattr(database, "rules", lambda: slow)
    with PracticeDistrict() as district:
        async with (
            Meddler(district.connection) as relay,
            nothing_left(),
            full_read(relay, district) as events,
        ):
            async for event in events:
                if isinstance(event, CheckStarted) and event.check == CHECK:
                    break
            with pytest.raises(TimeoutError):
                # It is under way as soon as somebody waits.
                await asyncio.wait_for(anext(events), 0.3)


async def test_closed_while_a_page_is_decoded() -> None:
    """Pages whose every record breaks the standard take longest."""
    records = [{"sourcedId": number, "role": "ext:x", "status": "odd"} for number in range(20_000)]

    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        name = heard.path.rpartition("/")[2]
        rows = records[: int(heard.asks("limit") or 100)]
        return json_reply(200, {name: rows}, ("X-Total-Count", "1000000"))

    for turns in range(0, 60, 6):
        async with LoopServer(answers) as server, nothing_left():
            async with aclosing(stream(campus(server.origin), secrets(), depth=Depth.FULL)) as events:
                async for event in events:
                    if isinstance(event, ReadProgress):
                        break
                for _ in range(turns):
                    await asyncio.sleep(0)
            await ended(server)


async def test_closed_while_the_next_page_is_under_way() -> None:
    """It never comes."""
    waiting = asyncio.Event()

    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        name, offset = heard.path.rpartition("/")[2], int(heard.asks("offset") or 0)
        rows = int(heard.asks("limit") or 100)
        if rows > 500 and offset:
            waiting.set()
            return Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", stalls=True)
        page = [{"sourcedId": f"{offset + number}"} for number in range(rows)]
        return json_reply(200, {name: page}, ("X-Total-Count", "1000000"))

    async with LoopServer(answers) as server, nothing_left():
        async with aclosing(stream(campus(server.origin), secrets(), depth=Depth.FULL)) as events:
            async for event in events:
                if isinstance(event, RequestMade) and "page of the full read" in event.evidence.note:
                    break
            await asyncio.wait_for(waiting.wait(), LIMIT_S)
        await ended(server)

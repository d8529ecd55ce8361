"""Whole runs at depth full: what is read, in which order, what is left to the checks of the parts, and how runs end."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager

import pytest

from oneroster_checks import limits
from oneroster_checks.connection import Connection, Credentials, Share
from oneroster_checks.diagnosis.runner import run, stream
from oneroster_checks.events import Event, ReadProgress, RunFinished
from oneroster_checks.finding import Status
from oneroster_checks.report import render
from oneroster_checks.result import Result
from oneroster_checks.stages.model import Depth

from ...servers import LoopServer
from ..districts.district import District, Living, data_says
from ..districts.records import many
from ..districts.replies import bare
from ..districts.row import AS_GIVEN, Served, connection_of, credentials_of
from ..districts.shapes import CAMPUS, GENERIC, GENERIC_1_1

ROSTER = ["orgs", "academicSessions", "courses", "classes", "users", "enrollments"]
ALL: tuple[Share, ...] = ("rostering", "demographics", "gradebook", "assessments", "resources")


@asynccontextmanager
async def serving(district: District) -> AsyncGenerator[tuple[LoopServer, Connection, Credentials]]:
    """A district on a server, with the connection to it."""
    living = Living(district, time.time)
    async with LoopServer(living) as server:
        served = Served(server, 0, False, living, district)
        yield server, connection_of(AS_GIVEN, served), credentials_of(AS_GIVEN, served)


async def read_of(district: District, *shares: Share) -> Result:
    """The result of a full run."""
    async with serving(district) as (server, connection, credentials):
        connection = connection.but(share=shares) if shares else connection
        result = await run(connection, credentials, depth=Depth.FULL)
        assert server.most_at_once <= 1
    return result


def names(result: Result) -> list[str]:
    return [each.collection for each in result.read]


@pytest.mark.parametrize("shape", [CAMPUS, GENERIC, GENERIC_1_1])
async def test_every_collection_of_rostering_is_read_in_order(shape: object) -> None:
    result = await read_of(District(shape))  # type: ignore[arg-type]
    assert names(result) == ROSTER
    assert all(each.complete and each.records and each.pages and each.bytes for each in result.read)
    (whole,) = [each for each in result.findings if each.finding.check == "paging.whole"]
    assert whole.finding.status is Status.PASS
    assert whole.summary.endswith(f"{sum(each.records for each in result.read)} records.")
    assert {name: result.counts[name] for name in ROSTER} == {
        each.collection: each.records for each in result.read
    }


async def test_parts_are_read_where_they_are_expected() -> None:
    shape = CAMPUS.but(parts=("rostering", "gradebook", "resources"))
    async with serving(District(shape)) as (_, connection, credentials):
        result = await run(connection.but(share=ALL), credentials, depth=Depth.FULL)
    assert names(result)[:6] == ROSTER
    assert "demographics" in names(result)


async def test_json_has_what_was_read_at_depth_full_alone() -> None:
    async with serving(District(CAMPUS)) as (_, connection, credentials):
        quick = json.loads(render([await run(connection, credentials)], "json"))
        full = json.loads(render([await run(connection, credentials, depth=Depth.FULL)], "json"))
    assert "read" not in quick["runs"][0]
    read = full["runs"][0]["read"]
    assert [each["collection"] for each in read] == ROSTER
    assert list(read[0]) == ["collection", "records", "total", "pages", "bytes", "seconds", "complete"]


async def test_a_token_that_lasts_a_few_requests_is_renewed_as_often_as_needed() -> None:
    district = District(GENERIC).where(many("enrollments", 1500), cap=40, each_token_lasts=7)
    result = await read_of(district)
    assert names(result) == ROSTER
    assert result.read[-1].records == 1500
    assert all(each.complete for each in result.read)


async def test_a_part_that_is_refused_is_no_second_failure() -> None:
    district = District(CAMPUS).where(data_says(bare(403), "demographics"))
    result = await read_of(district, "rostering", "demographics")
    assert "demographics" not in names(result)
    whole = result.finding("paging.whole")
    assert whole is not None
    assert whole.status is Status.PASS


async def test_the_other_collections_are_read_where_one_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WAITS_FOR_A_PAGE_S", (0.0, 0.0))
    broken = data_says(
        lambda request, reply: bare(500) if int(request.asks("offset") or 0) >= 40 else reply, "users"
    )
    result = await read_of(District(GENERIC).where(many("users", 200), broken, cap=40))
    read = {each.collection: each for each in result.read}
    assert (read["users"].records, read["users"].complete) == (40, False)
    assert read["enrollments"].complete
    whole = result.finding("paging.whole")
    assert whole is not None
    assert (whole.status, whole.cause, whole.facts["after"]) == (Status.FAIL, "access.part-broken", 40)


async def test_progress_ends_with_every_collection() -> None:
    async with (
        serving(District(GENERIC).where(many("enrollments", 900), cap=50)) as (
            _,
            connection,
            credentials,
        ),
        aclosing(stream(connection, credentials, depth=Depth.FULL)) as events,
    ):
        seen = [event async for event in events]
    told = [event for event in seen if isinstance(event, ReadProgress)]
    assert [event.collection for event in told if event.ended] == ROSTER
    result = next(event.result for event in seen if isinstance(event, RunFinished))
    last = {event.collection: event for event in told}
    for each in result.read:
        assert (last[each.collection].records, last[each.collection].of) == (each.records, each.total)
        assert last[each.collection].bytes == each.bytes
    assert all(event.check == "paging.whole" for event in told)
    assert len(told) < 900 / 50 + 20


@pytest.mark.parametrize("moment", range(20))
async def test_a_run_that_is_cancelled_leaves_nothing(moment: int) -> None:
    threads = set(threading.enumerate())
    async with serving(District(GENERIC).where(many("enrollments", 2000), cap=50)) as (
        server,
        connection,
        credentials,
    ):
        tasks = asyncio.all_tasks()
        async with aclosing(stream(connection, credentials, depth=Depth.FULL)) as events:
            await _reach(events, moment)
        if server.tasks:
            # The server sees the end of each connection.
            await asyncio.wait(server.tasks, timeout=5)
        assert not server.tasks
        assert not {task for task in asyncio.all_tasks() - tasks if not task.done()}
    left = [thread for thread in threading.enumerate() if thread not in threads and "records" in thread.name]
    for thread in left:
        thread.join(5)
    assert not any(thread.is_alive() for thread in left)


async def _reach(events: AsyncGenerator[Event, None], moment: int) -> None:
    """Follow a run to the event of this number behind the first page of its full read."""
    behind = 0
    async for event in events:
        behind += bool(behind) or isinstance(event, ReadProgress)
        if behind > 3 * moment:
            return

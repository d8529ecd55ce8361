"""Reading can be ended at any moment, and leaves no task and no connection behind."""

from __future__ import annotations

import asyncio

import pytest

from ...servers import LoopServer, Reply, Request
from .collections import LongList, names, opened


@pytest.mark.parametrize("turns", range(0, 200, 10))
async def test_cancelled_at_any_moment(turns: int) -> None:
    async with LoopServer(LongList(names(20_000), cap=50)) as server:

        async def reads() -> None:
            async with opened(server, most=100) as (read, pages):
                async for page in pages:
                    await read.judge.add(page)  # type: ignore[arg-type]

        before = asyncio.all_tasks()
        task = asyncio.create_task(reads())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await _nothing_is_left(server, before)


@pytest.mark.parametrize("number", range(1, 6))
async def test_broken_off_between_pages(number: int) -> None:
    async with LoopServer(LongList(names(20_000), cap=50)) as server:
        before = asyncio.all_tasks()
        async with opened(server, most=100) as (_, pages):
            seen = 0
            async for _page in pages:
                seen += 1
                if seen == number:
                    break
        await _nothing_is_left(server, before)


async def test_an_error_of_the_judge_ends_what_is_under_way() -> None:
    def slow(number: int, request: Request, page: Reply) -> Reply:
        return page if number < 3 else page.but(delay=30)

    async with LoopServer(LongList(names(20_000), cap=50, answer=slow)) as server:
        before = asyncio.all_tasks()
        with pytest.raises(ZeroDivisionError):
            await _fails_at_the_second(server)
        await _nothing_is_left(server, before)


async def _fails_at_the_second(server: LoopServer) -> None:
    async with opened(server, most=100) as (_, pages):
        async for _page in pages:
            if len(server.heard) == 2:
                # The third is under way, and never comes.
                await asyncio.sleep(0)
                raise ZeroDivisionError


async def test_the_next_page_is_under_way_while_one_is_judged() -> None:
    async with LoopServer(LongList(names(1000), cap=50)) as server, opened(server, most=100) as (_, pages):
        judged = 0
        async for _page in pages:
            judged += 1
            # As long as it takes the server to hear the next request.
            for _ in range(1000):
                if len(server.heard) > judged or judged == 20:
                    break
                await asyncio.sleep(0)
            else:
                pytest.fail("nothing was asked for while a page was judged")
    assert judged == 20


async def _nothing_is_left(server: LoopServer, before: set[asyncio.Task[object]]) -> None:
    if serving := server.tasks:
        # The server sees the end of each connection.
        await asyncio.wait(serving, timeout=5)
    assert not server.tasks
    left = [task for task in asyncio.all_tasks() - before - server.tasks if not task.done()]
    assert not left

"""A cancel is never lost, at whatever moment of a connection it comes: Ctrl+C would be waited for in vain."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

from oneroster_checks.http.connect import opened
from oneroster_checks.http.resolver import Address

# More turns of the event loop than a connection to this computer takes.
TURNS = 60


async def _open_and_close(port: int) -> None:
    async with opened([Address(socket.AF_INET, ("127.0.0.1", port))]):
        pass


async def _canceled_after(turns: int, port: int) -> bool | None:
    """Whether a task that was canceled after so many turns ended by it; None where it had ended before."""
    task = asyncio.create_task(_open_and_close(port))
    for _ in range(turns):
        await asyncio.sleep(0)
    if not task.cancel():
        return None
    await asyncio.wait([task])
    return task.cancelled()


async def test_a_cancel_in_any_turn_of_opening_and_closing_a_connection_ends_it() -> None:
    async def let_in(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(let_in, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        ended = [await _canceled_after(turns, port) for turns in range(TURNS)]
    assert False not in ended, ended
    # Some came in time, and some too late.
    assert True in ended
    assert None in ended


def test_nothing_waits_in_the_way_that_loses_a_cancel() -> None:
    # `asyncio.wait_for` returns what came where a cancel comes in the same moment, until Python 3.12.
    folders = [Path(__file__).parents[3] / name for name in ("checks", "tui")]
    sources = [path for folder in folders for path in folder.rglob("*.py")]
    assert len(sources) > 300
    assert [path.name for path in sources if "wait_for(" in path.read_text(encoding="utf-8")] == []

"""The table's own machinery: a row that is wrong does not hold, and the server sends what it is told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from ...servers import LoopServer, Reply
from .district import District, Living, data_says
from .replies import bare
from .row import Expected, Row, Typed, fails, healthy, holds, passes, warns
from .shapes import CAMPUS, GENERIC

FORBIDDEN = District(GENERIC).where(data_says(bare(403)))


@pytest.mark.parametrize(
    "expected",
    [
        fails("access.token-rejected"),
        fails("access.forbidden", suggestion="{base}"),
        fails("access.forbidden", then=("gradebook.not-enabled",)),
        fails("access.forbidden", most=2),
        warns("access.forbidden"),
        healthy(),
        passes(),
    ],
)
async def test_a_wrong_row_does_not_hold(expected: Expected, tmp_path: Path) -> None:
    row = Row("403 everywhere", FORBIDDEN, fails("access.forbidden"))
    await holds(row, tmp_path)
    with pytest.raises(AssertionError, match="403 everywhere"):
        await holds(replace(row, expected=expected), tmp_path)


async def test_a_note_that_is_missing_does_not_hold(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="expected a note"):
        await holds(Row("all is well", District(CAMPUS), healthy(noting="load.throttled")), tmp_path)


async def test_a_wrong_address_does_not_reach_the_server(tmp_path: Path) -> None:
    row = Row(
        "no scheme",
        District(CAMPUS),
        fails("address.malformed", most=0),
        Typed(base="127.0.0.1:{port}/campus"),
    )
    await holds(row, tmp_path)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(500, b""), b"HTTP/1.1 500 Reason\r\nDate: "),
        (Reply(404, b" ", dated=False), b"HTTP/1.1 404 Reason\r\nContent-Length: 1\r\n\r\n "),
        (Reply(raw=b"no HTTP at all"), b"no HTTP at all"),
        (Reply(closes=True), b""),
    ],
)
async def test_the_server_sends_the_bytes_it_is_told(reply: Reply, expected: bytes) -> None:
    async with LoopServer(lambda request: reply) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET /orgs HTTP/1.1\r\nHost: x\r\n\r\n")
        got = await reader.read(len(expected)) if expected else await reader.read()
        assert got == expected
        writer.close()
        await writer.wait_closed()


def test_a_district_is_its_own_copy() -> None:
    one, other = (Living(District(GENERIC), lambda: 0.0) for _ in range(2))
    one.data["orgs"].clear()
    assert other.data["orgs"]

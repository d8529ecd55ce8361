"""The session: its limits, its trace, one request at a time, and no redirect followed."""

from __future__ import annotations

import asyncio
import gzip
import struct
from collections.abc import AsyncIterator

import pytest

from oneroster_checks.http.failure import FailureKind, Phase
from oneroster_checks.limits import ANSWER_BYTES

from ...servers import LoopServer, Pieces, reply
from .sessions import session

MEGABYTE = 1024 * 1024


def saying(*pieces: bytes) -> Pieces:
    """An answer in pieces, after which the connection closes."""

    async def reported() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    return reported()


class TestLimits:
    async def test_an_endless_answer_is_cut_off(self) -> None:
        sent = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal sent
            yield b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[" + b"1," * 10
            while True:
                sent += 1
                yield b"0," * (MEGABYTE // 2)

        async with LoopServer(lambda heard: endless()) as server, session() as over:
            answer = await over.send("GET", f"{server.origin}/orgs")
        assert answer.truncated
        assert answer.content.size == ANSWER_BYTES
        assert answer.status == 200
        assert answer.document is None
        assert "MiB" in answer.evidence.outline
        assert sent < ANSWER_BYTES // MEGABYTE + 20

    async def test_a_small_answer_that_unpacks_to_a_large_one_is_cut_off_too(self) -> None:
        bomb = gzip.compress(b"0" * (ANSWER_BYTES + MEGABYTE), compresslevel=1)
        assert len(bomb) < MEGABYTE
        async with (
            LoopServer(lambda heard: reply(200, bomb, ("Content-Encoding", "gzip"))) as server,
            session() as over,
        ):
            answer = await over.send("GET", f"{server.origin}/orgs")
        assert answer.truncated
        assert answer.content.size == ANSWER_BYTES

    async def test_an_answer_that_drips_ends_with_the_limit_of_the_whole_request(self) -> None:
        async def drip() -> AsyncIterator[bytes]:
            yield b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
            while True:
                # Each byte comes well within the time that a single read may take.
                await asyncio.sleep(0.05)
                yield b"x"

        async with LoopServer(lambda heard: drip()) as server, session(timeout=0.4) as over:
            answer = await over.send("GET", f"{server.origin}/orgs")
        assert answer.status is None
        assert answer.failure is not None
        assert (answer.failure.kind, answer.failure.phase) == (FailureKind.TIMEOUT, Phase.READING)
        assert 350 <= answer.evidence.elapsed_ms < 2000

    async def test_a_server_that_never_answers_is_told_from_one_that_never_ends(self) -> None:
        forever = asyncio.Event()

        async def silent() -> AsyncIterator[bytes]:
            await forever.wait()
            yield b""

        async with LoopServer(lambda heard: silent()) as server, session(timeout=0.3) as over:
            answer = await over.send("GET", f"{server.origin}/orgs")
        assert answer.failure is not None
        assert (answer.failure.kind, answer.failure.phase) == (FailureKind.TIMEOUT, Phase.WAITING)
        assert "nothing came back" in answer.evidence.note


BROKEN_OFF = {
    "closed at once": b"",
    "closed in the status line": b"HTTP/1.1 20",
    "closed in the headers": b"HTTP/1.1 200 OK\r\nContent-Le",
    "closed in the body": b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{",
    "closed in a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n{",
    "no HTTP at all": b"220 mail.example.test ESMTP ready\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
    "endless headers": b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"y" * 200_000 + b"\r\n\r\n",
}


@pytest.mark.parametrize("reported", BROKEN_OFF.values(), ids=list(BROKEN_OFF))
async def test_an_answer_that_breaks_off_is_no_answer(reported: bytes) -> None:
    async with LoopServer(lambda heard: saying(reported)) as server, session() as over:
        answer = await over.send("GET", f"{server.origin}/orgs")
    assert answer.failure is not None
    assert answer.failure.kind in (FailureKind.CLOSED, FailureKind.NOT_HTTP)
    assert answer.status is None
    assert answer.document is None


async def test_a_reset_connection_is_closed_without_an_answer() -> None:
    def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raw = writer.get_extra_info("socket")
        # Linger of no seconds: closing sends a reset.
        raw.setsockopt(1, 13, struct.pack("ii", 1, 0))
        writer.close()

    server = await asyncio.start_server(reset, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with session() as over:
        answer = await over.send("GET", f"http://127.0.0.1:{port}/orgs")
    server.close()
    assert answer.failure is not None
    assert answer.failure.kind is FailureKind.CLOSED


async def test_a_port_where_nobody_listens_refuses() -> None:
    async with LoopServer(lambda heard: None) as server:
        origin = server.origin
    async with session() as over:
        answer = await over.send("GET", f"{origin}/orgs")
    assert answer.failure is not None
    assert answer.failure.kind is FailureKind.REFUSED


async def test_one_request_at_a_time() -> None:
    async def slowly() -> AsyncIterator[bytes]:
        await asyncio.sleep(0.02)
        yield reply(200, "{}").to_bytes()

    async with LoopServer(lambda heard: slowly()) as server, session() as over:
        answers = await asyncio.gather(
            *(over.send("GET", f"{server.origin}/{number}") for number in range(6))
        )
    assert [answer.status for answer in answers] == [200] * 6
    assert len(server.heard) == 6
    assert server.most_at_once == 1
    assert over.requests == 6


async def test_a_cookie_is_never_sent_back() -> None:
    async with (
        LoopServer(lambda heard: reply(200, "{}", ("Set-Cookie", "session=1; Path=/"))) as server,
        session() as over,
    ):
        for _ in range(3):
            await over.send("GET", f"{server.origin}/orgs")
    assert ["cookie" in heard.headers for heard in server.heard] == [False] * 3


async def test_the_proxies_of_the_environment_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with LoopServer(lambda heard: reply(200, "{}")) as server, session() as over:
        answer = await over.send("GET", f"{server.origin}/orgs")
    assert answer.status == 200


@pytest.mark.parametrize(("status", "connections"), [(200, 1), (404, 1), (500, 2), (503, 2)])
async def test_behind_a_server_error_the_next_request_has_a_connection_of_its_own(
    status: int, connections: int
) -> None:
    # A server that failed may close without saying so, and what is sent meanwhile would be lost.
    async with LoopServer(lambda heard: reply(status, b"{}")) as server, session() as over:
        await over.send("GET", f"{server.origin}/orgs")
        await over.send("GET", f"{server.origin}/classes")
    assert server.connections == connections

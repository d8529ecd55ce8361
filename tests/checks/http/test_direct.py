"""The one connection of a session: kept while it can be used, and read as it comes."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest

from oneroster_checks.http.failure import FailureKind, Phase
from oneroster_checks.http.resolver import Address
from oneroster_checks.http.stream import Stream, opened_stream
from oneroster_checks.http.tls import trust

from ...servers import certificates as paper
from .sessions import session

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
Answering = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(answering: Answering) -> AsyncGenerator[tuple[str, list[int]]]:
    """The origin of a server that does this with each connection, and the ports that connected to it."""
    ports: list[int] = []
    ended: list[asyncio.Event] = []

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ended.append(over := asyncio.Event())
        ports.append(writer.get_extra_info("peername")[1])
        try:
            await answering(reader, writer)
        finally:
            writer.close()
            over.set()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", ports
    for each in ended:
        await each.wait()


async def answering_each(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await _request(reader):
        writer.write(ANSWER)


async def answering_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await _request(reader)
    writer.write(ANSWER)
    await writer.drain()


async def _request(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""


async def test_requests_share_a_connection() -> None:
    async with listening(answering_each) as (origin, ports), session() as over:
        answers = [await over.send("GET", f"{origin}/{number}") for number in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert len(ports) == 1


class OtherTransport:
    """A transport as other event loops have them, uvloop for one: it does the same, and is of no class of asyncio."""

    def __init__(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def __getattr__(self, name: str) -> object:
        return getattr(self._transport, name)


async def test_the_event_loop_may_be_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    create = loop.create_connection

    async def created(factory: Callable[[], Stream], sock: socket.socket) -> tuple[object, Stream]:
        def made() -> Stream:
            stream = factory()
            take = cast(Callable[[object], None], stream.connection_made)
            monkeypatch.setattr(stream, "connection_made", lambda transport: take(OtherTransport(transport)))
            return stream

        return await create(made, sock=sock)

    monkeypatch.setattr(loop, "create_connection", created)
    async with listening(answering_each) as (origin, ports), session() as over:
        answers = [await over.send("GET", f"{origin}/{number}") for number in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert len(ports) == 1


async def test_a_connection_that_the_server_has_closed_is_not_used_again() -> None:
    async with listening(answering_once) as (origin, ports), session() as over:
        answers = [await over.send("GET", f"{origin}/{number}") for number in range(3)]
    assert [answer.failure for answer in answers] == [None, None, None]
    assert len(set(ports)) == 3


async def test_a_connection_behind_which_more_came_is_not_used_again() -> None:
    """What nobody asked for would be taken for the next answer."""

    async def saying_more(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await _request(reader):
            writer.write(ANSWER + b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")

    async with listening(saying_more) as (origin, ports), session() as over:
        answers = [await over.send("GET", f"{origin}/{number}") for number in range(2)]
    assert [answer.status for answer in answers] == [200, 200]
    assert len(ports) == 2


async def test_what_only_announces_an_answer_is_none() -> None:
    async def announcing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _request(reader)
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
        await writer.drain()
        writer.write(ANSWER)
        await writer.drain()

    async with listening(announcing) as (origin, _), session() as over:
        answer = await over.send("GET", f"{origin}/orgs")
    assert answer.status == 200
    assert answer.document == {}


async def test_a_port_of_a_known_host_is_the_one_that_was_asked_for() -> None:
    async with (
        listening(answering_each) as (first, at_first),
        listening(answering_each) as (second, at_second),
        session() as over,
    ):
        for origin in (first, second, first):
            assert (await over.send("GET", f"{origin}/orgs")).status == 200
    assert (len(at_first), len(at_second)) == (2, 1)


@pytest.mark.parametrize("size", [100, 3_000_000])
async def test_a_body_is_sent_whole(size: int) -> None:
    got: list[bytes] = []

    async def taking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _request(reader)
        got.append(await reader.readexactly(size))
        writer.write(ANSWER)
        await writer.drain()

    sent = bytes(range(100)) * (size // 100)
    async with listening(taking) as (origin, _), session() as over:
        answer = await over.send("POST", f"{origin}/token", content=sent)
    assert answer.status == 200
    assert got == [sent]


@pytest.mark.parametrize("length", [b"Content-Length: 2\r\n", b""])
async def test_an_answer_that_came_while_a_body_was_sent_counts(length: bytes) -> None:
    """The server ends its side behind the answer, and reads on: some do so with a body that is too large."""

    async def refusing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _request(reader)
        writer.write(b"HTTP/1.1 413 Content Too Large\r\n" + length + b"\r\n{}")
        writer.write_eof()
        if length:
            await reader.read()
        else:
            writer.transport.abort()

    async with listening(refusing) as (origin, _), session() as over:
        answer = await over.send("POST", f"{origin}/token", content=b"x" * 20_000_000)
        assert answer.status == 413
        assert answer.document == {}
        assert (await over.send("POST", f"{origin}/token", content=b"x")).status == 413


async def test_a_connection_that_tls_has_just_lost_is_not_quiet(tmp_path: Path) -> None:
    """There is a turn of the event loop in which TLS has no socket, and has not said yet that it is gone."""
    tls = paper.good(tmp_path)

    async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened = writer.get_extra_info("socket")
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    server = await asyncio.start_server(reset, "127.0.0.1", 0, ssl=tls.context)
    async with server:
        stream = await opened_stream([Address(socket.AF_INET, server.sockets[0].getsockname())])
        await stream.start_tls(trust(tls.ca_file), "127.0.0.1")
        for _ in range(10_000):
            if stream._open.get_extra_info("socket") is None:
                break
            await asyncio.sleep(0)
        assert not stream._is_over
        assert not stream.is_quiet
        await stream.aclose()


async def test_nothing_waits_for_more_to_be_sent() -> None:
    async with listening(answering_each) as (origin, _):
        port = int(origin.rpartition(":")[2])
        stream = await opened_stream([Address(socket.AF_INET, ("127.0.0.1", port))])
        opened = stream._open.get_extra_info("socket")
        assert opened.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        await stream.aclose()
        await stream.aclose()


async def test_a_peer_that_goes_while_a_body_is_sent_is_told() -> None:
    async def gone(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _request(reader)
        writer.transport.abort()

    async with listening(gone) as (origin, _), session() as over:
        answer = await over.send("POST", f"{origin}/token", content=b"x" * 30_000_000)
    assert answer.status is None
    assert answer.failure is not None
    assert (answer.failure.kind, answer.failure.phase) == (FailureKind.CLOSED, Phase.WAITING)


class _Watched(Stream):
    """A connection that says when it takes no more."""

    def __init__(self) -> None:
        super().__init__()
        self.paused = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_paused:
            self.paused.set()


async def test_what_is_not_read_yet_is_bounded_and_all_of_it_comes() -> None:
    size, released = 20_000_000, asyncio.Event()

    async def sending(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"x" * size)
        await writer.drain()
        await released.wait()

    async with listening(sending) as (origin, _):
        port = int(origin.rpartition(":")[2])
        _, stream = await asyncio.get_running_loop().create_connection(_Watched, "127.0.0.1", port)
        await stream.paused.wait()
        assert stream._size < 2_000_000
        released.set()
        got = 0
        while piece := await stream.read():
            got += len(piece)
        await stream.aclose()
    assert got == size

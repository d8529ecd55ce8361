"""A server on loopback: whatever a reply holds, byte by byte, is what goes over the socket."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Self

from .reply import Reply
from .request import Request, read_request

Pieces = AsyncIterator[bytes]
Answer = Reply | bytes | Pieces | None
Answers = Callable[[Request], Answer]

_BROKEN = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError)
# Seconds that a client has to close its side, too.
_GOODBYE_S = 1.0
# Turns of the loop from accepting a connection to knowing it.
_LOOP_TURNS = 5


@dataclass
class LoopServer:
    """Serves on 127.0.0.1 inside the test's own event loop, as an async context manager.

    `answers` gives a reply; or bytes, after which the connection stays open; or pieces of an answer, after
    which it closes; or None to close without a word.

    `first_bytes` is written before anything is read, and the connection ends there: a port that speaks
    something else. `patient` waits for the end of a request even where what comes is no HTTP. `mute` accepts
    connections and never says a word. `clock` is how far this server's clock is ahead, in seconds.

    `heard` holds every request in order, `connections` counts the connections, and `most_at_once` how many
    requests were under way together.
    """

    answers: Answers
    tls: ssl.SSLContext | None = None
    clock: float = 0.0
    first_bytes: bytes | None = None
    mute: bool = False
    patient: bool = False
    heard: list[Request] = field(default_factory=list)
    connections: int = 0
    most_at_once: int = 0
    port: int = 0
    _under_way: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _server: asyncio.Server | None = None

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def now(self) -> datetime:
        """The moment by this server's clock."""
        return datetime.now(UTC) + timedelta(seconds=self.clock)

    @property
    def tasks(self) -> frozenset[asyncio.Task[None]]:
        """The tasks that serve the connections which are open now."""
        return frozenset(self._tasks)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *about: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Stop listening and end every connection; the port refuses from then on."""
        assert self._server is not None
        # A connection that was just accepted finds its place only while the server is still there.
        for listening in self._server.sockets:
            asyncio.get_running_loop().remove_reader(listening.fileno())
        for _ in range(_LOOP_TURNS):
            await asyncio.sleep(0)
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(*_BROKEN):
                await self._talk(reader, writer)
            writer.close()
            with suppress(*_BROKEN, TimeoutError):
                await asyncio.wait_for(writer.wait_closed(), _GOODBYE_S)
        except asyncio.CancelledError:
            pass
        finally:
            writer.transport.abort()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection until its end."""
        if self.mute:
            await reader.read()
            return
        if self.first_bytes is not None:
            writer.write(self.first_bytes)
            await writer.drain()
            return
        while (request := await read_request(reader, patient=self.patient)) is not None:
            self.heard.append(request)
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)
            try:
                stays_open = await self._answer(request, reader, writer)
            finally:
                self._under_way -= 1
            if not stays_open:
                return

    async def _answer(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer one request; True when the connection stays open for the next."""
        answer = self.answers(request)
        if answer is None:
            return False
        if isinstance(answer, Reply):
            return await self._send(answer, reader, writer)
        if isinstance(answer, bytes):
            writer.write(answer)
            await writer.drain()
            return True
        async for piece in answer:
            writer.write(piece)
            await writer.drain()
        return False

    async def _send(self, reply: Reply, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if reply.delay and await _goes_within(reply.delay, reader):
            return False
        if reply.resets:
            if reply.raw:
                writer.write(reply.raw)
                await writer.drain()
            _reset(writer)
            return False
        if not reply.closes:
            writer.write(reply.to_bytes(self.now))
            await writer.drain()
        if reply.stalls:
            await reader.read()
            return False
        return not reply.closes and reply.raw is None


async def _goes_within(seconds: float, reader: asyncio.StreamReader) -> bool:
    """Whether the peer closes the connection within these seconds; the time has passed where it does not."""
    try:
        async with asyncio.timeout(seconds):
            said = await reader.read(1)
    except TimeoutError:
        return False
    assert not said, "a request came before the answer to the one before it"
    return True


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection with a reset instead of a goodbye."""
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()

"""A raw HTTP server on loopback: whatever bytes a reply holds are what goes over the socket."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Request:
    """One request as it arrived; `path` is decoded, `query` in the order sent, header names in lower case."""

    method: str
    target: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes

    def asks(self, name: str) -> str | None:
        """The value of a query parameter, None when it is absent."""
        return dict(self.query).get(name)

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form body."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclass(frozen=True)
class Reply:
    """What the server does with one request.

    `raw` replaces the whole answer and closes the connection behind it. `delay` is in seconds. `closes` ends
    the connection without a byte, `resets` without even a goodbye; `stalls` sends what there is and then
    nothing more until the client gives up. `dated` False leaves the Date header out.
    """

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    reason: str = "Reason"
    raw: bytes | None = None
    delay: float = 0.0
    closes: bool = False
    resets: bool = False
    stalls: bool = False
    dated: bool = True

    def but(self, *headers: tuple[str, str], **changes: object) -> Reply:
        """The same reply with headers added and fields changed."""
        return replace(self, headers=(*self.headers, *headers), **changes)  # type: ignore[arg-type]

    def without(self, *names: str) -> Reply:
        """The same reply without some headers."""
        lowered = {name.lower() for name in names}
        return replace(self, headers=tuple(pair for pair in self.headers if pair[0].lower() not in lowered))

    def bytes_at(self, moment: datetime) -> bytes:
        """The answer on the wire, with a Date of this moment."""
        if self.raw is not None:
            return self.raw
        names = {name.lower() for name, _ in self.headers}
        lines = [f"HTTP/1.1 {self.status} {self.reason}"]
        if self.dated and "date" not in names:
            lines.append(f"Date: {format_datetime(moment, usegmt=True)}")
        lines += [f"{name}: {value}" for name, value in self.headers]
        if not names & {"content-length", "transfer-encoding"} and self.status != 204:
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + self.body


Answering = Callable[[Request], Reply]


@dataclass
class RawServer:
    """Serves `answer` on a loopback port, within the running event loop.

    `first_bytes` is written before anything is read, and the connection ends there: a port that speaks
    something else. `patient` waits for the end of a request even where what comes is no HTTP. `mute` accepts
    connections and never says a word. `clock` is how far this server's clock is ahead, in seconds.
    """

    answer: Answering
    tls: ssl.SSLContext | None = None
    clock: float = 0.0
    first_bytes: bytes | None = None
    mute: bool = False
    patient: bool = False
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> RawServer:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *about: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def now(self) -> datetime:
        """The moment by this server's clock."""
        return datetime.now(UTC) + timedelta(seconds=self.clock)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError):
                await self._serve(reader, writer)
        except asyncio.CancelledError:
            pass
        finally:
            self._tasks.discard(task)
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.mute:
            await reader.read()
            return
        if self.first_bytes is not None:
            writer.write(self.first_bytes)
            await writer.drain()
            writer.close()
            await writer.wait_closed()
            return
        while (request := await _read(reader, self.patient)) is not None:
            self.requests.append(request)
            reply = self.answer(request)
            if reply.delay:
                await asyncio.sleep(reply.delay)
            if reply.resets:
                _reset(writer)
                return
            if not reply.closes:
                writer.write(reply.bytes_at(self.now))
                await writer.drain()
            if reply.stalls:
                await reader.read()
                return
            if reply.closes or reply.raw is not None:
                writer.close()
                await writer.wait_closed()
                return


async def _read(reader: asyncio.StreamReader, patient: bool) -> Request | None:
    """The next request of a connection, None when the client has ended it or does not speak HTTP."""
    first_byte = await reader.readexactly(1)
    if not first_byte.isalpha() and not patient:
        return None
    head = first_byte + await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    if first.count(" ") != 2:
        return None
    method, target, _ = first.split(" ")
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(":") for line in lines)
        if name
    }
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    query = tuple(parse_qsl(parts.query, keep_blank_values=True))
    return Request(method, target, unquote(parts.path), query, headers, body)


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection with a reset instead of a goodbye."""
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()

"""A small HTTP server for tests: it keeps every byte that arrives, and answers what the test says."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

Pieces = AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class Heard:
    """One request as it came over the socket: its head in raw bytes, taken apart beside it."""

    head: bytes
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The path of the target, without its query."""
        return urlsplit(self.target).path

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form body."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


def reply(status: int, body: bytes | str = b"", *headers: tuple[str, str], kind: str = "text/plain") -> bytes:
    """A whole answer in bytes, with its length."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Said", f"Content-Type: {kind}", f"Content-Length: {len(content)}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + content


def json_reply(status: int, value: object, *headers: tuple[str, str]) -> bytes:
    """An answer in JSON."""
    return reply(status, json.dumps(value), *headers, kind="application/json")


def token_reply(token: str = "a-token-of-the-test", **more: object) -> bytes:
    """A token as RFC 6749 section 5.1 shows it."""
    return json_reply(200, {"access_token": token, "token_type": "bearer", "expires_in": 3600, **more})


Answers = Callable[[Heard], bytes | Pieces | None]


@dataclass
class LoopServer:
    """Serves on 127.0.0.1 inside the test's own event loop, as an async context manager.

    `answers` gives the bytes of an answer, pieces of one, or None to close without a word. `heard` holds
    every request in order; `most_at_once` how many were under way together.
    """

    answers: Answers
    tls: ssl.SSLContext | None = None
    heard: list[Heard] = field(default_factory=list)
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
    def tasks(self) -> frozenset[asyncio.Task[None]]:
        """The tasks that serve the connections which are open now."""
        return frozenset(self._tasks)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
                while await self._one(reader, writer):
                    pass
        finally:
            writer.close()
            with suppress(ConnectionError, ssl.SSLError, TimeoutError):
                await asyncio.wait_for(writer.wait_closed(), 1)

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        heard = await _hear(reader)
        self.heard.append(heard)
        self._under_way += 1
        self.most_at_once = max(self.most_at_once, self._under_way)
        try:
            reported = self.answers(heard)
            if reported is None:
                return False
            if isinstance(reported, bytes):
                writer.write(reported)
                await writer.drain()
                return True
            async for piece in reported:
                writer.write(piece)
                await writer.drain()
            return False
        finally:
            self._under_way -= 1


async def _hear(reader: asyncio.StreamReader) -> Heard:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Heard(head, method, target, headers, body)

"""A relay that meddles: it cuts the connection at a request, answers in the server's place, or changes what is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import unquote

from oneroster_checks.connection import Connection

from .in_front import InFront
from .reply import Reply


class Cut(Enum):
    """When the connection is lost: before the server hears the request, or when it has done what it asks."""

    BEFORE = auto()
    AFTER = auto()


@dataclass(frozen=True, slots=True)
class Passing:
    """A request on its way: its number from 1, and what it asks."""

    number: int
    method: str
    path: str
    body: bytes

    @property
    def writes(self) -> bool:
        """Whether it writes to the grade book."""
        return self.method in ("PUT", "DELETE")

    def is_of(self, collection: str) -> bool:
        """Whether it is one to a record of a collection, or to the collection."""
        return collection in self.path.split("?")[0].split("/")


# What is done with a request: let it pass, lose the connection, answer it, or send other bytes in its body.
Meddling = Callable[[Passing], "Cut | Reply | bytes | None"]


class Meddler(InFront):
    """Passes requests on to the server of a connection, as an async context manager, but for what `meddle` does.

    `heard` holds every request in order, `most_at_once` how many were under way together.
    """

    def __init__(self, connection: Connection, meddle: Meddling = lambda passing: None) -> None:
        super().__init__(connection)
        self.meddle = meddle
        # What a request gets in place of the server's own answer, after the server has done what it asks.
        self.answered: Callable[[Passing], Reply | None] = lambda passing: None
        self.heard: list[Passing] = []

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._pass_on(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head, body = await _message(reader)
        method, target, _ = head.split(b"\r\n", 1)[0].decode().split(" ", 2)
        passing = Passing(len(self.heard) + 1, method, unquote(target), body)
        self.heard.append(passing)
        self._under_way += 1
        self.most_at_once = max(self.most_at_once, self._under_way)
        try:
            done = self.meddle(passing)
            if done is Cut.BEFORE:
                return False
            if isinstance(done, Reply):
                writer.write(done.to_bytes())
                return True
            answer = await self._ask(head, done if isinstance(done, bytes) else body)
            if done is Cut.AFTER:
                return False
            instead = self.answered(passing)
            writer.write(answer if instead is None else instead.to_bytes())
            await writer.drain()
            return True
        finally:
            self._under_way -= 1

    async def _ask(self, head: bytes, body: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(*self._behind)
        try:
            lines = [
                line
                for line in head.rstrip(b"\r\n").split(b"\r\n")
                if not line.lower().startswith(b"content-length:")
            ]
            if body:
                lines.append(b"Content-Length: %d" % len(body))
            writer.write(b"\r\n".join(lines) + b"\r\n\r\n" + body)
            return b"".join(await _message(reader))
        finally:
            writer.close()


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The head and the body of a request or an answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head, await reader.readexactly(int(lengths[0].partition(b":")[2]) if lengths else 0)

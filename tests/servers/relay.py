"""A relay in front of another server on this computer: it counts requests and may hold answers back."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Self
from urllib.parse import urlsplit

from oneroster_checks.connection import Connection


class Relay:
    """Passes requests on to the server of a connection, as an async context manager.

    An answer goes out no earlier than `pause` seconds after its request came in; the server's own time is
    part of them. `requests` counts the requests, `most_at_once` how many were under way together.
    """

    def __init__(self, connection: Connection, *, pause: float = 0.0) -> None:
        parts = urlsplit(connection.base_url)
        self._behind = (str(parts.hostname), int(parts.port or 0))
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._connection = connection
        self._pause = pause
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way = 0
        self.requests = 0
        self.most_at_once = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *about: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def connection(self) -> Connection:
        """The same connection, by way of the relay."""
        origin = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        known = self._connection
        return known.but(
            base_url=known.base_url.replace(self._origin, origin),
            token_url=known.token_url.replace(self._origin, origin),
        )

    async def closed(self) -> None:
        """Wait until every connection has ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._relay(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(*self._behind)
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    request = await _message(reader)
                    due = time.monotonic() + self._pause
                    self.requests += 1
                    self._under_way += 1
                    self.most_at_once = max(self.most_at_once, self._under_way)
                    there_writer.write(request)
                    answer = await _message(there_reader)
                    await asyncio.sleep(max(0.0, due - time.monotonic()))
                    self._under_way -= 1
                    writer.write(answer)
                    await writer.drain()
        finally:
            writer.close()
            there_writer.close()
            with suppress(ConnectionError):
                await asyncio.gather(writer.wait_closed(), there_writer.wait_closed())


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One whole request or answer, as its bytes."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + await reader.readexactly(int(lengths[0].partition(b":")[2]) if lengths else 0)

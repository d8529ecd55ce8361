"""What stands in front of another server on this computer, and passes on what it is sent."""

from __future__ import annotations

import asyncio
from typing import Self
from urllib.parse import urlsplit

from oneroster_checks.connection import Connection


class InFront:
    """Serves in front of the server of a connection, as an async context manager; a subclass says how.

    `most_at_once` is how many requests were under way together.
    """

    def __init__(self, connection: Connection) -> None:
        parts = urlsplit(connection.base_url)
        self._behind = (str(parts.hostname), int(parts.port or 0))
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._known = connection
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way = 0
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
        """The same connection, by way of this relay."""
        origin = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        known = self._known
        return known.but(
            base_url=known.base_url.replace(self._origin, origin),
            token_url=known.token_url.replace(self._origin, origin),
        )

    async def closed(self) -> None:
        """Wait until every connection has ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection to its end."""
        raise NotImplementedError

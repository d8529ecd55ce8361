"""A relay in front of another server on this computer: it counts requests and may hold answers back."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from oneroster_checks.connection import Connection

from .in_front import InFront


class Relay(InFront):
    """Passes requests on to the server of a connection, as an async context manager.

    An answer goes out no earlier than `pause` seconds after its request came in; the server's own time is
    part of them. `requests` counts the requests, `most_at_once` how many were under way together.
    """

    def __init__(self, connection: Connection, *, pause: float = 0.0) -> None:
        super().__init__(connection)
        self._pause = pause
        self.requests = 0

    def passed(self, request: bytes, answer: bytes) -> None:
        """Hear of a request and its answer, each as its bytes."""

    async def before_answer(self, reader: asyncio.StreamReader) -> None:
        """Wait here before an answer goes out, besides the pause; `reader` tells what comes meanwhile."""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
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
                    self.passed(request, answer)
                    await asyncio.sleep(max(0.0, due - time.monotonic()))
                    await self.before_answer(reader)
                    self._under_way -= 1
                    writer.write(answer)
                    await writer.drain()
        finally:
            writer.close()
            there_writer.close()
            with suppress(ConnectionError):
                await asyncio.gather(writer.wait_closed(), there_writer.wait_closed())


class HoldingRelay(Relay):
    """Holds answers back until it is let go or nobody waits for them any more, and tells when it does."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.holds = asyncio.Event()
        self.let_go = asyncio.Event()

    async def before_answer(self, reader: asyncio.StreamReader) -> None:
        if self.let_go.is_set():
            return
        self.holds.set()
        waits = asyncio.create_task(self.let_go.wait()), asyncio.create_task(reader.read(1))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            if not self.let_go.is_set():
                raise ConnectionResetError
        finally:
            for each in waits:
                each.cancel()
            await asyncio.gather(*waits, return_exceptions=True)


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One whole request or answer, as its bytes."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + await reader.readexactly(int(lengths[0].partition(b":")[2]) if lengths else 0)

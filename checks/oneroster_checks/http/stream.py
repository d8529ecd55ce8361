"""A connection of the event loop, as the HTTP library reads and writes one; it takes what comes as it comes."""

from __future__ import annotations

import asyncio
import select
import ssl
from collections import deque
from collections.abc import Sequence
from typing import Any

import httpcore

from .connect import connect
from .resolver import Address

# So much may wait to be read; the event loop takes a quarter of it from a socket at once.
_WAITING_BYTES = 1024 * 1024


class Stream(httpcore.AsyncNetworkStream):
    """One connection; whoever reads, writes or secures it limits the time, whatever `timeout` says.

    What came is read before the news that the connection was lost: a server may answer, and then close without
    having read all of the request.
    """

    def __init__(self, transport: asyncio.Transport, protocol: _Protocol) -> None:
        self._transport = transport
        self._protocol = protocol

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes as they came, however many, b"" at the end; ReadError when the connection was lost."""
        return await self._protocol.read()

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes; WriteError when the connection was lost."""
        if buffer:
            self._transport.write(buffer)
            await self._protocol.drain()

    async def aclose(self) -> None:
        """Close the connection at once."""
        # A peer that never answers the TLS goodbye must not hold the run.
        self._transport.abort()
        await asyncio.sleep(0)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Stream:
        """The same connection, encrypted from here on; OSError (of `ssl` too), and it is closed, when it is not."""
        ssl_context.set_alpn_protocols(["http/1.1"])
        try:
            secured = await asyncio.get_running_loop().start_tls(
                self._transport, self._protocol, ssl_context, server_hostname=server_hostname
            )
        except BaseException:
            await self.aclose()
            raise
        # It is None only where the connection was lost in the same moment.
        if secured is None:
            raise ConnectionResetError
        self._protocol.connection_made(secured)
        return Stream(secured, self._protocol)

    def get_extra_info(self, info: str) -> Any:
        """Of `is_readable`, whether there is something to read, or the end; and what the event loop knows."""
        if info != "is_readable":
            return self._transport.get_extra_info(info)
        return self._protocol.has_news or _is_readable(self._transport.get_extra_info("socket").fileno())


async def opened_stream(addresses: Sequence[Address]) -> Stream:
    """A connection to the first address that answers; the caller limits the time. OSError when none did."""
    made = await connect(addresses)
    try:
        transport, protocol = await asyncio.get_running_loop().create_connection(_Protocol, sock=made)
    except BaseException:
        made.close()
        raise
    return Stream(transport, protocol)


class _Protocol(asyncio.Protocol):
    """What came and was not read yet."""

    def __init__(self) -> None:
        self._pieces = deque[bytes]()
        self._size = 0
        self._is_over = False
        self._error: Exception | None = None
        self._transport: asyncio.Transport | None = None
        self._is_paused = False
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None

    @property
    def has_news(self) -> bool:
        """Whether something came, or the end."""
        return bool(self._pieces) or self._is_over

    async def read(self) -> bytes:
        """The next bytes, b"" at the end."""
        while not self._pieces:
            if self._error is not None:
                raise httpcore.ReadError from self._error
            if self._is_over:
                return b""
            self._reader = asyncio.get_running_loop().create_future()
            await self._reader
        piece = self._pieces.popleft()
        self._size -= len(piece)
        if self._is_paused and not self._pieces and self._transport is not None:
            self._is_paused = False
            self._transport.resume_reading()
        return piece

    async def drain(self) -> None:
        """Return when more may be written."""
        if self._writer is not None:
            await self._writer
        if self._error is not None:
            raise httpcore.WriteError from self._error

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The event loop has a transport, or TLS has put itself between."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Something came."""
        self._pieces.append(data)
        self._size += len(data)
        if self._size > _WAITING_BYTES and not self._is_paused and self._transport is not None:
            self._is_paused = True
            self._transport.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> bool:
        """The peer sends no more; the transport closes itself."""
        self._is_over = True
        _wake(self._reader)
        return False

    def connection_lost(self, error: Exception | None) -> None:
        """The connection is gone, without an error where it was closed from here or by the peer's end."""
        self._is_over = True
        self._error = error
        _wake(self._reader)
        _wake(self._writer)

    def pause_writing(self) -> None:
        """The peer takes less than is sent."""
        self._writer = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """The peer took it."""
        _wake(self._writer)
        self._writer = None


def _wake(waiting: asyncio.Future[None] | None) -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)


def _is_readable(number: int) -> bool:
    """Whether a socket has something to read: the event loop may not have come to it yet."""
    if number < 0:
        return True
    if not hasattr(select, "poll"):
        return bool(select.select([number], [], [], 0)[0])
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return bool(poll.poll(0))

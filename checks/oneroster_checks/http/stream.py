"""A connection of the event loop, read as it comes."""

from __future__ import annotations

import asyncio
import select
import ssl
from collections import deque
from collections.abc import Sequence
from typing import cast

from .connect import connect
from .resolver import Address

# So much may wait to be read; the event loop takes a quarter of it from a socket at once.
_WAITING_BYTES = 1024 * 1024


class Stream(asyncio.Protocol):
    """One connection; whoever opens, reads or writes it limits the time.

    What came is read before the news that the connection was lost: a server may answer, and then close without
    having read all of the request.
    """

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._pieces = deque[bytes]()
        self._size = 0
        self._is_over = False
        self._is_lost = False
        self._error: Exception | None = None
        self._is_paused = False
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None

    async def read(self) -> bytes:
        """The next bytes as they came, however many, b"" at the end; OSError (of `ssl` too) when it was lost."""
        while not self._pieces:
            if self._error is not None:
                raise self._error
            if self._is_over:
                return b""
            self._reader = asyncio.get_running_loop().create_future()
            await self._reader
        piece = self._pieces.popleft()
        self._size -= len(piece)
        if self._is_paused and not self._pieces:
            self._is_paused = False
            self._open.resume_reading()
        return piece

    async def write(self, data: bytes) -> None:
        """Send bytes, unless the connection was lost: what the peer said before is there to be read."""
        self._open.write(data)
        if self._writer is not None:
            await self._writer

    async def start_tls(self, tls: ssl.SSLContext, host: str) -> None:
        """Encrypt what comes from here on; OSError (of `ssl` too), and it is closed, where that fails."""
        tls.set_alpn_protocols(["http/1.1"])
        try:
            secured = await asyncio.get_running_loop().start_tls(self._open, self, tls, server_hostname=host)
        except BaseException:
            await self.aclose()
            raise
        # There is none only where the connection was lost in the same moment.
        if secured is None:
            raise ConnectionResetError
        self._transport = secured

    @property
    def is_quiet(self) -> bool:
        """Whether it is open and has nothing to read: a server that says anything of its own says that it closes."""
        # TLS has no socket any more a moment before it says that the connection is lost.
        opened = self._open.get_extra_info("socket")
        return not (self._pieces or self._is_over or opened is None or _is_readable(opened.fileno()))

    async def aclose(self) -> None:
        """Close the connection at once; safe to call more than once."""
        if not self._is_lost:
            # A peer that never answers the TLS goodbye must not hold the run.
            self._open.abort()
        await asyncio.sleep(0)

    @property
    def _open(self) -> asyncio.Transport:
        assert self._transport is not None
        return self._transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The event loop has the connection."""
        # The transports of other event loops, such as uvloop's, are of no class of the library.
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Something came."""
        self._pieces.append(data)
        self._size += len(data)
        if self._size > _WAITING_BYTES and not self._is_paused:
            self._is_paused = True
            self._open.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> bool:
        """The peer sends no more; the transport closes itself."""
        self._is_over = True
        _wake(self._reader)
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone, without an error where it was closed from here or by the peer's end."""
        if not self._is_over:
            # Whatever ends it behind that, what the peer has said to its end counts.
            self._error = exc
        self._is_over = self._is_lost = True
        _wake(self._reader)
        _wake(self._writer)

    def pause_writing(self) -> None:
        """The peer takes less than is sent."""
        self._writer = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """The peer took it."""
        _wake(self._writer)
        self._writer = None


async def opened_stream(addresses: Sequence[Address]) -> Stream:
    """A connection to the first address that answers; the caller limits the time. OSError when none did."""
    made = await connect(addresses)
    try:
        _, stream = await asyncio.get_running_loop().create_connection(Stream, sock=made)
    except BaseException:
        made.close()
        raise
    return stream


def _wake(waiting: asyncio.Future[None] | None) -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)


def _is_readable(number: int) -> bool:
    """Whether a socket has something to read, or is closed: the event loop may not have come to it yet."""
    if number < 0:
        return True
    if not hasattr(select, "poll"):
        return bool(select.select([number], [], [], 0)[0])
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return bool(poll.poll(0))

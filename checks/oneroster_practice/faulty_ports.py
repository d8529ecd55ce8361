"""Ports that never get as far as HTTP: silent, closing, or refusing TLS."""

from __future__ import annotations

import asyncio
import socket

from .fault import Line

# A fatal alert of TLS 1.2: protocol_version (RFC 5246 section 7.2).
_PROTOCOL_VERSION_ALERT = bytes((21, 3, 3, 0, 2, 2, 70))


class _Odd(asyncio.Protocol):
    """One connection to an odd port."""

    def __init__(self, line: Line, every: set[asyncio.Transport]):
        self._line = line
        self._every = every
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            self._every.add(transport)

    def data_received(self, data: bytes) -> None:
        if self._transport is None or self._line is Line.SILENT:
            return
        if self._line is Line.TLS_ALERT:
            self._transport.write(_PROTOCOL_VERSION_ALERT)
        self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport is not None:
            self._every.discard(self._transport)


async def serve_odd_line(line: Line, listener: socket.socket, stop: asyncio.Event) -> None:
    """Serve a port in the way of `line` until `stop` is set; nothing is open afterwards."""
    every: set[asyncio.Transport] = set()
    server = await asyncio.get_running_loop().create_server(lambda: _Odd(line, every), sock=listener)
    await stop.wait()
    server.close()
    for transport in list(every):
        transport.abort()
    # One turn of the loop, in which the aborted connections are closed.
    await asyncio.sleep(0)


async def refuse(listener: socket.socket, stop: asyncio.Event) -> None:
    """Hold a port on which nothing listens, so that nobody else takes it, until `stop` is set."""
    await stop.wait()
    listener.close()

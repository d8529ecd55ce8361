"""Ports that never get as far as HTTP: they refuse, stay silent, close, speak SSH, or fail the TLS handshake."""

from __future__ import annotations

import asyncio
import socket

from .fault import PortBehavior

# A fatal alert of TLS 1.2: protocol_version (RFC 5246 section 7.2).
_PROTOCOL_VERSION_ALERT = bytes((21, 3, 3, 0, 2, 2, 70))

# How a server of SSH begins, before it is spoken to (RFC 4253 section 4.2).
_SSH = b"SSH-2.0-practice\r\n"


class _FaultyConnection(asyncio.Protocol):
    """One connection to a faulty port; while it is open, its transport is among `transports`."""

    def __init__(self, behavior: PortBehavior, transports: set[asyncio.Transport]):
        self._behavior = behavior
        self._transports = transports
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            self._transports.add(transport)
            if self._behavior is PortBehavior.OTHER_PROTOCOL:
                transport.write(_SSH)

    def data_received(self, data: bytes) -> None:
        if self._transport is None or self._behavior is PortBehavior.STAY_SILENT:
            return
        if self._behavior is PortBehavior.TLS_ALERT:
            self._transport.write(_PROTOCOL_VERSION_ALERT)
        self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport is not None:
            self._transports.discard(self._transport)


async def serve_faulty_port(behavior: PortBehavior, listener: socket.socket, stop: asyncio.Event) -> None:
    """Let a port behave like this until `stop` is set; nothing is open afterwards.

    To refuse, `listener` must be bound and not listen: it keeps the port, so that nobody else takes it.
    """
    if behavior is PortBehavior.REFUSE:
        await stop.wait()
        listener.close()
        return
    transports: set[asyncio.Transport] = set()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _FaultyConnection(behavior, transports), sock=listener)
    await stop.wait()
    server.close()
    for transport in list(transports):
        transport.abort()
    # One turn of the loop, in which the aborted connections are closed.
    await asyncio.sleep(0)

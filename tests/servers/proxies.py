"""Proxies on loopback: HTTP with CONNECT, and SOCKS5 as RFC 1928 and 1929 have it; each keeps every byte it reads.

Whatever name is asked for leads to one server of the test.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

_BROKEN = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)
_NO_LOGIN, _BY_PASSWORD, _NOTHING_FITS = 0, 2, 255


@dataclass
class Proxy:
    """An async context manager; subclasses speak a protocol.

    `behind` is the port of 127.0.0.1 to which every connection leads. `in_clear` is what clients said to the proxy
    itself, `through` what they sent through it, `asked` the hosts and ports that they wanted. `spoken_to` is set
    with the first of these bytes.
    """

    behind: int = 0
    port: int = 0
    in_clear: bytearray = field(default_factory=bytearray)
    through: bytearray = field(default_factory=bytearray)
    asked: list[tuple[str, int]] = field(default_factory=list)
    spoken_to: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _server: asyncio.Server | None = None

    async def closed(self) -> None:
        """Wait until every connection has ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *about: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(*_BROKEN):
                if await self.greet(reader, writer):
                    await self._tunnel(reader, writer)
        except asyncio.CancelledError:
            pass
        finally:
            writer.transport.abort()

    async def greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Talk with a client until it may be connected; False ends the connection."""
        raise NotImplementedError

    async def exactly(self, reader: asyncio.StreamReader, count: int) -> bytes:
        """So many bytes, kept as said in clear."""
        data = await reader.readexactly(count)
        self.in_clear += data
        self.spoken_to.set()
        return data

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.behind)
        try:
            back = asyncio.ensure_future(_pass_on(there_reader, writer, bytearray()))
            await _pass_on(reader, there_writer, self.through)
            back.cancel()
            await asyncio.gather(back, return_exceptions=True)
        finally:
            there_writer.transport.abort()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kept: bytearray) -> None:
    with suppress(*_BROKEN):
        while data := await reader.read(65536):
            kept += data
            writer.write(data)
            await writer.drain()
    writer.transport.abort()


@dataclass
class ConnectProxy(Proxy):
    """An HTTP proxy that knows nothing but CONNECT."""

    async def greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        self.in_clear += head
        method, target, _ = head.split(b" ", 2)
        if method != b"CONNECT":
            writer.write(b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return False
        host, _, port = target.decode().rpartition(":")
        self.asked.append((host, int(port)))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        return True


@dataclass
class SocksProxy(Proxy):
    """A SOCKS5 proxy.

    `login` is the user name and password that it wants, None for none. `reply` is what it answers to CONNECT; 0
    connects. `says` is answered to the first word instead, whatever it is; `mute` says nothing at all.
    """

    login: tuple[bytes, bytes] | None = None
    reply: int = 0
    says: bytes | None = None
    mute: bool = False

    async def greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        version, count = await self.exactly(reader, 2)
        methods = await self.exactly(reader, count)
        if self.mute:
            await reader.read()
            return False
        if self.says is not None:
            writer.write(self.says)
            await writer.drain()
            return False
        wanted = _NO_LOGIN if self.login is None else _BY_PASSWORD
        if version != 5 or wanted not in methods:
            writer.write(bytes((5, _NOTHING_FITS)))
            await writer.drain()
            return False
        writer.write(bytes((5, wanted)))
        if self.login is not None:
            _, length = await self.exactly(reader, 2)
            user = await self.exactly(reader, length)
            (length,) = await self.exactly(reader, 1)
            good = (user, await self.exactly(reader, length)) == self.login
            writer.write(bytes((1, not good)))
            await writer.drain()
            if not good:
                return False
        _, _, _, kind = await self.exactly(reader, 4)
        length = {1: 4, 4: 16}.get(kind) or (await self.exactly(reader, 1))[0]
        host = await self.exactly(reader, length)
        port = int.from_bytes(await self.exactly(reader, 2), "big")
        self.asked.append((host.decode() if kind == 3 else host.hex(), port))
        writer.write(bytes((5, self.reply, 0, 1, 0, 0, 0, 0, 0, 0)))
        await writer.drain()
        return self.reply == 0

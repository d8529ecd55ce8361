"""Sends requests by one connection at a time, without the library's pool, which has many and a look at each of them."""

from __future__ import annotations

import asyncio
import ssl
import time
from typing import Self

import h11
import httpx

from ..urls import Place
from .failure import Phase
from .messages import HttpAnswer, HttpRequest
from .progress import Progress
from .resolver import AddressesOf
from .stream import Stream, opened_stream

# So long the library's own pool keeps a connection that is not used, in seconds, and so large may a head be for it.
_KEPT_S = 5.0
_HEAD_BYTES = 100 * 1024
_SWITCHING = 101


class Unfinished(httpx.RemoteProtocolError):
    """The server has ended its side of the connection without a whole answer."""


class DirectTransport:
    """Connects to hosts without a proxy; the connection to the last of them is kept for the next request to it.

    `addresses_of` gives the addresses of a host, by host and port. A connection must be made in `connect_limit`
    seconds, and as long once more may TLS take; whoever sends limits the rest.
    """

    def __init__(self, addresses_of: AddressesOf, tls: ssl.SSLContext, connect_limit: float) -> None:
        self._addresses_of = addresses_of
        self._tls = tls
        self._connect_limit = connect_limit
        self._kept: tuple[Place, _Connection] | None = None

    async def send(self, request: HttpRequest, progress: Progress) -> HttpAnswer:
        """The answer to a request; an error of the library, or of the system, without one."""
        connection = await self._connection_to(request.destination.place, progress)
        progress.phase = Phase.WAITING
        return await connection.send(request)

    async def aclose(self) -> None:
        """Close the connection, if there is one."""
        kept, self._kept = self._kept, None
        if kept is not None:
            await kept[1].aclose()

    async def _connection_to(self, place: Place, progress: Progress) -> _Connection:
        """The connection that is kept, where it is one to this host and can be used, or a new one."""
        if self._kept is not None:
            known, connection = self._kept
            if known == place and connection.is_usable:
                return connection
            await self.aclose()
        connection = _Connection(await self._connected(place, progress))
        self._kept = place, connection
        return connection

    async def _connected(self, place: Place, progress: Progress) -> Stream:
        progress.phase = Phase.CONNECTING
        async with asyncio.timeout(self._connect_limit):
            stream = await opened_stream(await self._addresses_of(place.host, place.port))
        if place.secure:
            progress.phase = Phase.SECURING
            async with asyncio.timeout(self._connect_limit):
                await stream.start_tls(self._tls, place.host)
        return stream


class _Connection:
    """One connection that speaks HTTP/1.1, one request after the other."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._spoken = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD_BYTES)
        self._idle_since: float | None = None

    @property
    def is_usable(self) -> bool:
        """Whether its last answer came whole, not long ago, and nothing came behind it."""
        return (
            self._idle_since is not None
            and time.monotonic() - self._idle_since < _KEPT_S
            and self._stream.is_quiet
        )

    async def send(self, request: HttpRequest) -> HttpAnswer:
        """The answer to a request, its body not read."""
        self._idle_since = None
        try:
            await self._stream.write(self._written(request))
            answer = None
            while answer is None:
                answer = _answer_in(await self.next_event())
        except BaseException:
            await self.aclose()
            raise
        return HttpAnswer(answer.status_code, answer.headers.raw_items(), _Body(self))

    def _written(self, request: HttpRequest) -> bytes:
        content = [h11.Data(data=request.content)] if request.content else []
        try:
            head = h11.Request(
                method=request.method, target=request.destination.target, headers=list(request.headers)
            )
            events = (head, *content, h11.EndOfMessage())
            return b"".join(self._spoken.send(event) or b"" for event in events)
        except h11.LocalProtocolError as error:
            raise httpx.LocalProtocolError(str(error)) from error

    async def next_event(self) -> object:
        """The next part of the answer, as the library of HTTP/1.1 has it."""
        try:
            while (event := self._spoken.next_event()) is h11.NEED_DATA:
                self._spoken.receive_data(await self._stream.read())
        except h11.RemoteProtocolError as error:
            _, is_over = self._spoken.trailing_data
            raise (Unfinished if is_over else httpx.RemoteProtocolError)(str(error)) from error
        return event

    async def end(self) -> None:
        """Be ready for the next request, or close where the answer was not read to its end, or is the last one."""
        spoken = self._spoken
        # What came behind it, and nobody asked for, would be taken for the next answer.
        is_clean = not spoken.trailing_data[0]
        if is_clean and spoken.our_state is h11.DONE and spoken.their_state is h11.DONE:
            self._spoken.start_next_cycle()
            self._idle_since = time.monotonic()
        else:
            await self.aclose()

    async def aclose(self) -> None:
        """Close the connection."""
        self._idle_since = None
        await self._stream.aclose()


class _Body:
    """The body of an answer as it comes."""

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection
        self._is_closed = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        event = await self._connection.next_event()
        if isinstance(event, h11.Data):
            return bytes(event.data)
        raise StopAsyncIteration

    async def aclose(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            await self._connection.end()


def _answer_in(event: object) -> h11.Response | h11.InformationalResponse | None:
    """The head of an answer, None for what only says that one will come."""
    if isinstance(event, h11.InformationalResponse):
        return event if event.status_code == _SWITCHING else None
    return event if isinstance(event, h11.Response) else None

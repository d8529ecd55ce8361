"""Sends requests by one connection at a time, without the library's pool, which has many and a look at each of them."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Generator, Mapping, Sequence
from contextlib import contextmanager

import httpcore
import httpx

from .resolver import Address
from .stream import Stream, opened_stream

# So long the library's own pool keeps a connection that is not used, in seconds.
_KEPT_S = 5.0
AddressesOf = Callable[[str, int], Awaitable[Sequence[Address]]]
Follow = Callable[[str, Mapping[str, object]], Awaitable[None]]
# They have the same names in the library and in the one below it.
_ERRORS = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)


class DirectTransport(httpx.AsyncBaseTransport):
    """Connects to hosts without a proxy; the connection to the last of them is kept for the next request to it.

    `addresses_of` gives the addresses of a host, by host and port. A connection must be made in `connect_limit`
    seconds, and as long once more may TLS take; whoever sends limits the rest. Of the trace of a request it tells what
    begins: the connection, TLS, and the request itself.
    """

    def __init__(self, addresses_of: AddressesOf, tls: ssl.SSLContext, connect_limit: float) -> None:
        self._addresses_of = addresses_of
        self._tls = tls
        self._connect_limit = connect_limit
        self._kept: tuple[httpcore.Origin, httpcore.AsyncHTTP11Connection] | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer to a request, its body not read; an error of the library, or of the system, without one."""
        address = request.url
        url = httpcore.URL(
            scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=address.raw_path
        )
        follow: Follow = request.extensions["trace"]
        connection = await self._connection_to(url.origin, follow)
        await follow("http11.send_request_headers.started", {})
        content = request.stream
        assert isinstance(content, httpx.AsyncByteStream)
        with _as_of_library():
            answer = await connection.handle_async_request(
                httpcore.Request(request.method, url, headers=request.headers.raw, content=content)
            )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    async def aclose(self) -> None:
        """Close the connection, if there is one."""
        kept, self._kept = self._kept, None
        if kept is not None:
            await kept[1].aclose()

    async def _connection_to(self, origin: httpcore.Origin, follow: Follow) -> httpcore.AsyncHTTP11Connection:
        """The connection that is kept, where it is one to this host and can be used, or a new one."""
        if self._kept is not None:
            known, connection = self._kept
            if known == origin and connection.is_available() and not connection.has_expired():
                return connection
            await self.aclose()
        stream = await self._connected(origin, follow)
        connection = httpcore.AsyncHTTP11Connection(origin, stream, keepalive_expiry=_KEPT_S)
        self._kept = origin, connection
        return connection

    async def _connected(self, origin: httpcore.Origin, follow: Follow) -> Stream:
        host = origin.host.decode("ascii")
        await follow("connection.connect_tcp.started", {})
        async with asyncio.timeout(self._connect_limit):
            stream = await opened_stream(await self._addresses_of(host, origin.port))
        if origin.scheme != b"https":
            return stream
        await follow("connection.start_tls.started", {})
        async with asyncio.timeout(self._connect_limit):
            return await stream.start_tls(self._tls, host)


class _Body(httpx.AsyncByteStream):
    """The body of an answer as it comes."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncGenerator[bytes]:
        stream = self._answer.stream
        assert isinstance(stream, AsyncIterable)
        with _as_of_library():
            async for piece in stream:
                yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()


@contextmanager
def _as_of_library() -> Generator[None]:
    """Errors of the library below as errors of the library."""
    try:
        yield
    except _ERRORS as error:
        raise getattr(httpx, type(error).__name__)(str(error)) from error

"""Connects the HTTP library to addresses that the resolver of this tool has found; the library looks up no name.

Its own lookups run in the threads of the event loop, which the end of the program waits for: a name service that hangs
would hold it.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

from .connect import first_connection
from .resolver import Address, AddressesOf

# As many as the event loop reads from a socket at once.
_READ_BYTES = 256 * 1024


class FoundAddresses(httpcore.AsyncNetworkBackend):
    """Connects to the first address of a host that answers; `addresses_of` gives them, by host and port."""

    def __init__(self, addresses_of: AddressesOf, beneath: httpcore.AsyncNetworkBackend) -> None:
        self._addresses_of = addresses_of
        self._beneath = beneath

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to a host; ConnectError or ConnectTimeout of the library when there is none."""

        async def attempt(address: Address) -> httpcore.AsyncNetworkStream:
            try:
                return await self._beneath.connect_tcp(
                    str(address.sockaddr[0]), port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                raise _said_by_system(error) from error

        try:
            stream = await first_connection(
                await self._addresses_of(host, port), attempt, lambda spare: spare.aclose()
            )
            return _LargeReads(stream)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._beneath.sleep(seconds)


class _LargeReads(httpcore.AsyncNetworkStream):
    """A stream that is read in pieces as large as the event loop takes them, where the library asks for a quarter."""

    def __init__(self, beneath: httpcore.AsyncNetworkStream) -> None:
        self._beneath = beneath

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes, b"" at the end."""
        return await self._beneath.read(max(max_bytes, _READ_BYTES), timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        await self._beneath.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._beneath.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """The same stream, encrypted from here on."""
        return _LargeReads(await self._beneath.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """What the library knows of the connection."""
        return self._beneath.get_extra_info(info)


def _said_by_system(error: BaseException) -> OSError:
    """The innermost error of the system behind one of the library."""
    found: OSError = TimeoutError() if isinstance(error, httpcore.ConnectTimeout) else ConnectionError()
    inner: BaseException | None = error
    while inner is not None:
        found = inner if isinstance(inner, OSError) else found
        inner = inner.__cause__
    return found


def connecting_to(addresses_of: AddressesOf, transport: httpx.AsyncHTTPTransport) -> httpx.AsyncHTTPTransport:
    """The same transport, which connects to these addresses."""
    # The library has no way in for this, and a test sees that no other lookup is made. In another version of it
    # that is made otherwise, it looks a name up once more, which costs a moment.
    pool = getattr(transport, "_pool", None)
    beneath = getattr(pool, "_network_backend", None)
    if pool is not None and beneath is not None:
        pool._network_backend = FoundAddresses(addresses_of, beneath)
    return transport

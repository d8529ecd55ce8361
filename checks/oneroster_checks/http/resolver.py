"""Looks up the addresses of a host without ever holding the end of the program."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, zip_longest

from .. import limits
from .address import UnsendableURL, host_as_sent

_Infos = Sequence[tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Address:
    """One address of a host with its port, as a socket takes it."""

    family: socket.AddressFamily
    sockaddr: tuple[object, ...]

    def at(self, port: int) -> Address:
        """The same address with another port."""
        host, _, *others = self.sockaddr
        return Address(self.family, (host, port, *others))


# The addresses of a host, by its name and port.
AddressesOf = Callable[[str, int], Awaitable[Sequence[Address]]]


class Resolver:
    """The name service of this computer.

    Each lookup runs in a daemon thread: the event loop's own threads are waited for at the end of the
    program, and a name service that hangs would hold it.
    """

    async def look_up(self, host: str, port: int) -> tuple[Address, ...]:
        """The addresses of a host, best first and the families in turn, as RFC 8305 asks.

        socket.gaierror when there is no such name or no name service; TimeoutError after
        `limits.CONNECT_S`; UnsendableURL when the text is no name at all.
        """
        name = host_as_sent(host)
        literal = _literal(name, port)
        if literal is not None:
            return (literal,)
        async with asyncio.timeout(limits.CONNECT_S):
            return _in_turn([Address(info[0], info[4]) for info in await _ask(name, port)])


async def _ask(name: str, port: int) -> _Infos:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[_Infos] = loop.create_future()

    def settle(found: _Infos, error: Exception | None) -> None:
        if future.done():
            return
        elif error is not None:
            future.set_exception(error)
        else:
            future.set_result(found)

    def look_up() -> None:
        found: _Infos = ()
        failed: Exception | None = None
        try:
            found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        except UnicodeError:
            failed = UnsendableURL("A part of the host name is empty or too long.")
        except Exception as error:
            failed = error
        # A loop that is closed by now waits for no answer.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, found, failed)

    threading.Thread(target=look_up, name="name-lookup", daemon=True).start()
    return await future


def _literal(name: str, port: int) -> Address | None:
    """The address that a host names by its number, None for a name."""
    try:
        number = ipaddress.ip_address(name)
    except ValueError:
        return None
    if isinstance(number, ipaddress.IPv6Address):
        # A zone needs the number of an interface, which only the lookup knows.
        return None if number.scope_id else Address(socket.AF_INET6, (name, port, 0, 0))
    return Address(socket.AF_INET, (name, port))


def _in_turn(found: Sequence[Address]) -> tuple[Address, ...]:
    """Each address once, the families in turn, beginning with that of the first."""
    once = list(dict.fromkeys(found))
    families = list(dict.fromkeys(address.family for address in once))
    rows = ([address for address in once if address.family is family] for family in families)
    return tuple(address for address in chain.from_iterable(zip_longest(*rows)) if address is not None)

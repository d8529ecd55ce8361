"""Hosts with addresses of the test's own, living and dead, all on this machine."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Generator
from contextlib import contextmanager

from oneroster_checks.http.resolver import Address, Resolver

LIVING, DEAD = "127.0.0.1", "127.0.0.2"


class Table(Resolver):
    """A name service that knows one name, with these addresses."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses
        self.asked: list[str] = []

    async def look_up(self, host: str, port: int) -> tuple[Address, ...]:
        self.asked.append(host)
        return tuple(Address(socket.AF_INET, (address, port)) for address in self._addresses)


class SilentResolver(Resolver):
    """A name service that never answers."""

    async def look_up(self, host: str, port: int) -> tuple[Address, ...]:
        await asyncio.Event().wait()
        return ()


@contextmanager
def dead_port(port: int, address: str = DEAD) -> Generator[None]:
    """A port that accepts nothing and refuses nothing: its queue is full, so packets are dropped."""
    with socket.socket() as listener:
        listener.bind((address, port))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex((address, port))
        try:
            yield
        finally:
            for each in waiting:
                each.close()

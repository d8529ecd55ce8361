"""The hosts of one session: where each of them is, looked up once."""

from __future__ import annotations

from .. import limits
from .budget import RunBudget
from .resolver import Address, Resolver


class Hosts:
    """The addresses of hosts, by their names; looking one up is part of the `budget` of a run."""

    def __init__(self, resolver: Resolver, budget: RunBudget) -> None:
        self._resolver = resolver
        self._budget = budget
        self._found: dict[str, tuple[Address, ...]] = {}

    def knows(self, host: str) -> bool:
        """Whether a host was looked up already."""
        return host in self._found

    async def look_up(self, host: str, port: int) -> tuple[Address, ...]:
        """The addresses of a host, best first, looked up now.

        socket.gaierror, TimeoutError or UnsendableURL when it has none, RunLimitReached when the run ends first.
        """
        async with self._budget.within(limits.CONNECT_S):
            found = await self._resolver.look_up(host, port)
        self._found[host] = found
        return found

    async def addresses_of(self, host: str, port: int) -> tuple[Address, ...]:
        """The same, as they were found before, whatever the port was then."""
        found = self._found.get(host)
        return await self.look_up(host, port) if not found else tuple(each.at(port) for each in found)

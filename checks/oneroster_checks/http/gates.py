"""One gate for each host, shared by all runs that go there at once: a district never sees two requests together."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext

from ..urls import Place, one_place


class HostGates:
    """The gates of hosts, each known by its scheme, name (in any spelling) and port; for runs in one event loop.

    Whoever waits gets through in the order of coming, so that runs that share a host take turns.
    """

    def __init__(self) -> None:
        self._gates: dict[Place, asyncio.Lock] = {}

    def at(self, place: Place) -> AbstractAsyncContextManager[None]:
        """Within it nobody else is at this place; one without a host needs no gate."""
        return self._gates.setdefault(one_place(place), asyncio.Lock()) if place.host else nullcontext()

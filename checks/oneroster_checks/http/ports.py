"""Ports that gave no answer, or refused plain HTTP: what they speak or want instead, asked once a port."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress

from .. import limits
from .address import Places, connection_of, host_as_sent
from .budget import RunBudget, RunLimitReached
from .connect import opened
from .exceptions import NETWORK_ERRORS, failure_behind
from .failure import Failure, FailureKind, Phase
from .resolver import Address
from .speaks import HTTP, TLS, what_speaks

LookUp = Callable[[str, int], Awaitable[tuple[Address, ...]]]
_DOUBTFUL = (FailureKind.CLOSED, FailureKind.NOT_HTTP)
# By this some servers refuse a request that comes to a port of TLS unencrypted.
_BAD_REQUEST = 400


class Ports:
    """The ports to which a session sends requests.

    `trust` makes the handshake of a question, with which nothing is sent; `look_up` finds a host; `budget` is that
    of the run, without which no question is asked; `places` reads addresses.
    """

    def __init__(self, trust: ssl.SSLContext, look_up: LookUp, budget: RunBudget, places: Places) -> None:
        self._places = places
        self._trust = trust
        self._look_up = look_up
        self._budget = budget
        self._known: dict[tuple[str, int], str] = {}
        self._alerts: dict[tuple[str, int], Failure | None] = {}

    async def failure_at(self, url: str, failure: Failure | None, status: int | None) -> Failure | None:
        """The failure of a request, or None for none, with what its port speaks or wants where that is otherwise.

        `url` is the address as it was sent and `status` that of its answer, None without one.
        """
        if url.startswith("https://") and failure is not None and failure.kind is FailureKind.CLOSED:
            return await self._refusal_of_tls(*connection_of(url)) or failure
        if not url.startswith("http://") or (failure is not None and failure.kind not in _DOUBTFUL):
            return failure
        port = self._places.connection_of(url)
        if status is not None and status != _BAD_REQUEST:
            self._known.setdefault(port, HTTP)
            return failure
        if port not in self._known:
            # What answered a request does not begin by itself.
            self._known[port] = await self._ask(*port, listens=status is None)
        return _with_protocol(failure, self._known[port], status)

    async def _refusal_of_tls(self, host: str, port: int) -> Failure | None:
        """Why a server ends TLS behind the handshake, which a request under way can hide (RFC 8446, 4.4.2.4)."""
        if (host, port) not in self._alerts:
            self._alerts[host, port] = None
            try:
                with suppress(RunLimitReached):
                    await self._listen(await self._look_up(host, port), host)
            except NETWORK_ERRORS as error:
                failure = failure_behind(error, Phase.SECURING)
                if failure.kind is FailureKind.TLS_CLIENT_CERTIFICATE:
                    self._alerts[host, port] = failure
        return self._alerts[host, port]

    async def _listen(self, addresses: tuple[Address, ...], host: str) -> None:
        with suppress(TimeoutError):
            async with self._budget.within(limits.PLAIN_QUESTION_S), opened(addresses) as (reader, writer):
                await writer.start_tls(self._trust, server_hostname=host_as_sent(host))
                async with asyncio.timeout(limits.BANNER_S):
                    await reader.read(1)

    async def _ask(self, host: str, port: int, *, listens: bool) -> str:
        try:
            addresses = await self._look_up(host, port)
            return await what_speaks(host, addresses, self._trust, self._budget, listens=listens)
        except (*NETWORK_ERRORS, RunLimitReached):
            return ""


def _with_protocol(failure: Failure | None, protocol: str, status: int | None) -> Failure | None:
    if protocol == TLS:
        said = "" if status is None else f"it answered HTTP {status}, and "
        return Failure(FailureKind.TLS_NEEDED, Phase.WAITING, f"{said}the port speaks TLS", TLS)
    if failure is None or protocol in ("", HTTP):
        return failure
    return Failure(FailureKind.NOT_HTTP, Phase.WAITING, f"the port speaks {protocol}", protocol)

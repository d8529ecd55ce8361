"""Requests in plain HTTP whose port gave no HTTP, or refused it: what it speaks instead, asked once a port."""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable

from .address import connection_of
from .exceptions import NETWORK_ERRORS
from .failure import Failure, FailureKind, Phase
from .resolver import Address
from .speaks import HTTP, TLS, what_speaks

LookUp = Callable[[str, int], Awaitable[tuple[Address, ...]]]
_DOUBTFUL = (FailureKind.CLOSED, FailureKind.NOT_HTTP)
# By this some servers refuse a request that comes to a port of TLS unencrypted.
_BAD_REQUEST = 400


class PlainPorts:
    """The ports to which a session sends requests without TLS.

    `trust` makes the beginning of a handshake, of which nothing is completed; `look_up` finds a host.
    """

    def __init__(self, trust: ssl.SSLContext, look_up: LookUp) -> None:
        self._trust = trust
        self._look_up = look_up
        self._known: dict[tuple[str, int], str] = {}

    async def failure_at(self, url: str, failure: Failure | None, status: int | None) -> Failure | None:
        """The failure of a request, or None for none, with what its port speaks where that is not plain HTTP.

        `url` is the address as it was sent and `status` that of its answer, None without one.
        """
        if not url.startswith("http://") or (failure is not None and failure.kind not in _DOUBTFUL):
            return failure
        port = connection_of(url)
        if status is not None and status != _BAD_REQUEST:
            self._known.setdefault(port, HTTP)
            return failure
        if port not in self._known:
            # What answered a request does not begin by itself.
            self._known[port] = await self._ask(*port, listens=status is None)
        return _with_protocol(failure, self._known[port], status)

    async def _ask(self, host: str, port: int, *, listens: bool) -> str:
        try:
            return await what_speaks(host, await self._look_up(host, port), self._trust, listens=listens)
        except NETWORK_ERRORS:
            return ""


def _with_protocol(failure: Failure | None, protocol: str, status: int | None) -> Failure | None:
    if protocol == TLS:
        said = "" if status is None else f"it answered HTTP {status}, and "
        return Failure(FailureKind.TLS_NEEDED, Phase.WAITING, f"{said}the port speaks TLS", TLS)
    if failure is None or protocol in ("", HTTP):
        return failure
    return Failure(FailureKind.NOT_HTTP, Phase.WAITING, f"the port speaks {protocol}", protocol)

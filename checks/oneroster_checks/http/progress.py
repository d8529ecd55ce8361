"""What one request is doing, as whoever sends it tells, and the connection that the library made for it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import httpcore

from .failure import Phase


class Progress:
    """One request under way: `phase` is what it is doing."""

    def __init__(self) -> None:
        self.phase = Phase.BUILDING
        self._made: list[httpcore.AsyncNetworkStream] = []

    async def follow(self, event: str, info: Mapping[str, object]) -> None:
        """The library's trace: it calls this with each event."""
        if event.endswith("connect_tcp.started"):
            self.phase = Phase.CONNECTING
        elif event.endswith("connect_tcp.complete"):
            made = info.get("return_value")
            if isinstance(made, httpcore.AsyncNetworkStream):
                self._made.append(made)
        elif event.endswith("start_tls.started"):
            self.phase = Phase.SECURING
        elif event.endswith("send_request_headers.started"):
            self.phase = Phase.WAITING

    async def aclose(self) -> None:
        """Close what was made for a request without an answer: the library forgets it when SOCKS or TLS fails."""
        for made in self._made:
            with suppress(Exception):
                await made.aclose()

"""A server that refuses everything, and remembers what it was sent: where a secret must never arrive."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from oneroster_checks.connection import Connection

from .servers import LoopServer, text_reply


@asynccontextmanager
async def recorder() -> AsyncGenerator[tuple[LoopServer, Connection]]:
    """A server that listens, with what it has `heard`, and the connection that leads there."""
    async with LoopServer(lambda request: text_reply(401, "No.")) as server:
        yield (
            server,
            Connection(
                base_url=f"{server.origin}/campus/api/oneroster",
                token_url=f"{server.origin}/campus/oauth2/token?appName=elm",
                client_id="InfiniteCampus_x",
            ),
        )

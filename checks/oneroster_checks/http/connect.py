"""Connects to the first of a host's addresses that answers (Happy Eyeballs, RFC 8305)."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from .. import limits
from .resolver import Address

_Made = TypeVar("_Made")
_Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def opened(addresses: Sequence[Address]) -> AsyncGenerator[_Streams]:
    """A connection to the first address that answers, closed at the end."""
    made = await connect(addresses)
    try:
        reader, writer = await asyncio.open_connection(sock=made)
    except BaseException:
        made.close()
        raise
    try:
        yield reader, writer
    except BaseException:
        # What came to nothing needs no goodbye, which would take the time of the run.
        writer.transport.abort()
        await asyncio.sleep(0)
        raise
    writer.close()
    with suppress(OSError, ssl.SSLError, TimeoutError):
        # A peer that never answers the TLS goodbye must not hold the run. Before Python 3.12 `wait_for` loses a cancel
        # that comes in the moment of the end.
        async with asyncio.timeout(limits.GOODBYE_S):
            await writer.wait_closed()


async def connect(addresses: Sequence[Address]) -> socket.socket:
    """A connected socket to the first address that answers; the caller closes it and limits the time.

    OSError when every attempt failed.
    """
    return await first_connection(addresses, _attempt, _close)


async def first_connection(
    addresses: Sequence[Address],
    attempt: Callable[[Address], Coroutine[Any, Any, _Made]],
    close: Callable[[_Made], Awaitable[None]],
) -> _Made:
    """What the first attempt that succeeds makes, one for each address; `close` ends those that are not needed.

    A new attempt begins every `limits.NEXT_ADDRESS_S` seconds, or as soon as the one before has failed,
    while the earlier ones go on. OSError when every attempt failed: a refusal, if there was one.
    """
    waiting = list(addresses)
    attempts: set[asyncio.Task[_Made]] = set()
    errors: list[OSError] = []
    try:
        while waiting or attempts:
            if waiting:
                attempts.add(asyncio.create_task(attempt(waiting.pop(0))))
            done, attempts = await asyncio.wait(
                attempts,
                timeout=limits.NEXT_ADDRESS_S if waiting else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            # Two may have answered at once; one is kept.
            made = [task.result() for task in done if task.exception() is None]
            for spare in made[1:]:
                await close(spare)
            if made:
                return made[0]
            errors += [error for task in done if isinstance(error := task.exception(), OSError)]
            unforeseen = [task for task in done if not isinstance(task.exception(), OSError)]
            for task in unforeseen:
                task.result()
    finally:
        for task in attempts:
            task.cancel()
        for outcome in await asyncio.gather(*attempts, return_exceptions=True):
            if not isinstance(outcome, BaseException):
                await close(outcome)
    # A refusal says more than "no route" of an address family that this computer does not have.
    refusals = [error for error in errors if isinstance(error, ConnectionRefusedError)]
    raise (refusals or errors or [ConnectionRefusedError("the host has no address")])[0]


async def _close(made: socket.socket) -> None:
    made.close()


async def _attempt(address: Address) -> socket.socket:
    # Only of a socket that says its protocol does the event loop send at once what is written.
    made = socket.socket(address.family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setblocking(False)
        await asyncio.get_running_loop().sock_connect(made, address.sockaddr)
    except BaseException:
        made.close()
        raise
    return made

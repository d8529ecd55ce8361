"""What a practice district lets in: requests that name this computer, with bodies of a sensible size.

It is there for the programs of this computer only. A web page that a browser shows could lead a name of its own to
127.0.0.1 and so read the district (DNS rebinding); such a request names its own host.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request

from . import limits

_THIS_COMPUTER = ("127.0.0.1", "localhost", "[::1]")

MISDIRECTED, TOO_LARGE, TOO_SLOW = 421, 413, 408


class NotLetIn(Exception):
    """A request is refused before anything is done with it: `status`, and one sentence why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def check_host(received: Request, own_name: str) -> None:
    """NotLetIn when a request is meant for another host than this computer, which `own_name` names too.

    Any port will do: a tunnel or a relay in front of the district has one of its own.
    """
    name, separator, port = received.headers.get("host", "").rpartition(":")
    if not separator or port.endswith("]"):
        name, port = received.headers.get("host", ""), "0"
    if name.lower() not in (*_THIS_COMPUTER, own_name) or not port.isdecimal():
        raise NotLetIn(MISDIRECTED, "The practice district answers only to the names of this computer.")


async def body_of(received: Request) -> bytes:
    """The body of a request; NotLetIn as soon as it is too large, or when it takes too long to come."""
    length = received.headers.get("content-length", "")
    if length.isdecimal() and (len(length) > 12 or int(length) > limits.BODY_BYTES):
        raise _too_large()
    parts, size = [], 0
    try:
        async with asyncio.timeout(limits.BODY_S):
            async for part in received.stream():
                parts.append(part)
                size += len(part)
                if size > limits.BODY_BYTES:
                    raise _too_large()
    except TimeoutError:
        raise NotLetIn(TOO_SLOW, "The body of the request took too long to come.") from None
    return b"".join(parts)


def _too_large() -> NotLetIn:
    return NotLetIn(TOO_LARGE, f"The body of the request is longer than {limits.BODY_BYTES:,} bytes.")

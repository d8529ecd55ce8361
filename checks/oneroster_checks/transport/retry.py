"""Tries again where a server changed its mind: one busy answer, one throttled, one closed connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from .answer import Answer

# Seconds to wait where the server names none, the longest wait that is honoured, and how often.
DEFAULT_WAIT = 1.0
LONGEST_WAIT = 20.0
MOST_WAITS = 2

Send = Callable[[], Awaitable[Answer]]
_BUSY = frozenset({502, 503, 504})


async def send_patiently(send: Send) -> Answer:
    """Send, and send again when the answer was a passing one.

    A 429 is waited out up to MOST_WAITS times, as long as `Retry-After` asks (never above LONGEST_WAIT);
    a 502, 503 or 504 and a closed connection get one more try. `retried` of the answer says in words what
    was overcome, or tried in vain.
    """
    story: list[str] = []
    throttled = 0
    while True:
        answer = await send()
        again, wait = "", 0.0
        if answer.status == 429 and throttled < MOST_WAITS:
            throttled += 1
            wait = DEFAULT_WAIT if answer.retry_after is None else answer.retry_after
            again = f"429, waited {wait:g} s"
        elif answer.status in _BUSY and not story:
            wait = DEFAULT_WAIT if answer.retry_after is None else answer.retry_after
            again = f"{answer.status}, waited {wait:g} s"
        elif answer.failure and answer.failure.cause == "network.closed" and not story:
            again = "the connection was closed once"
        if not again or wait > LONGEST_WAIT:
            return replace(answer, retried=tuple(story))
        story.append(again)
        if wait:
            await asyncio.sleep(wait)

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
# The seconds before the second try of a server error, where none are named.
_WAIT_AFTER = {500: 0.0, 502: 0.5, 503: 0.5, 504: 0.5}


class RetryBudget:
    """How many second tries of one run may be in vain: a server that is down is not asked everything twice."""

    def __init__(self, tries: int = 3) -> None:
        self._left = tries

    @property
    def is_left(self) -> bool:
        """Whether another second try is worth it."""
        return self._left > 0

    def spend(self) -> None:
        """A second try was in vain."""
        self._left -= 1


async def send_with_retries(send: Send, retry_budget: RetryBudget) -> Answer:
    """Send, and send again when the answer was a passing one.

    A 429 is waited out up to MOST_WAITS times, as long as `Retry-After` asks (never above LONGEST_WAIT);
    a server error and a closed connection get one more try, as long as `patience` is left. `retried` of the
    answer says in words what was overcome, or tried in vain.
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
        elif answer.status in _WAIT_AFTER and not story and retry_budget.is_left:
            wait = _WAIT_AFTER[answer.status] if answer.retry_after is None else answer.retry_after
            again = f"HTTP {answer.status}, tried again after {wait:g} s"
        elif (
            answer.failure and answer.failure.cause == "network.closed" and not story and retry_budget.is_left
        ):
            again = "the connection was closed once"
        if not again or wait > LONGEST_WAIT:
            if story and (answer.status is None or answer.status >= 500):
                retry_budget.spend()
            return replace(answer, retried=tuple(story))
        story.append(again)
        if wait:
            await asyncio.sleep(wait)

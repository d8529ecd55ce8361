"""A server that refuses slowly is asked for what decides the cause, and for nothing more."""

from __future__ import annotations

import time

import pytest

from oneroster_checks.clock import Clock

from ..servers import LoopServer, Reply, Request, reply, token_reply
from .engine import campus, outcome, secrets

ANSWER_S = 9.0


class LateClock(Clock):
    """A clock that a server moves on, and whose waits end at once."""

    def __init__(self) -> None:
        self.late_s = 0.0

    def monotonic(self) -> float:
        """The seconds of this computer, and those that the server took."""
        return time.monotonic() + self.late_s

    async def sleep(self, seconds: float) -> None:
        """No wait."""


@pytest.mark.parametrize(
    ("status", "cause", "most"),
    # A server error is asked for again, three times in a run.
    [(500, "access.server-error", 9), (403, "access.forbidden", 7), (401, "access.token-rejected", 7),
     (404, "access.base-url-wrong", 7)],
)  # fmt: skip
async def test_a_slow_refusal_ends_the_search_early(status: int, cause: str, most: int) -> None:
    clock = LateClock()

    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        clock.late_s += ANSWER_S
        return reply(status, "")

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin), secrets(), clock=clock)
    assert result.verdict.cause == cause
    assert sum(heard.method == "GET" for heard in server.heard) <= most

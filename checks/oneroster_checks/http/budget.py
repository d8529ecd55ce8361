"""What one run may use of time and requests: asked before each request, and around everything that waits for a peer."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import AbstractAsyncContextManager, contextmanager
from enum import StrEnum
from types import TracebackType

from .. import limits
from ..clock import Clock


class RunLimit(StrEnum):
    """What there is a limit of."""

    SECONDS = "seconds"
    REQUESTS = "requests"


class RunLimitReached(Exception):
    """A limit of this tool for one run was reached, which says nothing about the server.

    `limit` says which, and `most` how many of them a run may use.
    """

    def __init__(self, limit: RunLimit, most: float) -> None:
        super().__init__(f"{most:g} {limit}")
        self.limit = limit
        self.most = most


class RunBudget:
    """The budget of one run: seconds from now, and requests.

    `request_s` is the limit of one request in seconds, and nothing in a run may wait longer than that for a peer.
    A run has `limits.RUN_REQUEST_TIMES` times as long. What the server asks to wait is not counted.
    """

    def __init__(self, clock: Clock, request_s: float) -> None:
        self._clock = clock
        self._request_s = request_s
        self._set(request_s * limits.RUN_REQUEST_TIMES, limits.RUN_REQUESTS)

    def _set(self, seconds: float, requests: int) -> None:
        self._most_s, self._most_requests = seconds, requests
        self._ends = self._clock.monotonic() + seconds
        self._requests_left = requests

    @property
    def left_s(self) -> float:
        """The seconds that are left, 0 or less when there are none."""
        return self._ends - self._clock.monotonic()

    def extend(self, seconds: float) -> None:
        """Add the seconds of a wait that the server asks for."""
        self._ends += seconds

    def spend(self) -> None:
        """Take one request out; RunLimitReached when none, or no time, is left for it."""
        if self._requests_left <= 0:
            raise RunLimitReached(RunLimit.REQUESTS, self._most_requests)
        if self.left_s <= 0:
            raise self._out_of_time()
        self._requests_left -= 1

    def within(self, seconds: float) -> AbstractAsyncContextManager[None]:
        """Let something take at most these seconds, no longer than one request may, nor than the run has left.

        TimeoutError where its own limit ended it, RunLimitReached where that of the run did.
        """
        own, left = min(seconds, self._request_s), self.left_s
        if left <= 0:
            raise self._out_of_time()
        return _Within(min(own, left), self._out_of_time() if left < own else None)

    @contextmanager
    def apart(self, seconds: float, requests: int) -> Generator[None]:
        """A part of a run with limits of its own, which uses nothing of the run's."""
        most_s, most_requests = self._most_s, self._most_requests
        left_s, requests_left = self.left_s, self._requests_left
        self._set(seconds, requests)
        try:
            yield
        finally:
            self._set(most_s, most_requests)
            self._ends, self._requests_left = self._clock.monotonic() + left_s, requests_left

    def _out_of_time(self) -> RunLimitReached:
        return RunLimitReached(RunLimit.SECONDS, self._most_s)


class _Within:
    """A time limit in seconds, and what is raised in place of TimeoutError, None for nothing else."""

    def __init__(self, seconds: float, reached: RunLimitReached | None) -> None:
        self._scope = asyncio.timeout(seconds)
        self._reached = reached

    async def __aenter__(self) -> None:
        await self._scope.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        is_late = isinstance(error, TimeoutError)
        try:
            await self._scope.__aexit__(kind, error, trace)
        except TimeoutError:
            is_late = True
            if self._reached is None:
                raise
        # A limit within this one may have ended it, in the same moment or by itself.
        if is_late and self._scope.expired() and self._reached is not None:
            raise self._reached from None

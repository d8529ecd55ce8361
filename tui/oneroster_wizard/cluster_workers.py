"""Whether a cluster still has workers: without any, its scheduler keeps tasks for as long as it lives."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from time import monotonic

from oneroster_checks.urls import place_of

from .limits import CLUSTER_S, WORKERS_GONE_S, WORKERS_POLL_S


class WorkerWatch:
    """Looks now and then which workers a cluster has, while `run` runs.

    `workers` asks the scheduler for them, by their addresses. `private` are the hosts that may get tasks which carry
    secrets, None where every worker may.
    """

    def __init__(
        self, workers: Callable[[], Awaitable[Mapping[str, object]]], private: Collection[str] | None
    ) -> None:
        self._workers = workers
        self._private = private
        self._missing_since: dict[bool, float | None] = {True: None, False: None}
        self._gone = {True: asyncio.Event(), False: asyncio.Event()}

    async def run(self) -> None:
        """Look until canceled."""
        while True:
            await asyncio.sleep(WORKERS_POLL_S)
            try:
                async with asyncio.timeout(CLUSTER_S):
                    found = await self._workers()
            except (
                Exception
            ):  # a scheduler that is lost ends the tasks itself, and nothing was seen of its workers
                continue
            self._note(False, len(found) > 0)
            self._note(
                True, any(self._private is None or place_of(each).host in self._private for each in found)
            )

    def _note(self, carried: bool, has_one: bool) -> None:
        if has_one:
            self._missing_since[carried] = None
            return
        since = self._missing_since[carried] = self._missing_since[carried] or monotonic()
        if monotonic() - since >= WORKERS_GONE_S:
            self._gone[carried].set()

    async def gone(self, *, carried: bool) -> None:
        """Return when for `limits.WORKERS_GONE_S` no worker was there that may get a task; `carried` says that it
        carries secrets."""
        await self._gone[carried].wait()

"""Many connections at once: hosts side by side, one request at a time at each, and results as they end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from ..connection import Connection, Credentials
from ..errors import InputError, UnknownProvider
from ..events import Event
from ..http.gates import HostGates
from ..result import Result
from ..urls import Place, one_place, place_of
from .garbage import collected_rarely
from .options import RunOptions
from .runner import run_telling
from .unable import crashed, unable_to_run

# A few runs begin at the same moment: those that do the same one after the other take less time (BENCHMARKS.md). If all
# did, all would wait at the same moments, and hold the most at once.
_TOGETHER, _APART_S = 6, 0.018


async def _not_refused() -> None:
    return None


@dataclass(frozen=True, slots=True, eq=False)
class RunJob:
    """One run among many. Two jobs are never the same, whatever they hold.

    `secrets` hands over the secrets when they are needed, or the result that says why there are none; it has a time
    limit of its own. `options` are those of the run, but for `gates`. `refused` is for who runs the job elsewhere,
    where the secrets are found without this one: the result that says why none may go with it, None where they may.
    """

    connection: Connection
    secrets: Callable[[], Awaitable[Credentials | Result]]
    options: RunOptions = field(default_factory=RunOptions)
    refused: Callable[[], Awaitable[Result | None]] = _not_refused


@dataclass(frozen=True, slots=True)
class Ended:
    """A job that has ended, with its result, and with its secrets for who compares them with earlier ones.

    The result has no `names`: it is no one to go on from.
    """

    job: RunJob
    result: Result
    credentials: Credentials


Listener = Callable[[RunJob, Event], object]


async def run_many(
    jobs: Iterable[RunJob],
    limit: int,
    *,
    listener: Listener = lambda job, event: None,
    on_end: Callable[[Ended], object] = lambda ended: None,
) -> AsyncGenerator[Ended]:
    """Run jobs, at most `limit` at once, and yield each with its result as soon as it has one; the secrets of as many
    more are fetched meanwhile.

    Jobs of one host come one after the other, and where hosts are shared otherwise, such as that of the token URL,
    their requests do. `listener` gets what happens meanwhile, and `on_end` each job that has ended, at once: also
    one that is not yielded, because the generator is closed before. Nothing that one job does ends another: what cannot
    run, or fails in this tool, has a result that says so. Closing the generator cancels what is under way.
    """
    every = tuple(jobs)
    work = _ManyRuns(every, limit, listener, on_end)
    try:
        with collected_rarely():
            for _ in every:
                ended = await work.ended.get()
                if isinstance(ended, BaseException):
                    raise ended
                yield ended
    finally:
        await work.aclose()


def by_host(jobs: Iterable[RunJob]) -> list[list[RunJob]]:
    """Jobs by the host of their base URL (scheme, name and port), in the order of coming."""
    groups: dict[Place, list[RunJob]] = {}
    for job in jobs:
        groups.setdefault(one_place(place_of(job.connection.base_url.strip())), []).append(job)
    return list(groups.values())


class _ManyRuns:
    """The tasks of many runs, and the queue of what has ended."""

    def __init__(
        self, jobs: Sequence[RunJob], limit: int, listener: Listener, on_end: Callable[[Ended], object]
    ) -> None:
        self.ended: asyncio.Queue[Ended | BaseException] = asyncio.Queue()
        self._gates = HostGates()
        self._turns = asyncio.Semaphore(limit)
        self._beginning = asyncio.Lock()
        self._begun = 0
        self._keyring = asyncio.Semaphore(limit)
        self._listener = listener
        self._on_end = on_end
        self._tasks = [asyncio.create_task(self._of_one_host(group)) for group in by_host(jobs)]
        for task in self._tasks:
            task.add_done_callback(self._heed)

    def _heed(self, task: asyncio.Task[None]) -> None:
        """Hand on what no job did and nobody expects, so that nobody waits for a result that never comes."""
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.ended.put_nowait(error)

    async def _of_one_host(self, jobs: Sequence[RunJob]) -> None:
        """Run the jobs of a host one after the other, each as soon as its secrets are there."""
        fetches = [asyncio.create_task(self._fetched(job)) for job in jobs]
        try:
            for next_one in asyncio.as_completed(fetches):
                job, secrets = await next_one
                async with self._turns:
                    result = secrets if isinstance(secrets, Result) else await self._run(job, secrets)
                credentials = secrets if isinstance(secrets, Credentials) else Credentials()
                ended = Ended(job, result, credentials)
                self._on_end(ended)
                self.ended.put_nowait(ended)
        finally:
            for fetch in fetches:
                fetch.cancel()
            await asyncio.gather(*fetches, return_exceptions=True)

    async def _fetched(self, job: RunJob) -> tuple[RunJob, Credentials | Result]:
        async with self._keyring:
            try:
                return job, await job.secrets()
            except Exception as error:
                return job, _unable(job, error)

    async def _run(self, job: RunJob, credentials: Credentials) -> Result:
        async with self._beginning:
            if self._begun and self._begun % _TOGETHER == 0:
                await asyncio.sleep(_APART_S)
            self._begun += 1
        options: RunOptions = {**job.options, "gates": self._gates}
        try:
            result = await run_telling(
                job.connection, credentials, options, lambda event: self._listener(job, event)
            )
        except Exception as error:
            return _unable(job, error)
        # Nobody runs on from one of a thousand results, and the names are most of one.
        return replace(result, names=None)

    async def aclose(self) -> None:
        """End what is under way, and wait for it: a run may have something to remove first."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _unable(job: RunJob, error: Exception) -> Result:
    """The result of a run that could not begin; of a fault of this tool, only its kind is told."""
    profile = job.options.get("profile")
    # Of a provider that nobody knows there is nothing to say.
    connection = Connection() if isinstance(error, UnknownProvider) else job.connection
    if not isinstance(error, InputError):
        return crashed(connection, type(error).__name__, profile=profile)
    facts = {"profile": profile or "", "reason": error.told}
    return unable_to_run(connection, error.cause.value, profile=profile, facts=facts)

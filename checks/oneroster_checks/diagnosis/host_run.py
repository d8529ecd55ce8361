"""What a worker does: every profile of one host to its result. Any `concurrent.futures.Executor` runs it."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from functools import partial
from typing import Protocol

from ..connection import Connection, Credentials
from ..plain import result_to_bytes
from ..result import Result
from .host_task import TASK_VERSION, HostResults, HostTask, ProfileTask, WrongTaskVersion
from .many import RunJob, run_many


class HostRunStopped(Exception):
    """Nobody waits for the results of a task any more, so it ended before its runs had."""


class Machine(Protocol):
    """What a task needs of the machine that runs it; it is pickled with the task."""

    @property
    def jobs(self) -> int:
        """How many profiles run at once, each at a host of its own."""
        ...

    async def secrets(self, profile: ProfileTask) -> Credentials | Result:
        """The secrets of a profile, or the result that says why there are none."""
        ...

    def https_proxy(self, connection: Connection) -> str | None:
        """The proxy for the https requests of a connection, None where this machine has none for it."""
        ...

    async def unwanted(self) -> None:
        """Return when nobody waits for the results any more."""
        ...


def run_host(task: HostTask, machine: Machine) -> HostResults:
    """Run the profiles of a task, one request at a time at each of its hosts.

    It may be called in any thread that has no event loop, and called again for the same task: checks only read.
    WrongTaskVersion for a task of another version, HostRunStopped when nobody waits any more. No error names a secret.
    """
    if task.version != TASK_VERSION:
        raise WrongTaskVersion(task.version)
    return asyncio.run(_until_unwanted(task, machine))


async def _until_unwanted(task: HostTask, machine: Machine) -> HostResults:
    runs = asyncio.create_task(_run(task, machine))
    unwanted = asyncio.create_task(machine.unwanted())
    try:
        await asyncio.wait((runs, unwanted), return_when=asyncio.FIRST_COMPLETED)
    finally:
        unwanted.cancel()
        stopped = not runs.done()
        if stopped:
            runs.cancel()
        await asyncio.gather(runs, unwanted, return_exceptions=True)
    if stopped:
        raise HostRunStopped("Nobody waits for these results any more.")
    return runs.result()


async def _run(task: HostTask, machine: Machine) -> HostResults:
    jobs = [_job(profile, machine) for profile in task.profiles]
    results: dict[RunJob, bytes] = {}
    async with aclosing(run_many(jobs, machine.jobs)) as every:
        async for ended in every:
            results[ended.job] = result_to_bytes(ended.result)
    return HostResults(tuple(results[job] for job in jobs))


def _job(profile: ProfileTask, machine: Machine) -> RunJob:
    return RunJob(
        profile.connection,
        partial(machine.secrets, profile),
        {
            "answers": profile.answers,
            "profile": profile.name,
            "https_proxy": machine.https_proxy(profile.connection),
            "depth": profile.depth,
            "max_minutes": profile.max_minutes,
            "consumer": profile.consumer,
        },
    )

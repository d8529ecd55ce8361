"""The checks of one host as a task: which profiles are one, how it travels, and what any executor makes of it."""

from __future__ import annotations

import asyncio
import multiprocessing
import pickle
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from datetime import date

import pytest

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.diagnosis.host_run import HostRunStopped, run_host
from oneroster_checks.diagnosis.host_task import (
    CarriedSecrets,
    HostResults,
    HostTask,
    ProfileTask,
    WrongTaskVersion,
    sharing_hosts,
)
from oneroster_checks.errors import SecretPickled
from oneroster_checks.result import Result
from oneroster_checks.stages.model import Depth
from oneroster_practice import PracticeDistrict
from oneroster_wizard.worker import WorkerMachine

from .engine import campus
from .test_many import all_ended, job

LIMIT_S = 60
SECRET = "a-secret-of-this-test"


def task(*connections: Connection, carried: CarriedSecrets | None = None) -> HostTask:
    """A task of these connections."""
    carried = carried or CarriedSecrets(Credentials(Secret(SECRET)))
    return HostTask(tuple(ProfileTask(str(n), each, carried=carried) for n, each in enumerate(connections)))


def at(base: str, token: str = "", **more: object) -> Connection:
    """A connection of these hosts."""
    token_url = f"https://{token}/token" if token else ""
    return Connection(base_url=f"https://{base}/ims/oneroster", token_url=token_url).but(**more)


def test_profiles_that_share_a_host_directly_or_by_others_are_one_task() -> None:
    connections = [
        at("one.example", "one.example"),
        at("two.example", "tokens.example"),
        at("ONE.example:443"),
        at("three.example", "tokens.example"),
        # Joins both, by one of each.
        at("four.example", "four.example"),
        at("three.example", "one.example"),
        # With a fixed token the token URL is not asked.
        at("five.example", "four.example", fixed_token=True),
        at("one.example:8443"),
        # Without a host there is nothing to share.
        Connection(),
        Connection(),
        at("FOUR.example."),
    ]
    assert sharing_hosts(connections) == [[0, 1, 2, 3, 5], [4, 10], [6], [7], [8], [9]]


def test_a_task_travels_whole_and_shows_nothing() -> None:
    profile = ProfileTask(
        "lake-side",
        at("one.example", created=date(2026, 1, 31), share=("rostering", "gradebook")),
        answers={"a": "yes"},
        depth=Depth.FULL,
        max_minutes=5.0,
        consumer="google-classroom",
        references={"client_secret": ("env:NAME", "keyring:lake-side")},
        carried=CarriedSecrets(Credentials(Secret(SECRET))),
    )
    sent = HostTask((profile,))
    assert pickle.loads(pickle.dumps(sent)) == sent
    assert SECRET not in repr((sent, profile, profile.carried))
    assert "lake-side" not in repr(sent)
    with pytest.raises(SecretPickled):
        pickle.dumps(profile.carried.credentials())


def test_a_task_or_results_of_another_version_are_refused_in_words() -> None:
    other = pickle.loads(pickle.dumps(HostTask(task(at("one.example")).profiles, version=7)))
    assert other.profiles == ()
    with pytest.raises(WrongTaskVersion, match="version 7, and this machine knows version 2"):
        run_host(other, WorkerMachine())
    with pytest.raises(WrongTaskVersion):
        HostResults((b"{}",), version=7).read()


def findings(result: Result) -> tuple[object, ...]:
    """What a result says, but for the time that it took."""
    verdict = result.verdict
    return (
        verdict.status, verdict.cause, verdict.summary, verdict.fix, result.requests, dict(result.counts),
        [(each.finding.check, each.finding.status, each.finding.cause) for each in result.findings],
    )  # fmt: skip


async def test_an_executor_gives_the_results_of_this_process() -> None:
    with ExitStack() as stack:
        problems = (None, "sharing.nothing", "token.invalid-client")
        districts = [stack.enter_context(PracticeDistrict(problem)) for problem in problems]
        # Two profiles of each host, so a task has several.
        tasks = [
            task(each.connection, each.connection, carried=CarriedSecrets(each.credentials))
            for each in districts
        ]
        here = await all_ended(
            [
                job(each.connection, each.credentials, f"{number}-{twin}")
                for number, each in enumerate(districts)
                for twin in range(2)
            ]
        )
        executor = stack.enter_context(
            ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))
        )
        loop = asyncio.get_running_loop()
        there = await asyncio.gather(
            *(loop.run_in_executor(executor, run_host, each, WorkerMachine()) for each in tasks)
        )
    for number, results in enumerate(there):
        for twin, result in enumerate(results.read()):
            assert result.profile == str(twin)
            assert findings(result) == findings(here[f"{number}-{twin}"])


async def test_a_task_that_nobody_waits_for_ends_and_closes_its_connection() -> None:
    asked, gone = threading.Event(), asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()
        writer.close()
        gone.set()

    class NobodyWaitsAfterARequest(WorkerMachine):
        async def unwanted(self) -> None:
            await asyncio.to_thread(asked.wait, LIMIT_S)

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        host = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        sent = task(campus(host, timeout=60.0))
        with pytest.raises(HostRunStopped):
            await asyncio.to_thread(run_host, sent, NobodyWaitsAfterARequest())
        await asyncio.wait_for(gone.wait(), LIMIT_S)

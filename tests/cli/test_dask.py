"""`check --dask` on a real scheduler with three workers: as on this machine, also when a worker is lost."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from oneroster_practice import PracticeDistrict
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore

from ..dask_cluster import DaskCluster
from ..servers.relay import HoldingRelay, Relay
from .command import COMMAND, call, district, environment
from .test_many_profiles import remember, runs_of, save

LIMIT_S = 60
pytestmark = pytest.mark.usefixtures("keyring_unlocked")


@pytest.fixture(scope="module")
def known() -> Iterator[dict[str, Any]]:
    """A district whose secret the workers know."""
    with district() as ready:
        yield ready


@pytest.fixture(scope="module")
def cluster(known: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A cluster of three workers, which have no keyring, and one secret in their environment."""
    more = {
        "ONEROSTER_CLIENT_SECRET__FROM_THE_WORKER": known["client_secret"],
        # It would go to every district, so it goes to none.
        "ONEROSTER_CLIENT_SECRET": known["client_secret"],
    }
    with DaskCluster(tmp_path_factory.mktemp("cluster"), more=more) as running:
        yield running


def said(output: str) -> dict[str, Any]:
    """What a report says of each profile, but for the time that it took."""
    return {
        name: (
            run["verdict"],
            run["requests"],
            run["counts"],
            [(each["check"], each["status"], each["cause"]) for each in run["findings"]],
        )
        for name, run in runs_of(output).items()
    }


def document(lines: list[bytes]) -> str:
    """The JSON report that lines of jsonl are together."""
    runs = [json.loads(line) for line in lines]
    *_, about = [{key: run.pop(key) for key in ("schema_version", "tool")} for run in runs]
    return json.dumps({**about, "runs": runs})


def test_the_results_are_those_of_this_machine(cluster: DaskCluster) -> None:
    with ExitStack() as stack:
        good = stack.enter_context(district())
        empty = stack.enter_context(district("sharing.nothing"))
        refusing = stack.enter_context(district("token.invalid-client"))
        # Two of one host, one at whose token URL another one gets its token, and others on their own.
        save(good, "good")
        save(good, "its-twin", share=("rostering", "demographics"))
        save(good, "elsewhere", base_url=empty["base_url"])
        save(empty, "empty")
        save(refusing, "refused")
        for name in ("good", "its-twin", "elsewhere", "empty", "refused"):
            remember(good, name)
        here = call("check", "--all", "--format", "json")
        there = call("check", "--all", "--format", "json", "--dask", cluster.url)
    assert there.stderr == ""
    assert said(there.stdout) == said(here.stdout)
    assert {name: run["verdict"]["status"] for name, run in runs_of(there.stdout).items()} == {
        "good": "pass", "its-twin": "fail", "elsewhere": "fail", "empty": "fail", "refused": "fail",
    }  # fmt: skip
    assert there.returncode == here.returncode == 1


def test_a_worker_resolves_references_itself_and_its_missing_secret_is_said_by_its_name(
    cluster: DaskCluster, known: dict[str, Any]
) -> None:
    save(known, "from-the-worker")
    save(known, "forgotten", client_id="InfiniteCampus_another")
    ended = call("check", "--all", "--format", "json", "--dask", cluster.url)
    runs = runs_of(ended.stdout)
    assert runs["from-the-worker"]["verdict"]["status"] == "pass"
    verdict = runs["forgotten"]["verdict"]
    assert (verdict["status"], verdict["cause"]) == ("error", "tool.secret-missing")
    assert runs["forgotten"]["requests"] == 0
    assert re.fullmatch(
        r"There is no client secret for the profile forgotten on the worker \S+: "
        r"ONEROSTER_CLIENT_SECRET__FORGOTTEN is not set there, and there is no usable keyring\.",
        verdict["summary"],
    )
    assert "worker of the cluster with ONEROSTER_CLIENT_SECRET__FORGOTTEN in its environ" in verdict["fix"][0]
    assert (ended.returncode, ended.stderr) == (2, "")


@asynccontextmanager
async def started(*arguments: str) -> AsyncGenerator[Process]:
    """`check` in a process of its own, which is over at the end."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "check", *arguments, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env=environment()
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def lines_of(process: Process, count: int) -> list[bytes]:
    """The next lines of its output."""
    assert process.stdout is not None
    return [await process.stdout.readline() for _ in range(count)]


def worker_with_a_task(url: str) -> str:
    """The address of the one worker that is busy."""
    with Client(url, set_as_default=False) as client:
        processing: Any = client.processing()
        busy: list[str] = [address for address, keys in processing.items() if keys]
    assert len(busy) == 1
    return busy[0]


async def test_a_lost_worker_changes_nothing_but_who_does_the_work(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        # Its own, since it loses a worker.
        cluster = stack.enter_context(DaskCluster(tmp_path))
        relays: list[Relay] = []
        for number, problem in enumerate((None, None, "sharing.nothing", None)):
            served = stack.enter_context(PracticeDistrict(problem))
            kind = Relay if number else HoldingRelay
            relay = await stack.enter_async_context(kind(served.connection))
            relays.append(relay)
            for each in range(2):
                ProfileStore().save(Profile(f"{number}-{each}", relay.connection))
                await SecretStore().save(f"{number}-{each}", served.credentials)
        held, *others = relays
        assert isinstance(held, HoldingRelay)
        process = await stack.enter_async_context(
            started("--all", "--format", "jsonl", "--dask", cluster.url)
        )
        async with asyncio.timeout(LIMIT_S):
            await held.holds.wait()
            there = await lines_of(process, 6)
            lost = await asyncio.to_thread(worker_with_a_task, cluster.url)
            os.kill(cluster.workers[lost].process.pid, signal.SIGKILL)
            held.let_go.set()
            there += await lines_of(process, 2)
            assert (await process.communicate(), process.returncode) == ((b"", b""), 1)
            asked = held.requests
            local = await stack.enter_async_context(started("--all", "--format", "jsonl"))
            here = await lines_of(local, 8)
        # The one that was under way when its worker died was asked again.
        assert asked == held.requests - asked + 1
        # A killed worker's own request may still be under way at its server when the next one comes.
        assert [relay.most_at_once for relay in others] == [1, 1, 1]
        assert held.most_at_once <= 2
    assert said(document(there)) == said(document(here))


async def test_cancel_ends_the_tasks_on_the_cluster_and_keeps_what_has_ended(cluster: DaskCluster) -> None:
    async with AsyncExitStack() as stack:
        good = stack.enter_context(PracticeDistrict())
        ProfileStore().save(Profile("good", good.connection))
        await SecretStore().save("good", good.credentials)
        held = await stack.enter_async_context(HoldingRelay(good.connection.but(timeout=60.0)))
        ProfileStore().save(Profile("hanging", held.connection))
        await SecretStore().save("hanging", good.credentials)
        process = await stack.enter_async_context(
            started("--all", "--format", "jsonl", "--dask", cluster.url)
        )
        async with asyncio.timeout(LIMIT_S):
            (line,) = await lines_of(process, 1)
            assert json.loads(line)["profile"] == "good"
            await held.holds.wait()
            process.send_signal(signal.SIGINT)
            rest, complaints = await process.communicate()
            # The worker gives its request up, though the answer never comes.
            await held.closed()
    assert (process.returncode, rest) == (130, b"")
    assert complaints == b"1 of 2 profiles were done; their runs are kept.\nInterrupted.\n"
    assert ProfileStore().last_run("good") is not None
    assert ProfileStore().last_run("hanging") is None


async def test_a_scheduler_that_is_lost_is_a_sentence_and_what_has_ended_is_kept(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        cluster = stack.enter_context(DaskCluster(tmp_path, workers=1))
        good = stack.enter_context(PracticeDistrict())
        held = await stack.enter_async_context(HoldingRelay(good.connection))
        ProfileStore().save(Profile("hanging", held.connection))
        await SecretStore().save("hanging", good.credentials)
        process = await stack.enter_async_context(started("hanging", "--dask", cluster.url))
        async with asyncio.timeout(LIMIT_S):
            await held.holds.wait()
            cluster.scheduler.process.kill()
            out, complaints = await process.communicate()
    assert (process.returncode, out) == (2, b"")
    assert (
        complaints.decode() == f"oneroster-wizard: The connection to the cluster at {cluster.url} was lost.\n"
    )


async def test_what_has_ended_before_a_scheduler_is_lost_is_written(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        cluster = stack.enter_context(DaskCluster(tmp_path, workers=1))
        good = stack.enter_context(PracticeDistrict())
        ProfileStore().save(Profile("good", good.connection))
        await SecretStore().save("good", good.credentials)
        held = await stack.enter_async_context(HoldingRelay(good.connection.but(timeout=60.0)))
        ProfileStore().save(Profile("hanging", held.connection))
        await SecretStore().save("hanging", good.credentials)
        process = await stack.enter_async_context(
            started("--all", "--only-changes", "--format", "json", "--dask", cluster.url)
        )
        async with asyncio.timeout(LIMIT_S):
            await held.holds.wait()
            while await asyncio.to_thread(ProfileStore().last_run, "good") is None:
                assert process.returncode is None
            cluster.scheduler.process.kill()
            out, complaints = await process.communicate()
        again = await asyncio.to_thread(call, "check", "good", "--only-changes")
    assert process.returncode == 2
    assert list(runs_of(out.decode())) == ["good"]
    assert complaints.decode().splitlines() == [
        "1 of 2 profiles were done; their runs are kept.",
        f"oneroster-wizard: The connection to the cluster at {cluster.url} was lost.",
    ]
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")

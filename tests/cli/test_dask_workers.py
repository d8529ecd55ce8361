"""A cluster whose workers go while tasks are under way: nobody waits for them for ever."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest

from oneroster_checks.diagnosis.host_task import CarriedSecrets, HostTask, ProfileTask
from oneroster_practice import PracticeDistrict
from oneroster_wizard import cluster_workers
from oneroster_wizard.cluster import ClusterLost, connected
from oneroster_wizard.cluster_workers import WorkerWatch

from ..dask_cluster import DaskCluster
from ..servers.relay import HoldingRelay

LIMIT_S = 60


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any worker a moment is long enough."""
    monkeypatch.setattr(cluster_workers, "WORKERS_POLL_S", 0.01)
    monkeypatch.setattr(cluster_workers, "WORKERS_GONE_S", 0.2)


async def test_a_cluster_whose_workers_are_all_lost_is_a_sentence(tmp_path: Path) -> None:
    with DaskCluster(tmp_path, workers=2) as running, PracticeDistrict() as district:
        async with (
            asyncio.timeout(LIMIT_S),
            HoldingRelay(district.connection) as held,
            connected(running.url) as cluster,
        ):
            profile = ProfileTask("held", held.connection, carried=CarriedSecrets(district.credentials))
            runs = asyncio.create_task(cluster.results_of(HostTask((profile,))))
            await held.holds.wait()
            for each in running.workers.values():
                os.kill(each.process.pid, signal.SIGKILL)
            with pytest.raises(ClusterLost) as lost:
                await runs
    assert str(lost.value) == f"The cluster at {running.url} has no workers any more."


async def test_a_time_limit_that_distributed_lets_lie_is_told_to_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    loop = asyncio.get_running_loop()
    with DaskCluster(tmp_path, workers=1) as running:
        async with asyncio.timeout(LIMIT_S), connected(running.url):
            pass
    for error in (TimeoutError("Timeout"), ValueError("a fault")):
        left = loop.create_future()
        left.set_exception(error)
        del left
    # Anything else that nobody waits for is.
    told = [record.exc_info[1] for record in caplog.records if record.exc_info]
    assert [str(error) for error in told] == ["a fault"]


HERE, THERE = "tcp://127.0.0.1:1", "tcp://10.0.0.7:1"


@pytest.mark.parametrize(
    ("seen", "private", "gone", "there"),
    [
        ([{HERE: 1}, {}, {}], None, {True, False}, set()),
        # Where secrets may go to this machine alone, another one's worker is none for tasks that carry them.
        ([{HERE: 1}, {THERE: 1}], {"127.0.0.1"}, {True}, {False}),
        # One that comes in time is enough, and of a scheduler that says nothing nothing is known.
        ([{}, {HERE: 1}], None, set(), {True, False}),
        ([{HERE: 1}, None], None, set(), {True, False}),
    ],
)
async def test_workers_are_gone_for_the_tasks_that_they_might_get(
    seen: list[Mapping[str, int] | None], private: set[str] | None, gone: set[bool], there: set[bool]
) -> None:
    looks = asyncio.Queue[None]()

    async def workers() -> Mapping[str, int]:
        looks.put_nowait(None)
        found = seen[0] if len(seen) == 1 else seen.pop(0)
        if found is None:
            raise OSError
        return found

    watch = WorkerWatch(workers, private)
    looking = asyncio.create_task(watch.run())
    waits = {carried: asyncio.create_task(watch.gone(carried=carried)) for carried in (True, False)}
    try:
        async with asyncio.timeout(LIMIT_S):
            if gone:
                await asyncio.gather(*(waits[each] for each in gone))
            else:
                # Longer than they may be away.
                for _ in range(40):
                    await looks.get()
        assert {carried for carried, wait in waits.items() if not wait.done()} == there
    finally:
        for task in (looking, *waits.values()):
            task.cancel()
        await asyncio.gather(looking, *waits.values(), return_exceptions=True)

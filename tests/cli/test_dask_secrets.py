"""Secrets on a Dask cluster: in no log, no state and no error of it, and only where the way is private."""

from __future__ import annotations

import asyncio
import base64
import re
from pathlib import Path
from typing import Any

import pytest
import trustme
from distributed import Client

from oneroster_checks.diagnosis.host_task import CarriedSecrets, HostTask, ProfileTask
from oneroster_practice import PracticeDistrict
from oneroster_wizard.cluster import TaskFailed, connected
from oneroster_wizard.cluster_address import ClusterAddress, reach, secrets_may_travel
from oneroster_wizard.secret_references import references_for, secret_variable

from ..dask_cluster import DaskCluster
from ..servers.relay import HoldingRelay
from .command import district, run
from .test_many_profiles import outcomes, remember, save

LIMIT_S = 60


async def test_no_secret_is_in_a_log_a_state_or_an_error_of_the_cluster(tmp_path: Path) -> None:
    with DaskCluster(tmp_path, workers=1) as running, PracticeDistrict() as district:
        async with asyncio.timeout(LIMIT_S), HoldingRelay(district.connection) as held:
            carried = CarriedSecrets(district.credentials)
            good = ProfileTask("good", district.connection, carried=carried)
            task = HostTask((good,))
            async with (
                connected(running.url) as cluster,
                Client(running.url, asynchronous=True, set_as_default=False) as client,
            ):
                assert cluster.carries
                (result,) = (await cluster.results_of(task)).read()
                assert result.verdict.cause is None
                # What fails with a task as its argument is logged with it.
                with pytest.raises(TypeError):
                    await client.submit(len, task, key="fails")
                with pytest.raises(TaskFailed, match="WrongTaskVersion"):
                    await cluster.results_of(HostTask((good,), version=99))
                under_way = HostTask((ProfileTask("held", held.connection, carried=carried),))
                running_task = asyncio.create_task(cluster.results_of(under_way))
                await held.holds.wait()
                shown = await states(client, tmp_path)
                running_task.cancel()
                await asyncio.wait((running_task,))
        seen = shown + running.logs() + repr([task, good, result])
    assert "Compute Failed" in running.logs()
    assert "len(HostTask(1 profiles))" in running.logs()
    assert "run_on_worker" in shown
    secret = district.credentials.client_secret.reveal()
    basic = base64.b64encode(f"{district.connection.client_id}:{secret}".encode()).decode()
    assert secret not in seen
    assert basic not in seen
    # Nothing of it is in a file either: Dask keeps tasks in memory.
    assert not files_with(tmp_path, secret)


@pytest.mark.usefixtures("keyring_unlocked")
def test_secrets_travel_to_a_scheduler_with_tls_and_the_usual_certificates_of_dask(tmp_path: Path) -> None:
    authority = trustme.CA()
    paper = authority.issue_cert("127.0.0.1")
    (tmp_path / "ca.crt").write_bytes(authority.cert_pem.bytes())
    (tmp_path / "both.crt").write_bytes(paper.private_key_and_cert_chain_pem.bytes())
    tls = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(tmp_path / "ca.crt")}
    for role in ("CLIENT", "SCHEDULER", "WORKER"):
        tls[f"DASK_DISTRIBUTED__COMM__TLS__{role}__CERT"] = str(tmp_path / "both.crt")
    with DaskCluster(tmp_path, workers=1, more=tls, protocol="tls") as running, district() as ready:
        assert running.url.startswith("tls://")
        save(ready, "north")
        remember(ready, "north")
        ended = run("check", "--all", "--format", "json", "--dask", running.url, more=tls)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert outcomes(ended.stdout) == {"north": ("pass", None)}


async def test_a_worker_that_comes_later_at_another_address_gets_no_secret(tmp_path: Path) -> None:
    with DaskCluster(tmp_path, workers=1) as running, PracticeDistrict() as district:
        (first,) = running.workers
        async with (
            asyncio.timeout(LIMIT_S),
            connected(running.url) as cluster,
            Client(running.url, asynchronous=True, set_as_default=False) as client,
        ):
            await asyncio.to_thread(running.add, 1, "127.0.0.9")
            (later,) = set(running.workers) - {first}
            profile = ProfileTask("good", district.connection, carried=CarriedSecrets(district.credentials))
            # More than one worker does at once, so another one would take some of them.
            runs = asyncio.gather(*(cluster.results_of(HostTask((profile,))) for _ in range(8)))
            seen: dict[str, int] = dict.fromkeys(running.workers, 0)
            while not runs.done():
                for worker, keys in (await client.processing()).items():
                    seen[worker] = max(seen[worker], len(keys))
            assert all(each.read()[0].verdict.cause is None for each in await runs)
    assert seen[first] > 2
    assert seen[later] == 0


def files_with(folder: Path, text: str) -> list[Path]:
    """The files of a folder that hold a text."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path for path in files if text.encode() in path.read_bytes()]


async def states(client: Any, folder: Path) -> str:
    """Everything that Dask tells of its state while a task is under way."""
    keys = [key for each in (await client.processing()).values() for key in each]
    assert len(keys) == 1
    await client.dump_cluster_state(str(folder / "state"), exclude=(), format="yaml")
    return (folder / "state.yaml").read_text() + repr(await client.story(*keys))


HERE, THERE = "tcp://127.0.0.1:1", "tcp://10.0.0.7:1"
TLS = "tls://10.0.0.7:1"


@pytest.mark.parametrize(
    ("scheduler", "listening", "workers", "may"),
    [
        (HERE, [HERE], [HERE, "tcp://[::1]:2", "tcp://127.0.0.5:2"], True),
        # Whoever comes later is held off by the host that the task names.
        (HERE, ["tcp://10.0.0.7:1"], [HERE], True),
        (HERE, [HERE], [HERE, THERE], False),
        (THERE, [THERE], [HERE], False),
        # A name may lead anywhere tomorrow.
        ("tcp://localhost:1", [HERE], [HERE], False),
        ("tcp://127.0.0.1.example:1", [HERE], [HERE], False),
        (TLS, [TLS], [TLS, "tls://worker.example:2"], True),
        (TLS, [TLS, THERE], [TLS], False),
        (TLS, [TLS], [TLS, THERE], False),
    ],
)
def test_secrets_travel_within_tls_or_this_machine_alone(
    scheduler: str, listening: list[str], workers: list[str], may: bool
) -> None:
    host = scheduler.rpartition("/")[2].rpartition(":")[0]
    address = ClusterAddress(scheduler, scheduler, host, scheduler.startswith("tls:"))
    assert secrets_may_travel(address, listening, workers) is may


async def test_a_name_of_this_machine_becomes_its_address() -> None:
    async with await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        address = await reach(f"tcp://localhost:{port}")
    assert address.host in ("127.0.0.1", "::1")
    assert address.url.startswith(("tcp://127.0.0.1:", "tcp://[::1]:"))


def test_each_profile_has_variables_of_its_own() -> None:
    assert secret_variable("client_secret", "lake-side") == "ONEROSTER_CLIENT_SECRET__LAKE_SIDE"
    assert secret_variable("vendor_key", "north") == "ONEROSTER_VENDOR_KEY__NORTH"
    names = [
        "lake-side",
        "lake_side",
        "Lake-side",
        "lake--side",
        "lake side",
        "läke-side",
        "lake__side",
        "LAKE",
    ]
    names += [
        "lake",
        secret_variable("client_secret", "lake_side").rpartition("__")[2].lower().replace("_", "-"),
    ]
    variables = {secret_variable("client_secret", name) for name in names}
    assert len(variables) == len(names)
    assert all(re.fullmatch(r"[A-Z0-9_]+", each) for each in variables)
    for each in references_for("lake-side")["client_secret"]:
        assert each != "env:ONEROSTER_CLIENT_SECRET"

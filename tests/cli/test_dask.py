"""`check --dask` on a real scheduler with three workers: as on this machine, and what can go wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from ..dask_cluster import DaskCluster
from .command import call, district
from .test_many_profiles import remember, runs_of, save

LIMIT_S = 60
pytestmark = pytest.mark.usefixtures("keyring_unlocked")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A cluster of three workers, which have no keyring, and one secret in their environment."""
    with district() as ready:
        more = {"ONEROSTER_CLIENT_SECRET__FROM_THE_WORKER": ready["client_secret"]}
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
        "good": "pass", "its-twin": "pass", "elsewhere": "fail", "empty": "fail", "refused": "fail",
    }  # fmt: skip
    assert there.returncode == here.returncode == 1

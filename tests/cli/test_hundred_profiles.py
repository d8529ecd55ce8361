"""A hundred saved profiles on hosts of their own, three of them broken: all at once, one request at a time at each."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Generator
from typing import Any

import pytest

from oneroster_checks.connection import Credentials, Secret
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore

from ..bench.many_hosts import connections
from .command import ROOT, call, environment

EVERY = 100


@pytest.fixture
def districts() -> Generator[tuple[dict[str, Any], subprocess.Popen[str]]]:
    """A process that serves as many districts as there are addresses; with its ready line."""
    paths = os.pathsep.join((str(ROOT), environment()["PYTHONPATH"]))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.many_hosts"], cwd=ROOT, env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline()), process
        assert process.stdin is not None
        process.stdin.close()


@pytest.mark.usefixtures("keyring_unlocked")
def test_a_hundred_profiles_of_which_three_are_broken(
    districts: tuple[dict[str, Any], subprocess.Popen[str]],
) -> None:
    ready, process = districts
    store, secrets = ProfileStore(), SecretStore()

    async def remember() -> None:
        for number, connection in enumerate(connections(ready, EVERY - 1)):
            name = f"district-{number:03}"
            if number == 33:
                connection = connection.but(client_id="InfiniteCampus_mistyped")
            store.save(Profile(name, connection, remember=True))
            if number != 66:
                await secrets.save(name, Credentials(Secret(ready["client_secret"])))

    asyncio.run(remember())
    (store.folder / "district-099.toml").write_text("oauth = ")
    ended = call("check", "--all", "--format", "jsonl")
    runs = [json.loads(line) for line in ended.stdout.splitlines()]
    found = {run["profile"]: (run["verdict"]["status"], run["verdict"]["cause"]) for run in runs}
    assert len(runs) == len(found) == EVERY
    assert found.pop("district-033") == ("fail", "token.invalid-client"), (found, ended.stderr)
    assert found.pop("district-066") == ("error", "tool.secret-missing")
    assert found.pop("district-099") == ("error", "tool.profile-broken")
    assert set(found.values()) == {("pass", None)}
    assert ended.returncode == 2
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    seen = json.loads(process.stdout.readline())
    assert seen["most_at_once"] == 1
    assert seen["requests"] == sum(run["requests"] for run in runs)
    again = call("check", "--all", "--only-changes")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", ""), again.stdout

"""A history that another program holds: many runs wait for it once, beside everything else, and say so once."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from oneroster_checks.connection import Connection
from oneroster_wizard.fleet_run import EndedRun, RunKeeper
from oneroster_wizard.limits import HISTORY_BUSY_S
from oneroster_wizard.storage.history import default_history
from oneroster_wizard.storage.locks import alone_in
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from ..storage.runs import run_of
from .command import call, district, secrets_of
from .test_many_profiles import outcomes, save

NAMES = ("ash", "elm", "fir", "oak")
TICK_S = 0.05


@contextmanager
def held() -> Generator[None]:
    """Another program has the history to itself."""
    with closing(sqlite3.connect(default_history(), isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield


@pytest.fixture
def store() -> ProfileStore:
    store = ProfileStore()
    for name in NAMES:
        store.save(Profile(name, Connection()))
    # A first one makes the file.
    store.save_run("ash", replace(run_of("ash"), started=datetime.now(UTC)))
    return store


@pytest.mark.parametrize("what", ["history", "folder"])
def test_many_runs_wait_once_and_one_line_says_how_many_are_not_kept(what: str) -> None:
    with district() as ready:
        for name in NAMES:
            save(ready, name)
        more = secrets_of(ready)
        assert call("check", "--all", more=more).returncode == 0
        with held() if what == "history" else alone_in(ProfileStore().folder):
            began = time.monotonic()
            ended = call("check", "--all", "--format", "json", more=more)
            took = time.monotonic() - began
    assert ended.returncode == 0
    assert outcomes(ended.stdout) == dict.fromkeys(NAMES, ("pass", None))
    assert took < 2 * HISTORY_BUSY_S
    (line,) = ended.stderr.splitlines()
    assert line.startswith("oneroster-wizard: 4 runs could not be saved: ")
    assert "another program" in line.lower()
    store = ProfileStore()
    assert {len(store.history.runs(name)) for name in NAMES} == {1}
    # One alone waits and says it as ever.
    assert call("check", "ash", more=more).stderr == ""


async def test_everything_else_goes_on_while_one_waits(store: ProfileStore) -> None:
    keeper, kept = RunKeeper(store), list[EndedRun]()
    gaps: list[float] = []

    async def tick() -> None:
        while not kept:
            began = time.monotonic()
            await asyncio.sleep(TICK_S)
            gaps.append(time.monotonic() - began)

    profile = store.load("elm")
    with held():
        await asyncio.gather(tick(), keeper.keep_aside(run_of("elm"), {}, profile, kept.append))
        began = time.monotonic()
        await keeper.keep_aside(run_of("elm"), {}, profile, kept.append)
        assert time.monotonic() - began < HISTORY_BUSY_S / 2
    assert max(gaps) < HISTORY_BUSY_S / 2
    assert [bool(each.trouble) for each in kept] == [True, True]
    assert keeper.complaint.startswith("2 runs could not be saved: ")
    # What can be kept again is kept.
    await keeper.keep_aside(run_of("elm"), {}, profile, kept.append)
    assert kept[-1].trouble == ""
    assert keeper.not_kept == 2
    assert store.last_run("elm") is not None


async def test_one_that_is_canceled_while_it_is_kept_is_kept(store: ProfileStore) -> None:
    keeper, kept = RunKeeper(store), list[EndedRun]()
    profile = store.load("elm")
    with held():
        keeping = asyncio.ensure_future(keeper.keep_aside(run_of("elm"), {}, profile, kept.append))
        await asyncio.sleep(TICK_S)
        keeping.cancel()
        await asyncio.sleep(TICK_S)
        assert not keeping.done()
    with pytest.raises(asyncio.CancelledError):
        await keeping
    assert [each.trouble for each in kept] == [""]
    assert store.last_run("elm") is not None


def test_another_reason_is_no_reason_to_wait_less(store: ProfileStore) -> None:
    keeper, profile = RunKeeper(store), store.load("elm")
    store.delete("elm")
    assert "no profile named" in keeper.keep(run_of("elm"), {}, profile).trouble
    with held():
        began = time.monotonic()
        assert keeper.keep(run_of("oak"), {}, store.load("oak")).is_held
        assert time.monotonic() - began > HISTORY_BUSY_S / 2

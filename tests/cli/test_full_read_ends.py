"""A full read that is stopped, killed or cut off at any of twenty moments leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from pathlib import Path

import pytest

from oneroster_practice import PracticeDistrict

from ..servers.meddler import Cut, Meddler, Passing
from .ended_runs import LIMIT_S, Ended, Runs, ready_line, spread

MOMENTS = 20
WORDS = {signal.SIGINT: b"Interrupted.\n", signal.SIGTERM: b"", signal.SIGKILL: b""}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what is left is read from /proc")


def in_order(complaints: bytes, number: signal.Signals) -> bool:
    """Whether a run that got a signal said no more than its progress and the one word of the signal."""
    lines = complaints.decode().splitlines()
    progress = [line for line in lines if " records" in line or not line.strip()]
    return [line for line in lines if line not in progress] == WORDS[number].decode().splitlines()


async def requests_of(district: PracticeDistrict, folder: Path) -> int:
    """How many requests a run has that is left alone."""
    async with Meddler(district.connection) as relay:
        ended, left = await Runs(folder / "alone").ended(ready_line(district, relay))
        assert (ended.code, left) == (0, [])
        return len(relay.heard)


@pytest.mark.parametrize("behind", [True, False], ids=["behind the answer", "before the answer"])
@pytest.mark.parametrize("number", list(WORDS))
async def test_a_signal_at_twenty_moments(number: signal.Signals, behind: bool, tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        every = spread(await requests_of(district, tmp_path), MOMENTS)
        runs, chosen = Runs(tmp_path), every[behind::2]
        for moment in chosen:
            processes: list[asyncio.subprocess.Process] = []

            def send(
                passing: Passing,
                *,
                now: bool,
                at: int = moment,
                started: list[asyncio.subprocess.Process] = processes,
            ) -> None:
                if passing.number == at and now:
                    started[0].send_signal(number)

            async with Meddler(district.connection, lambda passing: send(passing, now=not behind)) as relay:
                relay.answered = lambda passing: send(passing, now=behind)
                ended, left = await runs.ended(ready_line(district, relay), started=processes.append)
                assert left == [], moment
                if moment != every[-1]:
                    code = -number if number is signal.SIGKILL else 128 + number
                    assert (ended.code, ended.out) == (code, b""), moment
                    assert in_order(ended.complaints, number), ended.complaints
                # The server sees the end of every connection, and nothing more is asked for.
                await asyncio.wait_for(relay.closed(), LIMIT_S)
                assert len(relay.heard) <= moment + 1
    assert len(every) == MOMENTS


@pytest.mark.parametrize("cut", Cut)
async def test_a_connection_that_is_cut_at_twenty_moments(cut: Cut, tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        every = spread(await requests_of(district, tmp_path), MOMENTS)
        runs, turns = Runs(tmp_path), asyncio.Semaphore(3)

        async def cut_at(moment: int) -> Ended:
            async with (
                turns,
                Meddler(
                    district.connection, lambda passing: cut if passing.number == moment else None
                ) as relay,
            ):
                ended, left = await runs.ended(ready_line(district, relay), "--format", "json")
                assert left == [], moment
                await asyncio.wait_for(relay.closed(), LIMIT_S)
                assert relay.most_at_once == 1
            return ended

        chosen = every[cut is Cut.AFTER :: 2]
        for moment, ended in zip(chosen, await asyncio.gather(*map(cut_at, chosen)), strict=True):
            assert ended.code == 0, moment
            (run,) = json.loads(ended.out)["runs"]
            assert all(each["complete"] for each in run["read"]), moment
            assert b"Traceback" not in ended.complaints


async def test_a_connection_that_is_lost_for_good(tmp_path: Path) -> None:
    with PracticeDistrict() as district:
        every = spread(await requests_of(district, tmp_path), MOMENTS)
        runs = Runs(tmp_path)

        async def lost_at(moment: int) -> Ended:
            async with Meddler(
                district.connection, lambda passing: Cut.BEFORE if passing.number >= moment else None
            ) as relay:
                ended, left = await runs.ended(ready_line(district, relay), "--format", "json")
                assert left == [], moment
                await asyncio.wait_for(relay.closed(), LIMIT_S)
            return ended

        # They mostly wait.
        for ended in await asyncio.gather(*map(lost_at, every[::4])):
            assert ended.code in (0, 1)
            assert b"Traceback" not in ended.complaints
            assert "tool.fault" not in ended.out.decode()

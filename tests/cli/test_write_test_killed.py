"""A write test that is killed at any of twenty moments leaves no more than the journal names, and that is removed."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from oneroster_practice import PracticeDistrict

from ..checks.writing import SHARE, in_gradebook
from ..servers.meddler import Meddler, Passing
from .ended_runs import spread
from .test_write_test import LIMIT_S, REMOVE, WRITE, journals, ready_line, run_check

MOMENTS = 20
# Each part of them ends with one removal of everything that its kills have left.
PARTS = 2


async def moments_of(district: PracticeDistrict) -> list[int]:
    """Twenty numbers of requests, from the one for the class to the last one that looks whether all is gone."""
    async with Meddler(district.connection) as relay:
        code, _, complaints = await run_check(ready_line(district, relay), *WRITE)
        assert (code, complaints) == (0, b"")
        first = next(each.number for each in relay.heard if "/classes/" in each.path)
        last = max(each.number for each in relay.heard if "orwt-" in each.path)
    every = [first - 1 + number for number in spread(last - first + 1, MOMENTS)]
    assert len(every) == MOMENTS
    return every


def ids_in_gradebook(district: PracticeDistrict) -> set[str]:
    """The sourcedIds of everything in the grade book."""
    return {record["sourcedId"] for records in in_gradebook(district).values() for record in records}


def ids_in_journals(home: Path) -> set[str]:
    """The sourcedIds of the records that the next start offers for removal."""
    return {each["sourcedId"] for path in journals(home) for each in json.loads(path.read_text())["records"]}


async def killed_at(moment: int, relay: Meddler, line: Mapping[str, Any], *, behind: bool) -> int | None:
    """The exit code of a write test that is killed at a request, before the server or the client has its answer."""
    started: list[asyncio.subprocess.Process] = []

    def kill(passing: Passing) -> None:
        if passing.number == moment:
            started[0].kill()

    def let(passing: Passing) -> None:
        """Nothing happens."""

    relay.heard.clear()
    relay.meddle, relay.answered = (let, kill) if behind else (kill, let)
    code, _, _ = await run_check(line, *WRITE, started=started.append)
    relay.meddle, relay.answered = let, let
    # What the server was asked it has done by then.
    await asyncio.wait_for(relay.closed(), LIMIT_S)
    return code


@pytest.mark.parametrize("behind", [True, False], ids=["behind the answer", "before the answer"])
@pytest.mark.parametrize("part", range(PARTS))
async def test_a_kill_at_twenty_moments(part: int, behind: bool, home: Path) -> None:
    with PracticeDistrict(share=SHARE) as district:
        before, ids_before = in_gradebook(district), ids_in_gradebook(district)
        chosen = (await moments_of(district))[behind::2][part::PARTS]
        async with Meddler(district.connection) as relay:
            line = ready_line(district, relay)
            left_at_most = 0
            for moment in chosen:
                code = await killed_at(moment, relay, line, behind=behind)
                assert code == -signal.SIGKILL, moment
                left = ids_in_gradebook(district) - ids_before
                assert left <= ids_in_journals(home), moment
                left_at_most = max(left_at_most, len(left))
            assert left_at_most
            ended, out, complaints = await run_check(line, REMOVE)
        assert (ended, complaints) == (0, b"")
        assert b"Removal of earlier test records" in out
        assert in_gradebook(district) == before
        folder = home / "state" / "oneroster-wizard" / "write-tests"
        assert list(folder.iterdir()) == []

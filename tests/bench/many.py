"""Many profiles at once, in one process: each a healthy quick run of a district of its own that is 100 ms away.

`python -m tests.bench.many` prints the lines of the bench. With `--one` it is the process that is measured: it reads
the ready line of the districts, a number of profiles and of jobs, and prints what their runs took, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

from oneroster_checks.connection import Credentials, Secret
from oneroster_checks.diagnosis.many import RunJob, run_many
from oneroster_checks.finding import Status

from ..peak import peak_of_this_process
from .line import Name, line
from .many_hosts import DELAY_S, connections
from .processes import ROOT, search_path

PROFILES = (1, 10, 100, 1000)
# So many at once that the processor has always one to go on with; and as many as the command runs unless told.
JOBS, USUAL_JOBS = 100, 32
GOAL_S, GOAL_MB = 30.0, 250.0
_PATIENCE_S = 600
_ADDITIONS = 6_000_000


@dataclass(frozen=True, slots=True)
class Took:
    """What the runs of so many profiles took, so many at once: seconds, CPU seconds, and peak megabytes."""

    profiles: int
    jobs: int
    seconds: float
    cpu: float
    peak: float
    requests: int
    most_at_once: int

    def __str__(self) -> str:
        return (
            f"{self.profiles:,} ({self.jobs} at once): {self.seconds:.1f} s, "
            f"{1000 * self.cpu / self.profiles:.0f} ms of CPU a run, {self.peak:.0f} MB, "
            f"{self.requests:,} requests, at most {self.most_at_once} at a host"
        )


def many() -> list[str]:
    """The lines of a thousand profiles, with fewer below them, each number in a fresh process."""
    pace = _pace()
    with _districts() as (given, told):
        took = [_took(given, told, number, JOBS) for number in PROFILES]
        usual = _took(given, told, PROFILES[-1], USUAL_JOBS)
    last = took[-1]
    made_of = "\n  ".join(map(str, (*took, usual)))
    waiting = f"{last.requests / last.profiles * DELAY_S:.1f} s of a run are waiting"
    paces = (
        f"{_ADDITIONS:,} additions took this Python {pace:.2f} s of CPU before, and {_pace():.2f} s behind it"
    )
    return [
        line(Name.MANY, last.seconds, GOAL_S, f"{made_of}\n  {waiting}\n  {paces}", "seconds"),
        line(Name.MANY_MEMORY, last.peak, GOAL_MB, f"with {usual.jobs} at once {usual.peak:.0f} MB", "MB"),
    ]


def _pace() -> float:
    """The CPU seconds that a fixed loop takes now: Pythons differ, and so do the hours of a shared processor."""
    began, total = time.process_time(), 0
    for number in range(_ADDITIONS):
        total += number
    return time.process_time() - began


@contextmanager
def _districts() -> Generator[tuple[dict[str, Any], tuple[IO[bytes], IO[bytes]]]]:
    """The ready line of many districts, and the two ends by which they are asked what they saw."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.many_hosts"], cwd=ROOT, env=_environment(),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        try:
            yield json.loads(process.stdout.readline()), (process.stdin, process.stdout)
        finally:
            process.stdin.close()


def _took(given: dict[str, Any], told: tuple[IO[bytes], IO[bytes]], profiles: int, jobs: int) -> Took:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.many", "--one"], cwd=ROOT, env=_environment(),
        input=json.dumps([given, profiles, jobs]).encode(), stdout=subprocess.PIPE, check=True, timeout=_PATIENCE_S,
    )  # fmt: skip
    told[0].write(b"\n")
    told[0].flush()
    seen = json.loads(told[1].readline())
    assert seen["unknown"] == 0, seen
    return Took(
        profiles,
        jobs,
        **json.loads(ended.stdout),
        requests=seen["requests"],
        most_at_once=seen["most_at_once"],
    )


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": search_path(ROOT)}


async def _one(given: dict[str, Any], profiles: int, jobs: int) -> dict[str, float]:
    credentials = Credentials(Secret(given["client_secret"]))
    every = [RunJob(each, partial(_handed, credentials)) for each in connections(given, profiles)]
    began, cpu = time.perf_counter(), time.process_time()
    # Whoever asks for them wants to see them all at the end.
    results = [ended.result async for ended in run_many(every, jobs)]
    took = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    assert all(result.verdict.status is Status.PASS for result in results)
    return {**took, "peak": peak_of_this_process()}


async def _handed(credentials: Credentials) -> Credentials:
    return credentials


if __name__ == "__main__":
    if sys.argv[1:] == ["--one"]:
        print(json.dumps(asyncio.run(_one(*json.load(sys.stdin)))))
    else:
        print(*many(), sep="\n")

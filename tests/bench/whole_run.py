"""A healthy quick run through the command, against a district that takes 100 ms an answer."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from statistics import median

from oneroster_practice import PracticeDistrict

from ..servers.relay import Relay
from .line import Name, line

ROOT = Path(__file__).resolve().parents[2]
GOAL, TRIES, PAUSE = 1.15, 5, 0.1


async def healthy_run() -> str:
    """Requests and wall time of `check` in a fresh process, against its waiting and its start-up."""
    walls: list[float] = []
    starts: list[float] = []
    requests = 0
    with PracticeDistrict() as district:
        async with Relay(district.connection, pause=PAUSE) as relay:
            connection = relay.connection
            options = [
                "check", "--base-url", connection.base_url, "--token-url", connection.token_url,
                "--client-id", connection.client_id, "--format", "json",
            ]  # fmt: skip
            secret = {"ONEROSTER_CLIENT_SECRET": district.credentials.client_secret.reveal()}
            # The start-up alone: the same run, which ends at an address that is refused without any request.
            refused = [*options, "--base-url", f"{connection.base_url}/ims/oneroster"]
            for _ in range(TRIES):
                starts.append((await _timed(refused, secret, 1))[0])
                before = relay.requests
                seconds, reported = await _timed(options, secret, 0)
                walls.append(seconds)
                requests = relay.requests - before
                assert json.loads(reported)["runs"][0]["requests"] == requests
    wall, start = median(walls), median(starts)
    waiting = requests * PAUSE
    made_of = (
        f"{requests} requests; {wall:.2f} s against {waiting:.2f} s of waiting and {start:.2f} s of start-up, "
        f"median of {TRIES}"
    )
    return line(Name.QUICK_RUN, wall / (waiting + start), GOAL, made_of)


async def _timed(options: list[str], secret: dict[str, str], code: int) -> tuple[float, bytes]:
    paths = os.pathsep.join(str(ROOT / folder) for folder in ("checks", "tui"))
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "oneroster_wizard", *options,
        env={**os.environ, **secret, "PYTHONPATH": paths},
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    reported, _ = await process.communicate()
    seconds = time.perf_counter() - started
    assert process.returncode == code, reported
    return seconds, reported

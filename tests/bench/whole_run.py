"""A healthy quick run through the command, against a district that takes 100 ms an answer."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from oneroster_practice import PracticeDistrict

from .line import line

ROOT = Path(__file__).resolve().parents[2]
GOAL, TRIES, PAUSE = 1.15, 5, 0.1


class Slowly:
    """A relay in front of a district that holds back each answer by PAUSE seconds, and counts them."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._behind = (str(parts.hostname), int(parts.port or 0))
        self.requests = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> str:
        """Begin to serve; gives the origin."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Stop, and end what is open."""
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._relay(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(*self._behind)
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    asked = await _message(reader)
                    due = time.monotonic() + PAUSE
                    self.requests += 1
                    there_writer.write(asked)
                    answered = await _message(there_reader)
                    # The district's own time is part of the 100 ms.
                    await asyncio.sleep(max(0.0, due - time.monotonic()))
                    writer.write(answered)
                    await writer.drain()
        finally:
            writer.close()
            there_writer.close()


async def _message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [part for part in head.lower().split(b"\r\n") if part.startswith(b"content-length:")]
    return head + await reader.readexactly(int(lengths[0].partition(b":")[2]) if lengths else 0)


async def healthy_run() -> str:
    """Requests and wall time of `check` in a fresh process, against its waiting and its start-up."""
    walls: list[float] = []
    starts: list[float] = []
    requests = 0
    with PracticeDistrict() as district:
        relay = Slowly(district.connection.base_url)
        origin = await relay.start()
        there = f"http://{urlsplit(district.connection.base_url).netloc}"
        connection = district.connection.but(
            base_url=district.connection.base_url.replace(there, origin),
            token_url=district.connection.token_url.replace(there, origin),
        )
        options = [
            "check", "--base-url", connection.base_url, "--token-url", connection.token_url,
            "--client-id", connection.client_id, "--format", "json",
        ]  # fmt: skip
        secret = {"ONEROSTER_CLIENT_SECRET": district.credentials.client_secret.reveal()}
        for _ in range(TRIES):
            # The start-up alone: the same run, which ends at an address that is refused without any request.
            starts.append(
                (await _timed([*options, "--base-url", f"{connection.base_url}/ims/oneroster"], secret, 1))[0]
            )
            before = relay.requests
            seconds, reported = await _timed(options, secret, 0)
            walls.append(seconds)
            requests = relay.requests - before
            assert json.loads(reported)["runs"][0]["requests"] == requests
        await relay.stop()
    wall, start = median(walls), median(starts)
    waiting = requests * PAUSE
    made_of = (
        f"{requests} requests; {wall:.2f} s against {waiting:.2f} s of waiting and {start:.2f} s of start-up, "
        f"median of {TRIES}"
    )
    return line("Healthy quick run against its waiting and start-up", wall / (waiting + start), GOAL, made_of)


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

"""The processes of a full read that is measured: the static pages, the command, the engine, the bare reader."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import httpx

from ..peak import run_alone

ROOT = Path(__file__).resolve().parents[2]
Client = Literal["sync", "async"]
# Seconds that one process may take, and those that the server has to end.
_PATIENCE_S, _GOODBYE_S = 3600, 10


@dataclass(frozen=True, slots=True)
class StaticPages:
    """A server of static pages that is ready, and the program that is measured against it.

    `given` is its ready line, `code` the folder whose `checks` and `tui` are measured.
    """

    given: dict[str, Any]
    code: Path

    def counts(self) -> dict[str, int]:
        """How many `requests` there were since this was last asked, and how many answers had to be `made`."""
        counts: dict[str, int] = httpx.get(self.given["counts_url"], timeout=60).json()
        return counts

    def bare(self, urls: list[str], client: Client) -> dict[str, Any]:
        """What a bare reader of these pages took; `wall` is that of its whole process."""
        return self._asked("tests.bench.bare_reader", {**self.given, "urls": urls, "client": client})

    def engine(self) -> dict[str, Any]:
        """What a full read by the engine took, by its phases; see `engine_run`."""
        return self._asked("tests.bench.engine_run", self.given)

    def command(self) -> tuple[float, dict[str, Any]]:
        """The seconds of `check --depth full`, from the start of its process to the end, and its run as JSON."""
        with tempfile.TemporaryDirectory() as home:
            started = time.perf_counter()
            ended = subprocess.run(
                [sys.executable, "-m", "oneroster_wizard", *self._options()],
                env={**os.environ, **self._environment(home)}, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, timeout=_PATIENCE_S,
            )  # fmt: skip
            seconds = time.perf_counter() - started
        assert ended.returncode in (0, 1), ended.stdout[-2000:]
        run: dict[str, Any] = json.loads(ended.stdout)["runs"][0]
        return seconds, run

    def peak(self) -> tuple[float, int]:
        """The most megabytes that `check --depth full` ever has, and how many records it reads."""
        with tempfile.TemporaryDirectory() as home:
            ended = asyncio.run(run_alone(*self._options(), environment=self._environment(home)))
        assert ended.code in (0, 1), ended.errors
        return ended.peak, records_of(json.loads(ended.output)["runs"][0])

    def _options(self) -> list[str]:
        given = self.given
        return [
            "check", "--base-url", given["base_url"], "--token-url", given["token_url"], "--client-id",
            given["client_id"], "--oneroster", given["oneroster"], "--depth", "full", "--format", "json",
        ]  # fmt: skip

    def _environment(self, home: str) -> dict[str, str]:
        folders = {"HOME": home, "XDG_CONFIG_HOME": f"{home}/config", "XDG_STATE_HOME": f"{home}/state"}
        secret = {"ONEROSTER_CLIENT_SECRET": self.given["client_secret"]}
        return {**folders, **secret, "PYTHONPATH": search_path(self.code)}

    def _asked(self, module: str, question: dict[str, Any]) -> dict[str, Any]:
        return asked(module, question, self.code)


def asked(module: str, question: object, code: Path = ROOT) -> dict[str, Any]:
    """What a module in a process of its own says to a question, and how long the process took, as `wall`."""
    started = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-m", module], cwd=ROOT, env={**os.environ, "PYTHONPATH": search_path(code)},
        input=json.dumps(question).encode(), stdout=subprocess.PIPE, check=True, timeout=_PATIENCE_S,
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(ended.stdout)
    return {**answer, "wall": time.perf_counter() - started}


@contextmanager
def static_pages(size: str, code: Path = ROOT, oneroster: str = "1.2") -> Generator[StaticPages]:
    """A server of static pages, of a size that it knows, as long as the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.static_pages", "--size", size, "--oneroster", oneroster],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": search_path(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield StaticPages(json.loads(process.stdout.readline()), code)
    finally:
        process.stdin.close()
        process.stdout.close()
        try:
            process.wait(_GOODBYE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def records_of(run: dict[str, Any]) -> int:
    """How many records a run's full read says that it read; 0 where it says nothing."""
    return sum(each["records"] for each in run.get("read", ()))


def search_path(code: Path) -> str:
    return os.pathsep.join(str(code / folder) for folder in ("checks", "tui"))

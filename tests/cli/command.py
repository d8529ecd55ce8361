"""The command, in this process where only what it says is tested, or in one of its own, as a shell starts it."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

from oneroster_practice import PracticeDistrict
from oneroster_wizard.cli import main

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "oneroster_wizard")
SECRETS = {
    "client_secret": "ONEROSTER_CLIENT_SECRET",
    "vendor_key": "ONEROSTER_VENDOR_KEY",
    "vendor_secret": "ONEROSTER_VENDOR_SECRET",
}


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of the test, with the sources importable and warnings as errors."""
    paths = os.pathsep.join(str(ROOT / folder) for folder in ("checks", "tui"))
    return {**os.environ, "PYTHONPATH": paths, "PYTHONWARNINGS": "error", **(more or {})}


def call(*arguments: str, more: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command to its end in this process, without a terminal; a fraction of the time of a process."""
    out, complaints = _pipe(), _pipe()
    with (
        patch.dict(os.environ, more or {}),
        patch("sys.stdin", io.StringIO()),
        redirect_stdout(out),
        redirect_stderr(complaints),
    ):
        try:
            code = main(arguments)
        except SystemExit as end:
            code = int(end.code or 0)
    return subprocess.CompletedProcess(arguments, code, _read(out), _read(complaints))


def _pipe() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _read(pipe: io.TextIOWrapper) -> str:
    buffer = pipe.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def run(*arguments: str, more: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command to its end in a process of its own, without a terminal."""
    return subprocess.run(
        [*COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(more),
        timeout=120,
        check=False,
    )


def arguments_of(process_id: int) -> bytes:
    """The command line of a process, as every other process of the machine can read it."""
    return Path(f"/proc/{process_id}/cmdline").read_bytes()


@contextmanager
def district(problem: str | None = None, **options: Any) -> Generator[dict[str, Any]]:
    """A practice district in this process; gives the line that `practice` would print."""
    with PracticeDistrict(problem, **options) as served:
        yield served.ready_line()


@contextmanager
def practice(*arguments: str) -> Generator[dict[str, Any]]:
    """The practice district in a process of its own; gives the line that it prints when it is ready."""
    process = subprocess.Popen(
        [*COMMAND, "practice", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        ready: dict[str, Any] = json.loads(line)
        yield ready
    finally:
        process.send_signal(signal.SIGTERM)
        rest, complaints = process.communicate(timeout=20)
    assert (rest, complaints, process.returncode) == ("", "", 0)


def options_of(ready: Mapping[str, Any]) -> list[str]:
    """The options of `check` for a practice district, without its secrets."""
    found = [
        "--oauth", str(ready["oauth"]), "--oneroster", ready["oneroster"], "--base-url", ready["base_url"],
        "--client-id", ready["client_id"], "--share", ",".join(ready["share"]), "--timeout", str(ready["timeout"]),
    ]  # fmt: skip
    if ready["oauth"] == 2:
        found += ["--token-url", ready["token_url"]]
    for name in ("created", "ca_file"):
        if ready[name]:
            found += [f"--{name.replace('_', '-')}", ready[name]]
    return found


def secrets_of(ready: Mapping[str, Any]) -> dict[str, str]:
    """The secrets of a practice district as the environment holds them."""
    return {variable: ready[field] for field, variable in SECRETS.items() if ready[field]}

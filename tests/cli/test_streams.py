"""Standard streams that are closed, or that nobody reads: no crash, the usual exit code, and no number mixed up."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from .command import COMMAND, district, environment, options_of, secrets_of

LIMIT_S = 60
CLOSED = ("0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-")
# Each command with its exit code.
COMMANDS = {
    "--help": 0,
    "--version": 0,
    "explain": 0,
    "explain tls.expired": 0,
    "explain nonsense": 2,
    "profiles": 0,
    "profiles show nobody": 2,
    "practice --list": 0,
    "demo": 0,
    "demo --problem oauth1.expired --format json": 1,
    "demo --problem tls.expired --format html": 1,
    "check --all": 2,
    "check --base-url x": 2,
    "": 2,
    "nonsense": 2,
}


def shell(line: str, more: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """A line of the shell with the command in place of `run`."""
    return subprocess.run(
        ["sh", "-c", line.replace("run ", f"{' '.join(COMMAND)} ")],
        stdin=subprocess.DEVNULL, capture_output=True, env=environment(more), timeout=LIMIT_S, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("closed", CLOSED)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_closed_stream_changes_no_exit_code(command: str, closed: str) -> None:
    ended = shell(f"run {command} {closed}")
    assert ended.returncode == COMMANDS[command]
    assert b"Traceback" not in ended.stdout + ended.stderr
    assert b"Exception ignored" not in ended.stdout + ended.stderr
    if "2>&-" in closed:
        # What is meant for standard error does not come out elsewhere.
        assert b"oneroster-wizard: " not in ended.stdout
        assert ended.stderr == b""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_goes_away_is_no_fault(command: str) -> None:
    ended = shell(f"run {command} | head -1")
    assert ended.returncode == 0
    assert b"Traceback" not in ended.stderr
    assert b"Exception ignored" not in ended.stderr
    assert b"Broken" not in ended.stderr


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_the_verdict_is_the_exit_code_whoever_reads(form: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with district("oauth1.expired") as ready, os.fdopen(writing, "wb") as nowhere:
        ended = subprocess.run(
            [*COMMAND, "check", *options_of(ready), "--format", form],
            stdin=subprocess.DEVNULL, stdout=nowhere, stderr=subprocess.PIPE, env=environment(secrets_of(ready)),
            timeout=LIMIT_S, check=False,
        )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (1, b"")


@pytest.mark.parametrize("closed", CLOSED)
def test_no_file_and_no_connection_gets_the_number_of_a_stream(
    closed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with district() as ready:
        fields = {name: ready[name] for name in ("base_url", "token_url", "client_id", "oauth", "oneroster")}
        store = ProfileStore()
        store.save(Profile("north", Connection(**fields)))
        before = store.path_of("north").read_bytes()
        report = tmp_path / "report.json"
        line = f"run check north --format json --output {report} {closed}"
        ended = shell(line, secrets_of(ready))
        assert ended.returncode == 0
        assert json.loads(report.read_bytes())["runs"][0]["verdict"]["status"] in ("pass", "warn")
        assert store.path_of("north").read_bytes() == before
        last = store.last_run("north")
        assert last is not None
        # Nor does anything read, or write, what another program has there.
        ended = shell(f"run check north --format json {closed} 3>{tmp_path / 'three'}", secrets_of(ready))
        assert ended.returncode == 0
        assert (tmp_path / "three").read_bytes() == b""
        if "1>&-" not in closed:
            assert json.loads(ended.stdout)["runs"][0]["profile"] == "north"

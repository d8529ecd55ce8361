"""`check` on many profiles at once: what is printed as they end, at the end, for programs, and for cron."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from oneroster_wizard.storage.profiles import ProfileStore

from ..on_a_pty import on_a_pty
from .command import COMMAND, call, district, environment
from .contract import hold_document
from .test_many_profiles import remember, save

LIMIT_S = 60
Ready = dict[str, Any]
pytestmark = pytest.mark.usefixtures("keyring_unlocked")


@pytest.fixture
def three_profiles() -> Generator[Ready]:
    """A working district, one that shares nothing, and a profile without its secret."""
    with district() as good, district("sharing.nothing") as empty:
        save(good, "good")
        save(empty, "empty", base_url=empty["base_url"])
        save(good, "forgotten", client_id="InfiniteCampus_another")
        remember(good, "good")
        remember(empty, "empty")
        yield good


def test_text_ends_with_a_line_for_each_profile_and_the_totals(three_profiles: Ready) -> None:
    ended = call("check", "--all")
    *_, first, second, third, blank, totals = ended.stdout.splitlines()
    assert re.fullmatch(r"FAIL  empty      .+ \[sharing\.nothing\].*", first)
    assert re.fullmatch(r"ERROR forgotten  .+ \[tool\.secret-missing\].*", second)
    assert re.fullmatch(r"PASS  good       Works.*", third)
    assert blank == ""
    assert re.fullmatch(r"3 profiles: 1 failing, 1 not checked, 1 working\. \d+ requests\.", totals)
    assert ended.returncode == 2


def test_jsonl_is_one_whole_object_a_line(three_profiles: Ready) -> None:
    ended = call("check", "--all", "--format", "jsonl")
    assert ended.returncode == 2
    runs = [json.loads(line) for line in ended.stdout.splitlines()]
    assert {run["profile"] for run in runs} == {"good", "empty", "forgotten"}
    for run_ in runs:
        alone = {key: run_.pop(key) for key in ("schema_version", "tool")}
        hold_document({**alone, "runs": [run_]})


@contextmanager
def silence() -> Generator[str]:
    """The origin of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def good_and_hanging() -> Generator[None]:
    """Two saved profiles with their secrets: “good” of a district that works, “hanging” of one that says nothing."""
    with district() as good, silence() as origin:
        addresses = {"base_url": f"{origin}/ims/oneroster", "token_url": f"{origin}/token?appName=x"}
        save(good, "good")
        save(good, "hanging", **addresses, timeout=60)
        for name in ("good", "hanging"):
            remember(good, name)
        yield


def test_jsonl_comes_as_runs_end_and_an_interrupted_run_keeps_what_has_ended() -> None:
    with good_and_hanging(), subprocess.Popen(
        [*COMMAND, "check", "--all", "--format", "jsonl"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["profile"] == "good"
        process.send_signal(signal.SIGINT)
        rest, complaints = process.communicate(timeout=LIMIT_S)
    assert (process.returncode, rest) == (130, b"")
    assert complaints == b"1 of 2 profiles were done; their runs are kept.\nInterrupted.\n"
    assert ProfileStore().last_run("good") is not None
    assert ProfileStore().last_run("hanging") is None


def test_only_changes_prints_what_is_new_and_nothing_when_nothing_is(
    three_profiles: Ready, tmp_path: Path
) -> None:
    report = tmp_path / "report.txt"
    first = call("check", "--all", "--only-changes", "--format", "json")
    assert {run["profile"] for run in json.loads(first.stdout)["runs"]} == {"good", "empty", "forgotten"}
    again = call("check", "--all", "--only-changes")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert call("check", "--all", "--only-changes", "--output", str(report)).returncode == 0
    assert not report.exists()
    # A broken file was said once, and is no news after that.
    (ProfileStore().folder / "lake-side.toml").write_text("oauth = ")
    remember({**three_profiles, "client_secret": "another"}, "good")
    changed = call("check", "--all", "--only-changes", "--format", "jsonl")
    runs = [json.loads(line) for line in changed.stdout.splitlines()]
    assert {run["profile"]: run["verdict"]["cause"] for run in runs} == {
        "good": "token.invalid-client",
        "lake-side": "tool.profile-broken",
    }
    assert (changed.returncode, changed.stderr) == (2, "")
    again = call("check", "--all", "--only-changes")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_metrics_for_prometheus(three_profiles: Ready) -> None:
    ended = call("check", "--all", "--format", "prometheus")
    assert ended.returncode == 2
    names = re.findall(r"^# TYPE (\S+) gauge$", ended.stdout, re.MULTILINE)
    assert len(names) == len(set(names))
    lines = [line for line in ended.stdout.splitlines() if not line.startswith("#")]
    sample = re.compile(
        r'oneroster_wizard_[a-z_]+\{profile="[a-z]+"(,[a-z]+="[^"\\]*")*\} -?[0-9]+(\.[0-9]+)?'
    )
    assert all(sample.fullmatch(line) for line in lines)
    assert 'oneroster_wizard_up{profile="good"} 1' in lines
    assert 'oneroster_wizard_up{profile="empty"} 0' in lines
    assert 'oneroster_wizard_verdict{profile="empty",status="fail"} 1' in lines
    assert 'oneroster_wizard_verdict{profile="empty",status="pass"} 0' in lines
    assert 'oneroster_wizard_cause{profile="empty",cause="sharing.nothing"} 1' in lines
    assert 'oneroster_wizard_requests{profile="forgotten"} 0' in lines


def test_a_name_that_would_break_a_metric_is_escaped() -> None:
    name = 'Lake "West" \\ 1'
    with district() as good:
        save(good, name)
        remember(good, name)
        ended = call("check", name, "--format", "prometheus")
    assert r'oneroster_wizard_up{profile="Lake \"West\" \\ 1"} 1' in ended.stdout.splitlines()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--all", "--jobs", "0"], "--jobs takes a number from 1 to 1,000."),
        (["--all", "--jobs", "5000"], "--jobs takes a number from 1 to 1,000."),
        (["--base-url", "https://one.example", "--only-changes"], "--only-changes goes with saved profiles"),
        (["--base-url", "https://one.example", "--jobs", "3"], "--jobs goes with saved profiles"),
        (["--all", "--only-changes", "--format", "prometheus"], "Leave out --only-changes."),
    ],
)
def test_options_that_cannot_be(options: list[str], words: str) -> None:
    ended = call("check", *options)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert words in ended.stderr


def test_the_live_table_is_shown_on_a_terminal_and_taken_away() -> None:
    with good_and_hanging(), on_a_pty([*COMMAND, "check", "--all"], environment()) as shown:
        shown.until("Remaining")
        shown.until("hanging: ")
        shown.process.send_signal(signal.SIGINT)
        assert shown.end() == 130
        assert shown.is_as_before()
    assert b"profiles were done" in shown.seen

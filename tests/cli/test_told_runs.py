"""What ended before `check` of many profiles was stopped is written, and what was not written stays news."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from oneroster_checks.report import FORMATS
from oneroster_wizard.storage.history import default_history
from oneroster_wizard.storage.profiles import ProfileStore

from ..on_a_pty import on_a_pty
from .command import COMMAND, ROOT, call, district, environment
from .test_many_profiles import remember, save
from .test_many_runs import LIMIT_S, good_and_hanging

pytestmark = pytest.mark.usefixtures("keyring_unlocked")
NEWS = ("check", "--all", "--only-changes")
INTERRUPTED = b"1 of 2 profiles were done; their runs are kept.\n"


@contextmanager
def under_way(*arguments: str) -> Generator[subprocess.Popen[bytes]]:
    """The command in a process of its own, from when the run of “good” is kept on."""
    with subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    ) as process:  # fmt: skip
        store, ends = ProfileStore(), time.monotonic() + LIMIT_S
        try:
            while store.last_run("good") is None:
                assert time.monotonic() < ends
                assert process.poll() is None
            yield process
        finally:
            process.kill()


def stopped(arguments: Sequence[str], number: signal.Signals = signal.SIGINT) -> tuple[int, bytes, bytes]:
    """The exit code of the command, stopped when the run of “good” is kept; what it printed and complained of."""
    with under_way(*arguments) as process:
        process.send_signal(number)
        printed, complaints = process.communicate(timeout=LIMIT_S)
    return process.returncode, printed, complaints


@pytest.mark.parametrize("form", FORMATS)
def test_ctrl_c_writes_what_has_ended(form: str) -> None:
    with good_and_hanging():
        code, printed, complaints = stopped(["check", "--all", "--format", form])
    assert (code, complaints) == (130, INTERRUPTED + b"Interrupted.\n")
    assert b"good" in printed
    assert b"hanging" not in printed


@pytest.mark.parametrize("form", ["jsonl", "prometheus"])
def test_so_does_sigterm_in_a_file(form: str, tmp_path: Path) -> None:
    report = tmp_path / "report"
    with good_and_hanging():
        ended = stopped(["check", "--all", "--format", form, "--output", str(report)], signal.SIGTERM)
    assert ended == (143, b"", INTERRUPTED + f"The report is in {report}.\n".encode())
    assert "good" in report.read_text()


def test_what_was_told_before_the_end_is_news_no_more() -> None:
    with good_and_hanging():
        code, printed, _ = stopped([*NEWS, "--format", "json"])
        assert code == 130
        assert [run["profile"] for run in json.loads(printed)["runs"]] == ["good"]
        again = call("check", "good", "--only-changes")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_a_killed_run_told_nothing_and_its_news_stays() -> None:
    with good_and_hanging():
        code, printed, _ = stopped(NEWS, signal.SIGKILL)
        assert (code, printed) == (-signal.SIGKILL, b"")
        again = call("check", "good", "--only-changes")
        assert "PASS  good" in again.stdout
        assert call("check", "good", "--only-changes").stdout == ""


@pytest.mark.parametrize("place", ["--output", "standard output"])
def test_news_that_could_not_be_written_stays_news(place: str) -> None:
    with district("sharing.nothing") as ready, Path("/dev/full").open("wb") as full:
        save(ready, "elm")
        remember(ready, "elm")
        command = [*NEWS, *(["--output", "/dev/full"] if place == "--output" else [])]
        ended = subprocess.run(
            [*COMMAND, *command],
            stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, text=True, timeout=LIMIT_S, check=False,
            env=environment(),
        )  # fmt: skip
        assert ended.returncode == 2
        assert (
            "What is new was not written. The next run with --only-changes reports it again." in ended.stderr
        )
        again = call(*NEWS)
        assert again.returncode == 1
        assert "FAIL  elm" in again.stdout
        assert call(*NEWS).stdout == ""


@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_news_that_nobody_reads_any_more_stays_news(form: str) -> None:
    with district("sharing.nothing") as ready:
        for name in ("elm", "oak"):
            save(ready, name)
            remember(ready, name)
        with subprocess.Popen(
            [*COMMAND, *NEWS, "--format", form],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
        ) as process:  # fmt: skip
            assert process.stdout is not None
            process.stdout.close()
            assert process.wait(LIMIT_S) == 1
        again = call(*NEWS, "--format", "json")
    assert {run["profile"] for run in json.loads(again.stdout)["runs"]} == {"elm", "oak"}


def test_a_report_without_only_changes_tells_the_news_too() -> None:
    with district("sharing.nothing") as ready:
        save(ready, "elm")
        remember(ready, "elm")
        assert call("check", "--all", "--format", "json").returncode == 1
        assert call(*NEWS).stdout == ""
        assert call("check", "elm").returncode == 1
        assert call(*NEWS).stdout == ""


def test_the_report_of_one_profile_that_could_not_be_written_leaves_the_news() -> None:
    with district("sharing.nothing") as ready:
        save(ready, "elm")
        remember(ready, "elm")
        assert call("check", "elm", "--output", "/dev/full").returncode == 2
        assert "FAIL  elm" in call(*NEWS).stdout


def test_runs_that_cannot_be_kept_are_said_once_below_the_table() -> None:
    with good_and_hanging():
        path = default_history()
        path.parent.mkdir(parents=True)
        path.write_bytes(b"This is no database." * 100)
        with on_a_pty([*COMMAND, "check", "--all"], environment()) as shown:
            # One is done.
            shown.until("   1         0             0")
            shown.process.send_signal(signal.SIGINT)
            assert shown.end() == 130
            assert shown.is_as_before()
    last = shown.seen.rpartition(b"Remaining")[2]
    assert shown.seen.count(b"could not be saved") == last.count(b"could not be saved") == 1
    assert b"1 run could not be saved: The history in" in last
    assert b"runs are kept" not in shown.seen


def test_a_broken_file_beside_a_tag_is_a_complaint_and_exit_code_2() -> None:
    store = ProfileStore()
    with district() as ready:
        save(ready, "elm")
        remember(ready, "elm")
        store.save(replace(store.load("elm"), tags=("texas",)))
        (store.folder / "zz.toml").write_text("oauth = ")
        ended = call("check", "--tag", "texas", "--format", "json")
        assert ended.returncode == 2
        assert [run["profile"] for run in json.loads(ended.stdout)["runs"]] == ["elm"]
        assert "zz.toml: It is not valid TOML" in ended.stderr
        # Under --only-changes it is told once, and is no news then.
        found = [call("check", "--tag", "texas", "--only-changes") for _ in range(2)]
        assert [(each.returncode, each.stdout) for each in found] == [(2, ""), (0, "")]
        assert [each.stderr.count("zz.toml") for each in found] == [1, 0]
        (store.folder / "zz.toml").write_text("oauth = \n\n")
        assert call(*NEWS).stdout == ""


@pytest.mark.parametrize("name", ["x" * 120, "two\nlines", b"bad-\xff-bytes"])
def test_a_broken_file_of_any_name_is_news_once(name: str | bytes) -> None:
    store = ProfileStore()
    store.folder.mkdir(parents=True)
    (store.folder / f"{os.fsdecode(name)}.toml").write_text("oauth = ")
    first, second = call(*NEWS), call(*NEWS)
    assert (first.returncode, first.stderr) == (2, "")
    assert "tool.profile-broken" in first.stdout
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")


def test_the_recipe_for_metrics_never_replaces_a_whole_file_by_less(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "many-profiles.md").read_text()
    (recipe,) = (block for block in page.split("```") if "> oneroster.prom.new" in block)
    command = f'oneroster_wizard() {{ {" ".join(COMMAND)} "$@"; }}\n'
    script = command + recipe.replace("oneroster-wizard ", "oneroster_wizard ").replace(
        "/var/lib/node_exporter", str(tmp_path)
    )
    metrics = tmp_path / "oneroster.prom"

    def cron() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["sh", "-c", script], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment()
        )

    with good_and_hanging():
        ProfileStore().delete("hanging")
        cron().communicate(timeout=LIMIT_S)
        whole = metrics.read_text()
        assert 'oneroster_wizard_up{profile="good"} 1' in whole
        ProfileStore().delete("good")
        _, complaints = cron().communicate(timeout=LIMIT_S)
    assert b"There is no saved profile" in complaints
    assert metrics.read_text() == whole

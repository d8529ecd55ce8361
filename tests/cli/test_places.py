"""Folders and disks that take nothing, by the real command: a clear sentence, and every other result as it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from oneroster_practice import PracticeDistrict
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from ..checks.writing import SHARE, unchanged
from .command import COMMAND, environment, options_of, practice, secrets_of

LIMIT_S = 90
FULL_DEPTH = ("--depth", "full", "--format", "json")
# The command, with a database that keeps next to nothing in memory: the records of a small district reach the disk.
SPILLING = (
    sys.executable, "-c",
    "from oneroster_checks import limits; limits.DATABASE_CACHE_KIB = 160; "
    "from oneroster_wizard.entry import main; raise SystemExit(main())",
)  # fmt: skip
# The folders in which SQLite looks for room, in this order; what is there can still be read, this program perhaps.
ROOM = '"$TMPDIR" /var/tmp /usr/tmp /tmp'
NOT_WRITABLE = (
    f'for each in {ROOM}; do [ ! -d "$each" ] || {{ mount --bind "$each" "$each" '
    '&& mount -o remount,bind,ro "$each"; } || exit 99; done; cd /tmp'
)
NO_ROOM = 'mount -t tmpfs -o size=64k tmpfs "$TMPDIR" || exit 99'
SMALL_FILES = "ulimit -f 64"


def mounting(script: str) -> list[str]:
    """What starts a command where a script of the shell has mounted something, which nobody else sees."""
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", f'{script}; exec "$@"', "sh"]


def may_mount() -> bool:
    """Whether this machine lets a process mount something for itself."""
    try:
        tried = subprocess.run(
            [*mounting("mount --bind /tmp /tmp && mount -o remount,bind,ro /tmp || exit 99"), "true"],
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return tried.returncode == 0


@pytest.fixture(scope="module")
def served() -> Generator[dict[str, Any]]:
    with practice() as ready:
        yield ready


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """An empty folder for temporary files."""
    folder = tmp_path / "room"
    folder.mkdir()
    return folder


def ended(
    command: Sequence[str], line: Mapping[str, Any], *arguments: str, more: Mapping[str, str]
) -> tuple[int, dict[str, Any], list[str]]:
    """A run by a command: its exit code, its result, and what it complained of beside its progress."""
    done = subprocess.run(
        [*command, "check", *options_of(line), *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=LIMIT_S, check=False, env=environment({**secrets_of(line), **more}),
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    complaints = [each for each in done.stderr.splitlines() if " record" not in each]
    (run,) = json.loads(done.stdout)["runs"]
    return done.returncode, run, complaints


def states(run: Mapping[str, Any]) -> dict[str, str]:
    """The states of the findings of a run, by check."""
    return {each["check"]: each["status"] for each in run["findings"]}


@pytest.fixture(scope="module")
def quick(served: dict[str, Any]) -> dict[str, str]:
    """The states of a quick run."""
    code, run, _ = ended(COMMAND, served, "--format", "json", more={})
    assert code == 0
    return states(run)


@pytest.mark.parametrize("place", ["missing/room", "file"])
@pytest.mark.parametrize("command", [COMMAND, SPILLING], ids=["as it is", "with little memory"])
def test_a_folder_for_temporary_files_that_is_none(
    command: Sequence[str], place: str, served: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine")
    more = {"TMPDIR": str(tmp_path / place)}
    code, run, complaints = ended(command, served, *FULL_DEPTH, more=more)
    assert (code, run["verdict"]["status"], complaints) == (0, "pass", [])
    assert all(each["complete"] for each in run["read"])
    assert (tmp_path / "file").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are those of Unix")
@pytest.mark.parametrize(
    ("script", "disk"), [(NOT_WRITABLE, "not writable"), (NO_ROOM, "full"), (SMALL_FILES, "not writable")]
)
def test_a_disk_that_takes_nothing(
    script: str, disk: str, served: dict[str, Any], quick: dict[str, str], room: Path
) -> None:
    if script == SMALL_FILES:
        command = ["sh", "-c", f'{script}; exec "$@"', "sh"]
    elif may_mount():
        command = mounting(script)
    else:
        pytest.skip("this machine mounts nothing for a process alone")
    code, run, complaints = ended([*command, *SPILLING], served, *FULL_DEPTH, more={"TMPDIR": str(room)})
    assert (code, complaints) == (0, [])
    verdict = run["verdict"]
    assert verdict["status"] == "warn"
    assert "the disk of this computer" in verdict["summary"]
    assert f"is {disk}" in verdict["summary"]
    assert verdict["fix"][0].startswith("You: Make room")
    found = states(run)
    assert {check: found[check] for check in quick} == quick
    assert not {"fail", "error"} & set(found.values())
    assert list(room.iterdir()) == []


@pytest.mark.parametrize("home", ["missing", "file/home", "/proc"])
def test_a_home_that_is_none(home: str, served: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    at = tmp_path / home
    more = {
        "HOME": str(at),
        **{f"XDG_{name}_HOME": str(at / name) for name in ("CONFIG", "STATE", "DATA", "CACHE")},
    }
    code, run, complaints = ended(COMMAND, served, *FULL_DEPTH, more=more)
    assert (code, run["verdict"]["status"], complaints) == (0, "pass", [])
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("home", ["file/home", "/proc"])
def test_without_a_list_of_what_to_remove_nothing_is_written(home: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with PracticeDistrict(share=SHARE) as district, unchanged(district):
        code, run, complaints = ended(
            COMMAND, district.ready_line(), "--write-test", "class-1", "--format", "json",
            more={"XDG_STATE_HOME": str(tmp_path / home)},
        )  # fmt: skip
    assert (code, complaints) == (0, [])
    assert run["verdict"]["status"] == "warn"
    assert (
        "the list of test records to remove could not be saved on this computer" in run["verdict"]["summary"]
    )
    assert run["verdict"]["fix"][0].startswith(
        "You: Make room on this computer, and make sure that your home folder"
    )
    written = {check: state for check, state in states(run).items() if check.startswith("gradebook.write-")}
    assert set(written.values()) == {"pass", "skip"}
    assert [check for check, state in written.items() if state == "pass"] == ["gradebook.write-class"]


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are those of Unix")
def test_the_run_of_a_profile_that_cannot_be_kept(home: Path) -> None:
    folder = home / "config" / "oneroster-wizard" / "profiles"
    with PracticeDistrict() as district:
        ProfileStore().save(Profile("north", district.connection))
        kept = {path.name for path in folder.iterdir()}
        done = subprocess.run(
            ["sh", "-c", 'ulimit -f 1; exec "$@"', "sh", *COMMAND, "check", "north", "--format", "json"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT_S, check=False,
            env=environment(secrets_of(district.ready_line())),
        )  # fmt: skip
    (run,) = json.loads(done.stdout)["runs"]
    assert (done.returncode, run["verdict"]["status"]) == (0, "pass")
    assert done.stderr.startswith("oneroster-wizard: The run could not be saved: ")
    assert len(done.stderr.splitlines()) == 1
    assert {path.name for path in folder.iterdir()} == kept

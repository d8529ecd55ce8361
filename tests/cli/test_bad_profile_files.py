"""Bad profile files: each is named with what is wrong, and the others work, whatever command meets them."""

from __future__ import annotations

import json
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_checks.visible import visible
from oneroster_wizard.storage.profile_folder import default_folder
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from ..bad_files import put_bad_profiles
from ..unprivileged import without_privileges
from .command import COMMAND, call, district, environment, run, secrets_of

GOOD = Connection(base_url="https://north.example/ims/oneroster", token_url="https://north.example/token")
# No sentence about a file is longer, with the path before it.
LONGEST_SENTENCE = 600


@pytest.fixture
def bad(home: Path) -> list[str]:
    """Every bad file beside one good profile; the names of the bad ones."""
    names = put_bad_profiles(default_folder())
    (default_folder() / "good.toml").write_text('name = "good"\n')
    return names


def said_of(names: list[str], complaints: str) -> dict[str, str]:
    """The line of each file among the complaints."""
    lines = complaints.splitlines()
    shown = {name: visible(name) for name in names}
    return {name: line for name in names for line in lines if f"/{shown[name]}: " in line}


def test_the_list_names_each_with_what_is_wrong(bad: list[str]) -> None:
    ended = run("profiles", "list")
    assert ended.returncode == 2
    assert ended.stdout == "good: infinite-campus, OAuth 2, OneRoster 1.2, not run yet\n"
    said = said_of(bad, ended.stderr)
    assert sorted(said) == sorted(bad)
    assert len(ended.stderr.splitlines()) == len(bad)
    assert all(len(line) < LONGEST_SENTENCE for line in said.values())
    assert "canary" not in ended.stderr
    assert "\x1b" not in ended.stderr
    for name, words in {
        "pipe": "pipe",
        "socket": "socket",
        "device": "device",
        "link-to-a-device": "device",
        "link-to-nothing": "no such file",
        "folder": "folder",
        "10-mb": "too large",
        "10-gb": "too large",
        "growing": "too large",
        "deep-arrays": "nested too deeply",
        "digits": "digits",
        "number-as-name": '"name" must be a text in quotes',
        "no-utf-8": "UTF-8",
    }.items():
        assert words in said[f"{name}.toml"], name


def test_the_good_one_is_shown_saved_renamed_and_deleted(bad: list[str]) -> None:
    store = ProfileStore()
    assert call("profiles", "show", "good").returncode == 0
    store.save(Profile("good", GOOD))
    store.duplicate("good", "copy")
    store.rename("good", "better")
    store.delete("copy")
    profiles, broken = store.list()
    assert profiles == [Profile("better", GOOD)]
    assert sorted(each.path.name for each in broken) == sorted(bad)


@pytest.mark.parametrize("action", ["show", "delete"])
def test_one_that_is_named_says_what_is_wrong_with_it(action: str, bad: list[str]) -> None:
    for name in ("pipe", "deep-arrays", "digits", "link-to-a-device", "link-to-nothing"):
        ended = call("profiles", action, name)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert f"{name}.toml is broken" in ended.stderr
    assert stat.S_ISFIFO((default_folder() / "pipe.toml").stat().st_mode)


def test_each_is_a_run_that_could_not_be_and_the_good_one_runs(bad: list[str]) -> None:
    with district() as ready:
        connection = Connection(
            base_url=ready["base_url"], token_url=ready["token_url"], client_id=ready["client_id"]
        )
        ProfileStore().save(Profile("good", connection))
        ended = run("check", "--all", "--format", "json", more=secrets_of(ready))
    assert ended.returncode == 2
    runs = {entry["profile"]: entry for entry in json.loads(ended.stdout)["runs"]}
    assert runs["good"]["verdict"]["status"] == "pass"
    assert len(runs) == len(bad) + 1
    causes = {entry["verdict"]["cause"] for name, entry in runs.items() if name != "good"}
    assert causes == {"tool.profile-broken"}


def held_to_permissions(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as somebody who may open only what the permissions of a file allow."""
    return subprocess.run(
        without_privileges([*COMMAND, *arguments]),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment(), timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def folder(home: Path) -> Iterator[Path]:
    """The folder of the profiles, with a good one; its permissions are the test's to change."""
    folder = default_folder()
    folder.mkdir(parents=True)
    (folder / "good.toml").write_text('name = "good"\n')
    yield folder
    folder.chmod(0o700)


def test_a_file_without_access_is_named_and_stops_nothing(folder: Path) -> None:
    locked = folder / "locked.toml"
    locked.write_text('name = "locked"\n')
    locked.chmod(0)
    ended = held_to_permissions("profiles", "list")
    assert ended.returncode == 2
    assert ended.stdout.startswith("good: ")
    assert f"{locked}: It cannot be read: permission denied" in ended.stderr


@pytest.mark.parametrize("arguments", [("profiles", "list"), ("profiles", "show", "x"), ("check", "--all")])
@pytest.mark.parametrize("mode", [0o000, 0o300])
def test_a_folder_without_access_is_not_a_folder_without_profiles(
    folder: Path, mode: int, arguments: tuple[str, ...]
) -> None:
    folder.chmod(mode)
    ended = held_to_permissions(*arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"The profiles in {folder} cannot be read: permission denied" in ended.stderr
    assert "no saved profile" not in ended.stderr


@pytest.mark.parametrize("arguments", [("profiles", "list"), ("profiles", "show", "x"), ("check", "--all")])
@pytest.mark.parametrize("depth", [0, 1])
def test_a_file_where_the_folder_should_be_is_said(depth: int, arguments: tuple[str, ...]) -> None:
    folder = default_folder()
    in_the_way = folder if depth == 0 else folder.parent
    in_the_way.parent.mkdir(parents=True, exist_ok=True)
    in_the_way.write_text("a file")
    ended = call(*arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"The profiles in {folder} cannot be read: not a directory" in ended.stderr

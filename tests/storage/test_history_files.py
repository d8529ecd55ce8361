"""Histories that cannot be used: each is a sentence, and stays as it is; the run that was to be kept is not lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_wizard.storage.history import History
from oneroster_wizard.storage.profile_error import HistoryError
from oneroster_wizard.storage.profiles import Profile, ProfileError, ProfileStore

from ..bad_files import NO_REGULAR_FILES, link, raw
from ..cli.command import call, district, environment, secrets_of
from ..full_disk import full_disk
from ..unprivileged import without_privileges
from .runs import StandingClock, run_of


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE more (it)")
        db.execute("PRAGMA user_version = 2")


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE bookmarks (url)")


def without_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE others (name)")
        db.execute("PRAGMA user_version = 1")


def spoiled(path: Path) -> None:
    """A history of which the middle is something else."""
    history = History(path, StandingClock())
    with history:
        for number in range(20):
            history.add(run_of("lakeside", number))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\x5a" * (len(whole) - 8192) + whole[-4096:])


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    **{name: (make, r"is (a|not)|Too many|cannot be used") for name, make in NO_REGULAR_FILES.items()},
    "garbage": (raw(b"This is no database." * 100), "is damaged. Move the file elsewhere"),
    "spoiled": (spoiled, "is damaged"),
    "without-tables": (without_tables, "is damaged"),
    "newer": (newer, "was written by a newer version of this program: update this one"),
    "foreign": (foreign, "is another program's database"),
    "link-to-a-file": (link("profiles"), "is a link"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_history_is_a_sentence_and_stays(name: str, tmp_path: Path) -> None:
    make, sentence = BAD[name]
    path = tmp_path / "history.sqlite3"
    make(path)
    before = path.lstat()
    content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    history = History(path, StandingClock())
    for ask in (
        lambda: history.add(run_of("lakeside")),
        lambda: history.runs("lakeside"),
        lambda: history.newest(10),
        lambda: history.delete("lakeside"),
        history.prune,
    ):
        with pytest.raises(HistoryError, match=sentence) as told:
            ask()
        assert str(path) in str(told.value)
    assert (path.lstat().st_ino, path.lstat().st_mode) == (before.st_ino, before.st_mode)
    if content:
        assert path.read_bytes() == content


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_a_link_beside_it_is_not_followed(end: str, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    history = History(path, StandingClock())
    history.add(run_of("lakeside"))
    target = tmp_path / "target"
    target.write_text("mine")
    path.with_name(path.name + end).symlink_to(target)
    with pytest.raises(HistoryError, match=f"history.sqlite3{end} is a link"):
        history.add(run_of("lakeside", 1))
    assert target.read_text() == "mine"


def test_a_full_disk_costs_no_run_that_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    history = History(path, StandingClock())
    with full_disk(), pytest.raises(HistoryError, match="cannot be"):
        history.add(run_of("lakeside"))
    history.add(run_of("lakeside"))
    for room in (0, 100, 20_000):
        with full_disk(room), pytest.raises(HistoryError, match="cannot be"):
            history.add(run_of("lakeside", 1))
        assert len(history.runs("lakeside")) == 1
    history.add(run_of("lakeside", 1))
    assert len(history.runs("lakeside")) == 2


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    History(folder / "history.sqlite3", StandingClock()).add(run_of("lakeside"))
    (folder / "history.sqlite3").chmod(0o400)
    folder.chmod(0o500)
    code = f"""
from pathlib import Path
from oneroster_wizard.storage.history import History
from oneroster_wizard.storage.profile_error import HistoryError
history = History(Path({str(folder / "history.sqlite3")!r}))
for ask in (lambda: history.newest(1), lambda: history.delete("lakeside")):
    try:
        ask()
    except HistoryError as error:
        print(error)
"""
    command = without_privileges([sys.executable, "-c", code])
    ended = subprocess.run(
        command, capture_output=True, text=True, env=environment(), check=False, timeout=60
    )
    folder.chmod(0o700)
    assert (ended.returncode, ended.stderr) == (0, "")
    sentence = f"The history in {folder / 'history.sqlite3'} cannot be used: it or its folder cannot be read"
    assert ended.stdout.count(sentence) == 2


def test_a_profile_can_be_saved_and_a_deletion_is_told(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    (tmp_path / "history.sqlite3").write_bytes(b"This is no database." * 100)
    store.save(Profile("lakeside", Connection()))
    store.duplicate("lakeside", "hill")
    changes: tuple[Callable[[], None], ...] = (
        lambda: store.delete("lakeside"),
        lambda: store.rename("lakeside", "new"),
    )
    for change in changes:
        with pytest.raises(ProfileError, match=r"is damaged\. Move the file elsewhere"):
            change()
    assert sorted(os.listdir(tmp_path)) == ["hill.toml", "history.sqlite3", "lakeside.toml"]


def test_the_command_line_goes_on(home: Path) -> None:
    path = home / "state" / "oneroster-wizard" / "history.sqlite3"
    path.parent.mkdir(parents=True)
    with district() as ready:
        fields = {name: ready[name] for name in ("base_url", "token_url", "client_id", "oauth", "oneroster")}
        ProfileStore().save(Profile("north", Connection(**fields)))
        path.write_bytes(b"This is no database." * 100)
        ended = call("check", "north", more=secrets_of(ready))
    assert ended.returncode == 0
    assert "Verdict: PASS" in ended.stdout
    assert ended.stderr.startswith("oneroster-wizard: The run could not be saved: The history in")
    listed = call("profiles")
    assert listed.stdout.startswith("north: ")
    assert "is damaged" in listed.stderr
    assert path.read_bytes() == b"This is no database." * 100

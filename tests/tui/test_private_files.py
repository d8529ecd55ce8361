"""Files and folders of the program's own: private under any mask, links kept, leftovers removed."""

from __future__ import annotations

import fcntl
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_wizard import clipboard
from oneroster_wizard.storage.private_files import make_private_folder, write_private
from oneroster_wizard.storage.profiles import Profile, ProfileError, ProfileStore
from oneroster_wizard.storage.report_file import write_report
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.storage.temporary_files import new_temporary, remove_leftovers

from ..bad_files import NO_REGULAR_FILES
from ..cli.command import environment

PROFILE = Profile("lakeside", Connection(base_url="https://lakeside.example/ims/oneroster"))


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o777])
def mask(request: pytest.FixtureRequest) -> Iterator[int]:
    """A file mask that holds during the test."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_new_folders_and_files_are_private_under_any_mask(mask: int, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "profiles"
    store = ProfileStore(folder)
    store.save(PROFILE)
    assert [mode_of(each) for each in (tmp_path / "a", tmp_path / "a" / "b", folder)] == [0o700] * 3
    assert mode_of(store.path_of("lakeside")) == 0o600
    copied = clipboard.copy("text", folder=tmp_path / "c" / "copied")
    assert copied.path is not None
    assert [mode_of(each) for each in (tmp_path / "c", tmp_path / "c" / "copied")] == [0o700] * 2
    assert mode_of(copied.path) == 0o600


def test_folders_of_others_keep_their_mode(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir(mode=0o755)
    config.chmod(0o755)
    ProfileStore(config / "oneroster-wizard" / "profiles").save(PROFILE)
    assert mode_of(config) == 0o755
    assert mode_of(config / "oneroster-wizard") == 0o700


def test_a_folder_that_is_a_link_keeps_its_targets_mode(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o750)
    folder = tmp_path / "profiles"
    folder.symlink_to(shared)
    ProfileStore(folder).save(PROFILE)
    assert mode_of(shared) == 0o750
    assert os.listdir(shared) == ["lakeside.toml"]
    # One of its own is closed, as it always was.
    own = tmp_path / "own"
    own.mkdir()
    own.chmod(0o755)
    make_private_folder(own)
    assert mode_of(own) == 0o700


def test_a_profile_that_is_a_link_stays_one(tmp_path: Path) -> None:
    """People keep such files in a repository of their own, and link them from where programs look."""
    store = ProfileStore(tmp_path / "profiles")
    store.save(PROFILE)
    kept = tmp_path / "kept.toml"
    path = store.path_of("lakeside")
    path.rename(kept)
    path.symlink_to("../kept.toml")
    kept.chmod(0o640)
    store.save(Profile("lakeside", PROFILE.connection.but(client_id="new")))
    assert os.readlink(path) == "../kept.toml"
    assert mode_of(kept) == 0o640
    assert 'client_id = "new"' in kept.read_text()
    assert store.load("lakeside").connection.client_id == "new"


@pytest.mark.parametrize("name", [name for name in NO_REGULAR_FILES if name != "link-to-nothing"])
def test_what_is_no_regular_file_is_never_replaced(name: str, tmp_path: Path) -> None:
    path = tmp_path / "it"
    NO_REGULAR_FILES[name](path)
    before = path.lstat()
    with pytest.raises(OSError, match=r"it is a|Too many levels"):
        write_private(path, "text")
    after = path.lstat()
    assert (after.st_ino, after.st_mode, after.st_rdev) == (before.st_ino, before.st_mode, before.st_rdev)
    assert not list(tmp_path.glob(".*"))


def test_the_copied_text_goes_to_a_device_and_leaves_it(tmp_path: Path) -> None:
    device = tmp_path / "copied" / "summary.md"
    device.parent.mkdir()
    NO_REGULAR_FILES["device"](device)
    assert clipboard.copy("text", folder=device.parent).path == device
    assert not stat.S_ISREG(device.lstat().st_mode)


class TestLeftovers:
    """What killed writes leave behind."""

    def test_they_are_removed_at_the_next_start(self, tmp_path: Path) -> None:
        for name in (".oneroster-wizard-abcd_123.tmp", ".new-abcd_123.tmp"):
            (tmp_path / name).write_text("half")
        assert SavedConnections(tmp_path).list() == ([], [])
        assert os.listdir(tmp_path) == []

    def test_they_are_removed_at_the_next_save(self, tmp_path: Path) -> None:
        (tmp_path / ".oneroster-wizard-abcd_123.tmp").write_text("half")
        write_report(tmp_path / "report", "text")
        assert os.listdir(tmp_path) == ["report"]
        (tmp_path / "copied").mkdir()
        (tmp_path / "copied" / ".new-abcd_123.tmp").write_text("half")
        clipboard.copy("text", folder=tmp_path / "copied", name="x.md")
        assert os.listdir(tmp_path / "copied") == ["x.md"]

    def test_what_may_be_anothers_stays(self, tmp_path: Path) -> None:
        """In a folder of the user's only names that nobody else gives count, and nowhere what is no plain file."""
        target = tmp_path / "target"
        target.write_text("mine")
        for name in (
            ".new-abcd_123.tmp",
            ".oneroster-wizard-abc.tmp",
            ".oneroster-wizard-abcd_123.tmp.bak",
            "x.tmp",
        ):
            (tmp_path / name).write_text("mine")
        (tmp_path / ".oneroster-wizard-linked_1.tmp").symlink_to(target)
        os.mkfifo(tmp_path / ".oneroster-wizard-piped__1.tmp")
        (tmp_path / ".oneroster-wizard-folder_1.tmp").mkdir()
        before = sorted(os.listdir(tmp_path))
        remove_leftovers(tmp_path)
        assert sorted(os.listdir(tmp_path)) == before
        assert target.read_text() == "mine"

    @pytest.mark.skipif(os.getuid() != 0, reason="only root can give files to others")
    def test_files_of_other_users_stay(self, tmp_path: Path) -> None:
        theirs = tmp_path / ".oneroster-wizard-abcd_123.tmp"
        theirs.write_text("theirs")
        os.chown(theirs, 65534, 65534)
        remove_leftovers(tmp_path, own=True)
        assert theirs.exists()

    def test_one_that_a_running_program_writes_stays_until_it_ends(self, tmp_path: Path) -> None:
        code = (
            "import sys; from pathlib import Path; "
            "from oneroster_wizard.storage.temporary_files import new_temporary; "
            f"new_temporary(Path({str(tmp_path)!r})); print('there', flush=True); sys.stdin.read()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"there\n"
            (name,) = os.listdir(tmp_path)
            ProfileStore(tmp_path).list()
            write_report(tmp_path / "report", "text")
            assert sorted(os.listdir(tmp_path)) == [name, "report"]
            writer.kill()
            writer.wait(20)
            write_report(tmp_path / "report", "text")
            assert os.listdir(tmp_path) == ["report"]

    def test_a_new_one_is_held_and_let_go(self, tmp_path: Path) -> None:
        handle, path = new_temporary(tmp_path)
        other = os.open(path, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(handle)
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(other)


def test_a_profile_that_would_be_too_large_to_read_is_not_written(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    store.save(PROFILE)
    path = store.path_of("lakeside")
    path.write_text(path.read_text() + "# " + "x" * (63_900 - len(path.read_text())) + "\n")
    before = path.read_text()
    with pytest.raises(ProfileError, match="too large to read back"):
        store.save(Profile("lakeside", PROFILE.connection.but(client_id="x" * 200)))
    assert path.read_text() == before
    with pytest.raises(ProfileError, match="The base URL has more than 8000 characters"):
        store.save(Profile("other", PROFILE.connection.but(base_url="https://" + "x" * 8000)))
    assert [profile.name for profile in store.list()[0]] == ["lakeside"]

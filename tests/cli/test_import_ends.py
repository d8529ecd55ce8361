"""How `profiles import` ends beside others: another import, a second Ctrl+C, a reader that has left."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from pathlib import Path

import keyring
import pytest

from oneroster_wizard import stopping
from oneroster_wizard.exchange.incoming import read_file_of
from oneroster_wizard.exchange.plan import plan_of
from oneroster_wizard.exchange.saving import NotSaved, Saving
from oneroster_wizard.limits import IMPORT_LINES, TAKE_BACK_S
from oneroster_wizard.storage.many_profiles import ManyProfiles
from oneroster_wizard.storage.profiles import ProfileStore
from oneroster_wizard.storage.secrets import SERVICE, SecretStore

from ..on_a_pty import on_a_pty
from .command import COMMAND, call, environment
from .importing import HILL, LAKESIDE, SECRET, TITLES, file_of, names, no_secret_in
from .test_import_saves import many


@pytest.mark.usefixtures("keyring_unlocked")
class TestTwoAtOnce:
    """The second import is refused, and takes nothing from the first."""

    def test_the_second_waits_for_nobody(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, TITLES, *many(40))
        with on_a_pty([*COMMAND, "profiles", "import", path, "--yes"], environment()) as first:
            first.until("Saving 3 of 40")
            # Of a profile whose turn comes later, so that only the lock keeps it out.
            other = file_of(tmp_path, TITLES, many(40)[39].replace("secret-39", "another"), name="other.csv")
            ended = call("profiles", "import", other, "--yes")
            assert ended.returncode == 2
            assert "Another import is running." in ended.stderr
            assert "Nothing was saved." in ended.stderr
            assert first.end() == 0, first.seen
        assert len(names()) == 40
        for number in range(40):
            assert keyring.get_password(SERVICE, f"d{number}/client-secret") == f"secret-{number}"
        assert not [each for each in os.listdir(ProfileStore().folder) if each.startswith(".")]

    def test_what_another_saved_since_the_plan_stays_with_its_secrets(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, TITLES, *many(3))
        store = ManyProfiles()
        plan = plan_of(read_file_of(path), *store.list())
        assert call("profiles", "import", path, "--yes").returncode == 0
        late = Saving(store, SecretStore())
        with pytest.raises(NotSaved, match="Another program has just saved a profile named “d0”"):
            asyncio.run(late.save(plan.every, lambda done: None, lambda left: None))
        assert names() == ["d0", "d1", "d2"]
        assert keyring.get_password(SERVICE, "d0/client-secret") == "secret-0"

    def test_a_killed_import_keeps_no_other_out(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, TITLES, *many(40))
        with on_a_pty([*COMMAND, "profiles", "import", path, "--yes"], environment()) as first:
            first.until("Saving 3 of 40")
            # The keyring answers one after the other: behind this it waits for nothing of the import, whose end in the
            # middle of a call it does not always survive.
            first.process.send_signal(signal.SIGSTOP)
            assert keyring.get_password(SERVICE, "nobody/client-secret") is None
            first.process.kill()
            first.process.wait()
        assert call("profiles", "import", path, "--yes", "--replace").returncode == 0
        assert len(names()) == 40


@pytest.mark.usefixtures("keyring_unlocked")
def test_who_does_not_wait_for_the_undoing_is_told_what_stays(tmp_path: Path) -> None:
    path = file_of(tmp_path, TITLES, *many(40))
    with on_a_pty([*COMMAND, "profiles", "import", path, "--yes"], environment()) as program:
        program.until("Saving 20 of 40")
        program.type(b"\x03")
        program.until("Undoing: 18 left")
        program.type(b"\x03")
        assert program.end() == 130
        said = program.seen.decode()
    left = names()
    assert 10 < len(left) < 20
    # One that is just being taken back may be gone in the moment of the sentence.
    assert any(
        f"{count} profiles of this import stay: “d0”, “d1”, “d2”" in said
        for count in (len(left), len(left) + 1)
    )
    assert "Import again with --replace, or remove each with: profiles delete NAME" in said


def test_the_time_for_undoing_grows_with_what_was_saved(tmp_path: Path) -> None:
    path = file_of(tmp_path, TITLES, HILL)
    store = ManyProfiles()
    saving = Saving(store, SecretStore())
    assert saving.take_back_s() == TAKE_BACK_S
    asyncio.run(saving.save(plan_of(read_file_of(path), *store.list()).every, lambda _: None, lambda _: None))
    one = saving.take_back_s() - TAKE_BACK_S
    # A profile with three secrets needs about a tenth of a second.
    assert one >= 0.5
    assert one * IMPORT_LINES < 24 * 3600


def test_a_signal_is_given_the_time_of_its_moment() -> None:
    times = iter([3.0, 5.0])
    with stopping.taking_longer(lambda: next(times)):
        assert [stopping.good_order_s(), stopping.good_order_s()] == [3.0, 5.0]
        with stopping.taking_longer(7.0):
            assert stopping.good_order_s() == 7.0


@pytest.mark.parametrize("buffered", [True, False])
def test_a_reader_that_leaves_early_has_still_asked_for_it(buffered: bool, tmp_path: Path) -> None:
    path = file_of(tmp_path, TITLES, HILL)
    reads, writes = os.pipe()
    os.close(reads)
    more = {} if buffered else {"PYTHONUNBUFFERED": "1"}
    try:
        ended = subprocess.run(
            [*COMMAND, "profiles", "import", path, "--yes"],
            stdin=subprocess.DEVNULL, stdout=writes, stderr=subprocess.PIPE, env=environment(more),
            timeout=60, check=False,
        )  # fmt: skip
    finally:
        os.close(writes)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert names() == ["Hill"]


def piped(content: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    """`profiles import -` with this on its standard input."""
    return subprocess.run(
        [*COMMAND, "profiles", "import", "-", *options],
        input=content, capture_output=True, env=environment(), timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.usefixtures("keyring_unlocked")
class TestStandardInput:
    """With - the file never has to lie on the disk with its secrets."""

    def test_a_table_comes_from_a_pipe(self) -> None:
        content = f"{TITLES}\n{LAKESIDE}\n{HILL}\n".encode()
        ended = piped(content, "--dry-run")
        assert (ended.returncode, ended.stderr, names()) == (0, b"", [])
        assert ended.stdout.startswith(b"Standard input: 2 profiles: 2 new.")
        ended = piped(content, "--yes")
        assert (ended.returncode, ended.stderr) == (0, b"")
        assert b"Delete it now" not in ended.stdout
        assert names() == ["Hill", "Lakeside"]
        assert keyring.get_password(SERVICE, "Lakeside/client-secret") == SECRET
        no_secret_in(ended.stdout.decode())

    def test_without_yes_nothing_is_saved(self) -> None:
        ended = piped(f"{TITLES}\n{HILL}\n".encode())
        assert (ended.returncode, names()) == (2, [])
        assert b"--yes" in ended.stderr

    def test_what_export_wrote_comes_back(self, tmp_path: Path) -> None:
        assert call("profiles", "import", file_of(tmp_path, TITLES, HILL), "--yes").returncode == 0
        written = call("profiles", "export").stdout
        ProfileStore().delete("Hill")
        assert piped(written.encode(), "--yes").returncode == 0
        assert names() == ["Hill"]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "The file is empty."),
            (b"x" * 16_000_001, "It is too large"),
            (b"[[profile]]\n\xff", "not UTF-8"),
        ],
    )
    def test_what_is_none_is_one_sentence(self, content: bytes, sentence: str) -> None:
        ended = piped(content, "--yes")
        assert (ended.returncode, ended.stdout) == (2, b"")
        assert sentence in ended.stderr.decode()
        assert len(ended.stderr.splitlines()) == 1

    def test_a_terminal_is_none(self) -> None:
        with on_a_pty([*COMMAND, "profiles", "import", "-", "--yes"], environment()) as program:
            assert program.end() == 2
            assert b"Standard input is a terminal." in program.seen

    def test_a_pipe_with_a_name_says_how(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.csv")
        ended = call("profiles", "import", str(tmp_path / "pipe.csv"), "--yes")
        assert "it is a pipe. Give - to read standard input." in ended.stderr

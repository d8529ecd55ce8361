"""`profiles import` on what is there already, and in the middle of a failure: all is saved, or nothing."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import keyring
import pytest

from oneroster_checks.connection import Connection, Credentials, DatedAnswer, Secret
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SERVICE, SecretStore

from ..full_disk import full_disk
from ..moments import Moments
from ..on_a_pty import on_a_pty
from ..tui.test_keyring_half import FailingShelf
from .command import COMMAND, call, environment
from .importing import (
    FIELDS,
    HILL,
    LAKESIDE,
    SECRET,
    TITLES,
    file_of,
    names,
    no_secret_in,
    shelf,
)

__all__ = ["shelf"]


class TestProfilesThatExist:
    """An existing profile is never changed unasked."""

    def test_the_same_is_left_and_another_is_refused(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, TITLES, HILL)
        assert call("profiles", "import", path, "--yes").returncode == 0
        assert "1 unchanged" in call("profiles", "import", path, "--yes").stdout
        other = file_of(tmp_path, TITLES, HILL.replace("Campus_2", "Campus_3"))
        ended = call("profiles", "import", other, "--yes")
        assert ended.returncode == 2
        assert "Would change: “Hill”." in ended.stdout
        assert "changed only with --replace" in ended.stderr
        assert ProfileStore().load("Hill").connection.client_id == "InfiniteCampus_2"
        assert call("profiles", "import", other, "--yes", "--replace").returncode == 0
        assert ProfileStore().load("Hill").connection.client_id == "InfiniteCampus_3"

    def test_what_the_file_does_not_have_stays(self, tmp_path: Path, shelf: FailingShelf) -> None:
        asyncio.run(SecretStore().save("Lakeside", Credentials(Secret("old-1"), Secret("k"), Secret("s"))))
        said = {"q": DatedAnswer("yes", date(2026, 11, 20))}
        profile = Profile("Lakeside", Connection(**FIELDS, timeout=12), {**said}, True, ("texas",))  # type: ignore[arg-type]
        ProfileStore().save(profile)
        path = file_of(tmp_path, "Name,Client secret", f"Lakeside,{SECRET}")
        assert call("profiles", "import", path, "--yes", "--replace").returncode == 0
        assert ProfileStore().load("Lakeside") == profile
        assert asyncio.run(SecretStore().load("Lakeside")).texts() == (SECRET, "k", "s")

    def test_secrets_never_go_to_another_host_with_a_file(self, tmp_path: Path, shelf: FailingShelf) -> None:
        asyncio.run(SecretStore().save("Lakeside", Credentials(Secret("old-1"), Secret("k"), Secret("s"))))
        profile = Profile("Lakeside", Connection(**FIELDS), remember=True)  # type: ignore[arg-type]
        ProfileStore().save(profile)
        lines = ["Name,Base URL,Client secret", "Lakeside,https://elsewhere.example/ims/oneroster,"]
        ended = call("profiles", "import", file_of(tmp_path, *lines), "--yes", "--replace")
        assert ended.returncode == 2
        assert "Its host is not the existing profile's" in ended.stderr
        assert ProfileStore().load("Lakeside") == profile
        lines[1] += SECRET
        assert call("profiles", "import", file_of(tmp_path, *lines), "--yes", "--replace").returncode == 0
        # The vendor's pair was for the other host.
        assert asyncio.run(SecretStore().load("Lakeside")).texts() == (SECRET,)

    def test_a_broken_file_is_left_as_it_is(self, tmp_path: Path) -> None:
        broken = ProfileStore().folder / "hill.toml"
        broken.parent.mkdir(parents=True)
        broken.write_text("oauth = ")
        lines = [TITLES, HILL.replace("Hill", "hill", 1)]
        ended = call("profiles", "import", file_of(tmp_path, *lines), "--yes")
        assert ended.returncode == 2
        assert "Correct that file or delete it" in ended.stderr
        assert (broken.read_text(), names()) == ("oauth = ", [])
        # Another one is imported beside it.
        assert call("profiles", "import", file_of(tmp_path, TITLES, HILL), "--yes").returncode == 0
        assert (broken.read_text(), names()) == ("oauth = ", ["Hill"])


# Moments of Ctrl+C, evenly spread over so many events before the end, which are those of the saving.
MOMENTS, LATE = 16, 160


def many(count: int) -> list[str]:
    return [
        f"d{number},https://d{number}.example/x,https://d{number}.example/token,key-{number},secret-{number},,,,,,"
        for number in range(count)
    ]


def run_alone(command: list[str], more: dict[str, str]) -> tuple[int, bytes]:
    """The exit code of a command in a process of its own, and what it complained of."""
    ended = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, env=more, timeout=60, check=False
    )
    return ended.returncode, ended.stderr


class TestAllOrNothing:
    """Whatever fails in the middle: every profile and every secret of the run is taken back."""

    @pytest.mark.parametrize("at", [1, 2, 5])
    def test_a_keyring_that_fails(self, at: int, tmp_path: Path, shelf: FailingShelf) -> None:
        ProfileStore().save(Profile("d1", Connection(base_url="https://d1.example/x"), tags=("mine",)))
        old = ProfileStore().path_of("d1").read_bytes()
        asyncio.run(SecretStore().save("d1", Credentials(Secret("old-secret"))))
        kept = dict(shelf.kept)
        shelf.changes, shelf.fails_at = 0, at
        ended = call("profiles", "import", file_of(tmp_path, TITLES, *many(6)), "--yes", "--replace")
        assert ended.returncode == 2
        assert "The keyring refused." in ended.stderr
        assert "was undone" in ended.stderr
        assert (names(), shelf.kept) == (["d1"], kept)
        assert ProfileStore().path_of("d1").read_bytes() == old
        assert "secret-" not in ended.stderr + ended.stdout

    def test_a_keyring_that_stays_down_leaves_no_secret_without_its_profile(
        self, tmp_path: Path, shelf: FailingShelf
    ) -> None:
        def refuse(*_: str) -> None:
            raise RuntimeError("gone")

        def three(service: str, username: str, password: str) -> None:
            if sum(name.endswith("/client-secret") for _, name in shelf.kept) == 3:
                shelf.delete_password = refuse  # type: ignore[method-assign, assignment]
                refuse()
            FailingShelf.set_password(shelf, service, username, password)

        shelf.set_password = three  # type: ignore[method-assign]
        ended = call("profiles", "import", file_of(tmp_path, TITLES, *many(6), HILL), "--yes")
        assert ended.returncode == 2
        assert "could not be reverted" in ended.stderr
        kept = {name.partition("/")[0] for _, name in shelf.kept}
        assert kept == {"d0", "d1", "d2"} <= set(names())
        assert "Hill" not in names()

    def test_a_disk_that_fails(self, tmp_path: Path, shelf: FailingShelf) -> None:
        lines = many(6)
        lines[4] = lines[4].replace("key-4", "k" * 4000)
        path = file_of(tmp_path, TITLES, *lines)
        with full_disk(3000):
            ended = call("profiles", "import", path, "--yes")
        assert ended.returncode == 2
        assert "could not be written: file too large" in ended.stderr
        assert "was undone" in ended.stderr
        assert (names(), shelf.kept) == ([], {})

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_a_signal(self, number: signal.Signals, tmp_path: Path, keyring_unlocked: str) -> None:
        path = file_of(tmp_path, TITLES, *many(40))
        with on_a_pty([*COMMAND, "profiles", "import", path, "--yes"], environment()) as program:
            program.until("Saving 3 of 40")
            program.process.send_signal(number)
            assert program.end() == 128 + number
            assert b"was undone" in program.seen
        assert names() == []
        for each in ("d0", "d1", "d2", "d3"):
            assert keyring.get_password(SERVICE, f"{each}/client-secret") is None

    def test_a_signal_at_any_moment(self, tmp_path: Path) -> None:
        lines = [line.replace("secret-", "") for line in many(5)]
        titles = TITLES.replace("Client secret", "Notes")
        command = [*COMMAND, "profiles", "import", file_of(tmp_path, titles, *lines), "--yes"]
        moments = Moments(tmp_path / "hook")
        assert run_alone(command, moments.counting(environment())) == (0, b"")
        assert len(names()) == 5
        ends = set[int]()
        for number in range(MOMENTS):
            for name in names():
                ProfileStore().delete(name)
            moment = moments.counted - number * LATE // MOMENTS
            code, complaints = run_alone(command, moments.stopping(environment(), signal.SIGINT, [moment]))
            assert code in (0, 130)
            assert complaints.endswith(b"Interrupted.\n") is bool(code)
            assert (len(names()) == 5) or (code == 130 and not names()), moment
            ends.add(len(names()))
        assert ends == {0, 5}

    def test_a_kill_leaves_no_secret_without_its_profile(self, tmp_path: Path, keyring_unlocked: str) -> None:
        path = file_of(tmp_path, TITLES, *many(40))
        with on_a_pty([*COMMAND, "profiles", "import", path, "--yes"], environment()) as program:
            program.until("Saving 5 of 40")
            program.process.kill()
            program.process.wait()
        there = names()
        assert 4 <= len(there) < 40
        for number in range(40):
            if keyring.get_password(SERVICE, f"d{number}/client-secret"):
                assert f"d{number}" in there
        # What to do then: the same file once more.
        assert "changed only with --replace" in call("profiles", "import", path, "--yes").stderr
        assert call("profiles", "import", path, "--yes", "--replace").returncode == 0
        assert len(names()) == 40
        assert keyring.get_password(SERVICE, "d39/client-secret") == "secret-39"


def test_no_secret_is_an_argument_of_any_process(tmp_path: Path, keyring_unlocked: str) -> None:
    path = file_of(tmp_path, TITLES, LAKESIDE, *many(30))
    with on_a_pty([*COMMAND, "profiles", "import", path, "--yes"], environment()) as program:
        program.until("Saving 5 of 31")
        seen = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, text=True, check=True).stdout
        assert "profiles import" in seen
        no_secret_in(seen)
        assert program.end() == 0
    no_secret_in(program.seen.decode())


def test_a_thousand_lines(tmp_path: Path) -> None:
    lines = [line.replace("secret-", "") for line in many(1000)]
    titles = TITLES.replace("Client secret", "Notes")
    assert call("profiles", "import", file_of(tmp_path, titles, *lines), "--yes").returncode == 0
    assert len(names()) == 1000


def test_the_profile_of_another_keeps_its_file(tmp_path: Path) -> None:
    store = ProfileStore()
    store.save(Profile("Hill", Connection(base_url="https://hill.example/ims/oneroster/v1p1"), tags=("a",)))
    path = store.path_of("Hill")
    path.rename(path.with_name("by-hand.toml"))
    text = path.with_name("by-hand.toml").read_text()
    path.with_name("by-hand.toml").write_text(f"# mine\n{text}")
    ended = call("profiles", "import", file_of(tmp_path, TITLES, HILL), "--yes", "--replace")
    assert ended.returncode == 0
    assert os.listdir(store.folder) == ["by-hand.toml"]
    assert path.with_name("by-hand.toml").read_text().startswith("# mine\n")
    assert replace(store.load("Hill"), answers={}).tags == ()

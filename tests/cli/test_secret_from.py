"""`check --secret-from COMMAND`: a password manager's command line gives the secret, and its output is never shown."""

from __future__ import annotations

import asyncio
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oneroster_checks.connection import Credentials, Secret
from oneroster_wizard.commands import secret_command
from oneroster_wizard.storage.secrets import SecretStore

from ..on_a_pty import on_a_pty
from .command import COMMAND, SECRETS, call, district, environment, options_of, secrets_of
from .test_many_profiles import save

CANARY = "canary-of-a-password-manager"
WRONG = {SECRETS["client_secret"]: "not-the-secret"}


def prints(code: str) -> str:
    """A command that runs a line of Python."""
    return f"{shlex.quote(sys.executable)} -S -c {shlex.quote(code)}"


def secret(text: str) -> str:
    """A command that prints a text, and another line after it."""
    return prints(f"print({text!r}); print('a second line')")


@pytest.fixture(scope="module")
def healthy() -> Iterator[dict[str, Any]]:
    """A healthy district that shares the grade book, too."""
    with district(share=("rostering", "gradebook")) as ready:
        yield ready


def check(ready: dict[str, Any], *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """`check` on a practice district."""
    return call("check", *options_of(ready), *arguments, **more)


def test_the_first_line_is_the_secret_and_goes_before_the_environment(healthy: dict[str, Any]) -> None:
    ended = check(healthy, "--secret-from", secret(healthy["client_secret"]), more=WRONG)
    assert ended.returncode == 1, "the grade book lacks the vendor's pair"
    assert "[gradebook.vendor-credentials-missing]" in ended.stdout
    pair = (
        "--vendor-key-from",
        secret(healthy["vendor_key"]),
        "--vendor-secret-from",
        secret(healthy["vendor_secret"]),
    )
    ended = check(healthy, *pair, f"--secret-from={secret(healthy['client_secret'])}")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert all(value not in ended.stdout for value in secrets_of(healthy).values())


@pytest.mark.parametrize(
    ("command", "reported"),
    [
        (
            prints(f"import sys; print('{CANARY}'); sys.stderr.write('{CANARY}'); sys.exit(3)"),
            "failed (exit code 3)",
        ),
        (prints("pass"), "is empty"),
        (prints(f"print(' '); print('{CANARY}')"), "is empty"),
        (prints(f"import sys; sys.stdout.buffer.write(b'{CANARY}' + bytes([255]))"), "not UTF-8 text"),
        (prints(f"print('{CANARY}' * 10000)"), "prints more than a secret"),
        (prints(f"while True: print('{CANARY}')"), "prints more than a secret"),
        (CANARY, "cannot be run (No such file or directory)"),
        (f"/{CANARY}/a b", "cannot be run (No such file or directory)"),
        (f"{CANARY}\0", "cannot be run (it cannot be a command)"),
        (f"op read '{CANARY}", "an unmatched quotation mark"),
        ("", "takes a command"),
    ],
)
def test_a_command_that_gives_no_secret(command: str, reported: str, healthy: dict[str, Any]) -> None:
    ended = check(healthy, "--secret-from", command, more=secrets_of(healthy))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "--secret-from" in ended.stderr
    assert reported in ended.stderr
    assert CANARY not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_no_shell_reads_it(healthy: dict[str, Any], tmp_path: Path) -> None:
    made = tmp_path / "made"
    check(healthy, "--secret-from", f"{prints('print(1)')} ; touch {made} $(touch {made}) > {made}")
    assert not made.exists()


@pytest.mark.parametrize(
    "first", ["", "os.close(1); ", "os.fork(); "], ids=["reads", "closed", "with a child"]
)
def test_one_that_takes_too_long_is_ended(
    first: str, healthy: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secret_command, "SECRET_COMMAND_S", 0.2)
    monkeypatch.setattr(secret_command, "SECRET_COMMAND_END_S", 3.0)
    ended = check(healthy, "--secret-from", prints(f"import os, time; {first}time.sleep(2)"))
    assert ended.returncode == 2
    assert "took longer than 0.2 seconds" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "reported"),
    [
        (("--all", "--secret-from", "true"), "goes with one connection"),
        (("north", "south", "--secret-from", "true"), "goes with one connection"),
        (
            ("north", "--dask", "tcp://127.0.0.1:1", "--vendor-key-from", "true"),
            "Leave out --vendor-key-from",
        ),
        (("north", "--secret", "true"), "never arguments"),
        (("north", "--vendor-key", "true"), "never arguments"),
        (("north", "--secret-fro", "true"), "never arguments"),
    ],
)
def test_what_does_not_go_together(arguments: tuple[str, ...], reported: str) -> None:
    ended = call("check", *arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert reported in ended.stderr


def test_it_goes_before_the_keyring(keyring_unlocked: str, healthy: dict[str, Any]) -> None:
    save(healthy, "north")
    asyncio.run(SecretStore().save("north", Credentials(Secret("not-the-secret"))))
    assert "[token.invalid-client]" in call("check", "north").stdout
    ended = call("check", "north", "--secret-from", secret(healthy["client_secret"]))
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_signal_ends_the_command_too(healthy: dict[str, Any]) -> None:
    waits = prints("import os, time; open('/dev/tty', 'w').write(f'number {os.getpid()}.'); time.sleep(600)")
    command = [*COMMAND, "check", *options_of(healthy), "--secret-from", waits]
    with on_a_pty(command, environment()) as program:
        program.until(".")
        number = int(program.seen.rpartition(b"number ")[2].rstrip(b"."))
        program.process.send_signal(signal.SIGTERM)
        assert program.end() == 143
        assert program.is_as_before()
    # It is nobody's child any more, and gone as soon as the system has taken notice of it.
    assert not Path(f"/proc/{number}/cmdline").exists() or Path(f"/proc/{number}/cmdline").read_bytes() == b""

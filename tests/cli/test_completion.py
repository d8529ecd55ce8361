"""Completion in real shells: commands, options, values, and the names of saved profiles, tags, causes and problems."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from oneroster_checks.causes import codes
from oneroster_checks.connection import Connection
from oneroster_wizard.commands.completion import SHELLS
from oneroster_wizard.commands.console import PROGRAM
from oneroster_wizard.commands.parser import COMMANDS
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from ..on_a_pty import on_a_pty
from .command import call, environment

# What is typed, and what is offered.
TYPED: list[tuple[str, list[str]]] = [
    ("", sorted(COMMANDS)),
    ("hist", ["history"]),
    ("profiles ex", ["export"]),
    ("check --only", ["--only-changes"]),
    ("check --depth ", ["full", "quick"]),
    ("check --format j", ["json", "jsonl", "junit"]),
    ("check --provider aer", ["aeries"]),
    ("check --tag te", ["texas"]),
    ("check lake", ["lakeside"]),
    ("check lakeside nor", ["northern"]),
    ("history nor", ["northern"]),
    ("explain gradebook.not", ["gradebook.not-enabled"]),
    ("demo --problem oauth1.exp", ["oauth1.expired", "oauth1.expires-soon"]),
    ("completion f", ["fish"]),
]


@pytest.fixture
def path(home: Path, tmp_path: Path) -> dict[str, str]:
    """Saved profiles, and an environment in which the program is found by its name."""
    store = ProfileStore()
    for name, tags in (("lakeside", ("texas",)), ("northern", ()), ("South & sons", ("pilot",))):
        store.save(Profile(name, Connection(), tags=tags))
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / PROGRAM
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m oneroster_wizard "$@"\n')
    program.chmod(0o755)
    inherited = environment()
    return {**inherited, "PATH": f"{programs}:{inherited['PATH']}"}


def script(shell: str, folder: Path) -> Path:
    """The script of a shell in a file."""
    ended = call("completion", shell)
    assert (ended.returncode, ended.stderr) == (0, "")
    written = folder / f"script.{shell}"
    written.write_text(ended.stdout)
    return written


def output_of(command: list[str], variables: dict[str, str]) -> str:
    """What a shell prints; it complains of nothing."""
    ended = subprocess.run(
        command,
        env=variables,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


def offered_by_bash(typed: str, written: Path) -> str:
    """Bash that completes the last word of what is typed, and prints what it offers."""
    words = ["oneroster-wizard", *typed.split(" ")]
    return (
        f"source {shlex.quote(str(written))}\n"
        f"COMP_WORDS=({shlex.join(words)}); COMP_CWORD={len(words) - 1}\n"
        "_shtab_oneroster_wizard; printf '%s\\n' \"${COMPREPLY[@]}\"; echo .\n"
    )


def test_bash_offers_what_fits(path: dict[str, str], tmp_path: Path) -> None:
    written = script("bash", tmp_path)
    code = "".join(offered_by_bash(typed, written) for typed, _ in TYPED)
    blocks = output_of(["bash", "--norc", "-c", code], path).split("\n.\n")
    for (typed, offered), block in zip(TYPED, blocks, strict=False):
        assert sorted(set(block.splitlines())) == offered, typed


def test_fish_offers_what_fits(path: dict[str, str], tmp_path: Path) -> None:
    written = script("fish", tmp_path)
    lines = [f"complete -C {shlex.quote(f'{PROGRAM} {typed}')}; echo ." for typed, _ in TYPED]
    code = "\n".join([f"source {shlex.quote(str(written))}", *lines])
    blocks = output_of(["fish", "--no-config", "-c", code], path).split(".\n")
    for (typed, offered), block in zip(TYPED, blocks, strict=False):
        found = sorted({line.partition("\t")[0] for line in block.splitlines()})
        # It knows files for what has no other candidates.
        assert [name for name in found if not name.endswith("/")] == offered, typed


@pytest.mark.parametrize(
    ("start", "setting"),
    [
        (["bash", "--norc", "--noprofile", "-i"], "source {}"),
        (["zsh", "-f", "-i"], 'autoload -Uz compinit; compinit -u -D; eval "$(cat {})"'),
    ],
    ids=["bash", "zsh"],
)
def test_tab_in_a_shell(start: list[str], setting: str, path: dict[str, str], tmp_path: Path) -> None:
    written = script(start[0], tmp_path)
    with on_a_pty(start, {**path, "PS1": "ready> ", "PROMPT": "ready> "}) as shell:
        shell.until("ready> ")
        shell.type(f"{setting.format(shlex.quote(str(written)))}; echo so''urced\n".encode())
        shell.until("sourced\r\n")
        for typed, completed in (
            ("expl", f"{PROGRAM} explain"),
            ("explain gradebook.not-en", f"{PROGRAM} explain gradebook.not-enabled"),
            ("profiles show South", f"{PROGRAM} profiles show South\\ \\&\\ sons"),
            ("check --dep", f"{PROGRAM} check --depth"),
        ):
            shell.seen = b""
            shell.type(f"{PROGRAM} {typed}\t".encode())
            shell.until(completed)
            # Take the line away (Ctrl+U).
            shell.type(b"\x15")
        shell.type(b"exit\n")
        shell.end()


@pytest.mark.parametrize("shell", SHELLS)
def test_each_script_is_read_without_a_complaint(shell: str, path: dict[str, str], tmp_path: Path) -> None:
    written = script(shell, tmp_path)
    assert output_of([shell, "-n", str(written)], path) == ""
    for command in COMMANDS:
        assert command in written.read_text()
    # What only the scripts ask for is nothing that a person is offered.
    assert "--names[" not in written.read_text()


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("profiles", ["lakeside", "northern", "South & sons"]),
        ("tags", ["pilot", "texas"]),
        ("causes", list(codes())),
    ],
)
def test_the_names_that_a_script_asks_for(kind: str, names: list[str], path: dict[str, str]) -> None:
    ended = call("completion", "--names", kind)
    assert (ended.returncode, ended.stdout.splitlines(), ended.stderr) == (0, names, "")


def test_no_shell_and_an_unknown_one() -> None:
    ended = call("completion")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "bash, zsh, fish" in ended.stderr
    assert "Did you mean “bash”?" in call("completion", "bsh").stderr


@pytest.fixture
def broken_folder(home: Path) -> None:
    """A folder of profiles that is a file."""
    folder = ProfileStore().folder
    folder.parent.mkdir(parents=True)
    folder.write_text("")


def test_behind_a_tab_nothing_is_complained_of(broken_folder: None) -> None:
    ended = call("completion", "--names", "profiles")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")

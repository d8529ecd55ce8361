"""A secret that is missing is asked for at a hidden prompt, when a person sits at the terminal."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..on_a_pty import OnAPty, on_a_pty
from .command import COMMAND, SECRETS, district, environment, options_of, secrets_of
from .test_many_profiles import save

PROMPT = "Client secret of InfiniteCampus_practice for 127.0.0.1 (hidden): "
OF_A_PROFILE = "Client secret of the profile “north” for 127.0.0.1 (hidden): "


@pytest.fixture(scope="module")
def healthy() -> Iterator[dict[str, Any]]:
    """A healthy district."""
    with district() as ready:
        yield ready


def entered(program: OnAPty, prompt: str, typed: str) -> None:
    """Enter a line at a prompt, whose terminal does not show it."""
    program.until(prompt)
    assert not program.echoes
    program.type(f"{typed}\n".encode())


def test_a_described_connection(healthy: dict[str, Any]) -> None:
    with on_a_pty([*COMMAND, "check", *options_of(healthy)], environment()) as program:
        entered(program, PROMPT, healthy["client_secret"])
        assert program.end() == 0
        assert program.is_as_before()
    assert healthy["client_secret"].encode() not in program.seen
    assert b"The connection works." in program.seen


def test_a_report_that_goes_elsewhere_has_no_prompt_in_it(healthy: dict[str, Any], tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    command = shlex.join([*COMMAND, "check", *options_of(healthy), "--format", "json"])
    with on_a_pty(
        ["sh", "-c", f"exec {command} > {report} 2> {tmp_path / 'complaints'}"], environment()
    ) as program:
        entered(program, PROMPT, healthy["client_secret"])
        assert program.end() == 0
    assert json.loads(report.read_text())["runs"][0]["verdict"]["status"] == "pass"
    assert "Client secret" not in (tmp_path / "complaints").read_text()


@pytest.mark.parametrize("typed", [b"\n", b"   \n", b"\x04"], ids=["empty", "blank", "the end of the input"])
def test_nothing_is_entered(typed: bytes, healthy: dict[str, Any]) -> None:
    with on_a_pty([*COMMAND, "check", *options_of(healthy)], environment()) as program:
        program.until(PROMPT)
        program.type(typed)
        assert program.end() == 2
        assert program.is_as_before()
    assert b"No client secret was entered." in program.seen
    assert b"--secret-from COMMAND" in program.seen


def test_it_is_interrupted(healthy: dict[str, Any]) -> None:
    with on_a_pty([*COMMAND, "check", *options_of(healthy)], environment()) as program:
        program.until(PROMPT)
        program.type(b"half-a-secret\x03")
        assert program.end() == 130
        assert program.is_as_before()
    assert program.seen.replace(b"\r\n", b"\n").endswith(b"(hidden): \nInterrupted.\n")


def test_a_line_that_the_terminal_would_cut_is_not_sent(healthy: dict[str, Any]) -> None:
    with on_a_pty([*COMMAND, "check", *options_of(healthy)], environment()) as program:
        entered(program, PROMPT, "x" * 5000)
        assert program.end() == 2
    assert b"too long to be typed in" in program.seen
    assert b"xxx" not in program.seen


def test_the_other_half_of_the_vendors_pair(healthy: dict[str, Any]) -> None:
    here = secrets_of(healthy) | {SECRETS["vendor_key"]: "key"}
    here.pop(SECRETS["vendor_secret"], None)
    with on_a_pty([*COMMAND, "check", *options_of(healthy)], environment(here)) as program:
        entered(program, "Your vendor secret for the grade book at 127.0.0.1 (hidden): ", "v")
        assert program.end() == 0


def test_a_profile_without_a_keyring_says_so_and_asks(healthy: dict[str, Any]) -> None:
    save(healthy, "north")
    with on_a_pty([*COMMAND, "check", "north"], environment()) as program:
        entered(program, OF_A_PROFILE, healthy["client_secret"])
        assert program.end() == 0
        assert program.is_as_before()
    assert b"keyring" in program.seen.partition(b"Client secret of")[0]
    assert healthy["client_secret"].encode() not in program.seen


def test_a_profile_with_an_empty_keyring_asks(keyring_unlocked: str, healthy: dict[str, Any]) -> None:
    save(healthy, "north")
    with on_a_pty([*COMMAND, "check", "north"], environment()) as program:
        entered(program, OF_A_PROFILE, healthy["client_secret"])
        assert program.end() == 0


def test_several_profiles_ask_for_nothing(healthy: dict[str, Any]) -> None:
    save(healthy, "north")
    save(healthy, "south")
    with on_a_pty([*COMMAND, "check", "--all"], environment()) as program:
        assert program.end() == 2
    assert b"(hidden)" not in program.seen


def test_a_fixed_token_is_called_so(healthy: dict[str, Any]) -> None:
    arguments = ("check", "--fixed-token", "--provider", "classlink", "--base-url", healthy["base_url"])
    with on_a_pty([*COMMAND, *arguments], environment()) as program:
        program.until("Fixed token for 127.0.0.1 (hidden): ")
        program.type(b"\n")
        assert program.end() == 2
    assert b"No fixed token was entered." in program.seen

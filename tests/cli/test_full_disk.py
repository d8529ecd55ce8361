"""A full disk behind standard output: one sentence and exit code 2, whatever was printed."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from oneroster_checks.connection import Connection
from oneroster_checks.report import FORMATS
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from .command import COMMAND, district, environment, options_of, secrets_of

FULL = Path("/dev/full")
SENTENCE = "oneroster-wizard: The output could not be written: no space left on device.\n"


def to_a_full_disk(*arguments: str, more: dict[str, str] | None = None) -> tuple[int, str]:
    """The exit code and the complaints of a command whose output finds no room."""
    with FULL.open("wb") as full:
        ended = subprocess.run(
            [*COMMAND, *arguments],
            stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
            env=environment(more),
        )  # fmt: skip
    return ended.returncode, ended.stderr


@pytest.fixture(scope="module")
def served() -> Any:
    with district() as ready:
        yield ready


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_format(form: str, unbuffered: str, served: dict[str, Any]) -> None:
    more = {**secrets_of(served), "PYTHONUNBUFFERED": unbuffered}
    assert to_a_full_disk("check", *options_of(served), "--format", form, more=more) == (2, SENTENCE)


@pytest.mark.parametrize("path", ["-", "/dev/stdout", "/dev/full"])
def test_standard_output_and_a_full_device_by_their_names(path: str, served: dict[str, Any]) -> None:
    code, complaints = to_a_full_disk("check", *options_of(served), "--output", path, more=secrets_of(served))
    assert code == 2
    assert len(complaints.splitlines()) == 1
    assert "no space left on device" in complaints.lower()


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("check", "--help"),
        ("explain",),
        ("explain", "token.invalid-client"),
        ("practice",),
        ("practice", "--list"),
        ("profiles",),
        ("profiles", "list"),
        ("profiles", "show", "north"),
    ],
)
def test_every_other_text(arguments: tuple[str, ...], unbuffered: str) -> None:
    ProfileStore().save(Profile("north", Connection()))
    assert to_a_full_disk(*arguments, more={"PYTHONUNBUFFERED": unbuffered}) == (2, SENTENCE)


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("problem", [None, "token.invalid-client"])
def test_complaints_without_room_change_no_exit_code(
    problem: str | None, unbuffered: str, tmp_path: Path
) -> None:
    path = tmp_path / "report"
    with district(problem) as ready, FULL.open("wb") as full:
        ended = subprocess.run(
            [*COMMAND, "check", *options_of(ready), "--output", str(path)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=full, timeout=60, check=False,
            env=environment({**secrets_of(ready), "PYTHONUNBUFFERED": unbuffered}),
        )  # fmt: skip
        unknown = subprocess.run([*COMMAND, "check", "nobody"], stderr=full, env=environment(), check=False)
    assert ended.returncode == (1 if problem else 0)
    assert "Verdict: " in path.read_text()
    assert unknown.returncode == 2


def test_the_worse_code_stays() -> None:
    with district("token.invalid-client") as ready:
        assert to_a_full_disk("check", *options_of(ready), more=secrets_of(ready)) == (2, SENTENCE)

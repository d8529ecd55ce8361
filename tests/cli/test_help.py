"""Help: every command has examples, and every example is a command line that the program takes."""

from __future__ import annotations

import re
import shlex

import pytest

from oneroster_wizard.commands.console import PROGRAM
from oneroster_wizard.commands.parser import COMMANDS, build_parser

from .command import call


def examples_of(command: str) -> list[str]:
    """The command lines under "examples:" in the help of a command; of the program itself for ""."""
    shown = call(*([command] if command else []), "--help", more={"COLUMNS": "300"}).stdout
    lines = shown.partition("\nexamples:\n")[2].splitlines()
    assert all(line.startswith("  # ") is (number % 2 == 0) for number, line in enumerate(lines))
    # Of a line of a shell's own, what the program is told in it.
    return [re.sub(r'\)"$| > \S+$', "", line[line.index(PROGRAM) :]) for line in lines[1::2]]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_example_is_taken(command: str) -> None:
    found = examples_of(command)
    assert len(found) >= 2
    for typed in found:
        program, *arguments = shlex.split(typed)
        assert program == PROGRAM
        assert not command or arguments[0] == command
        if arguments:
            assert build_parser(arguments).parse_args(arguments).command == arguments[0]


def test_the_options_of_check_are_in_groups() -> None:
    shown = call("check", "--help").stdout
    headings = [
        line[:-1] for line in shown.splitlines() if line and not line.startswith(" ") and line.endswith(":")
    ]
    assert headings == [
        "positional arguments",
        "options",
        "the connection, when no profile is named",
        "secrets",
        "how much is checked",
        "several saved profiles",
        "writing to the grade book",
        "the report",
        "names in the message to the district (message, html)",
        "examples",
    ]
    assert shown.startswith("usage: oneroster-wizard check [PROFILE ...] [OPTIONS]\n")


def test_the_examples_are_those_of_real_causes() -> None:
    for typed in [*examples_of(""), *examples_of("explain")]:
        arguments = shlex.split(typed)[1:]
        if arguments[:1] == ["explain"]:
            assert call(*arguments).returncode == 0

"""The parser of the command line. Only the options of the command that is named are read in.

Nothing here imports the engine: `--help` should be there at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from .console import PROGRAM, say, say_text
from .errors import CommandLineError

# Each command is the module of its name in this package.
COMMANDS = {
    "check": "run the checks without the wizard",
    "demo": "the wizard on the practice district, with nothing to configure",
    "practice": "serve the practice district on this computer only",
    "explain": "what a cause means, how it is recognized, and how to fix it",
    "profiles": "list, show, delete, import or export saved profiles",
    "get": "one authorized GET from a saved profile, as JSON",
    "compare": "two runs side by side, of two profiles or of one, what differs first",
    "history": "the runs of saved profiles: when each last worked, and what changed",
}


# The width of a terminal that does not say, and what help leaves free at its edge.
_USUAL_COLUMNS, _EDGE = 80, 2
# What an option is named that somebody expects to take a secret; there is none.
_SECRET_WORDS = ("secret", "vendor", "password")


class _Help(argparse.HelpFormatter):
    """Help as wide as the terminal. The library would load the reading of archives to ask for that."""

    def __init__(self, prog: str, *args: Any, **settings: Any) -> None:
        super().__init__(prog, *args, **{"width": _columns() - _EDGE, **settings})


def _columns() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns[:4]) > 0:
        return int(columns[:4])
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _USUAL_COLUMNS  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return _USUAL_COLUMNS


class CommandParser(argparse.ArgumentParser):
    """A parser whose errors are sentences, and never repeat what stands behind an option's equals sign.

    `typed` is the whole command line.
    """

    typed: Sequence[str] = ()

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"formatter_class": _Help, **settings})
        # Newer versions of Python color their help with escape sequences, which would be shown as text.
        self.color = False

    def error(self, message: str) -> None:  # type: ignore[override]
        """Raise CommandLineError with what is wrong."""
        # An option that does not exist, or could be several, may carry a secret behind its equals sign.
        for argument in sorted(self.typed, key=len, reverse=True):
            if argument.startswith("--") and "=" in argument:
                message = message.replace(argument, _name(argument))
        raise CommandLineError(message, f"Try: {self.prog} --help")

    def _print_message(self, message: str, file: object = None) -> None:
        # Help is all that is left to print here, and it goes to standard output.
        say_text(message)


def _name(argument: str) -> str:
    return argument.partition("=")[0] if argument.startswith("--") else argument


def _refuse_secrets(argv: Sequence[str]) -> None:
    """CommandLineError when an option is named as one that takes a secret: it would be seen by every process."""
    named = (_name(argument).lower() for argument in argv if argument.startswith("--"))
    if any(word in name for name in named for word in _SECRET_WORDS):
        from ..environment import SECRET_VARIABLES

        names = ", ".join(SECRET_VARIABLES.values())
        raise CommandLineError(f"Secrets are never arguments. Set them in the environment: {names}.")


class _ShowVersion(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *unused: object) -> None:
        from oneroster_checks.version import __version__

        say(f"{PROGRAM} {__version__}")
        parser.exit()


def build_parser(argv: Sequence[str]) -> CommandParser:
    """The parser for a command line: every command by name, and the options of the one that `argv` names.

    CommandLineError when `argv` has an option that is to carry a secret.
    """
    _refuse_secrets(argv)
    parser = CommandParser(
        prog=PROGRAM,
        description="Finds out why a OneRoster connection fails, and who fixes it where. "
        "Without a command it opens the wizard.",
    )
    parser.typed = argv
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, parser_class=CommandParser
    )
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary)
        command.typed = argv
        if name in argv:
            module = import_module(f"{__package__}.{name}")
            command.description = module.DESCRIPTION
            module.add_options(command)
    return parser

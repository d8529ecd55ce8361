"""The parser of the command line. Only the options of the command that is named are read in.

Nothing here imports the engine: `--help` should be there at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from ..terminal_features import columns_of
from .console import PROGRAM, say, say_text
from .errors import CommandLineError

# As type checkers read it; `--help` does not wait for `typing`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Each command is the module of its name in this package.
COMMANDS = {
    "check": "run the checks without the wizard",
    "demo": "the wizard on the practice district, with nothing to configure",
    "practice": "serve the practice district on this computer only",
    "explain": "what a cause means, how it is recognized, and how to fix it",
    "profiles": "list, show, delete, import or export saved profiles",
    "get": "one authorized GET from a saved profile, as JSON",
    "trace": "follow one student, teacher, class, or grade through a saved profile",
    "compare": "two runs side by side, of two profiles or one, differences first",
    "migrate": "whether it is safe to move from one saved connection to another",
    "history": "the runs of saved profiles: when each last worked, and what changed",
    "completion": "the script that lets a shell complete all this",
}


# The width of a terminal that does not say, and what help leaves free at its edge.
_USUAL_COLUMNS, _EDGE = 80, 2
# What an option is named that somebody expects to take a secret; there is none, only such as take a command.
_SECRET_WORDS = ("secret", "vendor", "password")


def _as_it_is(words: str) -> str:
    return words


# The help of this program is English throughout. The library would look on the disk for a translation of each of its
# headings, in the languages of this computer.
argparse.__dict__["_"] = _as_it_is

# What follows the help of a command: comments, each with its command line.
Examples = Sequence[tuple[str, str]]

_EXAMPLES = (
    ("open the wizard", PROGRAM),
    ("try it out, with nothing to configure", f"{PROGRAM} demo"),
    ("check a saved connection", f"{PROGRAM} check my-district"),
    ("what a cause in a report means", f"{PROGRAM} explain gradebook.not-enabled"),
)


class _Help(argparse.HelpFormatter):
    """Help as wide as the terminal. The library would load the reading of archives to ask for that."""

    def __init__(self, prog: str, *args: Any, **settings: Any) -> None:
        super().__init__(
            prog, *args, **{"width": columns_of(sys.__stdout__, _USUAL_COLUMNS) - _EDGE, **settings}
        )

    def _split_lines(self, text: str, width: int) -> list[str]:
        """Lines of whole words. The library would load its own way to break lines, with the patterns for that."""
        lines = [""]
        for word in text.split():
            if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
                lines.append(word)
            else:
                lines[-1] += f" {word}" if lines[-1] else word
        return lines

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(f"{indent}{line}" for line in self._split_lines(text, width - len(indent)))


class CommandParser(argparse.ArgumentParser):
    """A parser whose errors are sentences, and never repeat what stands behind an option's equals sign.

    `typed` is the whole command line. `examples` end its help: a comment and a command line each.
    """

    typed: Sequence[str] = ()
    examples: Examples = ()

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"formatter_class": _Help, **settings})
        # Newer versions of Python color their help with escape sequences, which would be shown as text.
        self.color = False

    def format_help(self) -> str:
        """The help of the library, and the examples."""
        lines = [line for comment, typed in self.examples for line in (f"  # {comment}", f"  {typed}")]
        return super().format_help() + ("\n".join(["", "examples:", *lines, ""]) if lines else "")

    def parse_known_args(self, *given: Any, **more: Any) -> Any:
        """What the library does; CommandLineError for the first argument that has no place."""
        options, rest = super().parse_known_args(*given, **more)
        if rest:
            from .mistyped import wrong_argument

            self.error(wrong_argument(rest[0], self._option_string_actions))
        return options, rest

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            from .mistyped import wrong_choice

            self.error(wrong_choice(action, value))

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
    named = {_name(argument).lower() for argument in argv if argument.startswith("--")}
    secret = {name for name in named if any(word in name for word in _SECRET_WORDS)}
    if secret:
        from ..environment import SECRET_VARIABLES
        from .secret_options import ALL_OPTIONS, SECRET_OPTIONS

        if secret <= ALL_OPTIONS:
            return
        raise CommandLineError(
            "Secrets are never arguments. In a terminal, you are asked for them. In a script, give "
            f"{SECRET_OPTIONS['client_secret']} COMMAND, or set them in the environment: "
            f"{', '.join(SECRET_VARIABLES.values())}."
        )


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
        # The library's own would have to be put together by patterns, which takes longer than all the rest.
        usage="%(prog)s [COMMAND] [OPTIONS]",
        description="Finds out why a OneRoster connection fails, and who fixes it where. "
        "Without a command it opens the wizard.",
    )
    parser.typed = argv
    parser.examples = _EXAMPLES
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the version and exit")
    # What is not named is only listed, for which one parser does as well as one for each.
    listed = CommandParser(add_help=False)

    def parser_for(**settings: Any) -> CommandParser:
        named = settings["prog"].rpartition(" ")[2] in argv
        return CommandParser(**settings) if named else listed

    # The library calls it, and asks for no class.
    made_by: Any = parser_for
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, parser_class=made_by, prog=PROGRAM
    )
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary)
        if name in argv:
            command.typed = argv
            module = import_module(f"{__package__}.{name}")
            command.description = module.DESCRIPTION
            command.examples = module.EXAMPLES
            module.add_options(command)
    return parser

"""The question before personal data is printed, which every command that can print some asks in the same words."""

from __future__ import annotations

import argparse
import sys

from .console import ask
from .errors import CommandLineError

YES = "yes"
_QUESTION = f"This prints names and other personal data of students and staff. Type {YES} to print it: "


def add_show_people(parser: argparse.ArgumentParser, what: str) -> None:
    """Add the options that print personal data; `what` says what is printed with them."""
    parser.add_argument("--show-people", action="store_true", help=f"{what}; asks first, or needs --yes")
    parser.add_argument("--yes", action="store_true", help="with --show-people: print it without asking")


def confirm_people(options: argparse.Namespace) -> None:
    """CommandLineError unless a person, or --yes, says that personal data is to be printed."""
    if not options.show_people or options.yes:
        if options.yes and not options.show_people:
            raise CommandLineError("--yes goes with --show-people. Leave it out, or add --show-people.")
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise CommandLineError(
            "Nothing was requested: --show-people prints personal data of students and staff. Add --yes if you mean it."
        )
    if ask(_QUESTION).strip().lower() != YES:
        raise CommandLineError("Nothing was requested.")

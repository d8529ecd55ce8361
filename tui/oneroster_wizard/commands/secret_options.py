"""The options that name a command which prints a secret, such as that of a password manager."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace

from oneroster_checks.connection import SECRET_FIELDS, Credentials

from ..environment import SECRET_VARIABLES
from .errors import CommandLineError

# The option of each secret. None of them takes the secret itself, which every process could read.
SECRET_OPTIONS: Mapping[str, str] = dict(
    zip(SECRET_FIELDS, ("--secret-from", "--vendor-key-from", "--vendor-secret-from"), strict=True)
)

# Those of the two sides of a move. The vendor's own pair is the same for both.
SIDE_OPTIONS: Mapping[str, str] = {"old": "--old-secret-from", "new": "--new-secret-from"}
# Every option that takes such a command.
ALL_OPTIONS = frozenset({*SECRET_OPTIONS.values(), *SIDE_OPTIONS.values()})


_NEVER_ITSELF = (
    "No option takes the secret itself: any process could read it. In a terminal you are asked for what is missing. In "
    "a script, give a command that prints it, such as your password manager's"
)
_VARIABLES = ", ".join(SECRET_VARIABLES.values())


def add_secrets_of_sides(parser: argparse.ArgumentParser) -> None:
    """Add the same for a command with two connections."""
    group = parser.add_argument_group("secrets", f"{_NEVER_ITSELF}.")
    for side, option in SIDE_OPTIONS.items():
        group.add_argument(
            option,
            dest=f"{side}_secret_from",
            metavar="COMMAND",
            help=f"run this command; the first line it prints is the client secret of the {side} connection",
        )
    for field, what in (("vendor_key", "your vendor key"), ("vendor_secret", "your vendor secret")):
        group.add_argument(
            SECRET_OPTIONS[field],
            dest=f"{field}_from",
            metavar="COMMAND",
            help=f"run this command; the first line it prints is {what}",
        )


def secrets_of_sides(options: argparse.Namespace) -> tuple[Credentials, Credentials]:
    """What the commands for the two sides print, each run once; CommandLineError for a command that gives no secret."""
    pair, found = Credentials(), list[Credentials]()
    from .secret_command import secret_of

    for field in ("vendor_key", "vendor_secret"):
        command = getattr(options, f"{field}_from")
        if command is not None:
            pair = replace(pair, **{field: secret_of(command, SECRET_OPTIONS[field])})
    for side, option in SIDE_OPTIONS.items():
        command = getattr(options, f"{side}_secret_from")
        found.append(replace(pair, client_secret=secret_of(command, option)) if command is not None else pair)
    return found[0], found[1]


def add_secrets(parser: argparse.ArgumentParser) -> None:
    """Add the options for commands that print a secret."""
    group = parser.add_argument_group(
        "secrets", f"{_NEVER_ITSELF}, or set it in the environment: {_VARIABLES}."
    )
    words = ("the client secret", "your vendor key", "your vendor secret")
    for (field, option), what in zip(SECRET_OPTIONS.items(), words, strict=True):
        group.add_argument(
            option,
            dest=f"{field}_from",
            metavar="COMMAND",
            help=f"run this command; the first line it prints is {what}",
        )


def commands_of(options: argparse.Namespace) -> dict[str, str]:
    """The commands that were given, by the field of their secret."""
    every = {field: getattr(options, f"{field}_from") for field in SECRET_OPTIONS}
    return {field: command for field, command in every.items() if command is not None}


def refuse_secrets_from(options: argparse.Namespace, *, several: bool) -> None:
    """CommandLineError for commands that do not go with the rest; `several` says that several profiles may run."""
    given = commands_of(options)
    if "client_secret" in given and several:
        raise CommandLineError(
            f"{SECRET_OPTIONS['client_secret']} goes with one connection: no two districts share a secret. "
            "Name one profile."
        )
    if given and options.dask is not None:
        raise CommandLineError(
            f"The workers of a cluster have secrets of their own. Leave out {SECRET_OPTIONS[next(iter(given))]}."
        )


def secrets_from(options: argparse.Namespace) -> Credentials:
    """What the commands of the command line print, each run once; those that were not given are empty.

    CommandLineError for a command that gives no secret.
    """
    found = Credentials()
    for field, command in commands_of(options).items():
        from .secret_command import secret_of

        found = replace(found, **{field: secret_of(command, SECRET_OPTIONS[field])})
    return found

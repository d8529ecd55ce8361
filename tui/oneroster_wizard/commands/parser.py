"""The options of the command line, and the connection that they describe."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Mapping
from datetime import date
from typing import cast

from oneroster_checks.connection import (
    SHARES,
    Connection,
    Credentials,
    OAuthVersion,
    OneRosterVersion,
    Secret,
    Share,
)
from oneroster_checks.limits import LONGEST_REQUEST_S, REQUEST_S
from oneroster_checks.version import __version__

SECRET_VARIABLES = {
    "client_secret": "ONEROSTER_CLIENT_SECRET",
    "vendor_key": "ONEROSTER_VENDOR_KEY",
    "vendor_secret": "ONEROSTER_VENDOR_SECRET",
}
FORMATS = ("text", "json", "markdown", "junit", "html")
SIZES = ("small", "medium", "large", "very-large")


class CommandLineError(Exception):
    """The command line, a profile or a needed secret is wrong or missing; the text says what to change."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        # An option that does not exist may have carried a secret behind its equals sign.
        message = re.sub(r"(--[\w-]+)=\S*", r"\1", message)
        if re.search(r"--[\w-]*(secret|vendor|password)", message):
            names = ", ".join(SECRET_VARIABLES.values())
            raise CommandLineError(f"secrets never are arguments. Set them in the environment: {names}.")
        raise CommandLineError(f"{message}\nTry: {self.prog} --help")


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = _Parser(
        prog="oneroster-wizard",
        description="Finds out why a OneRoster connection fails, and who mends it where. "
        "Without a command it opens the wizard.",
    )
    parser.add_argument("--version", action="version", version=f"oneroster-wizard {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    _add_check(commands.add_parser("check", help="run the checks without the wizard", description=_CHECK))
    demo = commands.add_parser("demo", help="the wizard on the practice district, nothing to configure")
    demo.add_argument("--problem", metavar="CAUSE", help="give the practice district this fault")
    _add_pair(demo)
    _add_output(demo, default=None)
    practice = commands.add_parser("practice", help="serve the practice district on this machine only")
    practice.add_argument("--port", type=int, default=0, help="the port; 0, the default, takes a free one")
    practice.add_argument("--problem", metavar="CAUSE", help="give the district this fault")
    practice.add_argument("--list", action="store_true", help="print the problems that it knows, and end")
    _add_pair(practice)
    explain = commands.add_parser("explain", help="what a cause means, how it is told, and who mends it")
    explain.add_argument("cause", nargs="?", metavar="CAUSE", help="a cause; without one they are listed")
    explain.add_argument(
        "--provider", default="infinite-campus", help="whose steps to show (default infinite-campus)"
    )
    profiles = commands.add_parser("profiles", help="list, show or delete saved profiles")
    actions = profiles.add_subparsers(dest="action", metavar="ACTION", parser_class=_Parser)
    actions.add_parser("list", help="list the saved profiles")
    for action in ("show", "delete"):
        actions.add_parser(action, help=f"{action} one profile").add_argument("name", metavar="NAME")
    return parser


_CHECK = (
    "Runs the checks on saved profiles, or on the connection that the options describe. Secrets never are "
    "options: they come from ONEROSTER_CLIENT_SECRET, ONEROSTER_VENDOR_KEY and ONEROSTER_VENDOR_SECRET in the "
    "environment, or for a saved profile from the keyring. Exit code 0: pass or warn, 1: fail, 2: the command "
    "line, a profile or a secret is wrong or missing, 3: the tool itself failed."
)


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument("profiles", nargs="*", metavar="PROFILE", help="a saved profile")
    check.add_argument("--all", action="store_true", help="every saved profile")
    add = check.add_argument_group("the connection, when no profile is named").add_argument
    add("--provider", help="infinite-campus (default), generic, aeries, powerschool, classlink, …")
    add("--oauth", type=int, choices=(1, 2), help="the OAuth version (default 2)")
    add("--oneroster", choices=("1.1", "1.2"), help="the OneRoster version (default 1.2)")
    add("--base-url", metavar="URL")
    add("--token-url", metavar="URL", help="needed for OAuth 2")
    add("--client-id", metavar="ID", help="the key")
    add("--share", metavar="LIST", help=f"what should be shared, of {', '.join(SHARES)} (default rostering)")
    add("--created", metavar="YYYY-MM-DD", help="the day on which the connection was created")
    add("--scope", metavar="TEXT", help="the scope to ask for, where the provider wants a special one")
    add("--ca-file", metavar="PATH", help="a PEM file with further certificate authorities")
    add(
        "--allow-plain-http",
        action="store_true",
        help="send credentials over http to another machine all the same",
    )
    check.add_argument("--timeout", type=float, metavar="SECONDS", help="limit of one request (default 30)")
    check.add_argument(
        "--depth", choices=("quick", "full"), default="quick", help="how much is read (default quick)"
    )
    _add_output(check, default="text")


def _add_output(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    parser.add_argument(
        "--format", choices=FORMATS, default=default, help="the form of the report (default text)"
    )
    parser.add_argument("--output", metavar="PATH", help="write the report to this file")


def _add_pair(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--oauth", type=int, choices=(1, 2), help="the OAuth version")
    parser.add_argument("--oneroster", choices=("1.1", "1.2"), help="the OneRoster version")
    parser.add_argument(
        "--size", choices=SIZES, default="small", help="how many people it has (default small)"
    )


_CONNECTION_OPTIONS = (
    "provider", "oauth", "oneroster", "base_url", "token_url", "client_id", "share", "created", "scope", "ca_file",
)  # fmt: skip


def given(options: argparse.Namespace) -> list[str]:
    """The connection options that stand on the command line, as they are written there."""
    names = [name for name in _CONNECTION_OPTIONS if getattr(options, name) is not None]
    names += ["allow_plain_http"] if options.allow_plain_http else []
    return [f"--{name.replace('_', '-')}" for name in names]


def connection_of(options: argparse.Namespace) -> Connection:
    """The connection that the options describe; CommandLineError for a value that cannot be used."""
    from oneroster_checks.errors import UnknownProvider
    from oneroster_checks.providers import provider

    id = options.provider or "infinite-campus"
    try:
        provider(id)
    except UnknownProvider as error:
        raise CommandLineError(str(error)) from None
    oauth = cast("OAuthVersion", options.oauth or 2)
    for name in ("base_url", "client_id", *(("token_url",) if oauth == 2 else ())):
        if not (getattr(options, name) or "").strip():
            raise CommandLineError(
                f"--{name.replace('_', '-')} is missing. Name a saved profile, or give --base-url, --client-id "
                "and, for OAuth 2, --token-url."
            )
    return Connection(
        provider=id,
        oauth=oauth,
        oneroster=cast("OneRosterVersion", options.oneroster or "1.2"),
        base_url=options.base_url,
        token_url=options.token_url or "",
        client_id=options.client_id,
        share=share_of(options.share),
        created=day_of(options.created),
        scope=options.scope or "",
        ca_file=ca_file_of(options.ca_file),
        timeout=timeout_of(options.timeout) or REQUEST_S,
        allow_plain_http=options.allow_plain_http,
    )


def share_of(text: str | None) -> tuple[Share, ...]:
    """What should be shared, from a comma list; rostering when nothing is said."""
    if text is None:
        return ("rostering",)
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in SHARES]
    if unknown or not names:
        wrong = f"--share does not know “{unknown[0]}”" if unknown else "--share is empty"
        raise CommandLineError(f"{wrong}. It takes a comma list of: {', '.join(SHARES)}.")
    return tuple(part for part in SHARES if part in names)


def day_of(text: str | None) -> date | None:
    """A day written as YYYY-MM-DD."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise CommandLineError(
            f"--created “{text}” is no day. Write it as YYYY-MM-DD, such as 2026-08-15."
        ) from None
    if day > date.today():
        raise CommandLineError(
            f"--created {day} lies in the future. Give the day on which the connection was created."
        )
    return day


def timeout_of(seconds: float | None) -> float | None:
    """The limit of one request in seconds."""
    if seconds is None:
        return None
    if not 0 < seconds <= LONGEST_REQUEST_S:
        raise CommandLineError(f"--timeout takes seconds above 0 and up to {LONGEST_REQUEST_S:g}.")
    return seconds


def ca_file_of(path: str | None) -> str:
    """A PEM file that can be read and holds a certificate."""
    if not path:
        return ""
    import ssl

    try:
        ssl.create_default_context(cafile=path)
    except (OSError, ssl.SSLError):
        raise CommandLineError(
            f"the CA file {path} cannot be read as a PEM file with certificates."
        ) from None
    return path


def secrets_of(environment: Mapping[str, str] = os.environ) -> Credentials:
    """The secrets of the environment; those that are not set are empty."""
    values = {field: Secret(environment.get(name, "")) for field, name in SECRET_VARIABLES.items()}
    return Credentials(**values)


def known_problem(code: str | None) -> str | None:
    """A problem of the practice district, or none; CommandLineError for one that it does not know."""
    if code is None:
        return None
    from oneroster_practice import problems

    if code not in {problem.code for problem in problems()}:
        raise CommandLineError(
            f"the practice district has no problem “{code}”. `oneroster-wizard practice --list` lists them."
        )
    return code

"""The options of `check` that describe a connection, and the connection that they describe."""

from __future__ import annotations

import argparse
from datetime import date
from typing import cast

from oneroster_checks.connection import CAMPUS, SHARES, Connection, OAuthVersion, OneRosterVersion
from oneroster_checks.limits import (
    LONGEST_READ_MINUTES,
    LONGEST_REQUEST_S,
    READ_MINUTES,
    REQUEST_S,
    SHORTEST_READ_MINUTES,
    SHORTEST_REQUEST_S,
    is_read_limit,
    is_request_limit,
)

from ..nearest import did_you_mean
from .completes import Named, completes
from .errors import CommandLineError
from .shared_options import share_of

_NAMES = (
    "provider", "oauth", "oneroster", "base_url", "token_url", "client_id", "share", "created", "scope", "ca_file",
)  # fmt: skip


_SWITCHES = ("fixed_token", "allow_plain_http")


def add_connection(parser: argparse.ArgumentParser) -> None:
    """Add the options that describe a connection."""
    add = parser.add_argument_group("the connection, when no profile is named").add_argument
    provider = add("--provider", help=f"{CAMPUS} (default), generic, aeries, powerschool, classlink, …")
    completes(provider, Named.PROVIDER)
    add("--oauth", type=int, choices=(1, 2), help="the OAuth version (default 2)")
    add(
        "--fixed-token",
        action="store_true",
        help="the secret is the bearer token itself: no token URL and no key (the ClassLink proxy)",
    )
    add("--oneroster", choices=("1.1", "1.2"), help="the OneRoster version (default 1.2)")
    add("--base-url", metavar="URL")
    add("--token-url", metavar="URL", help="needed for OAuth 2")
    add("--client-id", metavar="ID", help="the key")
    add(
        "--share",
        metavar="LIST",
        help=f"the data you expect: a comma-separated list of {', '.join(SHARES)} (default rostering)",
    )
    add("--created", metavar="YYYY-MM-DD", help="the day the connection was created")
    add("--scope", metavar="TEXT", help="the scope to request, if the provider needs a special one")
    ca_file = add("--ca-file", metavar="PATH", help="a PEM file with more certificate authorities")
    completes(ca_file, Named.FILE)
    add(
        "--allow-plain-http",
        action="store_true",
        help="send credentials over http to another computer anyway",
    )


def given(options: argparse.Namespace) -> list[str]:
    """The connection options that were typed, as they are written there."""
    names = [name for name in _NAMES if getattr(options, name) is not None]
    names += [name for name in _SWITCHES if getattr(options, name)]
    return [f"--{name.replace('_', '-')}" for name in names]


def connection_of(options: argparse.Namespace) -> Connection:
    """The connection that the options describe; CommandLineError for a value that cannot be used."""
    from oneroster_checks.errors import UnknownProvider
    from oneroster_checks.providers import provider

    id = options.provider or CAMPUS
    try:
        provider(id)
    except UnknownProvider as error:
        raise CommandLineError(f"{error}{did_you_mean_provider(id)}") from None
    oauth = cast("OAuthVersion", options.oauth or 2)
    for name in _needed(options, oauth):
        if not (getattr(options, name) or "").strip():
            raise CommandLineError(
                f"--{name.replace('_', '-')} is missing. Name a saved profile, or give --base-url, --client-id "
                "and, for OAuth 2, --token-url. With --fixed-token, --base-url is enough."
            )
    return Connection(
        provider=id,
        oauth=oauth,
        oneroster=cast("OneRosterVersion", options.oneroster or "1.2"),
        base_url=options.base_url,
        token_url=options.token_url or "",
        client_id=options.client_id or "",
        share=share_of(options.share),
        created=_day_of(options.created),
        scope=options.scope or "",
        ca_file=options.ca_file or "",
        timeout=timeout_of(options.timeout) or REQUEST_S,
        allow_plain_http=options.allow_plain_http,
        fixed_token=options.fixed_token,
    )


def did_you_mean_provider(typed: str) -> str:
    """A question for the provider that was meant, with the space before it; "" where none is near enough."""
    from oneroster_checks.providers import providers

    return did_you_mean(typed, (each.id for each in providers()))


def _needed(options: argparse.Namespace, oauth: OAuthVersion) -> tuple[str, ...]:
    """The options that a connection cannot do without; CommandLineError for those that exclude each other."""
    if not options.fixed_token:
        return ("base_url", "client_id", *(("token_url",) if oauth == 2 else ()))
    if oauth == 1:
        raise CommandLineError("--fixed-token goes with OAuth 2 only. Leave out --oauth 1 or --fixed-token.")
    if options.token_url:
        raise CommandLineError(
            "With --fixed-token no token is requested. Leave out --token-url or --fixed-token."
        )
    return ("base_url",)


def timeout_of(seconds: float | None) -> float | None:
    """The time limit of one request in seconds, None when none was named; CommandLineError for an impossible one."""
    if seconds is None:
        return None
    if not is_request_limit(seconds):
        raise CommandLineError(f"--timeout takes {SHORTEST_REQUEST_S:g} to {LONGEST_REQUEST_S:g} seconds.")
    return seconds


def minutes_of(minutes: float | None) -> float:
    """The minutes that a full read may take, the usual ones for None; CommandLineError for an impossible number."""
    if minutes is None:
        return READ_MINUTES
    if not is_read_limit(minutes):
        raise CommandLineError(
            f"--max-minutes takes {SHORTEST_READ_MINUTES:g} to {LONGEST_READ_MINUTES:g} minutes."
        )
    return minutes


def _day_of(text: str | None) -> date | None:
    from oneroster_checks.days import DayProblem, read_day

    read = read_day(text or "")
    if read.problem is DayProblem.IN_THE_FUTURE:
        raise CommandLineError(
            f"--created {read.day} is in the future. Give the day the connection was created."
        )
    if read.problem is not None:
        raise CommandLineError(
            f"--created “{text}” is not a date. Write it as YYYY-MM-DD, such as 2026-08-15."
        )
    return read.day

"""`oneroster-wizard explain`: what a cause means, how it is recognized, and how to fix it."""

from __future__ import annotations

import argparse

from oneroster_checks.connection import CAMPUS
from oneroster_checks.errors import UnknownCause, UnknownProvider

from ..nearest import did_you_mean, nearest
from .ansi_style import columns_here
from .completes import Named, completes
from .connection_options import did_you_mean_provider
from .console import say, say_text
from .errors import CommandLineError
from .exit_codes import ExitCode

DESCRIPTION = "Explains a cause that a report names. Without a cause, all of them are listed."

EXAMPLES = (
    ("every cause", "oneroster-wizard explain"),
    ("one of them", "oneroster-wizard explain gradebook.not-enabled"),
    ("its steps at another provider", "oneroster-wizard explain token.scope-required --provider aeries"),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `explain`."""
    cause = parser.add_argument(
        "cause", nargs="?", metavar="CAUSE", help="a cause; without one, all are listed"
    )
    provider = parser.add_argument(
        "--provider", default=CAMPUS, help=f"whose steps to show (default {CAMPUS})"
    )
    completes(cause, Named.CAUSE)
    completes(provider, Named.PROVIDER)


def _meant(typed: str) -> str:
    """What somebody may have meant: one cause, or those of the section that the word begins with."""
    from oneroster_checks.causes import codes

    one = did_you_mean(typed, codes())
    section = None if one else nearest(typed.partition(".")[0], {code.partition(".")[0] for code in codes()})
    if section is None:
        return one
    return f" Causes of {section}: {', '.join(code for code in codes() if code.startswith(f'{section}.'))}."


def run(options: argparse.Namespace) -> ExitCode:
    """Print the explanation or the list; CommandLineError for a cause or a provider that does not exist."""
    from oneroster_checks.causes.explanation import explain, listing
    from oneroster_checks.causes.help_pages import pages_of

    if options.cause is None:
        say_text(listing())
        return ExitCode.OK
    try:
        say_text(explain(options.cause, options.provider, columns_here()))
    except UnknownCause:
        raise CommandLineError(
            f"There is no cause “{options.cause}”.{_meant(options.cause)} `oneroster-wizard explain` lists them."
        ) from None
    except UnknownProvider as error:
        raise CommandLineError(f"{error}{did_you_mean_provider(options.provider)}") from None
    # An address in sight is one that every terminal lets people open or copy.
    addresses = [f"  {page.address}" for page in pages_of(options.cause, provider=options.provider)]
    if addresses:
        say(*addresses)
    return ExitCode.OK

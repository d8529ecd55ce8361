"""`oneroster-wizard compare`: two kept runs side by side, of two profiles or of one, what differs first."""

from __future__ import annotations

import argparse

from ..comparison import compared
from ..named_run import NoSuchRun, last_and_earlier, named_run
from ..storage.profiles import ProfileError, ProfileStore
from .ansi_style import columns_here
from .completes import Named, completes
from .console import write_report_text
from .errors import CommandLineError
from .exit_codes import ExitCode

DESCRIPTION = (
    "Shows two runs side by side: findings, versions, fields, and counts, what differs first. NAME is the last run of "
    "a saved profile, NAME@2 the run before it, NAME@2026-11-20 the last run of that day. With one name, its last run "
    "is compared with the one before it, or, where it failed, with the last one that worked. Nothing is sent. The exit "
    "code is 0 whether the runs differ or not."
)
EXAMPLES = (
    ("the last runs of two connections", "oneroster-wizard compare my-district other-district"),
    ("why one stopped working", "oneroster-wizard compare my-district"),
    (
        "a day's last run, and the latest one",
        "oneroster-wizard compare my-district@2026-11-20 my-district",
    ),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `compare`."""
    left = parser.add_argument(
        "left", metavar="A", help="a profile, or one of its runs: NAME, NAME@2, NAME@2026-11-20"
    )
    right = parser.add_argument(
        "right", nargs="?", metavar="B", help="the other one; without it, an earlier run of A"
    )
    completes(left, Named.PROFILE)
    completes(right, Named.PROFILE)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="the format (default text)"
    )
    parser.add_argument(
        "-v",
        dest="everything",
        action="store_true",
        help="text: also what passed in both, and what only one run has",
    )


def run(options: argparse.Namespace) -> ExitCode:
    """Show the comparison; CommandLineError for a name that no profile or run has, or a history that cannot be read."""
    store = ProfileStore()
    try:
        with store.history:
            if options.right is None:
                left, right = last_and_earlier(store, options.left)
            else:
                left, right = named_run(store, options.left), named_run(store, options.right)
    except (ProfileError, NoSuchRun) as error:
        raise CommandLineError(str(error)) from None
    found = compared(left, right)
    if options.format == "json":
        from oneroster_checks.report.json_compared import comparison_json

        write_report_text(comparison_json(found), utf8=True)
    else:
        from oneroster_checks.report.text_compared import comparison_text

        write_report_text(comparison_text(found, columns_here(), everything=options.everything), utf8=False)
    return ExitCode.OK

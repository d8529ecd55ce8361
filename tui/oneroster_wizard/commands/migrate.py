"""`oneroster-wizard migrate`: whether it is safe to move from one saved connection to another, and what to do first."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .. import stopping
from ..profile_secrets import Unable
from ..streams import reader_may_leave
from .ansi_style import columns_here, style_here
from .completes import Named, completes
from .connection_options import minutes_of, timeout_of
from .console import tell
from .errors import CommandLineError
from .exit_codes import ExitCode
from .letterhead_options import add_letterhead, letterhead_of
from .move_runs import code_of, compared, mapping_file, refuse_mapping, side_of
from .output import STANDARD_OUTPUT, refuse_output, write_in_form
from .profile_job import profile_job
from .saved_profiles import saved_profiles
from .secret_options import add_secrets_of_sides, secrets_of_sides

if TYPE_CHECKING:
    from oneroster_checks.moving.model import Moved

    from ..storage.profiles import Profile

DESCRIPTION = (
    "Reads two saved connections of one district whole, one request at a time to a host, and says whether it is safe "
    "to move from OLD to NEW: who and what matches, is missing, new, or changed, and what to do first. Without NEW, it "
    "says what the move will take, and requests nothing. Exit code 0: safe, 1: not yet, 2: the command line, a "
    "profile, or a secret is wrong or missing, 3: the tool itself failed."
)
EXAMPLES = (
    ("whether it is safe to move", "oneroster-wizard migrate lakeside-1p1 lakeside-1p2"),
    ("what the move will take, before there is a new connection", "oneroster-wizard migrate lakeside-1p1"),
    (
        "the old and new sourcedIds of everything that matches",
        "oneroster-wizard migrate lakeside-1p1 lakeside-1p2 --mapping mapping.csv",
    ),
    (
        "a page for the district",
        "oneroster-wizard migrate lakeside-1p1 lakeside-1p2 --format html --output move.html",
    ),
    ('every profile with a line such as moves_to = "lakeside-1p2"', "oneroster-wizard migrate --all"),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `migrate`."""
    parser.usage = "%(prog)s [OLD [NEW]] [OPTIONS]"
    old = parser.add_argument("old", nargs="?", metavar="OLD", help="the saved profile to move from")
    new = parser.add_argument("new", nargs="?", metavar="NEW", help="the saved profile to move to")
    completes(old, Named.PROFILE)
    completes(new, Named.PROFILE)
    parser.add_argument(
        "--all", action="store_true", help="every pair that the profiles name by moves_to, as a table"
    )
    mapping = parser.add_argument(
        "--mapping",
        metavar="FILE",
        help="write old sourcedId, new sourcedId and kind of all that matches to this CSV file; an id that a "
        "spreadsheet would take for a formula has an apostrophe before it",
    )
    completes(mapping, Named.FILE)
    parser.add_argument(
        "--timeout", type=float, metavar="SECONDS", help="time limit of one request (default 30)"
    )
    parser.add_argument(
        "--max-minutes", type=float, metavar="MINUTES", help="how long each side may take (default 60)"
    )
    add_secrets_of_sides(parser)
    add = parser.add_argument_group("the report").add_argument
    add("--format", choices=("text", "json", "html"), default="text", help="the format (default text)")
    output = add("--output", metavar="PATH", help="write the report to this path (- for standard output)")
    completes(output, Named.FILE)
    add("-v", dest="everything", action="store_true", help="text: also what passed and what was not checked")
    add_letterhead(parser)


def run(options: argparse.Namespace) -> ExitCode:
    """Compare, and write the report; CommandLineError when something about the input is wrong."""
    from ..no_dumps import no_memory_for_others

    no_memory_for_others()
    _refuse(options)
    if options.all:
        from .many_moves import run_all

        return run_all(options)
    refuse_output(options.output)
    if options.new is None:
        return _ready(options)
    found = saved_profiles([options.old, options.new], every=False)
    moved = _compared(options, found)
    with reader_may_leave():
        write_in_form(_text(options, moved, found), options.output)
    return code_of(moved)


def _refuse(options: argparse.Namespace) -> None:
    """CommandLineError for arguments that do not go together."""
    if options.all and options.old:
        raise CommandLineError("Give the names of two profiles or --all, not both.")
    if not options.all and not options.old:
        raise CommandLineError("Name the profile to move from, and the one to move to; or give --all.")
    alone = options.all or options.new is None
    if options.mapping is not None and alone:
        raise CommandLineError("--mapping goes with two profiles: OLD and NEW.")
    if options.mapping in ("", STANDARD_OUTPUT):
        raise CommandLineError("--mapping needs the path of a file.")
    if options.format == "html" and alone:
        raise CommandLineError("--format html goes with two profiles: OLD and NEW. Choose text or json.")
    if options.new is not None and options.old == options.new:
        raise CommandLineError("OLD and NEW are the same profile. Name two.")


def _compared(options: argparse.Namespace, found: Sequence[Profile | Unable]) -> Moved:
    """Both sides compared, with the mapping in its file where one is wanted and all of it is known."""
    given = secrets_of_sides(options)
    timeout, minutes = timeout_of(options.timeout), minutes_of(options.max_minutes)
    sides = [
        side_of(profile_job(each, timeout, own, [other]))
        for each, other, own in zip(found, reversed(found), given, strict=True)
    ]
    if options.mapping is None:
        return stopping.run(compared(sides[0], sides[1], minutes))
    refuse_mapping(options.mapping)
    with mapping_file(options.mapping) as mapping:
        moved = stopping.run(compared(sides[0], sides[1], minutes, mapping.take))
        mapping.done()
    return moved


def _ready(options: argparse.Namespace) -> ExitCode:
    """Say what the move of one connection will take."""
    from oneroster_checks.clock import Clock
    from oneroster_checks.moving.readiness import readiness
    from oneroster_checks.report.readiness import readiness_json, readiness_text
    from oneroster_checks.report.text_style import UNMARKED

    (profile,) = saved_profiles([options.old], every=False)
    if isinstance(profile, Unable):
        raise CommandLineError(profile.sentence)
    found = readiness(profile.connection, Clock().now().date())
    if options.format == "json":
        text = readiness_json(found, profile.name, profile.connection)
    else:
        style = style_here() if options.output in (None, STANDARD_OUTPUT) else UNMARKED
        text = readiness_text(found, profile.name, profile.connection, width=columns_here(), style=style)
    with reader_may_leave():
        write_in_form(text, options.output)
    if profile.moves_to:
        names = f"{shlex.quote(profile.name)} {shlex.quote(profile.moves_to)}"
        tell(f"To compare it with the connection that replaces it, run: oneroster-wizard migrate {names}")
    return ExitCode.OK


def _text(options: argparse.Namespace, moved: Moved, found: Sequence[Profile | Unable]) -> str:
    from oneroster_checks.report.moved import move_html, move_json, move_text
    from oneroster_checks.report.text import WIDTH
    from oneroster_checks.report.text_style import UNMARKED

    if options.format == "json":
        return move_json([moved])
    if options.format == "html":
        return move_html(moved, letterhead_of(options, found)(moved.result))
    marked = options.output in (None, STANDARD_OUTPUT)
    width, style = (columns_here(), style_here()) if marked else (WIDTH, UNMARKED)
    return move_text(moved, everything=options.everything, width=width, style=style)

"""`migrate --all`: every pair of profiles that one of them names by `moves_to`, one after the other, as a table."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .. import stopping
from ..move_pairs import NO_PAIR, pairs_of
from ..profile_secrets import Unable
from ..streams import reader_may_leave
from .ansi_style import columns_here, style_here
from .connection_options import minutes_of, timeout_of
from .console import complain
from .errors import CommandLineError
from .exit_codes import ExitCode
from .move_runs import code_of, compared, side_of
from .output import STANDARD_OUTPUT, refuse_output, write_in_form
from .profile_job import profile_job
from .saved_profiles import saved_profiles
from .secret_options import secrets_of_sides

if TYPE_CHECKING:
    from oneroster_checks.moving.model import Moved

    from ..storage.profiles import Profile

_HEADINGS = ("Old", "New", "Verdict", "First step")


def run_all(options: argparse.Namespace) -> ExitCode:
    """Compare every pair, and write the table; CommandLineError when there is none."""
    refuse_output(options.output)
    timeout, minutes = timeout_of(options.timeout), minutes_of(options.max_minutes)
    # No two districts share a client secret, so only the vendor's own pair can be given for all.
    if options.old_secret_from or options.new_secret_from:
        raise CommandLineError(
            "--old-secret-from and --new-secret-from go with two profiles. Leave out --all."
        )
    given, _ = secrets_of_sides(options)
    found = saved_profiles([], every=True)
    pairs = pairs_of([each for each in found if not isinstance(each, Unable)])
    if not pairs:
        raise CommandLineError(NO_PAIR)
    every: list[Profile | Unable] = [
        each for pair in pairs for each in (pair.old, pair.new) if each is not None
    ]
    moved: list[Moved] = []
    rows: list[tuple[str, str, str, str]] = []
    code = ExitCode.OK
    for pair in pairs:
        new = pair.old.moves_to
        try:
            if pair.new is None:
                raise CommandLineError(pair.why)
            sides = [side_of(profile_job(each, timeout, given, every)) for each in (pair.old, pair.new)]
            ended = stopping.run(compared(sides[0], sides[1], minutes))
        except CommandLineError as error:
            complain(str(error))
            rows.append((pair.old.name, new, "Not compared", str(error)))
            code = max(code, ExitCode.USAGE)
            continue
        moved.append(ended)
        rows.append(_row(ended))
        code = max(code, code_of(ended))
    with reader_may_leave():
        write_in_form(_document(moved) if options.format == "json" else _table(rows, options), options.output)
    return code


def _row(moved: Moved) -> tuple[str, str, str, str]:
    from oneroster_checks.report.moved import table_row

    return table_row(moved)


def _document(moved: Sequence[Moved]) -> str:
    from oneroster_checks.report.moved import move_json

    return move_json(moved)


def _table(rows: Sequence[tuple[str, str, str, str]], options: argparse.Namespace) -> str:
    """The rows as a table with the last column wrapped under itself, ending in a line break."""
    from oneroster_checks.report.text_style import UNMARKED
    from oneroster_checks.visible import visible

    shown = [tuple(map(visible, row)) for row in rows]
    widths = [max(len(row[place]) for row in (_HEADINGS, *shown)) for place in range(3)]
    begin = sum(widths) + 2 * len(widths)
    room = max(columns_here() - begin, 30)
    lines: list[str] = []
    for row in (_HEADINGS, *shown):
        first, *rest = textwrap.wrap(row[3], room, break_long_words=False) or [""]
        cells = "  ".join(row[place].ljust(widths[place]) for place in range(3))
        lines += [f"{cells}  {first}".rstrip(), *(f"{' ' * begin}{line}" for line in rest)]
    style = style_here() if options.output in (None, STANDARD_OUTPUT) else UNMARKED
    return "\n".join([style.heading(lines[0]), *lines[1:]]) + "\n"

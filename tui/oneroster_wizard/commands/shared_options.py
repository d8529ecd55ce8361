"""Options that several commands have."""

from __future__ import annotations

import argparse

from oneroster_checks.connection import SHARES, Share
from oneroster_checks.report import FORMATS, MESSAGES

from ..nearest import did_you_mean
from .completes import Named, completes
from .errors import CommandLineError
from .letterhead_options import add_letterhead


def add_output(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    """Add the form and the place of a report, and what of it; `default` is the form when none is named."""
    add = parser.add_argument_group("the report").add_argument
    add(
        "--format",
        choices=(*FORMATS, *MESSAGES),
        default=default,
        help="the format of the report (default text)",
    )
    output = add("--output", metavar="PATH", help="write the report to this path (- for standard output)")
    completes(output, Named.FILE)
    add("-v", dest="everything", action="store_true", help="text: also what passed and what was not checked")
    add_letterhead(parser)


def add_practice(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what the practice district is like."""
    from oneroster_practice import SIZES

    add = parser.add_argument_group("the practice district").add_argument
    problem = add("--problem", metavar="CAUSE", help="give the practice district this problem")
    completes(problem, Named.PROBLEM)
    add("--oauth", type=int, choices=(1, 2), help="the OAuth version")
    add("--oneroster", choices=("1.1", "1.2"), help="the OneRoster version")
    add("--size", choices=tuple(SIZES), default="small", help="how many people it has (default small)")
    add(
        "--count",
        type=int,
        metavar="N",
        help="how many times to plant a data problem (data.…; the default is 3 for most)",
    )


def share_of(text: str | None) -> tuple[Share, ...]:
    """The parts that a comma list names, rostering for none; CommandLineError for a list that names others."""
    if text is None:
        return ("rostering",)
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in SHARES]
    if unknown or not names:
        meant = did_you_mean(unknown[0], SHARES) if unknown else ""
        wrong = f"--share does not take “{unknown[0]}”." if unknown else "--share is empty."
        raise CommandLineError(f"{wrong}{meant} It takes a comma-separated list of: {', '.join(SHARES)}.")
    return tuple(part for part in SHARES if part in names)


def known_problem(code: str | None) -> str | None:
    """A problem of the practice district, or none; CommandLineError for one that it does not know."""
    if code is None:
        return None
    from oneroster_practice import problems

    known = {problem.code for problem in problems()}
    if code not in known:
        raise CommandLineError(
            f"There is no practice problem “{code}”.{did_you_mean(code, known)} "
            "`oneroster-wizard practice --list` lists them."
        )
    return code

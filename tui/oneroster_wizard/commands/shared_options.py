"""Options that several commands have."""

from __future__ import annotations

import argparse

from oneroster_checks.connection import SHARES, Share
from oneroster_checks.report import FORMATS, MESSAGES

from .errors import CommandLineError
from .letterhead_options import add_letterhead


def add_output(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    """Add the form and the place of a report; `default` is the form when none is named."""
    parser.add_argument(
        "--format",
        choices=(*FORMATS, *MESSAGES),
        default=default,
        help="the format of the report (default text)",
    )
    parser.add_argument(
        "--output", metavar="PATH", help="write the report to this path, or with - to standard output"
    )
    add_letterhead(parser)


def add_practice(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what the practice district is like."""
    from oneroster_practice import SIZES

    parser.add_argument("--problem", metavar="CAUSE", help="give the practice district this fault")
    parser.add_argument("--oauth", type=int, choices=(1, 2), help="the OAuth version")
    parser.add_argument("--oneroster", choices=("1.1", "1.2"), help="the OneRoster version")
    parser.add_argument(
        "--size", choices=tuple(SIZES), default="small", help="how many people it has (default small)"
    )
    parser.add_argument(
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
        wrong = f"--share does not know “{unknown[0]}”" if unknown else "--share is empty"
        raise CommandLineError(f"{wrong}. It takes a comma list of: {', '.join(SHARES)}.")
    return tuple(part for part in SHARES if part in names)


def known_problem(code: str | None) -> str | None:
    """A problem of the practice district, or none; CommandLineError for one that it does not know."""
    if code is None:
        return None
    from oneroster_practice import problems

    if code not in {problem.code for problem in problems()}:
        raise CommandLineError(
            f"The practice district has no problem “{code}”. `oneroster-wizard practice --list` lists them."
        )
    return code

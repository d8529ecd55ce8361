"""`oneroster-wizard practice`: serves the practice district until it is stopped."""

from __future__ import annotations

import argparse
import json
import signal
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

from oneroster_checks.connection import SHARES

from .. import stopping
from .console import say, say_json
from .errors import CommandLineError
from .exit_codes import ExitCode
from .shared_options import add_practice, known_problem, share_of

if TYPE_CHECKING:
    from oneroster_practice import PracticeDistrict, PracticePair

DESCRIPTION = (
    "Serves the practice district on this computer only, until it is stopped. One line of JSON gives "
    "its address and credentials."
)

EXAMPLES = (
    ("the problems it can have", "oneroster-wizard practice --list"),
    ("a district with one of them", "oneroster-wizard practice --problem gradebook.not-enabled"),
    (
        "a large one that also shares the grade book",
        "oneroster-wizard practice --size large --share rostering,gradebook",
    ),
    (
        "both sides of a move, with a problem between them",
        "oneroster-wizard practice --pair --problem migrate.users-lost",
    ),
    ("a data problem, twelve times", "oneroster-wizard practice --problem data.missing-email --count 12"),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `practice`."""
    add_practice(parser)
    parser.add_argument("--port", type=int, default=0, help="the port (default 0: any free one)")
    parser.add_argument("--list", action="store_true", help="print the problems it can have, and exit")
    parser.add_argument(
        "--pair",
        action="store_true",
        help="both sides of a move: the same people by OneRoster 1.1 and by 1.2, each at a port of its own",
    )
    parser.add_argument(
        "--share",
        metavar="LIST",
        help=f"what it shares: a comma-separated list of {', '.join(SHARES)} "
        "(default rostering, and what the problem needs)",
    )


def run(options: argparse.Namespace) -> ExitCode:
    """Serve the district after its line, or list its problems; CommandLineError when it cannot be served."""
    from oneroster_practice import PracticeError

    if options.list:
        return _list()
    if not 0 <= options.port < 65536:
        raise CommandLineError("--port takes a number from 0 to 65535.")
    stopped = threading.Event()
    with ExitStack() as served:
        # From before its making on: a signal then leaves nothing of it behind, and whoever reads the line may
        # stop the district at once.
        served.enter_context(stopping.listening(lambda number: stopped.set()))
        try:
            district: PracticeDistrict | PracticePair = _pair(options) if options.pair else _district(options)
            served.enter_context(district)
        except PracticeError as error:
            raise CommandLineError(str(error)) from None
        except OSError as error:
            raise CommandLineError(f"Port {options.port} cannot be used ({error.strerror}).") from None
        say_json(json.dumps(district.ready_line()))
        stopped.wait()
    if stopping.told() != signal.SIGTERM:
        stopping.raise_if_told()
    # To a server SIGTERM is the usual word that its work is done.
    return ExitCode.OK


def _district(options: argparse.Namespace) -> PracticeDistrict:
    from oneroster_practice import PracticeDistrict

    return PracticeDistrict(
        known_problem(options.problem),
        oauth=options.oauth,
        oneroster=options.oneroster,
        size=options.size,
        share=share_of(options.share),
        port=options.port,
        count=options.count,
    )


def _pair(options: argparse.Namespace) -> PracticePair:
    from oneroster_practice import PracticePair

    if options.oneroster is not None:
        raise CommandLineError("--pair serves OneRoster 1.1 and 1.2. Leave out --oneroster.")
    return PracticePair(
        known_problem(options.problem),
        oauth=options.oauth,
        size=options.size,
        share=share_of(options.share),
        port=options.port,
        count=options.count,
    )


def _list() -> ExitCode:
    from oneroster_practice import problems

    width = max(len(problem.code) for problem in problems())
    for problem in problems():
        say(f"{problem.code.ljust(width)}  {problem.title}")
    return ExitCode.OK

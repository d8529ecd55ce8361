"""`oneroster-wizard practice`: serves the practice district until it is stopped."""

from __future__ import annotations

import argparse
import json
import signal
import threading
from types import FrameType

from ..cli import OK
from .parser import CommandLineError, known_problem


def practice(options: argparse.Namespace) -> int:
    """Serve the practice district, after one JSON line that says where; or list its problems."""
    from oneroster_practice import PracticeDistrict, PracticeError, problems

    if options.list:
        width = max(len(problem.code) for problem in problems())
        for problem in problems():
            print(f"{problem.code.ljust(width)}  {problem.title}")
        return OK
    if not 0 <= options.port < 65536:
        raise CommandLineError("--port takes a number from 0 to 65535.")
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    # Set before the line is printed: whoever reads it may end the district at once.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    try:
        district = PracticeDistrict(
            known_problem(options.problem),
            oauth=options.oauth,
            oneroster=options.oneroster,
            size=options.size,
            port=options.port,
        )
        with district:
            print(json.dumps(district.ready_line()), flush=True)
            stopped.wait()
    except PracticeError as error:
        raise CommandLineError(str(error)) from None
    except OSError as error:
        raise CommandLineError(f"port {options.port} cannot be used ({error.strerror}).") from None
    return OK

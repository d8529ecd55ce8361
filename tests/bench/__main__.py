"""`python -m tests.bench`: start-up, the cost of a run, how often the cause is right. It asserts nothing."""

from __future__ import annotations

import asyncio
import sys

from .districts import right_causes
from .startup import help_against_python, screen_against_textual
from .whole_run import healthy_run


def main() -> None:
    """Print one line a figure, and below it what it is made of."""
    for measure in (help_against_python, screen_against_textual):
        print(measure(), flush=True)
    print(asyncio.run(healthy_run()), flush=True)
    print(asyncio.run(right_causes()), flush=True)


if __name__ == "__main__":
    if sys.platform == "win32":
        sys.exit("The bench opens pseudo-terminals, which Windows does not have.")
    main()

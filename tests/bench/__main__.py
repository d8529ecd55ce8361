"""`python -m tests.bench`: start-up, a run and many, a full read, how often the cause is right. It asserts nothing.

BENCHMARKS.md keeps the figures, and has a row for every line of `line.Name`.
"""

from __future__ import annotations

import asyncio
import sys

from .decoders import decoders
from .districts import right_causes
from .full_read import full_read
from .many import many
from .move import move
from .references import references
from .startup import help_against_python, screen_against_textual
from .traces import traces
from .whole_run import healthy_run


def main() -> None:
    """Print one line a figure, and below it what it is made of."""
    for measure in (help_against_python, screen_against_textual):
        print(measure(), flush=True)
    print(asyncio.run(healthy_run()), flush=True)
    for each in (*many(), *full_read()):
        print(each, flush=True)
    print(move(), flush=True)
    print(decoders(), flush=True)
    print(references(), flush=True)
    print(asyncio.run(traces()), flush=True)
    print(asyncio.run(right_causes()), flush=True)


if __name__ == "__main__":
    if sys.platform == "win32":
        sys.exit("The bench opens pseudo-terminals, which Windows does not have.")
    main()

"""Both sides of a move compared, against one full read of one side.

`python -m tests.bench.move` measures it at 120,000 users and 878,000 enrollments a side, `--size` another size.
"""

from __future__ import annotations

import argparse
from statistics import median
from typing import Any

from .line import Name, line, spread
from .processes import asked, static_pages
from .static_pages import EVERY_SIZE

GOAL, TRIES = 2.2, 3


def move(size: str = "large", tries: int = TRIES) -> str:
    """The line of a comparison against a full read, in turns, so that a busy moment of the machine meets both."""
    with static_pages(size, oneroster="1.1") as before, static_pages(size, oneroster="1.2") as after:
        sides = [before.given, after.given]
        # The first runs make the pages.
        after.engine()
        asked("tests.bench.move_run", sides)
        reads: list[float] = []
        moves: list[dict[str, Any]] = []
        for _ in range(tries):
            reads.append(after.engine()["seconds"])
            moves.append(asked("tests.bench.move_run", sides))
    took = [each["seconds"] for each in moves]
    last = moves[-1]
    made_of = [
        f"{median(took):.2f} s ({spread(took)}) against {median(reads):.2f} s ({spread(reads)}) of the engine, "
        f"median of {tries}; without start-up",
        f"{last['records']:,} records of both sides in {last['requests']} requests, read in {last['read_s']:.2f} s, "
        f"then matched and judged; {last['cpu']:.2f} CPU seconds, {last['peak_mb']:.0f} MB at most: {last['status']}",
    ]
    return line(Name.MOVE, median(took) / median(reads), GOAL, "\n  ".join(made_of))


def main() -> None:
    """Print the line."""
    reader = argparse.ArgumentParser(description="Both sides of a move against one full read.")
    reader.add_argument("--size", choices=list(EVERY_SIZE), default="large")
    reader.add_argument("--tries", type=int, default=TRIES)
    given = reader.parse_args()
    print(move(given.size, given.tries), flush=True)


if __name__ == "__main__":
    main()

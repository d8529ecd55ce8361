"""A full read against a bare reader of the same pages, from a server whose pages are made once.

`python -m tests.bench.full_read` measures this checkout; `--code FOLDER` another one, `--size` another district,
`--oneroster 1.1` the other version; `--largest` the memory of 8.9 million records, which takes minutes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from .line import Name, line, spread
from .processes import ROOT, Client, StaticPages, static_pages
from .static_pages import EVERY_SIZE, NINE_MILLION, TWENTY_THOUSAND

GOAL, MEMORY_GOAL_MB, LARGEST_GOAL_MB, TRIES = 1.0, 60, 10, 3
# Checks that are named in the bench take at least this share of a run.
_WORTH_NAMING = 0.03


@dataclass
class Tries:
    """What the readers took, try by try: seconds of whole processes, and of the bare reader without its start-up."""

    client: Client
    bare: list[float] = field(default_factory=list)
    bare_alone: list[float] = field(default_factory=list)
    command: list[float] = field(default_factory=list)
    engine: list[dict[str, Any]] = field(default_factory=list)
    read: dict[str, Any] = field(default_factory=dict)
    requests: int = 0
    made: int = 0


def full_read(
    code: Path = ROOT, size: str = "large", oneroster: str = "1.2", tries: int = TRIES
) -> Iterator[str]:
    """The line of the time against a bare reader, and that of the memory against a run over 20,000 records."""
    with static_pages(size, code, oneroster) as pages:
        yield _time_line(_measured(pages, tries))
        large, _ = pages.peak()
    with static_pages(TWENTY_THOUSAND, code, oneroster) as pages:
        small, _ = pages.peak()
    yield _memory_line(Name.FULL_READ_MEMORY, large, small, MEMORY_GOAL_MB)


def largest_memory(code: Path = ROOT, oneroster: str = "1.2") -> str:
    """The line of the memory of 8.9 million records against 1.04 million. It takes minutes."""
    with static_pages("large", code, oneroster) as pages:
        large, _ = pages.peak()
    with static_pages(NINE_MILLION, code, oneroster) as pages:
        largest, records = pages.peak()
    read = f"; {records:,} records were read" if records else ""
    return _memory_line(Name.LARGEST_MEMORY, largest, large, LARGEST_GOAL_MB) + read


def _measured(pages: StaticPages, tries: int) -> Tries:
    """All tries, in turns, so that a busy moment of the machine meets every reader."""
    # The first run makes the pages, and tells which they are.
    urls = pages.engine()["urls"]
    clients: tuple[Client, ...] = ("sync", "async")
    done = Tries(min(clients, key=lambda client: float(pages.bare(urls, client)["wall"])))
    pages.counts()
    for _ in range(tries):
        done.read = pages.bare(urls, done.client)
        done.bare.append(done.read["wall"])
        done.bare_alone.append(done.read["seconds"])
        done.made += pages.counts()["made"]
        seconds, run = pages.command()
        done.command.append(seconds)
        done.requests = run["requests"]
        done.engine.append(pages.engine())
        pages.counts()
    return done


def _time_line(done: Tries) -> str:
    command, bare = median(done.command), median(done.bare)
    engine = sorted(done.engine, key=lambda each: float(each["seconds"]))[len(done.engine) // 2]
    records, pages, alone = done.read["records"], len(engine["urls"]), median(done.bare_alone)
    made_of = [
        f"{command:.2f} s ({spread(done.command)}) against {bare:.2f} s ({spread(done.bare)}) of httpx, "
        f"{done.client}, median of {len(done.bare)}; whole processes",
        f"{records:,} records of {done.read['bytes'] / 1e6:,.0f} MB in {pages} pages of {done.requests} requests; "
        f"{records / command:,.0f} records a second against {records / bare:,.0f}",
        f"without start-up: engine {engine['seconds']:.2f} s ({engine['seconds'] / alone:.2f} times), "
        f"{engine['status']}: {_phases(engine)}",
        f"CPU seconds: {engine['cpu_main']:.2f} of the reading thread, {engine['cpu_others']:.2f} of others"
        f"{_judging(engine)}; the bare reader {done.read['cpu']:.2f}",
    ]
    if done.made:
        made_of.append(f"{done.made} answers were made while they were read: these figures do not count")
    return line(Name.FULL_READ, command / bare, GOAL, "\n  ".join(made_of))


def _phases(engine: dict[str, Any]) -> str:
    """The seconds of the read, and of the checks beside it that took a while."""
    checks: dict[str, float] = engine["checks"]
    longest = sorted(checks.items(), key=lambda item: -item[1])
    named = [f"{check} {took:.2f}" for check, took in longest if took > _WORTH_NAMING * engine["seconds"]]
    rest = sum(took for _, took in longest[len(named) :])
    return f"{', '.join(named)}, {len(longest) - len(named)} other checks {rest:.2f}"


def _judging(engine: dict[str, Any]) -> str:
    judge: dict[str, float] = engine["judge"]
    return "".join(f", {name} {seconds:.2f}" for name, seconds in judge.items() if seconds)


def _memory_line(name: Name, more: float, less: float, goal: int) -> str:
    return line(name, more - less, goal, f"{more:.0f} MB against {less:.0f} MB", "MB")


def main() -> None:
    """Print the lines that the arguments ask for."""
    reader = argparse.ArgumentParser(description="A full read against a bare reader.")
    reader.add_argument("--code", type=Path, default=ROOT, help="the checkout that is measured")
    reader.add_argument("--size", choices=list(EVERY_SIZE), default="large")
    reader.add_argument("--oneroster", choices=("1.1", "1.2"), default="1.2")
    reader.add_argument("--tries", type=int, default=TRIES)
    reader.add_argument("--largest", action="store_true", help="the memory of 8.9 million records alone")
    given = reader.parse_args()
    if given.largest:
        print(largest_memory(given.code, given.oneroster))
        return
    for each in full_read(given.code, given.size, given.oneroster, given.tries):
        print(each, flush=True)


if __name__ == "__main__":
    main()

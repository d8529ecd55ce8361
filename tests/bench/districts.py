"""How often the root cause is right over the table of districts, and what a verdict costs."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import defaultdict
from contextlib import nullcontext
from pathlib import Path
from statistics import median

from oneroster_checks.result import Result
from oneroster_checks.stages.model import Depth
from tests.checks.districts import row as table
from tests.checks.districts.row import MOST_AT_FULL_DEPTH, MOST_WITH_WRITES
from tests.checks.districts.test_network import OLD_TLS, at_a_refusing_port
from tests.checks.districts.test_table import ROWS

from .line import Name

GOAL_RIGHT = 0.98
_WRITES, _FULL = "with a write test", "at full depth"
# What a verdict may cost in requests, by where the cause lies.
_MOST = {
    "a wrong address": 0,
    "a refused token": table.MOST_FOR_A_REFUSED_TOKEN,
    "a healthy one": table.MOST_FOR_A_HEALTHY_ONE,
    "anything else": table.MOST_FOR_ANYTHING,
    _WRITES: MOST_WITH_WRITES,
    _FULL: MOST_AT_FULL_DEPTH,
}


async def right_causes() -> str:
    """Both shares over the whole table, and the requests and seconds of each kind of district."""
    right = healthy = quiet = told = 0
    cost: dict[str, list[tuple[int, float]]] = defaultdict(list)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for each in ROWS:
            result, seconds = await _run(each, Path(folder))
            cost[_kind(each)].append((result.requests, seconds))
            if each.expected.status in ("healthy", "pass"):
                healthy += 1
                good = str(result.verdict.status) != "fail"
                quiet += good
            else:
                told += 1
                good = result.verdict.cause == each.expected.cause
                right += good
            if not good:
                wrong.append(f"{each.name} ({result.verdict.cause})")
    met = "met" if right >= GOAL_RIGHT * told and quiet == healthy else "NOT met"
    lines = [
        f"{Name.RIGHT_CAUSES}: {right} of {told} districts with a fault ({right / told:.1%}); no failure: {quiet} "
        f"of {healthy} healthy districts ({quiet / healthy:.1%}) (goal {GOAL_RIGHT:.0%} and all: {met})"
    ]
    lines += [_cost_line(kind, cost[kind]) for kind in _MOST]
    lines += [f"  not right: {name}" for name in wrong]
    return "\n".join(lines)


async def _run(row: table.Row, folder: Path) -> tuple[Result, float]:
    """The result of one row, and the seconds that it took."""
    there = at_a_refusing_port(row, folder) if row in OLD_TLS else nullcontext(row)
    with there as living:
        started = time.monotonic()
        result, _ = await table.run(living, folder)
        return result, time.monotonic() - started


def _kind(row: table.Row) -> str:
    """Which limit of requests a row is under: that of a healthy one also where it works with a warning."""
    expected = row.expected
    if row.depth is Depth.FULL:
        return _FULL
    if row.typed.write_test:
        return _WRITES
    if expected.status != "fail":
        return "a healthy one"
    return next(kind for kind, most in _MOST.items() if kind != "a healthy one" and expected.most <= most)


def _cost_line(kind: str, spent: list[tuple[int, float]]) -> str:
    requests, seconds = [item[0] for item in spent], [item[1] for item in spent]
    met = "met" if max(requests) <= _MOST[kind] else "NOT met"
    return (
        f"  {kind}: {len(spent)} districts, at most {max(requests)} requests (goal {_MOST[kind]}: {met}), median "
        f"{median(requests):g}; median {median(seconds):.2f} s, at most {max(seconds):.1f} s, together "
        f"{sum(seconds):.0f} s"
    )


if __name__ == "__main__":
    print(asyncio.run(right_causes()))

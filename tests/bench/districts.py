"""How often the root cause is right over the table of districts, and what a verdict costs."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from tests.checks.districts import row as table
from tests.checks.districts.test_network import OLD_TLS
from tests.checks.districts.test_table import ROWS

GOAL_RIGHT = 0.98
# What a verdict may cost in requests, by where the cause lies.
_MOST = {"a wrong address": 0, "a refused token": 4, "anything else": 30}
_KINDS = {most: kind for kind, most in _MOST.items()}


async def right_causes() -> str:
    """The share of rows with the right root cause first, and requests and seconds of the broken ones."""
    right = healthy = quiet = broken = 0
    cost: dict[str, list[tuple[int, float]]] = defaultdict(list)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for each in ROWS:
            if each in OLD_TLS:
                # These need a server that says why it hangs up; their test has one.
                continue
            started = time.monotonic()
            result, _ = await table.run(each, Path(folder))
            seconds = time.monotonic() - started
            verdict, expected = result.verdict, each.expected
            if expected.status in ("healthy", "pass"):
                healthy += 1
                quiet += str(verdict.status) != "fail"
                continue
            broken += 1
            if verdict.cause == expected.cause:
                right += 1
            else:
                wrong.append(each.name)
            cost[_KINDS[expected.most]].append((result.requests, seconds))
    met = "met" if right >= GOAL_RIGHT * broken and quiet == healthy else "NOT met"
    lines = [
        f"right root cause first: {right} of {broken} broken districts ({right / broken:.1%}), no failure on {quiet} "
        f"of {healthy} healthy ones (goal 98% and all: {met})"
    ]
    for kind, spent in sorted(cost.items()):
        most, longest = max(item[0] for item in spent), max(item[1] for item in spent)
        met = "met" if most <= _MOST[kind] else "NOT met"
        lines.append(
            f"  {kind}: {len(spent)} districts, at most {most} requests (goal {_MOST[kind]}: {met}), median "
            f"{median(item[0] for item in spent):g}; median {median(item[1] for item in spent):.2f} s, at most "
            f"{longest:.1f} s"
        )
    lines += [f"  not right: {name}" for name in wrong]
    return "\n".join(lines)


if __name__ == "__main__":
    print(asyncio.run(right_causes()))

"""One comparison of the two sides of a move by the engine in a process of its own: its seconds, and its memory.

A JSON list on standard input, the old side and the new one, each as the static pages print it; one JSON object on
standard output.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from typing import Any

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.moving.migrating import migrate
from oneroster_checks.moving.model import MoveSide


async def measured(given: list[dict[str, Any]]) -> dict[str, Any]:
    """What the comparison took, and what it found."""
    old, new = (_side(each) for each in given)
    read_s = 0.0
    started = time.perf_counter()

    def told(side: object, read: object, ended: bool) -> None:
        nonlocal read_s
        read_s = time.perf_counter() - started

    moved = await migrate(old, new, told=told)
    seconds = time.perf_counter() - started
    users = next(each for each in moved.report.kinds if each.kind == "users")
    return {
        "seconds": seconds, "read_s": read_s, "requests": moved.result.requests,
        "status": str(moved.result.verdict.status), "cause": moved.result.verdict.cause, "users": users.old,
        "records": sum(each.old + each.new for each in moved.report.kinds),
        "cpu": time.process_time(),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


def _side(given: dict[str, Any]) -> MoveSide:
    connection = Connection(
        oneroster=given["oneroster"], base_url=given["base_url"], token_url=given["token_url"],
        client_id=given["client_id"], timeout=60.0,
    )  # fmt: skip
    return MoveSide(connection, Credentials(Secret(given["client_secret"])), given["oneroster"])


def main() -> None:
    """Run it, and print what it took."""
    print(json.dumps(asyncio.run(measured(json.load(sys.stdin)))))


if __name__ == "__main__":
    main()

"""One full read by the engine in a process of its own: the seconds of each check, and the addresses of its pages.

One JSON object on standard input, as the static pages print it, one on standard output. It imports what is on the
path, so an older engine can be measured too.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from contextlib import aclosing
from typing import Any

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.diagnosis.runner import stream
from oneroster_checks.events import CheckFinished, CheckStarted, RequestMade, RunFinished
from oneroster_checks.stages.model import Depth

from .judge_clock import watch_judge

_READ = "paging.whole"


async def measured(given: dict[str, Any]) -> dict[str, Any]:
    """What the run took: seconds by check, the pages of the full read, and the processor's seconds by thread."""
    connection = Connection(
        oneroster=given["oneroster"], base_url=given["base_url"], token_url=given["token_url"],
        client_id=given["client_id"], timeout=60.0,
    )  # fmt: skip
    credentials = Credentials(Secret(given["client_secret"]))
    judge = watch_judge()
    begun: dict[str, float] = {}
    checks: dict[str, float] = {}
    urls: list[str] = []
    started, all_before, main_before = time.perf_counter(), time.process_time(), time.thread_time()
    status, cause, requests = "", None, 0
    async with aclosing(stream(connection, credentials, depth=Depth.FULL)) as events:
        async for event in events:
            if isinstance(event, CheckStarted):
                begun[event.check] = time.perf_counter()
            elif isinstance(event, CheckFinished):
                check = event.reported.finding.check
                checks[check] = time.perf_counter() - begun.get(check, time.perf_counter())
            elif isinstance(event, RequestMade) and event.check == _READ and event.evidence.status == 200:
                urls.append(event.evidence.url)
            elif isinstance(event, RunFinished):
                verdict, requests = event.result.verdict, event.result.requests
                status, cause = str(verdict.status), verdict.cause
    main = time.thread_time() - main_before
    return {
        "seconds": time.perf_counter() - started, "checks": checks, "urls": urls, "status": status, "cause": cause,
        "requests": requests, "judge": judge, "cpu_main": main, "cpu_others": time.process_time() - all_before - main,
    }  # fmt: skip


def main() -> None:
    """Run it, and print what it took."""
    given = json.load(sys.stdin)
    print(json.dumps(asyncio.run(measured(given))))


if __name__ == "__main__":
    main()

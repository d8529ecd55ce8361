"""Watches one check while the district clicks: again and again, slowly, until it passes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass

from ..connection import Answer, Connection, Credentials
from ..errors import UnknownCheck
from ..events import RunFinished
from ..finding import Finding, Status
from ..result import Result

# Seconds between the starts of two tries, at the least: the district works while it is being asked.
FASTEST_S = 5.0


@dataclass(frozen=True, slots=True)
class Tried:
    """One try: its number from 1, what the watched check found now, and the result with all other findings.

    `passed` says that the check is in order, which ends the watch.
    """

    number: int
    finding: Finding
    result: Result
    passed: bool


async def watch(
    connection: Connection,
    credentials: Credentials,
    check: str,
    *,
    previous: Result,
    answers: Mapping[str, Answer] | None = None,
    https_proxy: str | None = None,
    every_s: float = FASTEST_S,
) -> AsyncGenerator[Tried, None]:
    """Try one check, with whatever it requires, every `every_s` seconds until it passes or is closed.

    `every_s` below FASTEST_S counts as FASTEST_S; there is never more than one request at a time. UnknownCheck
    when the check has no place in this connection.
    """
    from .run import diagnose

    pause = max(every_s, FASTEST_S)
    number = 0
    while True:
        started = time.monotonic()
        number += 1
        stream = diagnose(
            connection,
            credentials,
            answers=answers,
            only=(check,),
            previous=previous,
            profile=previous.profile,
            https_proxy=https_proxy,
        )
        async with aclosing(stream):
            async for event in stream:
                if isinstance(event, RunFinished):
                    previous = event.result
        finding = previous.finding(check)
        if finding is None:
            raise UnknownCheck(f"There is no check “{check}” in this connection.")
        passed = finding.status in (Status.PASS, Status.WARN)
        yield Tried(number, finding, previous, passed)
        if passed:
            return
        await asyncio.sleep(max(0.0, pause - (time.monotonic() - started)))

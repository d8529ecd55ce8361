"""Watches one check while the district clicks: again and again, slowly, until it passes."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass

from ..clock import Clock
from ..connection import Answer, Connection, Credentials
from ..errors import InvalidOption
from ..finding import Finding, Status
from ..limits import WATCH_EVERY_S
from ..result import Result
from ..stages.model import Depth
from ..target import make_target
from ..validation import validate
from .options import validate_options
from .plan import plan
from .runner import run


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
    every_s: float = WATCH_EVERY_S,
    clock: Clock | None = None,
) -> AsyncGenerator[Tried, None]:
    """Try one check, with whatever it requires, every `every_s` seconds until it passes or is closed.

    `every_s` below WATCH_EVERY_S counts as WATCH_EVERY_S; there is never more than one request at a time.
    Before the first try: InvalidConnection, UnknownProvider, InvalidOption, or UnknownCheck when the check has
    no place in this connection; at the first try CAFileError or ProxyError. Nothing that a server does raises.
    """
    validate(connection, credentials)
    validate_options(
        {
            "only": (check,),
            "previous": previous,
            "answers": answers,
            "https_proxy": https_proxy,
            "clock": clock,
        }
    )
    _validate_watch(every_s, previous)
    (watched,) = [
        each for each in plan(make_target(connection, credentials), (check,), Depth.FULL) if each.id == check
    ]
    clock = clock or Clock()
    pause = max(every_s, WATCH_EVERY_S)
    number = 0
    while True:
        started = clock.monotonic()
        number += 1
        previous = await run(
            connection,
            credentials,
            answers=answers,
            only=(check,),
            previous=previous,
            profile=previous.profile,
            https_proxy=https_proxy,
            depth=watched.depth,
            clock=clock,
        )
        finding = previous.finding(check)
        assert finding is not None, "the check was run"
        passed = finding.status in (Status.PASS, Status.WARN)
        yield Tried(number, finding, previous, passed)
        if passed:
            return
        await clock.sleep(max(0.0, pause - (clock.monotonic() - started)))


def _validate_watch(seconds: object, previous: object) -> None:
    if not isinstance(previous, Result):
        raise InvalidOption("The option “previous” must be the Result of an earlier run.")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not math.isfinite(seconds):
        raise InvalidOption("The option “every_s” must be a number of seconds.")

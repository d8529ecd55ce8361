"""Watches one check while the district clicks: again and again, slowly, until it passes."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass

from ..causes import cause
from ..clock import Clock
from ..connection import SECRET_FIELDS, Connection, Credentials, DistrictAnswer
from ..errors import InvalidOption
from ..finding import Finding, Stage, Status
from ..limits import REFUSALS_OF_A_WATCH, WATCH_EVERY_S
from ..result import Result
from ..stages.model import Depth
from ..target import make_target
from ..validation import validate
from .options import validate_options
from .plan import plan
from .runner import run

_SECRETS = frozenset(SECRET_FIELDS)


@dataclass(frozen=True, slots=True)
class Tried:
    """One try: its number from 1, what the watched check found now, and the result with all other findings.

    `passed` says that the check is in order, which ends the watch. `refused` counts the tries, up to this one, in
    which the district refused the credentials; `given_up` says that they were too many, which ends it too.
    """

    number: int
    finding: Finding
    result: Result
    passed: bool
    refused: int = 0

    @property
    def given_up(self) -> bool:
        """Whether the watch ends because the credentials were refused so often."""
        return not self.passed and self.refused >= REFUSALS_OF_A_WATCH


async def watch(
    connection: Connection,
    credentials: Credentials,
    check: str,
    *,
    previous: Result,
    answers: Mapping[str, DistrictAnswer] | None = None,
    https_proxy: str | None = None,
    every_s: float = WATCH_EVERY_S,
    clock: Clock | None = None,
    refused: int = 0,
) -> AsyncGenerator[Tried, None]:
    """Try one check, with whatever it requires, every `every_s` seconds until it passes or is closed.

    It also ends when the district has refused the credentials in REFUSALS_OF_A_WATCH tries, since more may lock the
    key. `refused` is how many tries of an earlier watch with the same credentials count already.

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
        refused = _refusals(previous, refused)
        tried = Tried(number, finding, previous, passed, refused)
        yield tried
        if passed or tried.given_up:
            return
        await clock.sleep(max(0.0, pause - (clock.monotonic() - started)))


def _refusals(result: Result, before: int) -> int:
    """How many tries have been refused, with this one; an accepted credential begins anew."""
    # Findings of earlier runs stand in the result too, but not their requests in its trace.
    now = [
        each.finding
        for each in result.findings
        if any(seen in result.trace for seen in each.finding.evidence)
    ]
    if any(finding.failed and _refuses(finding) for finding in now):
        return before + 1
    answered = any(seen.status is not None and seen.status < 400 for seen in result.trace)
    return 0 if answered else before


def _refuses(finding: Finding) -> bool:
    """Whether a failed finding shows that the server refused a key, a secret, a signature, or a token."""
    statuses = {seen.status for seen in finding.evidence}
    if 401 in statuses or (finding.stage is Stage.TOKEN and 403 in statuses):
        return True
    return finding.cause is not None and not _SECRETS.isdisjoint(cause(finding.cause).fields)


def _validate_watch(seconds: object, previous: object) -> None:
    if not isinstance(previous, Result):
        raise InvalidOption("The option “previous” must be the Result of an earlier run.")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not math.isfinite(seconds):
        raise InvalidOption("The option “every_s” must be a number of seconds.")

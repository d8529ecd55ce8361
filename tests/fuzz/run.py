"""Runs one case, in one process with its server, and holds what comes out against the rules."""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from oneroster_checks import limits
from oneroster_checks.connection import Connection
from oneroster_checks.diagnosis.runner import run, stream
from oneroster_checks.events import Event, RunFinished, RunStarted
from oneroster_checks.finding import Status
from oneroster_checks.result import Result
from oneroster_checks.stages.model import Depth
from oneroster_wizard.storage.profiles import Profile, ProfileError, ProfileStore

from ..canaries import SECRET, VENDOR_KEY, VENDOR_SECRET
from ..checks.http.sessions import SwiftClock
from ..servers import LoopServer, Request
from .base import REQUEST_S, Base
from .case import Case
from .outputs import canaries_in, faults_of, rendered
from .process import logged, sockets
from .reach import reached
from .server import Hostile, unnamed
from .watchdog import Hung, watched

# Requests of a quick run, and of one that reads everything of a small district.
MOST_REQUESTS, MOST_OF_A_FULL_RUN = 45, 400
# Beyond its limit, one request may take this long on a busy machine; what blocks the loop takes far longer.
_GRACE_S = 4.0
# A run of any case; what hangs is ended there.
_RUN_S = 60.0
# Steps of which one cannot tell when their request ended.
_SLOW = frozenset({"framing.stall", "framing.trickle"})
# What shows who is asking; a question in plain HTTP to a port that failed in TLS has none of it.
_BROUGHT = frozenset({"authorization", "cookie", "x-vendor-authorization"})


@dataclass
class Ran:
    """What came of a case: what is wrong with it, and what was seen on the way."""

    case: Case
    wrong: list[str] = field(default_factory=list)
    result: Result | None = None
    heard: list[Request] = field(default_factory=list)
    mutations: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def causes(self) -> set[str]:
        """The causes that the run named."""
        found = self.result.findings if self.result else ()
        return {each.finding.cause for each in found if each.finding.cause}


def run_case(case: Case, template: frozenset[tuple[str, str]]) -> Ran:
    """Run a case; whatever goes wrong is in `wrong`. `template` is what the HTML report may be made of."""
    ran = Ran(case)
    began, before = time.monotonic(), sockets()
    try:
        with watched(_RUN_S):
            asyncio.run(_run(case, template, ran))
    except (Exception, Hung) as error:
        ran.wrong.append("".join(traceback.format_exception(error))[-3000:])
    ran.seconds = time.monotonic() - began
    left = sockets() - before
    if left > 0:
        gc.collect()
        ran.wrong += [f"{left} sockets are left open"] if sockets() > before else []
    return ran


async def _run(case: Case, template: frozenset[tuple[str, str]], ran: Ran) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: ran.wrong.append(f"in the loop: {context}"))
    clock = SwiftClock()
    later: list[Result] = []
    async with unnamed() as stranger:
        server = LoopServer(lambda heard: hostile.answer(heard))
        async with server:
            base = Base(case, server.port)
            hostile = Hostile(case, base, stranger.origin)
            depth = Depth.FULL if case.full else Depth.QUICK
            with reached() as places, logged() as log:
                async with aclosing(
                    stream(
                        base.connection,
                        base.credentials,
                        depth=depth,
                        consumer=case.consumer,
                        clock=clock,
                        answers={"connection-active": "no"},
                    )
                ) as told:
                    events = [event async for event in told]
                if case.again:
                    later = await _again(case, base, events, clock, depth)
        ran.heard, ran.mutations = server.heard, hostile.sent
        last = events[-1]
        assert isinstance(last, RunFinished)
        ran.result = last.result
        ran.wrong += _of_the_requests(case, server, base, places | _led_away(stranger), clock)
        ran.wrong += _of_the_time(events)
        for result in [last.result, *later]:
            ran.wrong += _of_the_result(result)
            outputs = rendered(result)
            ran.wrong += faults_of(outputs, template)
            saved = _saved(base.connection, result) if case.again else ""
            ran.wrong += canaries_in(outputs, events, [*log, saved], base.issued)
    left = asyncio.all_tasks() - {asyncio.current_task()}
    ran.wrong += [f"a task is left: {task}" for task in left]


async def _again(
    case: Case, base: Base, events: list[Event], clock: SwiftClock, depth: Depth
) -> list[Result]:
    """A second run of the checks that did not pass, on top of the first."""
    first, last = events[0], events[-1]
    assert isinstance(first, RunStarted)
    assert isinstance(last, RunFinished)
    before, planned = last.result, {each.check for each in first.checks}
    failing = [
        each.finding.check for each in before.findings if each.finding.status in (Status.FAIL, Status.WARN)
    ]
    only = [check for check in failing if check in planned][:2]
    if not only:
        return []
    # At the same depth: a check that reads everything has no place in a quick run.
    return [
        await run(
            base.connection,
            base.credentials,
            only=only,
            previous=before,
            clock=clock,
            depth=depth,
            consumer=case.consumer,
        )
    ]


def _saved(connection: Connection, result: Result) -> str:
    """The files of a profile with this result, which must be readable again."""
    with tempfile.TemporaryDirectory() as folder:
        store = ProfileStore(Path(folder) / "profiles")
        try:
            store.save(Profile("a school", connection))
        except ProfileError:
            # An address with a password in it is never saved.
            return ""
        store.save_run("a school", result)
        store.load("a school")
        kept = store.last_run("a school")
        assert kept is not None, "the saved run cannot be read"
        history = store.history
        packed = [repr(kept), repr(history.result(kept)), repr(history.snapshots("a school"))]
        files = (path for path in sorted((Path(folder) / "profiles").iterdir()) if path.is_file())
        return "\n".join([*packed, *(path.read_text("latin-1") for path in files)])


def _of_the_result(result: Result) -> Iterator[str]:
    for reported in result.findings:
        finding = reported.finding
        if finding.status is Status.ERROR or finding.cause == "tool.fault":
            yield f"a fault of the tool: {finding.check} {dict(finding.facts)}"


def _of_the_requests(
    case: Case, server: LoopServer, base: Base, places: set[str], clock: SwiftClock
) -> Iterator[str]:
    most = (MOST_OF_A_FULL_RUN if case.full else MOST_REQUESTS) * (2 if case.again else 1)
    if len(server.heard) > most:
        yield f"{len(server.heard)} requests"
    if written := {heard.method for heard in server.heard} - {"GET", "POST", "HEAD", "OPTIONS"}:
        yield f"wrote: {sorted(written)}"
    if server.most_at_once > 1 and not _SLOW & {step.kind for step in case.steps}:
        yield f"{server.most_at_once} requests at once"
    named = {f"127.0.0.1:{server.port}"}
    given = {urlsplit(url).netloc for url in (base.connection.base_url, base.connection.token_url)}
    if strange := places - named - given:
        yield f"reached: {sorted(strange)}"
    for heard in server.heard:
        host = heard.headers.get("host", "")
        if host not in named | given and (host != "127.0.0.1" or _brings_credentials(heard)):
            yield f"asked for another host: {host}"
    waited = limits.WAITING_IN_A_RUN_S + (limits.WAITING_IN_A_READ_S if case.full else 0)
    if sum(clock.slept) > waited * (2 if case.again else 1):
        yield f"waited {sum(clock.slept)} s"


def _led_away(stranger: LoopServer) -> set[str]:
    """What the server that nobody named was sent."""
    return {
        f"{heard.method} {heard.target} {'WITH CREDENTIALS' if _brings_credentials(heard) else ''}"
        for heard in stranger.heard
    }


def _brings_credentials(heard: Request) -> bool:
    sent = f"{heard.target} {heard.body!r}"
    return bool(_BROUGHT & heard.headers.keys()) or any(
        text in sent for text in (SECRET, VENDOR_KEY, VENDOR_SECRET)
    )


def _of_the_time(events: list[Event]) -> Iterator[str]:
    last = events[-1]
    assert isinstance(last, RunFinished)
    for evidence in last.result.trace:
        if evidence.elapsed_ms > (REQUEST_S + _GRACE_S) * 1000:
            yield f"a request took {evidence.elapsed_ms} ms"
    started = events[0].at
    took = (last.at - started).total_seconds()
    allowed = len(last.result.trace) * REQUEST_S + 5 * _GRACE_S
    if took > allowed:
        yield f"the run took {took:.1f} s with {len(last.result.trace)} requests"

"""Both sides of a move read at once and compared: what matches, what is lost, and whether it is safe."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

from ..causes.derived import joined
from ..clock import Clock
from ..diagnosis.options import RunOptions
from ..diagnosis.plan import every_check
from ..diagnosis.runner import stream_then
from ..diagnosis.verdict import verdict
from ..errors import InvalidConnection
from ..events import RunFinished
from ..finding import Status
from ..http.gates import HostGates
from ..limits import READ_MINUTES
from ..records.disk import DiskFailed
from ..records.move_keeper import MoveKeeper
from ..result import ReportedFinding, Result, Verdict
from ..stages.model import Precondition
from ..target import make_target
from ..validation import validate
from .compared import MoveComparison
from .model import KindCounts, Moved, MoveReport, MoveSide, ReadTold, Side, SideRead
from .reading import SideReader

# Gets old sourcedId, new sourcedId and kind of some records that match.
TakePairs = Callable[[list[tuple[str, str, str]]], object]
# Pairs that are handed on at a time.
_PAIRS = 5_000
_SAFE = "It is safe to move: all {} of the old connection are in the new one."
# What the checks that pass were over, with the kind of record, in the order in which people think of it.
_COMPARED = {
    "move.schools": ("schools", "orgs"),
    "move.users": ("users", "users"),
    "move.classes": ("classes", "classes"),
    "move.enrollments": ("enrollments", "enrollments"),
    "move.line-items": ("line items", "lineItems"),
    "move.results": ("results", "results"),
}


async def migrate(
    old: MoveSide,
    new: MoveSide,
    *,
    told: ReadTold = lambda side, read, ended: None,
    pairs: TakePairs | None = None,
    max_minutes: float = READ_MINUTES,
    clock: Clock | None = None,
) -> Moved:
    """Read both sides at once, one request at a time to a host, and compare them.

    `told` gets how far each side has come; `pairs` the sourcedIds of what matches, in pieces, where both sides were
    read whole and are of one district. Each side may take `max_minutes`. InvalidConnection, UnknownProvider,
    CAFileError or ProxyError when the input cannot be used; nothing that a server does raises. Canceling it leaves
    nothing open and nothing on the disk.
    """
    for side in (old, new):
        validate(side.connection, side.credentials)
    if _is_same(old, new):
        raise InvalidConnection("The two sides of a move must be two connections; these are one.")
    clock = clock or Clock()
    started, began = clock.now(), clock.monotonic()
    keeper, gates = MoveKeeper(), HostGates()
    options: RunOptions = {"gates": gates, "max_minutes": max_minutes, "clock": clock}
    try:
        readings = await _both(
            _read("old", old, keeper, options, told), _read("new", new, keeper, options, told)
        )
        comparison = MoveComparison(keeper, *readings, (old, new))
        await _compare(comparison, keeper, pairs)
    finally:
        await keeper.aclose()
    took = round((clock.monotonic() - began) * 1000)
    return _moved(
        comparison, readings, (old, new), replace(_result(readings[1]), started=started, duration_ms=took)
    )


async def _both(one: Awaitable[SideRead], other: Awaitable[SideRead]) -> tuple[SideRead, SideRead]:
    """Both at once; what one raises ends the other."""
    tasks = [asyncio.ensure_future(one), asyncio.ensure_future(other)]
    try:
        first, second = await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return first, second


async def _read(
    side: Side, of: MoveSide, keeper: MoveKeeper, options: RunOptions, told: ReadTold
) -> SideRead:
    target = make_target(of.connection, of.credentials)
    authorizing = [
        each.id
        for each in every_check()
        if each.establishes is Precondition.AUTHORIZED and each.applies(target) is None
    ]
    reader = SideReader(side, keeper, told)
    own: RunOptions = {
        **options, "only": authorizing, "https_proxy": of.https_proxy, "profile": of.name or None
    }  # fmt: skip
    async with aclosing(stream_then(of.connection, of.credentials, own, reader.then)) as events:
        async for event in events:
            if isinstance(event, RunFinished):
                reader.read.result = event.result
    return reader.read


async def _compare(comparison: MoveComparison, keeper: MoveKeeper, pairs: TakePairs | None) -> None:
    try:
        await comparison.make()
        if pairs is not None and comparison.is_whole:
            async for some in keeper.pairs(_PAIRS):
                pairs(some)
    except DiskFailed as failed:
        comparison.tell_disk(failed.fault)


def _moved(
    comparison: MoveComparison,
    readings: tuple[SideRead, SideRead],
    sides: tuple[MoveSide, MoveSide],
    base: Result,
) -> Moved:
    old, new = sides
    results = [_result(read) for read in readings]
    findings = (*comparison.findings, *_of_sides(readings))
    found = verdict(findings, new.connection.provider)
    report = MoveReport(
        old.name, new.name, results[0].connection.base_url, results[1].connection.base_url, comparison.kinds
    )
    result = replace(
        base,
        requests=sum(each.requests for each in results),
        verdict=_in_words(found, findings, comparison.kinds),
        findings=findings,
        checklist=(),
        counts={},
        trace=tuple(seen for each in results for seen in each.trace),
        read=(),
        times=(),
        profile=new.name or None,
        names=None,
    )
    return Moved(report, result)


def _in_words(found: Verdict, findings: Sequence[ReportedFinding], kinds: Sequence[KindCounts]) -> Verdict:
    """The verdict; one of safe names what was compared and found."""
    if found.status is not Status.PASS:
        return found
    passed = {each.finding.check for each in findings if each.finding.status is Status.PASS}
    # Enrollments and results of whom nobody looks for are left out by their rules, and so is the word for them.
    whole = {each.kind for each in kinds if each.old and not each.only_old}
    words = [word for check, (word, kind) in _COMPARED.items() if check in passed and kind in whole]
    return replace(found, summary=_SAFE.format(joined(words))) if words else found


def _of_sides(readings: tuple[SideRead, SideRead]) -> list[ReportedFinding]:
    """What keeps a side from being authorized, with the side in its title."""
    told: list[ReportedFinding] = []
    for read, side in zip(readings, ("old", "new"), strict=True):
        if read.is_authorized or read.result is None:
            continue
        for each in read.result.findings:
            if each.finding.failed:
                finding = replace(
                    each.finding,
                    check=f"{side}.{each.finding.check}",
                    title=f"{each.finding.title} ({side} connection)",
                )
                told.append(replace(each, finding=finding))
    return told


def _result(read: SideRead) -> Result:
    assert read.result is not None
    return read.result


def _is_same(old: MoveSide, new: MoveSide) -> bool:
    """Whether both sides are one connection: the same place, the same key, and the same version."""
    places = [(make_target(each.connection, each.credentials)) for each in (old, new)]
    return (
        places[0].base.root == places[1].base.root
        and places[0].client_id == places[1].client_id
        and old.connection.oneroster == new.connection.oneroster
    )

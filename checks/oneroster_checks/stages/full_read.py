"""At depth full: every collection that is expected is read to its end and given to the judge, and how that went."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .. import limits
from ..connection import Share
from ..evidence import Evidence
from ..finding import FactDict, Stage, Status
from ..result import CollectionRead
from ..target import Target
from .context import RunContext
from .model import Check, Depth, Outcome, failed, known, passed, skipped, warned
from .part_outcomes import broken, refused
from .read_limits import CollectionLimits, ReadLimits

if TYPE_CHECKING:
    from ..client.collection_pages import CollectionState, PageCame
    from ..client.page_requests import Patience
    from ..client.page_sizes import PageSizes
    from ..client.smaller_pages import LargePage
    from ..records.full_read import FullRead

# The collections of each part, in the order of reading: what others refer to comes first.
_COLLECTIONS: tuple[tuple[Share, tuple[str, ...]], ...] = (
    ("rostering", ("/orgs", "/academicSessions", "/courses", "/classes", "/users", "/enrollments")),
    ("demographics", ("/demographics",)),
    ("gradebook", ("/categories", "/lineItems", "/results", "/scoreScales")),
    ("assessments", ("/assessmentLineItems", "/assessmentResults")),
    ("resources", ("/resources",)),
)
# The worst first.
_RANKS = {Status.ERROR: 0, Status.FAIL: 1, Status.WARN: 2}


def collections_of(target: Target) -> Iterator[tuple[Share, str]]:
    """The collections that a connection should share, each with its part, in the order of reading."""
    from ..standard.operations import operations

    version = target.connection.oneroster
    there = {each.path for each in operations(version) if each.method == "GET"}
    for part, paths in _COLLECTIONS:
        if target.connection.shares(part):
            for path in paths:
                if path in there:
                    yield part, path


async def _every_record(run: RunContext) -> Outcome:
    from ..client.page_requests import Patience
    from ..client.page_sizes import PageSizes
    from ..http.retry import patient, usual
    from ..records.full_read import FullRead
    from ..records.judge import Judge

    run.full = FullRead(Judge(run.connection.oneroster, run.today, run.redactor.learn_values))
    session = run.session
    sizes = PageSizes(
        run.rows_at_most(run.provider.page_size), session.timeout, lambda page: _note_large(run, page)
    )
    patience = Patience(session.retrying(patient()), session.retrying(usual()))
    # It has limits of its own, so that the other checks keep theirs.
    with session.budget.apart(run.read_minutes * 60, limits.READ_REQUESTS):
        return await _FullReading(run, run.full, sizes, patience).outcome()


def _note_large(run: RunContext, page: LargePage) -> None:
    run.page_rows = page.worked.limit
    run.large_pages.append(page)


@dataclass(slots=True)
class _Reading:
    """The reading of one collection: its state, its limits, and the facts of the limit that ended it."""

    path: str
    state: CollectionState
    most: CollectionLimits
    began_s: float
    limit: FactDict | None = None
    told_s: float = float("-inf")
    at_once: int = 0
    asked: int = 0

    def goes_on(self, came: PageCame) -> bool:
        """Whether another page may be read behind one that came."""
        self.at_once = max(self.at_once, min(came.rows, came.asked))
        self.asked = max(self.asked, came.asked)
        goes_on = self.most.goes_on(came, self.state.total)
        self.limit = self.most.reached
        return goes_on

    def so_far(self, now_s: float) -> CollectionRead:
        """How it has gone."""
        state = self.state
        return CollectionRead(
            collection=self.path.strip("/"), records=state.records, total=state.total, pages=state.pages,
            bytes=state.bytes, seconds=round(now_s - self.began_s, 3), complete=state.ended,
        )  # fmt: skip


class _FullReading:
    """One full read: it reads the collections one after the other, and judges how each went."""

    def __init__(self, run: RunContext, full: FullRead, sizes: PageSizes, patience: Patience) -> None:
        self._run = run
        self._full = full
        self._sizes = sizes
        self._patience = patience
        self._clock = run.session.clock
        self._most = ReadLimits(self._clock, run.read_minutes)
        self._is_lost = False

    async def outcome(self) -> Outcome:
        """The worst of the outcomes of all collections."""
        found: list[Outcome] = []
        records, proof = 0, list[Evidence]()
        for part, path in collections_of(self._run.target):
            first = self._run.readings.get(path)
            if first is not None and not first.good:
                # The check of the part tells of it.
                continue
            reading = await self._read(path)
            state = reading.state
            if (
                state.stopped is not None
                and not state.pages
                and (part != "rostering" or refused(state.stopped))
            ):
                # So does it of what is refused, or never came.
                del self._full.reads[path.strip("/")]
                continue
            records += state.records
            proof += _proof(state)
            outcome = await self._judged(part, reading)
            if outcome is not None:
                found.append(outcome)
            if state.reached is not None or self._is_lost:
                break
        self._full.judge.begin(self._full.complete)
        if found:
            return min(found, key=lambda each: _RANKS[each.status])
        if not self._full.reads:
            return skipped("no collection could be read to the end")
        return passed(*proof[:2], count=records)

    async def _read(self, path: str) -> _Reading:
        """Read one collection and give every page to the judge."""
        from ..client.collection_pages import CollectionState, collection_pages
        from ..client.full_pages import FullPages
        from ..client.page_requests import PageRequests
        from ..records.disk import DiskFailed

        run, judge = self._run, self._full.judge
        state = CollectionState(path)
        reading = _Reading(path, state, self._most.collection(), self._clock.monotonic())
        self._sizes.begin()
        requests = PageRequests(FullPages(run.data, path), judge, self._sizes, self._patience, self._clock)
        pages = collection_pages(
            requests, self._sizes, state, place=run.target.base_place, goes_on=reading.goes_on
        )
        try:
            async with aclosing(pages):
                async for page in pages:
                    await judge.add(page)
                    # Its texts are let go of before those of the next page come.
                    del page
                    self._tell(reading, ended=False)
        except DiskFailed as failed:
            # What was kept before is lost with it.
            self._is_lost = True
            state.ended, reading.limit = False, {"disk": failed.fault.value}
        if state.reached is not None:
            reading.limit = self._most.met(state.reached)
        self._tell(reading, ended=True)
        return reading

    def _tell(self, reading: _Reading, *, ended: bool) -> None:
        """Note how far a collection has come, and tell it now and then."""
        now = self._clock.monotonic()
        read = reading.so_far(now)
        self._full.reads[read.collection] = read
        self._full.at_once[read.collection] = reading.at_once
        self._full.asked = max(self._full.asked, reading.asked)
        if ended or now - reading.told_s >= limits.PROGRESS_S:
            reading.told_s = now
            self._run.on_read(read, ended)

    async def _judged(self, part: str, reading: _Reading) -> Outcome | None:
        """The outcome of one collection, None where nothing is wrong with how it was read."""
        run, state, path = self._run, reading.state, reading.path
        proof = _proof(state)
        if state.stopped is not None:
            # Rostering is known by its collections, as it always was.
            outcome = await broken(run, state.stopped, path.strip("/") if part == "rostering" else part)
            return replace(outcome, facts={**outcome.facts, **known({"after": state.records or None})})
        facts = known({
            "path": path, "received": state.records, "total": state.total,
            "asked": self._sizes.rows, "count": state.repeats,
        })  # fmt: skip
        if state.stuck:
            return failed("paging.offset-ignored", *proof, **facts)
        if state.repeats:
            return failed("paging.duplicates", *proof, **facts)
        if state.loops:
            return failed("paging.next-loops", *proof, path=path)
        if state.ended and state.total not in (None, state.records) and not state.moving:
            return failed("paging.total-wrong", *proof, **facts)
        if reading.limit:
            return warned("tool.read-limit", *proof, **{**_about(facts), **reading.limit})
        if state.ended:
            run.counts[path.strip("/")] = state.records
        return None


def _proof(state: CollectionState) -> tuple[Evidence, ...]:
    """The requests for the first and the last page."""
    return tuple(dict.fromkeys(each for each in (state.first, state.last) if each is not None))


def _about(facts: FactDict) -> FactDict:
    """Of the facts of a collection those that say how far its reading came."""
    return {name: value for name, value in facts.items() if name in ("path", "received", "total")}


CHECKS: tuple[Check, ...] = (
    Check(
        "paging.whole", "Full read",
        "Whether everything that you expect can be read to the end, page by page.",
        Stage.PAGING, _every_record, requires=("sharing.rostering",),
        after=("sharing.demographics", "sharing.resources"), depth=Depth.FULL,
        in_order="[[All pages were read: {count} records.]]",
    ),
)  # fmt: skip

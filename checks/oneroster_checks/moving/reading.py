"""One side of a move read whole: every collection that it is expected to share, as a full read does."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from ..limits import PROGRESS_S, READ_REQUESTS
from ..records.disk import DiskFailed
from ..records.move_keeper import SidePages
from ..result import CollectionRead, ReportedFinding
from ..stages.context import RunContext
from ..stages.full_read import collections_of
from ..stages.part_outcomes import refused
from ..stages.read_limits import CollectionLimits, ReadLimits
from .model import ReadTold, Side, SideRead

if TYPE_CHECKING:
    from ..client.collection_pages import CollectionState, PageCame
    from ..client.page_requests import Patience
    from ..client.page_sizes import PageSizes
    from ..client.reading import Reading
    from ..connection import Share
    from ..records.move_keeper import MoveKeeper


class SideReader:
    """Reads one side behind the checks that authorize its requests; `read` says how it went."""

    def __init__(self, side: Side, keeper: MoveKeeper, told: ReadTold) -> None:
        self.read = SideRead()
        self._side: Side = side
        self._keeper = keeper
        self._told = told

    async def then(self, run: RunContext, before: Sequence[ReportedFinding]) -> None:
        """Read every collection, one after the other. Nothing that a server does raises."""
        from ..client.authorization import Anonymous
        from ..client.page_requests import Patience
        from ..client.page_sizes import PageSizes
        from ..http.retry import patient, usual

        self.read.redactor = run.redactor
        self.read.is_authorized = not isinstance(run.data.authorizer, Anonymous)
        if not self.read.is_authorized:
            return
        session = run.session
        sizes = PageSizes(run.provider.page_size, session.timeout, lambda page: None)
        patience = Patience(session.retrying(patient()), session.retrying(usual()))
        pages = self._keeper.side(self._side, run.connection.oneroster, run.redactor.learn_values)
        limits = ReadLimits(session.clock, run.read_minutes)
        stopped: dict[Share, list[Reading]] = {}
        with session.budget.apart(run.read_minutes * 60, READ_REQUESTS):
            for part, path in collections_of(run.target):
                reading = _CollectionReading(self, run, path, limits.collection())
                state = await reading.whole(pages, sizes, patience)
                name = path.strip("/")
                self.read.parts.setdefault(part, []).append(name)
                if state.stopped is not None and not state.pages and refused(state.stopped):
                    stopped.setdefault(part, []).append(state.stopped)
                elif state.stopped is not None:
                    self.read.broken[name] = _answer(state.stopped)
                elif not state.ended or reading.is_limited or _lacks(state):
                    self.read.broken[name] = _so_far(state)
                elif state.repeats and not state.whole_by_total:
                    # Where some came twice, others may not have come at all.
                    self.read.broken[name] = "some records came twice, so others may be missing"
                if state.reached is not None or self._keeper.disk is not None:
                    break
        self._note_refused(stopped)

    def tell(self, read: CollectionRead, *, ended: bool) -> None:
        """Tell how far a collection has come."""
        self._told(self._side, read, ended)

    def _note_refused(self, stopped: dict[Share, list[Reading]]) -> None:
        """Tell parts that are not shared from single collections that are not there."""
        for part, refusals in stopped.items():
            if any(map(self.read.records, self.read.parts[part])):
                self.read.broken |= {each.path.strip("/"): _answer(each) for each in refusals}
            else:
                self.read.refused[part] = refusals[0].status


class _CollectionReading:
    """The reading of one collection."""

    def __init__(self, reader: SideReader, run: RunContext, path: str, most: CollectionLimits) -> None:
        from ..client.collection_pages import CollectionState

        self.is_limited = False
        self._reader = reader
        self._run = run
        self._path = path
        self._most = most
        self._state = CollectionState(path)
        self._began_s = run.session.clock.monotonic()
        self._told_s = float("-inf")

    async def whole(self, pages: SidePages, sizes: PageSizes, patience: Patience) -> CollectionState:
        """Read it to its end, or as far as it goes, and keep every page."""
        from ..client.collection_pages import collection_pages
        from ..client.full_pages import FullPages
        from ..client.page_requests import PageRequests

        run, state = self._run, self._state
        sizes.begin()
        requests = PageRequests(FullPages(run.data, self._path), pages, sizes, patience, run.session.clock)
        coming = collection_pages(requests, sizes, state, place=run.target.base_place, goes_on=self._goes_on)
        try:
            async with aclosing(coming):
                async for page in coming:
                    await pages.add(page)
                    # Its texts are let go of before those of the next page come.
                    del page
                    self._tell(ended=False)
        except DiskFailed:
            state.ended = False
        self._tell(ended=True)
        proof = (each for each in (state.first, state.last) if each is not None)
        self._reader.read.proof[self._path.strip("/")] = tuple(dict.fromkeys(proof))
        return state

    def _goes_on(self, came: PageCame) -> bool:
        goes_on = self._most.goes_on(came, self._state.total)
        self.is_limited = not goes_on
        return goes_on

    def _tell(self, *, ended: bool) -> None:
        """Note how far it has come, and tell it now and then."""
        state, now = self._state, self._run.session.clock.monotonic()
        read = CollectionRead(
            self._path.strip("/"), state.records, state.total, state.pages, state.bytes,
            round(now - self._began_s, 3), state.ended and state.stopped is None and not self.is_limited,
        )  # fmt: skip
        self._reader.read.reads[read.collection] = read
        if ended or now - self._told_s >= PROGRESS_S:
            self._told_s = now
            self._reader.tell(read, ended=ended)


def _lacks(state: CollectionState) -> bool:
    """Whether fewer records came than the server says there are, while nothing moved."""
    return state.total is not None and state.records < state.total and not state.moving


def _answer(stopped: Reading) -> str:
    return f"HTTP {stopped.status}" if stopped.status is not None else "no answer"


def _so_far(state: CollectionState) -> str:
    of = f" of {state.total:,}" if state.total is not None else ""
    return f"after {state.records:,}{of} records"

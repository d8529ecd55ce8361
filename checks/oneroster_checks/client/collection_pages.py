"""The one way to read a whole collection: its pages, typed, one request at a time, the next one always under way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field, replace

from ..evidence import Evidence
from ..http.budget import RunLimitReached
from ..records.page import TypedPage
from ..urls import Place
from .next_page import next_page
from .page_requests import Ask, Came, PageRequests
from .page_sizes import PageSizes
from .reading import Kind, Reading
from .seams import Remembered, ids_of, mark_of, moved_in, only, without_repeats


@dataclass(slots=True)
class CollectionState:
    """How far the reading of a collection has come, and what was wrong with its pages.

    `records` came in `pages` of `bytes`; `total` is the last X-Total-Count, `moving` says that records came or went
    meanwhile. `ended` says that the end was reached. `repeats` counts records that were on two pages, `stuck` says
    that a page came again in place of a later one, `loops` that a link to the next page led back. `stopped` is the
    answer in place of a page that ended the reading, `reached` the limit of the run that did. `first` and `last` are
    the evidence of pages.
    """

    path: str
    records: int = 0
    pages: int = 0
    bytes: int = 0
    total: int | None = None
    moving: bool = False
    ended: bool = False
    repeats: int = 0
    stuck: bool = False
    loops: bool = False
    stopped: Reading | None = None
    reached: RunLimitReached | None = None
    first: Evidence | None = None
    last: Evidence | None = None

    @property
    def whole_by_total(self) -> bool:
        """Whether as many records came as the total says there are."""
        return self.total is not None and self.records >= self.total


@dataclass(frozen=True, slots=True)
class PageCame:
    """What a page was: its rows, how many of them were new, and how many were asked for."""

    rows: int
    fresh: int
    asked: int


# Whether reading goes on behind a page.
GoesOn = Callable[[PageCame], bool]


@dataclass(slots=True)
class _Seen:
    """What is remembered of the pages: the first and the last one, and a mark of each."""

    first_page: tuple[str, ...] = ()
    first: frozenset[str] = frozenset()
    last: Came | None = None
    last_page: Remembered | None = None
    behind: int = 0
    marks: set[int] = field(default_factory=set)


class _Reader:
    """The reading of one collection, page by page."""

    def __init__(
        self, state: CollectionState, requests: PageRequests, sizes: PageSizes, place: Place, goes_on: GoesOn
    ) -> None:
        self._state = state
        self._requests = requests
        self._sizes = sizes
        self._place = place
        self._goes_on = goes_on
        self._seen = _Seen()
        self._follows = True
        self._leads_back = False
        # The pager was seen to show a record on two pages while nothing moved.
        self._is_broken = False

    async def take(self, came: Came) -> tuple[list[TypedPage], Ask | None]:
        """What a page has brought to judge, and the page to ask for next, None at the end."""
        state, page, reading = self._state, came.page, came.reading
        state.first = state.first or reading.evidence
        state.last = reading.evidence
        if page is None:
            return [], self._without_page(came)
        fell = self._note_total(reading)
        ids, last_ids = ids_of(page), self._seen.last_page.ids if self._seen.last_page else frozenset()
        new = ids - last_ids - self._seen.first
        fresh = len(new) + page.ids.count("") if ids or mark_of(page) not in self._seen.marks else 0
        if self._begins_again(page) and not state.moving:
            state.stuck, state.ended = True, state.whole_by_total
            return [], None
        if fresh == 0 and not (ids & last_ids and state.moving and not self._is_broken):
            return await self._nothing_new(came, fell=fell)
        state.loops |= self._leads_back
        judged = await self._judged(came, ids, ids & last_ids, fell=fell)
        state.pages += 1
        state.bytes += came.size
        state.records += sum(map(len, judged))
        self._remember(came, ids)
        return judged, self._next(came, fresh)

    def _begins_again(self, page: TypedPage) -> bool:
        """Whether a later page has all of the first one at its beginning, and more."""
        first = self._seen.first_page
        return bool(any(first)) and len(page) > len(first) and page.ids[: len(first)] == first

    def _without_page(self, came: Came) -> Ask | None:
        """What to ask for behind an answer that is no page; None where nothing more can be read."""
        state, reading = self._state, came.reading
        if came.ask.url:
            return self._by_offset(came)
        refused = reading.kind is Kind.BAD_REQUEST and reading.error is not None
        if came.ask.offset and (refused or reading.kind is Kind.NOT_FOUND):
            # Some servers answer so behind the last record.
            state.ended = state.total is None or state.whole_by_total
        if not state.ended:
            state.stopped = reading
        return None

    def _note_total(self, reading: Reading) -> bool:
        """Whether the total has become smaller."""
        state, before = self._state, self._state.total
        if reading.total is None:
            return False
        state.total = reading.total
        state.moving |= before not in (None, reading.total)
        return before is not None and reading.total < before

    async def _nothing_new(self, came: Came, *, fell: bool) -> tuple[list[TypedPage], Ask | None]:
        """Tell an end from a pager that leads in circles."""
        state, page, seen = self._state, came.page, self._seen
        assert page is not None
        if came.ask.url:
            self._leads_back |= bool(len(page))
            return [], self._by_offset(came)
        if not len(page):
            judged = await self._moved(came, frozenset()) if fell else []
            state.records += sum(map(len, judged))
            state.ended = True
            return judged, None
        is_last_again = seen.last is not None and seen.last_page is not None and (
            mark_of(page) == mark_of(seen.last_page.page) and seen.last.ask.offset > 0
        )  # fmt: skip
        is_earlier = mark_of(page) in seen.marks or ids_of(page) <= seen.first
        if len(page) > came.ask.rows and mark_of(page) in seen.marks:
            # The whole list came at once, whatever is asked for.
            state.ended = True
        elif is_earlier and not (is_last_again and (state.total is None or state.whole_by_total)):
            state.stuck = True
            state.ended = state.whole_by_total
        else:
            state.ended = True
        return [], None

    async def _judged(
        self, came: Came, ids: frozenset[str], repeated: frozenset[str], *, fell: bool
    ) -> list[TypedPage]:
        """The records of a page to judge, each once, with those that a delete has moved before it."""
        page, seen = came.page, self._seen
        assert page is not None
        moved: list[TypedPage] = []
        if (repeated and not self._is_broken) or fell:
            moved = await self._moved(came, repeated)
        if repeated or len(ids) + page.ids.count("") < len(page):
            before = seen.last_page.page if seen.last_page else None
            dropped = frozenset[str]() if self._is_broken else repeated
            page, repeats = without_repeats(page, before, dropped)
            self._state.repeats += repeats - (len(repeated) if not self._is_broken else 0)
        return [*moved, page]

    async def _moved(self, came: Came, repeated: frozenset[str]) -> list[TypedPage]:
        """Read the page before again: the records that are on it by now, and were on neither page.

        Records that are on two pages are still on the page before where the pager is broken; where records came or
        went meanwhile they are not.
        """
        last, was_moving = self._seen.last, self._state.moving
        again = await self._again(last)
        if last is None or self._seen.last_page is None or again is None:
            return []
        both = repeated & ids_of(again)
        if both and was_moving:
            # What moves may have moved back meanwhile.
            both &= ids_of(await self._again(came)) & ids_of(await self._again(last))
        if both:
            self._is_broken = True
            return []
        self._state.moving = True
        news = moved_in(self._seen.last_page.page, again) - ids_of(came.page)
        return [only(again, news)] if news else []

    async def _again(self, came: Came | None) -> TypedPage | None:
        """What a page is by now, None where it does not come."""
        if came is None:
            return None
        again = await self._requests.page(came.ask)
        if again.page is not None:
            self._state.pages += 1
            self._state.bytes += again.size
        return again.page

    def _remember(self, came: Came, ids: frozenset[str]) -> None:
        assert came.page is not None
        seen = self._seen
        if not seen.marks:
            seen.first_page, seen.first = came.page.ids, ids
        seen.behind = came.behind
        seen.last, seen.last_page = replace(came, page=None), Remembered(came.page)
        seen.marks.add(mark_of(came.page))

    def _next(self, came: Came, fresh: int) -> Ask | None:
        state, page = self._state, came.page
        assert page is not None
        link = next_page(came.reading, came.ask.offset, came.behind, self._place)
        is_short = len(page) != came.ask.rows
        if is_short and not came.reading.next_url and state.total is not None and came.behind == state.total:
            state.ended = True
            return None
        self._leads_back = link.leads_back
        if not self._goes_on(PageCame(len(page), fresh, came.ask.rows)):
            return None
        if link.url and self._follows:
            return Ask(link.offset, self._sizes.rows, link.url)
        return Ask(came.behind, self._sizes.rows)

    def _by_offset(self, came: Came) -> Ask:
        """The page that a link should have led to."""
        self._follows = False
        return Ask(self._seen.behind, self._sizes.rows)


async def collection_pages(
    requests: PageRequests, sizes: PageSizes, state: CollectionState, *, place: Place, goes_on: GoesOn
) -> AsyncGenerator[TypedPage, None]:
    """Read a collection from its first record to its end; `state` tells how it went.

    Pages are found by their links to the next one on the host of `place`, else by the records received; a short page
    is no end. While one is judged the next is under way. `goes_on` is asked behind each page whether there is to be
    another. Nothing is raised for what a server does; closing the generator ends what is under way.
    """
    reader = _Reader(state, requests, sizes, place, goes_on)
    under_way = asyncio.create_task(requests.page(Ask(0, sizes.rows)))
    try:
        while True:
            try:
                judged, ask = await reader.take(await under_way)
            except RunLimitReached as reached:
                state.reached = reached
                return
            if ask is not None:
                under_way = asyncio.create_task(requests.page(ask))
            # Nothing of a page is left when the next one is decoded.
            while judged:
                yield judged.pop(0)
            if ask is None:
                return
    finally:
        under_way.cancel()
        await asyncio.gather(under_way, return_exceptions=True)

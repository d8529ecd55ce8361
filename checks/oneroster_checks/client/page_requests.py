"""The requests for the pages of one collection in a full read: sent, decoded, typed, and smaller where they fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ..clock import Clock
from ..http.retry import Retries
from ..records.page import TypedPage
from ..standard.envelopes import Record
from .page_sizes import PageSizes
from .reading import Kind, Reading


class TypesPages(Protocol):
    """Makes typed pages; the judge of a full read does."""

    async def strict(self, body: bytes | bytearray, path: str) -> TypedPage | None:
        """The page in a body; None when it is not in every point as the standard says."""
        ...

    async def lenient(self, rows: Sequence[Record], path: str) -> TypedPage:
        """The page of records that were decoded already."""
        ...


class Decodes(Protocol):
    """Reads what came undecoded."""

    def decoded(self, page: Reading) -> Reading:
        """A page that came undecoded, read as any other."""
        ...


@dataclass(frozen=True, slots=True)
class Ask:
    """A page to ask for: so many rows from an offset on, or what is behind the address of a link."""

    offset: int
    rows: int
    url: str = ""


class AsksForPages(Decodes, Protocol):
    """Asks for the pages of one list."""

    async def page(self, ask: Ask, retries: Retries) -> Reading:
        """One page, which may come undecoded."""
        ...


@dataclass(frozen=True, slots=True)
class Came:
    """What came: the answer without its rows, the typed page, None for no list, and its size in bytes.

    `ask` is the page that was asked for at last, with fewer rows where more of them failed.
    """

    ask: Ask
    reading: Reading
    page: TypedPage | None
    size: int

    @property
    def behind(self) -> int:
        """The offset of the first record behind the page."""
        return self.ask.offset + (len(self.page) if self.page else 0)


@dataclass(frozen=True, slots=True)
class Patience:
    """The retries of a full read: `patient` for pages of a size that has worked, `trying` for larger ones."""

    patient: Retries
    trying: Retries


class PageRequests:
    """Asks for pages of one list, one at a time."""

    def __init__(
        self,
        source: AsksForPages,
        judge: TypesPages,
        sizes: PageSizes,
        patience: Patience,
        clock: Clock,
    ) -> None:
        self._source = source
        self._judge = judge
        self._sizes = sizes
        self._patience = patience
        self._clock = clock

    async def page(self, ask: Ask) -> Came:
        """A page, or a smaller one where it failed for its size. RunLimitReached when a limit of the run ends it."""
        is_proven = bool(ask.url) or ask.rows <= self._sizes.proven
        came = await self._once(ask, self._patience.patient if is_proven else self._patience.trying)
        if ask.url or (came.page is not None and not came.reading.cut):
            return _without_rows(came)
        smaller = self._sizes.instead_of(came.reading, ask.rows)
        for rows in smaller:
            # Patience is for one size of a page: the largest that has worked.
            is_next = not is_proven and rows <= self._sizes.proven
            is_proven |= is_next
            other = await self._once(
                replace(ask, rows=rows), self._patience.patient if is_next else self._patience.trying
            )
            if other.page is not None and not other.reading.cut:
                # Where the smaller one failed at first as well, the size was not why.
                if not other.reading.answer.retries:
                    self._sizes.worked(came.reading, other.reading)
                return _without_rows(other)
        if smaller and came.page is None:
            self._sizes.failed_too()
        return _without_rows(came)

    async def _once(self, ask: Ask, retries: Retries) -> Came:
        began = self._clock.monotonic()
        reading = await self._source.page(ask, retries)
        seconds = self._clock.monotonic() - began
        page, reading = await typed_page(self._source, self._judge, reading)
        size = reading.answer.content.size
        if page is not None and not reading.cut:
            self._sizes.came(len(page) if ask.url else ask.rows, len(page), size, seconds)
        return Came(ask, reading, page, size)


async def typed_page(data: Decodes, judge: TypesPages, reading: Reading) -> tuple[TypedPage | None, Reading]:
    """The typed page of an answer that may have come undecoded, None where it is no list; and the answer as read."""
    body = reading.answer.content.raw
    if body is not None:
        page = await judge.strict(body, reading.path)
        if page is not None:
            return page, replace(reading, kind=Kind.ROWS if len(page) else Kind.EMPTY)
        reading = data.decoded(reading)
    return (await judge.lenient(reading.rows, reading.path) if reading.good else None), reading


def _without_rows(came: Came) -> Came:
    return replace(came, reading=came.reading.without_rows())

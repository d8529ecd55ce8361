"""Both sides of a move at once: pages are typed and kept in two threads beside the event loop, and matched then."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from ..connection import OneRosterVersion
from ..standard.envelopes import Record
from .disk import DiskFailed, DiskFault, disk_fault
from .move_database import MoveDatabase, Side
from .page import TypedPage

if TYPE_CHECKING:
    from .move_typing import MoveTypist

__all__ = ["MoveKeeper", "Side", "SidePages"]

_KEY_BYTES = 32

P = ParamSpec("P")
T = TypeVar("T")


class MoveKeeper:
    """Keeps the records of both sides for the time of one comparison.

    `disk` says why the disk of this computer does not keep the records any more, None as long as it does.
    """

    def __init__(self) -> None:
        self._typing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")
        self._keeping = ThreadPoolExecutor(max_workers=1, thread_name_prefix="records")
        self._database: MoveDatabase | None = None
        self._key = secrets.token_hex(_KEY_BYTES)
        self._is_closed = False
        self.disk: DiskFault | None = None

    def side(
        self, side: Side, version: OneRosterVersion, learn: Callable[[Iterable[str]], None]
    ) -> SidePages:
        """What types and keeps the pages of a side; `learn` gets the personal values of each page."""
        return SidePages(self, side, learn, lambda: _typist(version, self._key))

    async def match(self, *, names_old: bool) -> None:
        """Find out which records are the same, once all are there. DiskFailed as in `SidePages.add`.

        `names_old` says that new users are to name who they were.
        """
        await self.kept(lambda: self._records().match(names_old=names_old))

    async def asked(self, question: Callable[[MoveDatabase], T]) -> T:
        """What the database says. DiskFailed as in `SidePages.add`."""
        return await self.kept(lambda: question(self._records()))

    async def pairs(self, number: int) -> AsyncGenerator[list[tuple[str, str, str]]]:
        """Old sourcedId, new sourcedId and kind of all that matches, so many at a time. DiskFailed as before."""
        rows = await self.asked(lambda database: database.pairs(number))
        while (some := await self.kept(lambda: next(rows, None))) is not None:
            yield some

    async def typed(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do a work in the thread that types pages."""
        return await self._in_thread(self._typing, work, *args, **kwargs)

    async def kept(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do a work in the thread that has the database."""
        return await self._in_thread(self._keeping, work, *args, **kwargs)

    def add(self, side: Side, page: TypedPage) -> None:
        """Keep a page; in the thread that has the database."""
        self._records().add(side, page)

    async def aclose(self) -> None:
        """End what is under way, and let go of everything."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._database is not None:
            self._database.interrupt()
        closing = asyncio.get_running_loop().run_in_executor(self._keeping, self._close)
        try:
            await asyncio.shield(closing)
        finally:
            self._keeping.shutdown(wait=closing.done())
            self._typing.shutdown(wait=closing.done())

    async def _in_thread(
        self, thread: ThreadPoolExecutor, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        if self._is_closed:
            raise RuntimeError("The records of this move are closed.")
        if self.disk is not None:
            # Without a journal what was kept is of no use after an error.
            raise DiskFailed(self.disk)
        try:
            return await asyncio.wrap_future(thread.submit(work, *args, **kwargs))
        except Exception as error:
            fault = disk_fault(error)
            if fault is None:
                raise
            self.disk = fault
            raise DiskFailed(fault) from error

    def _records(self) -> MoveDatabase:
        if self._database is None:
            self._database = MoveDatabase()
        return self._database

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()


class SidePages:
    """Types the pages of one side, as the judge of a full read does, and keeps them."""

    def __init__(
        self,
        keeper: MoveKeeper,
        side: Side,
        learn: Callable[[Iterable[str]], None],
        make: Callable[[], MoveTypist],
    ) -> None:
        self._keeper = keeper
        self._side: Side = side
        self._make = make
        self._learn = learn
        self._typist: MoveTypist | None = None

    async def strict(self, body: bytes | bytearray, path: str) -> TypedPage | None:
        """The page in a body; None when its records have a form of their own."""
        page = await self._keeper.typed(lambda: self._types().strict(body, path))
        return page and self._learnt(page)

    async def lenient(self, rows: Sequence[Record], path: str) -> TypedPage:
        """The page of records that were decoded already."""
        return self._learnt(await self._keeper.typed(lambda: self._types().lenient(rows, path)))

    async def add(self, page: TypedPage) -> None:
        """Keep the records of a page.

        DiskFailed when the disk of this computer does not keep them; then nothing can be asked any more.
        """
        await self._keeper.kept(self._keeper.add, self._side, page)

    def _learnt(self, page: TypedPage) -> TypedPage:
        if page.names:
            self._learn(page.names)
        return page

    def _types(self) -> MoveTypist:
        if self._typist is None:
            self._typist = self._make()
        return self._typist


def _typist(version: OneRosterVersion, key: str) -> MoveTypist:
    # msgspec is loaded with the first page.
    from .move_typing import MoveTypist

    return MoveTypist(version, key)

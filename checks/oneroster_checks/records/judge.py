"""The judge of a full read: it types pages, keeps their records and answers the rules, in threads of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from ..connection import OneRosterVersion
from ..limits import MANY_LINKS
from ..standard.envelopes import Record
from .disk import DiskFailed, DiskFault, disk_fault
from .found import Found
from .layout import TABLES
from .page import TypedPage
from .reference_types import ReferenceTypes
from .violations import Violations

if TYPE_CHECKING:
    from .database import RecordDatabase
    from .typing_pages import PageTypist

__all__ = ["Found", "Judge"]

P = ParamSpec("P")
T = TypeVar("T")


class Judge:
    """Judges the records of one run of a OneRoster version on a day.

    `learn` gets the personal values of each page before the page is handed on. `disk` says why the disk of this
    computer does not keep the records any more, None as long as it does.
    """

    def __init__(
        self, version: OneRosterVersion, today: date, learn: Callable[[Iterable[str]], None]
    ) -> None:
        self._version: OneRosterVersion = version
        self._today = today
        self._learn = learn
        self._violations = Violations()
        self._references = ReferenceTypes(version)
        # SQLite wants one thread, and lets go of Python's lock while it works; so the next page is typed meanwhile.
        self._typing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")
        self._keeping = ThreadPoolExecutor(max_workers=1, thread_name_prefix="records")
        self._database: RecordDatabase | None = None
        self._typist: PageTypist | None = None
        self._found: dict[tuple[str, frozenset[str]], Future[Found]] = {}
        self._numbers: dict[str, Future[dict[str, int]]] = {}
        self.disk: DiskFault | None = None
        self._is_closed = False
        # Whether the last page has so many links and violations that it is let go of before the next one is typed.
        self._is_heavy = False

    async def strict(self, body: bytes | bytearray, path: str) -> TypedPage | None:
        """The page in a body; None when it is not in every point as the standard says."""
        thread = self._keeping if self._is_heavy else self._typing
        page = await self._in_thread(thread, self._strict, body, path)
        return page and self._learnt(page)

    async def lenient(self, rows: Sequence[Record], path: str) -> TypedPage:
        """The page of records that were decoded already, with all that breaks the standard."""
        # These take much memory, so the page before is let go of first.
        return self._learnt(await self._in_thread(self._keeping, self._lenient, rows, path))

    async def add(self, page: TypedPage) -> None:
        """Keep the records of a page, and count what breaks the standard.

        DiskFailed when the disk of this computer does not keep them; then nothing can be asked any more.
        """
        self._is_heavy = len(page.links) + len(page.violations) > MANY_LINKS
        await self._in_thread(self._keeping, self._add, page)

    def begin(self, complete: Collection[str]) -> None:
        """Begin with all figures and rules, for `numbers` and `found` with the same complete collections."""
        if self._is_closed or self.disk is not None:
            return
        from .database import FIGURES
        from .rules_read import rules

        for name in FIGURES:
            self._asked_numbers(name)
        for code in rules():
            self._asked(code, frozenset(complete))

    async def found(self, code: str, *, complete: Collection[str] = tuple(TABLES.values())) -> Found:
        """What the rule of a cause finds over all records that were added, asked once in a run.

        `complete` are the collections that were read to their end: a reference into another one is not judged. No
        page is added afterwards. DiskFailed as in `add`.
        """
        return await self._answer(lambda: self._asked(code, frozenset(complete)))

    async def numbers(self, name: str) -> dict[str, int]:
        """Figures over all records by their names: see `RecordDatabase.numbers`. DiskFailed as in `add`."""
        return await self._answer(lambda: self._asked_numbers(name))

    def _asked(self, code: str, complete: frozenset[str]) -> Future[Found]:
        key = code, complete
        if key not in self._found or self._found[key].cancelled():
            self._found[key] = self._keeping.submit(lambda: self._records().found(code, complete))
        return self._found[key]

    def _asked_numbers(self, name: str) -> Future[dict[str, int]]:
        if name not in self._numbers or self._numbers[name].cancelled():
            self._numbers[name] = self._keeping.submit(lambda: self._records().numbers(name))
        return self._numbers[name]

    @property
    def violations(self) -> Violations:
        """What breaks the standard in the records that were added so far."""
        return self._violations

    @property
    def references(self) -> ReferenceTypes:
        """What the references of the records that were added so far say that they lead to."""
        return self._references

    async def aclose(self) -> None:
        """End what is under way, and let go of everything."""
        if self._is_closed:
            return
        self._is_closed = True
        for asked in self._found.values():
            asked.cancel()
        for figures in self._numbers.values():
            figures.cancel()
        if self._database is not None:
            self._database.interrupt()
        closing = asyncio.get_running_loop().run_in_executor(self._keeping, self._close)
        try:
            await asyncio.shield(closing)
        finally:
            # Idle they end at once; who cancels the closing gets threads that end behind it.
            self._keeping.shutdown(wait=closing.done())
            self._typing.shutdown(wait=closing.done())

    async def _in_thread(
        self, thread: ThreadPoolExecutor, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await self._answer(lambda: thread.submit(work, *args, **kwargs))

    async def _answer(self, ask: Callable[[], Future[T]]) -> T:
        if self._is_closed:
            raise RuntimeError("The judge is closed.")
        if self.disk is not None:
            # Without a journal what was kept is of no use after an error.
            raise DiskFailed(self.disk)
        asked = ask()
        try:
            return await asyncio.wrap_future(asked)
        except Exception as error:
            fault = disk_fault(error)
            if fault is None:
                raise
            # Any other error leaves alone what the other thread may have met.
            self.disk = fault
            raise DiskFailed(self.disk) from error

    def _learnt(self, page: TypedPage) -> TypedPage:
        if page.names:
            self._learn(page.names)
        return page

    # In the thread.

    def _strict(self, body: bytes | bytearray, path: str) -> TypedPage | None:
        return self._types().strict(body, path)

    def _lenient(self, rows: Sequence[Record], path: str) -> TypedPage:
        return self._types().lenient(rows, path)

    def _add(self, page: TypedPage) -> None:
        self._records().add(page)
        self._violations.add(page)
        if page.references is not None:
            self._references.merge(page.references)

    def _types(self) -> PageTypist:
        if self._typist is None:
            from .typing_pages import PageTypist
            from .values import RunValues

            self._typist = PageTypist(self._version, RunValues(self._today))
        return self._typist

    def _records(self) -> RecordDatabase:
        if self._database is None:
            from .database import RecordDatabase

            self._database = RecordDatabase(self._version, self._today)
        return self._database

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()

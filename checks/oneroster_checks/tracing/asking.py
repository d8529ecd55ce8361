"""Looks single records up by as few requests as it can, and says that one is not there only where that was shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..evidence import Evidence
from ..limits import PAGE_ROWS, SESSION_ROWS, TRACE_PAGES, TRACE_SAMPLE_ROWS
from ..stages.context import RunContext
from ..standard.envelopes import Record, id_of
from .fields import SOURCED_ID, has, value_of
from .model import MayRead, ToldRead
from .whole_lists import Fits, WholeList, read_whole

if TYPE_CHECKING:
    from ..client.reading import Reading


class TraceStopped(Exception):
    """A list that cannot be read at all: the trace ends with its answer."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading.path)
        self.reading = reading


@dataclass(frozen=True, slots=True)
class Look:
    """What a look for one record showed: the record, or that it is not there.

    Neither where nothing shows which: `record` is None and `is_absent` False then. `evidence` are its requests.
    """

    record: Record | None = None
    is_absent: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """The records of a list that have a value in a field.

    `is_complete` says that there are no others: a filter was followed, or the whole list was read.
    """

    rows: tuple[Record, ...] = ()
    is_complete: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class Asker:
    """Asks for the records of one trace, each once.

    `may_read` is asked once, before the first list is read whole.
    """

    run: RunContext
    may_read: MayRead
    told: ToldRead
    permission: bool | None = None
    needs_whole: list[str] = field(default_factory=list)
    _looks: dict[tuple[str, str], Look] = field(default_factory=dict)
    _matches: dict[tuple[str, str, str], Matches] = field(default_factory=dict)
    _follows: dict[tuple[str, str], bool | None] = field(default_factory=dict)
    _samples: dict[tuple[str, int], Reading] = field(default_factory=dict)

    async def record(self, path: str, id: str, note: str = "") -> Look:
        """One record of a collection by its sourcedId: by itself, and where that brings nothing, in its list."""
        key = path, id
        if key not in self._looks:
            self._looks[key] = await self._look(path, id, note)
        return self._looks[key]

    async def _look(self, path: str, id: str, note: str) -> Look:
        alone = await self.alone(path, id, note)
        if alone.record is not None:
            return alone
        # A server may have no single records of a kind, or answer an unknown one with any error.
        found = await self.matching(path, SOURCED_ID, id)
        proof = (*alone.evidence, *found.evidence)
        if found.rows:
            return Look(found.rows[0], evidence=proof)
        return Look(is_absent=found.is_complete, evidence=proof)

    async def alone(self, path: str, id: str, note: str = "") -> Look:
        """One record by its own address and no other request; what it does not bring may be there all the same."""
        reading = await self.run.data.one(path, id, note=note)
        row = next((row for row in reading.rows if has(row, SOURCED_ID, id)), None)
        return Look(row, evidence=(reading.evidence,))

    async def listed(self, path: str, id: str) -> Look:
        """The same for a collection that is small as a rule: its first page is read once for all of its records."""
        page = await self._sample(path, SESSION_ROWS)
        row = next((row for row in page.rows if id_of(row) == id), None)
        return Look(row, evidence=(page.evidence,)) if row is not None else await self.record(path, id)

    async def every_listed(self, path: str) -> tuple[Record, ...]:
        """The records on the first page of a collection that is small as a rule."""
        return (await self._sample(path, SESSION_ROWS)).rows

    async def matching(self, path: str, field: str, value: str) -> Matches:
        """The records of a list that have a value in a field, of all its pages where a filter is not followed.

        Raises TraceStopped where the list cannot be read at all.
        """
        key = path, field, value
        if key not in self._matches:
            found = await self.filtered(path, field, value)
            # It may bring what has the value, and here there was nothing; or it may bring nothing at all.
            if not found.rows and await self.follows(path, field):
                found = replace(found, is_complete=True)
            if not found.is_complete:
                whole = await self.whole(path, lambda row: has(row, field, value))
                if whole is not None:
                    proof = (*found.evidence, *whole.evidence)
                    found = Matches(tuple(whole.rows), whole.is_complete, proof)
            self._matches[key] = found
        return self._matches[key]

    async def filtered(self, path: str, field: str, value: str) -> Matches:
        """The records that a filter brings; the only ones where it is known by now that it is followed."""
        if self._follows.get((path, field)) is False:
            return Matches()
        first = await self._page(path, field, value, "")
        rows = [row for row in first.rows if has(row, field, value)]
        if rows and len(rows) == len(first.rows):
            self._follows[path, field] = True
            rows += await self._further(first, path, field, value)
            return Matches(tuple(rows), True, (first.evidence,))
        if first.rows:
            self._follows[path, field] = False
            return Matches(tuple(rows), False, (first.evidence,))
        return Matches((), bool(self._follows.get((path, field))), (first.evidence,))

    async def follows(self, path: str, field: str) -> bool | None:
        """Whether a filter by a field brings a record that has its value; None where no record shows it."""
        key = path, field
        if key not in self._follows:
            self._follows[key] = await self._tried(path, field)
        return self._follows[key]

    async def _tried(self, path: str, field: str) -> bool | None:
        sample = await self._sample(path, TRACE_SAMPLE_ROWS)
        if not sample.rows:
            # In an empty list there is nothing that a filter could leave out.
            return True if sample.good else None
        value = next((text for row in sample.rows if (text := value_of(row, field))), "")
        if not value:
            return None
        found = await self._page(path, field, value, "does this filter bring a record that is there")
        return bool(found.rows) and all(has(row, field, value) for row in found.rows)

    async def _page(self, path: str, field: str, value: str, note: str, offset: int = 0) -> Reading:
        quoted = value.replace("'", "''")
        params: dict[str, str | int] = {"filter": f"{field}='{quoted}'"}
        if offset:
            params["offset"] = offset
        rows = self.run.rows_at_most(PAGE_ROWS)
        return await self.run.data.list(path, limit=rows, params=params, note=note, whole=True)

    async def _further(self, first: Reading, path: str, field: str, value: str) -> list[Record]:
        """The records of the pages behind the first one of a filter that is followed."""
        found: list[Record] = []
        page, seen = first, {*first.ids()}
        for _ in range(TRACE_PAGES):
            came = len(first.rows) + len(found)
            is_last = page.total <= came if page.total is not None else not page.next_url
            if is_last:
                break
            page = await self._page(path, field, value, "the next page", came)
            new = [row for row in page.rows if has(row, field, value) and id_of(row) not in seen]
            if not new:
                break
            seen |= set(map(id_of, new))
            found += new
        return found

    async def _sample(self, path: str, rows: int) -> Reading:
        key = path, rows
        if key not in self._samples:
            page = await self.run.data.list(path, limit=self.run.rows_at_most(rows), whole=True)
            if not page.good:
                raise TraceStopped(page)
            self._samples[key] = page
        return self._samples[key]

    async def below(self, shape: str, *ids: str) -> Reading:
        """One page of a list below records, such as `/students/{}/classes`; whoever asks judges the answer."""
        return await self.run.data.below(shape, *ids, limit=self.run.rows_at_most(PAGE_ROWS))

    async def whole(self, path: str, fits: Fits) -> WholeList | None:
        """The records of a list that fit, of all of its pages; None where it may not be read whole."""
        page = await self._sample(path, SESSION_ROWS)
        if await self._is_all(page):
            return WholeList([row for row in page.rows if fits(row)], True, (page.evidence,))
        if self.permission is None:
            self.permission = await self.may_read(path, page.total)
        if not self.permission:
            self.needs_whole += [] if path in self.needs_whole else [path]
            return None
        return await read_whole(self.run, path, fits, self.told)

    async def _is_all(self, page: Reading) -> bool:
        """Whether a first page holds its whole list; where no total says so, nothing came behind it."""
        if page.whole_by_total is not None:
            return page.whole_by_total
        if page.next_url or page.cut:
            return False
        params: dict[str, str | int] = {"offset": len(page.rows)}
        behind = await self.run.data.list(
            page.path, limit=page.limit, params=params, note="behind the first page"
        )
        return behind.good and not set(behind.ids()) - set(page.ids())

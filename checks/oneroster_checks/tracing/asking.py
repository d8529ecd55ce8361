"""Looks single records up by as few requests as it can, and says that one is not there only where that was shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..client.reading import Kind, Reading
from ..evidence import Evidence
from ..http.budget import RunLimitReached
from ..limits import PAGE_ROWS, SESSION_ROWS, TRACE_SAMPLE_ROWS
from ..stages.context import RunContext
from ..standard.envelopes import Record
from .fields import SOURCED_ID, has, value_of
from .model import MayRead, ToldRead
from .short_lists import ShortList, read_short
from .whole_lists import Fits, WholeList, read_whole


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

    `may_read` is asked before a list is read whole, once for each. `stopped` is the first list that could not be read
    while something of the chain was seen already, `reached` the limit of the run that ended it then.
    """

    run: RunContext
    may_read: MayRead
    told: ToldRead
    permissions: dict[str, bool] = field(default_factory=dict)
    needs_whole: list[str] = field(default_factory=list)
    stopped: TraceStopped | None = None
    reached: RunLimitReached | None = None
    _looks: dict[tuple[str, str], Look] = field(default_factory=dict)
    _alone: dict[tuple[str, str], Look] = field(default_factory=dict)
    _matches: dict[tuple[str, str, str], Matches] = field(default_factory=dict)
    _filtered: dict[tuple[str, str, str], Reading] = field(default_factory=dict)
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
        if (path, SESSION_ROWS) in self._samples:
            on_page = await self.on_first_page(path, id)
            if on_page.record is not None or on_page.is_absent:
                return replace(on_page, evidence=(*alone.evidence, *on_page.evidence))
        found = await self.matching(path, SOURCED_ID, id)
        proof = (*alone.evidence, *found.evidence)
        if found.rows:
            return Look(found.rows[0], evidence=proof)
        return Look(is_absent=found.is_complete, evidence=proof)

    async def alone(self, path: str, id: str, note: str = "") -> Look:
        """One record by its own address and no other request; what it does not bring may be there all the same."""
        key = path, id
        if key not in self._alone:
            reading = await self.run.data.one(path, id, note=note)
            row = next((row for row in reading.rows if has(row, SOURCED_ID, id)), None)
            self._alone[key] = Look(row, evidence=(reading.evidence,))
        return self._alone[key]

    async def listed(self, path: str, id: str) -> Look:
        """The same for a collection that is small as a rule: its first page is read once for all of its records."""
        on_page = await self.on_first_page(path, id)
        return on_page if on_page.record is not None else await self.record(path, id)

    async def on_first_page(self, path: str, id: str) -> Look:
        """The same on the first page alone; absent is what a page lacks that holds the whole list."""
        page = await self._sample(path, SESSION_ROWS)
        row = next((row for row in page.rows if has(row, SOURCED_ID, id)), None)
        return Look(row, row is None and bool(page.whole_by_total), (page.evidence,))

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
            if not found.is_complete:
                whole = await self.whole(path, lambda row: has(row, field, value))
                if whole is not None:
                    proof = (*found.evidence, *whole.evidence)
                    found = Matches(tuple(whole.rows), whole.is_complete, proof)
            self._matches[key] = found
        return self._matches[key]

    async def filtered(self, path: str, field: str, value: str, *, tried: bool = True) -> Matches:
        """The records that a filter brings; the only ones where it is known to be followed.

        Where it brings nothing, it is tried on a record that is there, unless `tried` is False.
        """
        key = path, field
        if self._follows.get(key) is False:
            return Matches()
        first = self._filtered.get((path, field, value)) or await self._page(path, field, value, "")
        self._filtered[path, field, value] = first
        if not (first.good or first.kind is Kind.NOT_FOUND or first.says_nothing):
            self._follows[key] = False
            return Matches(evidence=(first.evidence,))
        if not first.rows:
            if not tried:
                return Matches(evidence=(first.evidence,))
            return await self._nothing(path, field, value, first)
        if not all(has(row, field, value) for row in first.rows):
            self._follows[key] = False
            return Matches(
                tuple(row for row in first.rows if has(row, field, value)), False, (first.evidence,)
            )
        if field == SOURCED_ID:
            self._follows[key] = True
            return Matches(first.rows, True, (first.evidence,))
        found = await read_short(
            first, lambda behind: self._page(path, field, value, "the next page", behind)
        )
        # Behind the first page of a list that is sorted by the value, others come where a filter is ignored.
        rows = tuple(row for row in found.rows if has(row, field, value))
        self._follows[key] = len(rows) == len(found.rows)
        return Matches(rows, found.is_complete and len(rows) == len(found.rows), found.evidence)

    async def _nothing(self, path: str, field: str, value: str, first: Reading) -> Matches:
        """What it means that a filter brought nothing: it may bring what has the value, or nothing at all."""
        if await self.follows(path, field):
            return Matches((), True, (first.evidence,))
        sample = await self._sample(path, TRACE_SAMPLE_ROWS)
        rows = tuple(row for row in sample.rows if has(row, field, value)) if sample.whole_by_total else ()
        return Matches(rows, bool(sample.whole_by_total), (first.evidence, sample.evidence))

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
        if sample.whole_by_total:
            # The list itself shows what is in it.
            return None
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

    async def _sample(self, path: str, rows: int) -> Reading:
        # A page that came already is as good as a shorter one.
        key = path, SESSION_ROWS if (path, SESSION_ROWS) in self._samples else rows
        if key not in self._samples:
            page = await self.run.data.list(path, limit=self.run.rows_at_most(rows), whole=True)
            if not page.good:
                raise TraceStopped(page)
            self._samples[key] = page
        return self._samples[key]

    async def below(self, shape: str, *ids: str) -> ShortList:
        """A list below records, such as `/students/{}/classes`."""

        async def page(behind: int) -> Reading:
            params: dict[str, str | int] = {"offset": behind} if behind else {}
            rows = self.run.rows_at_most(PAGE_ROWS)
            return await self.run.data.below(shape, *ids, limit=rows, params=params, whole=True)

        return await read_short(await page(0), page)

    async def whole(self, path: str, fits: Fits) -> WholeList | None:
        """The records of a list that fit, of all of its pages; None where it may not be read whole."""
        page = await self._sample(path, SESSION_ROWS)
        if await self._is_all(page):
            return WholeList([row for row in page.rows if fits(row)], True, (page.evidence,))
        if path not in self.permissions:
            began = self.run.session.clock.monotonic()
            self.permissions[path] = await self.may_read(path, page.total)
            # The time that a person takes to answer is none of the run's.
            self.run.session.budget.extend(self.run.session.clock.monotonic() - began)
        if not self.permissions[path]:
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

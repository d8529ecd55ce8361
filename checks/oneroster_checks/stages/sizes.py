"""How many records a collection has, as far as the pages that were read show it: never more than was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import limits
from ..finding import FactDict
from .context import RunContext
from .page_links import brings_new

if TYPE_CHECKING:
    from ..client.reading import Reading


@dataclass(frozen=True, slots=True)
class Amount:
    """How many there are: `least` for certain, and at most `most`, None when nobody knows."""

    least: int
    most: int | None = None

    @property
    def certain(self) -> bool:
        """Whether the number is known."""
        return self.least == self.most

    def __add__(self, other: Amount) -> Amount:
        known = self.most is not None and other.most is not None
        return Amount(self.least + other.least, (self.most or 0) + (other.most or 0) if known else None)


def exactly(number: int) -> Amount:
    """A number that is known."""
    return Amount(number, number)


def figures(**sizes: Amount) -> FactDict:
    """Numbers as facts; those that are only known from below are named in `lower_bounds`.

    A sentence then says "at least 100", or "100 to 800" where a number beyond which there is nothing is known.
    """
    # "At least 0" says nothing.
    sizes = {name: size for name, size in sizes.items() if size.least or size.most is not None}
    facts: FactDict = {name: size.least for name, size in sizes.items()}
    uncertain = tuple(name for name, size in sizes.items() if not size.certain)
    if uncertain:
        facts["lower_bounds"] = uncertain
    facts |= {f"{name}_at_most": sizes[name].most or 0 for name in uncertain if sizes[name].most is not None}
    return facts


def learn(run: RunContext) -> None:
    """Remember every number of records that the first pages show for certain."""
    for path, reading in run.readings.items():
        size = _shown(run, reading)
        name = path.strip("/")
        if size is not None and size.certain:
            run.counts[name] = size.least
        elif size is not None and size.least > run.counts.get(name, size.least):
            # A later page has shown more than a total said.
            del run.counts[name]


def size_of(run: RunContext, path: str) -> Amount:
    """How many records a collection has, as far as it is known by now; none when it was not read."""
    learn(run)
    name = path.strip("/")
    if name in run.counts:
        return exactly(run.counts[name])
    reading = run.readings.get(path)
    return (_shown(run, reading) if reading else None) or Amount(0)


def _shown(run: RunContext, reading: Reading) -> Amount | None:
    """What a first page and the pages behind it show, None for an answer that is no list."""
    rows = len(reading.rows)
    if not reading.good:
        return None
    if reading.total is not None and not _is_doubtful(run, reading):
        # A total below what came, or beside an empty page, is not true.
        believed = reading.total >= reading.received and (rows or not reading.total)
        behind = _behind(run, reading)
        # An offset that is ignored brings the first page again.
        last = max((_end_of(page, at) for page, at in behind if brings_new(page, reading)), default=rows)
        return exactly(reading.total) if believed and last <= reading.total else Amount(max(rows, last))
    if _ends_by_itself(run, reading):
        return exactly(rows)
    least = rows
    ends: list[int] = []
    for page, offset in _behind(run, reading):
        if brings_more(reading, page):
            least = max(least, _end_of(page, offset))
        elif is_behind_the_end(page):
            ends.append(offset)
    return Amount(least, min(ends, default=None))


def _behind(run: RunContext, first: Reading) -> list[tuple[Reading, int]]:
    """The pages behind a first one that were read so far, with their offsets."""
    return [(page, offset) for (path, offset, _), page in run.pages.items() if path == first.path]


def _end_of(page: Reading, offset: int) -> int:
    """The place of the last record on a page."""
    return offset + len(page.rows) if page.rows else 0


def _is_doubtful(run: RunContext, reading: Reading) -> bool:
    """Whether a total that is that of the page may be made of the page: as long as pages of this server can be."""
    rows = len(reading.rows)
    if rows < limits.FEWEST_ROWS or reading.total != rows:
        return False
    others = [len(other.rows) for path, other in run.readings.items() if path != reading.path]
    return reading.whole_by_total is None or rows >= reading.limit or rows == max(others, default=0)


def _ends_by_itself(run: RunContext, reading: Reading) -> bool:
    """Whether a page without a total is the last: it is empty, or shorter than what this server can send.

    No server is known that sends fewer than `limits.FEWEST_ROWS` records where more are asked for and more exist.
    """
    rows = len(reading.rows)
    if reading.next_url or reading.cut:
        return False
    longest = max(len(other.rows) for other in run.readings.values())
    return not rows or (rows < reading.limit and rows < max(longest, limits.FEWEST_ROWS))


def brings_more(first: Reading, page: Reading) -> bool:
    """Whether a later page has records that the first has not: the offset is followed."""
    return bool(page.rows) and not set(page.ids()) & set(first.ids())


def is_behind_the_end(page: Reading) -> bool:
    """Whether a page lies behind the last record: it is empty, or not found."""
    from ..client.reading import Kind

    return page.kind in (Kind.EMPTY, Kind.NOT_FOUND)


async def is_whole(run: RunContext, reading: Reading) -> bool:
    """Whether a page holds its whole collection; at most one request, where nothing else shows it."""
    if not reading.good:
        return False
    if reading.total is not None and not _is_doubtful(run, reading):
        return reading.total <= len(reading.rows)
    if size_of(run, reading.path).certain:
        return True
    if not reading.rows or (reading.total is None and len(reading.rows) >= reading.limit):
        return False
    # A next page may still be named on the last one.
    await run.page_at(reading.path, len(reading.rows), 1, "is there more after this page")
    return size_of(run, reading.path) == exactly(len(reading.rows))


async def pages_behind(run: RunContext, first: Reading, limit: int, most: int, note: str) -> list[Reading]:
    """Pages behind the first of a collection without a total, in steps that grow until its end, then between.

    At most `most` requests; those that brought new records, in the order of the collection.
    """
    low, high = len(first.rows), None
    found: dict[int, Reading] = {}
    for _ in range(most):
        if high is not None and high - low <= len(first.rows):
            break
        # Between a record and the end the middle is that of the orders of magnitude.
        offset = low * limits.GROWTH if high is None else round((low * high) ** 0.5)
        page = await run.page_at(first.path, offset, limit, note)
        if brings_more(first, page):
            low, found[offset] = offset + len(page.rows), page
        elif is_behind_the_end(page):
            high = offset
        else:
            break
    return [found[offset] for offset in sorted(found)]


async def measured(run: RunContext, path: str) -> Amount:
    """The size of a collection, in a few requests where the server tells no total and there is time for them."""
    reading = await run.reading(path)
    size = size_of(run, path)
    if not size.certain and reading.rows and reading.total is None and _has_requests_to_spare(run):
        await pages_behind(run, reading, 1, limits.SIZE_REQUESTS, "how many records there are")
    return size_of(run, path)


def _has_requests_to_spare(run: RunContext) -> bool:
    """In OneRoster 1.1 people are looked up, within the requests of a run."""
    return run.connection.oneroster == "1.2" and not run.is_slow

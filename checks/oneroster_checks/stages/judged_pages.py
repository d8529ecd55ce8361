"""How the pages of one collection are judged: small ones that must differ, and a very large one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import limits
from .asked import with_query
from .context import RunContext
from .sizes import is_behind_the_end
from .verified import CollectionFault

if TYPE_CHECKING:
    from ..client.reading import Reading


async def two_small_pages(run: RunContext, page: Reading) -> CollectionFault | bool | None:
    """Two pages of one record each, which differ."""
    if len(set(page.ids())) < 2:
        return None
    second = await with_query(run, page.path, 1, {"offset": 1}, "the second record alone")
    if not second.rows:
        return None
    if second.received > 1:
        facts = {"received": second.received, "asked": 1}
        return CollectionFault(page.path, "paging.limit-ignored", "", (second.evidence,), facts)
    if second.ids() != page.ids()[:1]:
        return True
    # The order may have changed since the first page was read.
    first = await with_query(run, page.path, 1, {"offset": 0}, "the first record alone")
    if first.ids() != second.ids():
        return True
    # A server that repeats a record from page to page follows the offset all the same: further on, others come.
    third = await with_query(run, page.path, 1, {"offset": 2}, "the third record alone")
    proof = (first.evidence, second.evidence, third.evidence)
    if third.ids() == first.ids():
        return CollectionFault(page.path, "paging.offset-ignored", "", proof)
    if third.rows or is_behind_the_end(third):
        return CollectionFault(page.path, "paging.duplicates", "", proof, {"count": 1})
    return None


async def many_at_once(run: RunContext, page: Reading) -> CollectionFault | bool | None:
    """As many records as large consumers ask for, in one request."""
    asked = limits.ROWS_OF_CONSUMERS
    if run.full is not None and run.full.at_once.get(page.path.strip("/"), 0) >= asked:
        # The full read had such a page.
        return True
    from ..client.page_requests import typed_page

    note = f"{asked:,} records at once"
    # What a page may have in this run was found for smaller ones; here the size itself is tried.
    judge = run.full.judge if run.full is not None and run.full.judge.disk is None else None
    large = await run.data.list(page.path, limit=asked, note=note, raw=judge is not None)
    ids, received = large.ids(), large.received
    if judge is not None:
        typed, large = await typed_page(run.data, judge, large)
        ids, received = (list(typed.ids), len(typed)) if typed is not None else (large.ids(), large.received)
    if large.answer.content.undecoded is not None:
        # More than this tool reads came, so that it is not known how many.
        return True if large.answer.succeeded else None
    if large.good:
        there_are = max(large.total or 0, _read_in_full(run, page.path))
        if there_are <= received or received >= asked:
            return True
        # A total may be too high: only what comes behind these shows that they were capped.
        note = "what follows those that came"
        rest = await with_query(run, page.path, 1, {"offset": received}, note)
        if not set(rest.ids()) - set(ids):
            return True if rest.good or is_behind_the_end(rest) else None
        facts = {"received": received, "asked": asked}
        return CollectionFault(page.path, "paging.limit-capped", "", (large.evidence, rest.evidence), facts)
    if large.status in (401, 403, 404, 429) or not page.rows:
        return None
    refused = {"asked": asked, "works": len(page.rows), "status": large.status}
    return CollectionFault(page.path, "load.page-too-large", "", (large.evidence,), refused)


def _read_in_full(run: RunContext, path: str) -> int:
    """How many records of a collection the full read found, which says more than a total that is not sent."""
    read = run.full.reads.get(path.strip("/")) if run.full is not None else None
    return read.records if read is not None else 0

"""Depth full: two small pages of every collection, and as many records at once as large consumers ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import limits
from ..finding import Stage
from .asked import with_query
from .context import RunContext
from .model import Check, Depth, Outcome
from .verified import CollectionFault, outcome_of, over_collections

if TYPE_CHECKING:
    from ..client.reading import Reading


async def _two_small_pages(run: RunContext, page: Reading) -> CollectionFault | bool | None:
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
    return CollectionFault(page.path, "paging.offset-ignored", "", (first.evidence, second.evidence))


async def _small_pages(run: RunContext) -> Outcome:
    found = await over_collections(run, _two_small_pages)
    outcome = outcome_of(found, "paging.offset-ignored", fails=True)
    return outcome if outcome.cause else outcome_of(found, "paging.limit-ignored")


async def _many_at_once(run: RunContext, page: Reading) -> CollectionFault | bool | None:
    asked = limits.ROWS_OF_CONSUMERS
    note = f"{asked:,} records at once"
    # What a page may have in this run was found for smaller ones; here the size itself is tried.
    large = await run.data.list(page.path, limit=asked, note=note)
    if large.answer.content.undecoded is not None:
        # More than this tool reads came, so that it is not known how many.
        return True if large.answer.succeeded else None
    if large.good:
        more = large.total is not None and large.total > large.received
        if not more or large.received >= asked:
            return True
        facts = {"received": large.received, "asked": asked}
        return CollectionFault(page.path, "paging.limit-capped", "", (large.evidence,), facts)
    if large.status in (401, 403, 404, 429) or not page.rows:
        return None
    refused = {"asked": asked, "works": len(page.rows), "status": large.status}
    return CollectionFault(page.path, "load.page-too-large", "", (large.evidence,), refused)


async def _large_pages(run: RunContext) -> Outcome:
    found = await over_collections(run, _many_at_once)
    return outcome_of(found, "load.page-too-large", "paging.limit-capped")


CHECKS: tuple[Check, ...] = (
    Check(
        "verified.paging", "Paging of every collection",
        "Whether two pages of one record each differ in every collection, also in small ones.",
        Stage.PROTOCOL, _small_pages, requires=("sharing.orgs",), after=("operations.agreement",),
        depth=Depth.FULL, in_order="[[Tried on {of} collections.]]",
    ),
    Check(
        "verified.large-page", "10,000 records at once",
        "Whether every collection returns as many records at once as large consumers ask for.",
        Stage.PROTOCOL, _large_pages, requires=("sharing.orgs",), after=("verified.paging",), depth=Depth.FULL,
        in_order="[[Tried on {of} collections.]]",
    ),
)  # fmt: skip

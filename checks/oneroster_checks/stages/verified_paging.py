"""Depth full: two small pages of every collection, and as many records at once as large consumers ask for."""

from __future__ import annotations

from ..finding import Stage
from .context import RunContext
from .judged_pages import many_at_once, two_small_pages
from .model import Check, Depth, Outcome
from .verified import outcome_of, over_collections


async def _small_pages(run: RunContext) -> Outcome:
    found = await over_collections(run, two_small_pages)
    outcome = outcome_of(found, "paging.offset-ignored", "paging.duplicates", fails=True)
    return outcome if outcome.cause else outcome_of(found, "paging.limit-ignored")


async def _large_pages(run: RunContext) -> Outcome:
    found = await over_collections(run, many_at_once)
    return outcome_of(found, "load.page-too-large", "paging.limit-capped")


CHECKS: tuple[Check, ...] = (
    Check(
        "verified.paging", "Paging in every collection",
        "Whether two pages of one record each differ in every collection, even small ones.",
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

"""Depth full: filters on every collection, by what comes back: by status, for nothing, and for what changed."""

from __future__ import annotations

from ..finding import Stage
from .context import RunContext
from .judged_queries import by_status, changed_after, nothing_matches
from .model import Check, Depth, Outcome, skipped
from .verified import Verified, outcome_of, over_collections

_NOT_FOLLOWED = "the server ignores filters"
_NO_FILTERS = {"query.filter-ignored", "query.filter-unsupported"}


async def _filters(run: RunContext) -> Outcome:
    found = await over_collections(run, by_status)
    outcome = outcome_of(found, "query.filter-ignored", fails=True)
    return outcome if outcome.cause else outcome_of(found, "query.filter-unsupported")


async def _no_match(run: RunContext) -> Outcome:
    if "query.filter-ignored" in run.named:
        return skipped(_NOT_FOLLOWED)
    return outcome_of(await over_collections(run, nothing_matches), "query.no-match")


async def _follows_no_filter(run: RunContext) -> bool:
    """Whether neither the filter of a quick run nor one by status was followed, in any collection."""
    if run.filters_work is not False or not run.named & _NO_FILTERS:
        return False
    found = await over_collections(run, by_status)
    return isinstance(found, Verified) and len(found.faults) == found.judged


async def _delta(run: RunContext) -> Outcome:
    if await _follows_no_filter(run):
        return skipped(_NOT_FOLLOWED)
    return outcome_of(await over_collections(run, changed_after), "query.delta-ignored")


CHECKS: tuple[Check, ...] = (
    Check(
        "verified.filters", "Filtering in every collection",
        "Whether a filter by status and sourcedId returns that one record, in every collection.",
        Stage.PROTOCOL, _filters, requires=("query.filter",), after=("verified.large-page",), depth=Depth.FULL,
        in_order="[[Tried on {of} collections.]]",
    ),
    Check(
        "verified.no-match", "Filters that match nothing",
        "Whether a filter that matches no record returns an empty list, in every collection.",
        Stage.PROTOCOL, _no_match, requires=("query.filter",), after=("verified.filters",), depth=Depth.FULL,
        in_order="[[Tried on {of} collections.]]",
    ),
    Check(
        "verified.delta", "Filter by last change",
        "Whether a filter on dateLastModified returns only what changed after a date, as nightly syncs need.",
        Stage.PROTOCOL, _delta, requires=("sharing.orgs",), after=("verified.no-match",), depth=Depth.FULL,
        in_order="[[Tried on {of} collections.]]",
    ),
)  # fmt: skip

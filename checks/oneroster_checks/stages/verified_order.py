"""Depth full: sort and fields on every collection, by the order and the fields of what comes back."""

from __future__ import annotations

from ..finding import Stage
from .context import RunContext
from .judged_order import sorted_by_id, two_fields
from .model import Check, Depth, Outcome, skipped
from .verified import outcome_of, over_collections

_TOLD = "one collection has already shown it"


async def _sorting(run: RunContext) -> Outcome:
    if "query.sort-ignored" in run.named:
        return skipped(_TOLD)
    return outcome_of(await over_collections(run, sorted_by_id), "query.sort-ignored")


async def _selection(run: RunContext) -> Outcome:
    if "query.fields-ignored" in run.named:
        return skipped(_TOLD)
    return outcome_of(await over_collections(run, two_fields), "query.fields-ignored")


CHECKS: tuple[Check, ...] = (
    Check(
        "verified.sort", "Sorting in every collection",
        "Whether sort and orderBy change the order of the records, in every collection.",
        Stage.PROTOCOL, _sorting, requires=("sharing.orgs",), after=("verified.delta", "query.sort"),
        depth=Depth.FULL, in_order="[[Tried on {of} collections.]]",
    ),
    Check(
        "verified.fields", "Field selection in every collection",
        "Whether the fields parameter returns only the requested fields, in every collection.",
        Stage.PROTOCOL, _selection, requires=("sharing.orgs",), after=("verified.sort", "query.fields"),
        depth=Depth.FULL, in_order="[[Tried on {of} collections.]]",
    ),
)  # fmt: skip

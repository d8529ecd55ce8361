"""How sort and fields are judged in one collection, by the order and the fields of what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import limits
from .asked import with_query
from .context import RunContext
from .order import falls, rises
from .query_rules import SELECTED, others_of, refusal, refused_query
from .verified import CollectionFault

if TYPE_CHECKING:
    from ..client.reading import Reading

_FIELDS = ",".join(SELECTED)


def _sort(page: Reading) -> dict[str, str | int]:
    """The order in which the records do not come already."""
    before = page.ids()[: limits.SORT_ROWS]
    return {"sort": "sourcedId", "orderBy": "asc" if falls(before) and not rises(before) else "desc"}


async def _both(run: RunContext, page: Reading) -> Reading:
    """The records sorted and with two fields, in one request."""
    asked = {**_sort(page), "fields": _FIELDS}
    return await with_query(run, page.path, limits.SORT_ROWS, asked, "sorted, with two fields")


async def sorted_by_id(run: RunContext, page: Reading) -> CollectionFault | bool | None:
    """The records in another order than they come in."""
    if len(set(page.ids())) < limits.ORDERED_ROWS:
        return None
    found, asked = await _both(run, page), _sort(page)
    if not found.good:
        found = await with_query(run, page.path, limits.SORT_ROWS, asked, "sorted")
    facts = {"sort": f"sort={asked['sort']}&orderBy={asked['orderBy']}"}
    if not found.good:
        if not refused_query(found):
            return None
        return CollectionFault(page.path, "query.sort-ignored", refusal(found), (found.evidence,), facts)
    ids = found.ids()
    if len(set(ids)) < limits.ORDERED_ROWS:
        return None
    if rises(ids) if asked["orderBy"] == "asc" else falls(ids):
        return True
    return CollectionFault(page.path, "query.sort-ignored", "", (page.evidence, found.evidence), facts)


async def two_fields(run: RunContext, page: Reading) -> CollectionFault | bool | None:
    """The records with two fields alone."""
    if not any(others_of(row) for row in page.rows):
        return None
    found = await _both(run, page)
    if not found.good:
        found = await with_query(run, page.path, 1, {"fields": _FIELDS}, "two fields only")
    facts = {"fields": _FIELDS}
    if not found.good:
        if not refused_query(found):
            return None
        return CollectionFault(page.path, "query.fields-ignored", refusal(found), (found.evidence,), facts)
    if not found.rows:
        return None
    others = others_of(found.rows[0])
    if others:
        return CollectionFault(
            page.path, "query.fields-ignored", f"{len(others)} more", (found.evidence,), facts
        )
    return True if found.ids() else None

"""The checks of filter, sort and fields: are they followed, not only answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..finding import Stage, Status
from ..limits import FILTER_ROWS, ORDERED_ROWS, SORT_ROWS
from ..redaction.ids import is_open
from ..standard.envelopes import REPLACED
from .context import TOO_SLOW, RunContext
from .model import Check, Outcome, failed, known, passed, skipped, warned
from .order import falls, rises
from .part_outcomes import part_blocked
from .query_rules import SELECTED, others_of, refusal, refused_query

if TYPE_CHECKING:
    from ..client.reading import Reading

_CANDIDATES = ("/classes", "/students", "/teachers", "/enrollments", "/academicSessions", "/orgs")


def _sample(run: RunContext, records: int = 2) -> Reading | None:
    """A collection with at least so many different records, to see what a query changes."""
    for path in _CANDIDATES:
        reading = run.readings.get(path)
        if reading and len(set(reading.ids())) >= records:
            return reading
    return None


async def _filter(run: RunContext) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    sample = _sample(run)
    if sample is None:
        return skipped("no collection has two different records")
    fit = [id for id in sample.ids() if "'" not in id and REPLACED not in id]
    if not fit:
        return skipped("the sourcedIds contain characters that a filter cannot express")
    # A short page without the filter seldom has the last one; whoever reads of one that is shown whole can try it.
    wanted = next((id for id in reversed(fit) if is_open(id)), fit[-1])
    text = f"sourcedId='{wanted}'"
    found = await run.page(
        sample.path, limit=FILTER_ROWS, params={"filter": text}, note="filter for one sourcedId"
    )
    facts = known({"path": sample.path, "filter": text, "status": found.status})
    if not found.good and not refused_query(found):
        blocked = part_blocked(run, found, Status.WARN)
        if blocked is not None:
            return replace(blocked, facts={**blocked.facts, "only": "requests with a filter"})
        return skipped(f"the request with a filter failed ({found.kind})", found.evidence)
    if not found.good:
        run.filters_work = False
        return warned("query.filter-unsupported", found.evidence, **facts)
    ids = found.ids()
    # A server that takes upper and lower case for the same still filters.
    others = [id for id in ids if id.casefold() != wanted.casefold()]
    if others:
        run.filters_work = False
        return failed(
            "query.filter-ignored", sample.evidence, found.evidence, **facts | {"count": len(others)}
        )
    if not found.rows:
        run.filters_work = False
        detail = "nothing came back for a sourcedId that exists"
        return warned("query.filter-unsupported", found.evidence, **facts | {"detail": detail})
    if not ids:
        return skipped("the records that came back have no sourcedId", found.evidence)
    run.filters_work = True
    return passed(found.evidence, filter=text, path=sample.path)


async def _sort(run: RunContext) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    sample = _sample(run, ORDERED_ROWS)
    if sample is None:
        return skipped(f"no collection has {ORDERED_ROWS} different records, as a sort check needs")
    # What already comes in an order shows nothing by coming in it again.
    before = sample.ids()[:SORT_ROWS]
    upwards = falls(before) and not rises(before)
    direction, words = ("asc", "ascending") if upwards else ("desc", "descending")
    found = await run.page(
        sample.path,
        limit=SORT_ROWS,
        params={"sort": "sourcedId", "orderBy": direction},
        note=f"sorted in {words} order",
    )
    sort = f"sort=sourcedId&orderBy={direction}"
    facts = known({"path": sample.path, "sort": sort, "status": found.status})
    if not found.good and not refused_query(found):
        return skipped(f"the request with a sort order failed ({found.kind})", found.evidence)
    if not found.good:
        return warned("query.sort-ignored", found.evidence, **facts | {"detail": refusal(found)})
    ids = found.ids()
    if len(set(ids)) < ORDERED_ROWS:
        return skipped("too few records came back to see an order", found.evidence)
    if not (rises(ids) if upwards else falls(ids)):
        return warned("query.sort-ignored", sample.evidence, found.evidence, **facts)
    return passed(found.evidence, path=sample.path)


async def _fields(run: RunContext) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    sample = _sample(run)
    if sample is None:
        return skipped("no collection has two different records")
    if not any(others_of(row) for row in sample.rows):
        return skipped("the records have no field to leave out")
    selection = ",".join(SELECTED)
    found = await run.page(sample.path, limit=1, params={"fields": selection}, note="two fields only")
    facts = known({"path": sample.path, "fields": selection, "status": found.status})
    if not found.good and not refused_query(found):
        return skipped(f"the request for two fields failed ({found.kind})", found.evidence)
    if not found.good:
        return warned("query.fields-ignored", found.evidence, **facts | {"detail": refusal(found)})
    if not found.rows:
        return skipped("no records came back", found.evidence)
    others = others_of(found.rows[0])
    if others:
        return warned("query.fields-ignored", found.evidence, **facts | {"detail": f"{len(others)} more"})
    if not found.ids():
        return skipped("the records that came back have no sourcedId", found.evidence)
    return passed(found.evidence, path=sample.path)


_AFTER = ("sharing.rostering", "paging.pages")

CHECKS: tuple[Check, ...] = (
    Check(
        "query.filter", "Filtering",
        "Whether a filter on one sourcedId returns only that record.",
        Stage.PROTOCOL, _filter, requires=("sharing.orgs",), after=_AFTER,
        in_order="[[Tried on {path}.]]",
    ),
    Check(
        "query.sort", "Sorting",
        "Whether sort and orderBy change the order of the records.",
        Stage.PROTOCOL, _sort, requires=("sharing.orgs",), after=_AFTER,
        in_order="[[Tried on {path}.]]",
    ),
    Check(
        "query.fields", "Field selection",
        "Whether the fields parameter returns only the requested fields.",
        Stage.PROTOCOL, _fields, requires=("sharing.orgs",), after=_AFTER,
        in_order="[[Tried on {path}.]]",
    ),
)  # fmt: skip

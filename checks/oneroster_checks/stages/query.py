"""The checks of filter, sort and fields: are they followed, not only answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..finding import Stage
from ..limits import FILTER_ROWS, SORT_ROWS
from ..standard.envelopes import REPLACED
from .context import TOO_SLOW, RunContext
from .model import Check, Outcome, failed, known, passed, skipped, warned

if TYPE_CHECKING:
    from ..client.reading import Reading

_CANDIDATES = ("/classes", "/students", "/teachers", "/enrollments", "/academicSessions", "/orgs")


def _sample(run: RunContext) -> Reading | None:
    """A collection with at least two different records, to see what a query changes."""
    for path in _CANDIDATES:
        reading = run.readings.get(path)
        if reading and len(set(reading.ids())) >= 2:
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
    wanted = fit[-1]
    text = f"sourcedId='{wanted}'"
    found = await run.data.list(
        sample.path, limit=FILTER_ROWS, params={"filter": text}, note="filter for one sourcedId"
    )
    facts = known({"path": sample.path, "filter": text, "status": found.status})
    if not found.good:
        return warned("query.filter-unsupported", found.evidence, **facts | {"detail": str(found.kind)})
    others = [id for id in found.ids() if id != wanted]
    if others:
        return failed(
            "query.filter-ignored", sample.evidence, found.evidence, **facts | {"count": len(others)}
        )
    if not found.rows:
        detail = "nothing came back for a sourcedId that exists"
        return warned("query.filter-unsupported", found.evidence, **facts | {"detail": detail})
    return passed(found.evidence, filter=text, path=sample.path)


async def _sort(run: RunContext) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    sample = _sample(run)
    if sample is None:
        return skipped("no collection has two different records")
    params = {"sort": "sourcedId", "orderBy": "desc"}
    found = await run.data.list(
        sample.path, limit=SORT_ROWS, params=params, note="sorted in descending order"
    )
    facts = known(
        {
            "path": sample.path,
            "sort": "sort=sourcedId&orderBy=desc",
            "status": found.status,
        }
    )
    if not found.good:
        return warned("query.sort-ignored", found.evidence, **facts | {"detail": str(found.kind)})
    ids = found.ids()
    if len(set(ids)) < 2:
        return skipped("too few records came back to see an order", found.evidence)
    if not any(_falls(ids, key) for key in (_plain, str.casefold, _natural)):
        return warned("query.sort-ignored", sample.evidence, found.evidence, **facts)
    return passed(found.evidence, path=sample.path)


def _falls(ids: list[str], key: Callable[[str], Any]) -> bool:
    keys = [key(id) for id in ids]
    return all(before >= after for before, after in pairwise(keys))


def _plain(text: str) -> str:
    return text


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Numbers inside a text count as numbers, as databases with numeric ids sort them."""
    return tuple(
        (0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part.casefold())
        for part in re.split(r"(\d+)", text)
        if part
    )


async def _fields(run: RunContext) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    sample = _sample(run)
    if sample is None:
        return skipped("no collection has two different records")
    found = await run.data.list(
        sample.path, limit=1, params={"fields": "sourcedId,status"}, note="two fields only"
    )
    facts = known(
        {
            "path": sample.path,
            "fields": "sourcedId,status",
            "status": found.status,
        }
    )
    if not found.good:
        return warned("query.fields-ignored", found.evidence, **facts | {"detail": str(found.kind)})
    if not found.rows:
        return skipped("no records came back", found.evidence)
    others = sorted(set(found.rows[0]) - {"sourcedId", "status"})
    if others and any(found.rows[0][name] is not None for name in others):
        return warned("query.fields-ignored", found.evidence, **facts | {"detail": f"{len(others)} more"})
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
        "Whether the fields parameter returns only the fields that were asked for.",
        Stage.PROTOCOL, _fields, requires=("sharing.orgs",), after=_AFTER,
        in_order="[[Tried on {path}.]]",
    ),
)  # fmt: skip

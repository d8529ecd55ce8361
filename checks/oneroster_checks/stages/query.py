"""The checks of filter, sort and fields: are they followed, not only answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..finding import FactDict, Stage
from .context import TOO_SLOW, Run
from .model import Check, Outcome, failed, passed, skipped, warned
from .part_outcomes import status_words

if TYPE_CHECKING:
    from ..client.reading import Reading

_CANDIDATES = ("/classes", "/students", "/teachers", "/enrollments", "/academicSessions", "/orgs")
_SORT_PAGE = 20


def _sample(run: Run) -> Reading | None:
    """A collection with at least two different records, to see what a query changes."""
    for path in _CANDIDATES:
        reading = run.readings.get(path)
        if reading and len(set(reading.ids())) >= 2:
            return reading
    return None


async def _filter(run: Run) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    sample = _sample(run)
    if sample is None:
        return skipped("no collection has two different records")
    wanted = sample.ids()[-1]
    if "'" in wanted:
        return skipped("the sourcedIds hold apostrophes, which a filter cannot carry")
    text = f"sourcedId='{wanted}'"
    found = await run.data.list(
        sample.path, limit=10, params={"filter": text}, note="one sourcedId by filter"
    )
    facts: FactDict = {
        "path": sample.path,
        "filter": text,
        "status": status_words(found),
        "count": 0,
        "detail": "",
    }
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


async def _sort(run: Run) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    sample = _sample(run)
    if sample is None:
        return skipped("no collection has two different records")
    params = {"sort": "sourcedId", "orderBy": "desc"}
    found = await run.data.list(sample.path, limit=_SORT_PAGE, params=params, note="sorted downwards")
    facts: FactDict = {
        "path": sample.path,
        "sort": "sort=sourcedId&orderBy=desc",
        "status": status_words(found),
        "detail": "",
    }
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


async def _fields(run: Run) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    sample = _sample(run)
    if sample is None:
        return skipped("no collection has two different records")
    found = await run.data.list(
        sample.path, limit=1, params={"fields": "sourcedId,status"}, note="two fields only"
    )
    facts: FactDict = {
        "path": sample.path,
        "fields": "sourcedId,status",
        "status": status_words(found),
        "detail": "",
        "found": "",
    }
    if not found.good:
        return warned("query.fields-ignored", found.evidence, **facts | {"detail": str(found.kind)})
    if not found.rows:
        return skipped("no record came back", found.evidence)
    others = sorted(set(found.rows[0]) - {"sourcedId", "status"})
    if others and any(found.rows[0][name] is not None for name in others):
        return warned("query.fields-ignored", found.evidence, **facts | {"found": f"{len(others)} more"})
    return passed(found.evidence, path=sample.path)


_AFTER = ("sharing.rostering", "paging.pages")

CHECKS: tuple[Check, ...] = (
    Check(
        "query.filter", "A filter is followed",
        "Whether a filter on one sourcedId brings back this record alone.",
        Stage.PROTOCOL, _filter, requires=("sharing.orgs",), after=_AFTER,
    ),
    Check(
        "query.sort", "Sorting is followed",
        "Whether sort and orderBy change the order of the records.",
        Stage.PROTOCOL, _sort, requires=("sharing.orgs",), after=_AFTER,
    ),
    Check(
        "query.fields", "A choice of fields is followed",
        "Whether fields brings back only the fields that were asked for.",
        Stage.PROTOCOL, _fields, requires=("sharing.orgs",), after=_AFTER,
    ),
)  # fmt: skip

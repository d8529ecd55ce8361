"""The checks of paging: does the second page bring new rows, and is the total true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding import FactDict, Stage
from ..limits import DOUBTFUL_TOTALS
from ..urls import place_of
from .context import TOO_SLOW, RunContext
from .model import Check, Outcome, failed, known, passed, skipped, warned

if TYPE_CHECKING:
    from ..client.reading import Reading

# The collections whose pages are looked at, the largest first.
_CANDIDATES = ("/enrollments", "/students", "/classes", "/teachers", "/academicSessions", "/orgs")


def _largest(run: RunContext) -> Reading | None:
    found = [run.readings[path] for path in _CANDIDATES if path in run.readings and run.readings[path].rows]
    return max(found, key=lambda reading: (reading.total or 0, len(reading.rows)), default=None)


async def _pages(run: RunContext) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    first = _largest(run)
    if first is None or len(first.ids()) < 2:
        return skipped("no collection has two records to page through")
    full = len(first.rows) >= first.limit if first.whole_by_total is None else not first.whole_by_total
    # Only an address on the host that the user named is followed.
    if first.next_url and full and place_of(first.next_url) == run.target.base_place:
        second = await run.data.follow(
            first.path, first.next_url, limit=first.limit, note="the next page, from the Link header"
        )
        if second.good and second.rows and set(second.ids()) <= set(first.ids()):
            return await _same_again(run, first, second)
    elif first.whole_by_total:
        return await _single_rows(run, first)
    else:
        params = {"offset": len(first.rows)}
        second = await run.data.list(first.path, limit=first.limit, params=params, note="the second page")
    return _two_pages(first, second)


async def _same_again(run: RunContext, first: Reading, second: Reading) -> Outcome:
    """The named next page brought nothing new: is it the link, or the offset?"""
    params = {"offset": len(first.rows)}
    by_offset = await run.data.list(
        first.path, limit=first.limit, params=params, note="the second page, by offset"
    )
    facts = _facts(first, by_offset)
    if by_offset.good and by_offset.rows and not set(by_offset.ids()) <= set(first.ids()):
        return failed("paging.next-loops", first.evidence, second.evidence, by_offset.evidence, **facts)
    return failed("paging.offset-ignored", first.evidence, by_offset.evidence, **facts)


async def _single_rows(run: RunContext, first: Reading) -> Outcome:
    """The whole collection fits on a page: ask for its second record alone."""
    second = await run.data.list(first.path, limit=1, params={"offset": 1}, note="the second record alone")
    if not second.good:
        return skipped(f"the request for a page of one record failed ({second.kind})", second.evidence)
    ids, whole = second.ids(), first.ids()
    if ids and ids[0] == whole[0] != whole[1]:
        return failed("paging.offset-ignored", first.evidence, second.evidence, **_facts(first, second))
    return passed(first.evidence, second.evidence, path=first.path)


def _two_pages(first: Reading, second: Reading) -> Outcome:
    proof = (first.evidence, second.evidence)
    facts = _facts(first, second)
    if not second.good:
        return skipped(f"the request for the second page failed ({second.kind})", *proof)
    before, after = first.ids(), second.ids()
    fresh = [id for id in after if id not in set(before)]
    if after and not fresh:
        return failed("paging.offset-ignored", *proof, **facts)
    again = len(after) - len(fresh)
    if again:
        return failed("paging.duplicates", *proof, **facts | {"count": again})
    if second.next_url and second.next_url == first.answer.url:
        return failed("paging.next-loops", *proof, **facts)
    if fresh and len(before) < first.limit:
        return warned("paging.limit-capped", *proof, **facts)
    return passed(*proof, path=first.path)


def _facts(first: Reading, second: Reading) -> FactDict:
    return known(
        {
            "path": first.path,
            "asked": first.limit,
            "received": len(first.rows),
            "total": first.total,
            "count": len(set(second.ids()) & set(first.ids())),
        }
    )


async def _total(run: RunContext) -> Outcome:
    read = [reading for reading in run.readings.values() if reading.good and reading.limit and reading.rows]
    if not read:
        return skipped("no collection with records was read")
    doubtful = [
        reading for reading in read if reading.total is not None and _is_doubtful(reading, reading.total)
    ]
    for reading in doubtful[:DOUBTFUL_TOTALS]:
        outcome = await _wrong_total(run, reading)
        if outcome is not None:
            return outcome
    missing = [reading for reading in read if reading.total is None]
    if missing:
        return warned("paging.total-missing", missing[0].evidence, path=missing[0].path, count=len(missing))
    return passed(read[0].evidence, count=len(read))


def _is_doubtful(reading: Reading, total: int) -> bool:
    """Whether the total is not what this page lets expect: too few, or more than a page that is not full."""
    received = len(reading.rows)
    return total < received or total > received < reading.limit


async def _wrong_total(run: RunContext, reading: Reading) -> Outcome | None:
    """The finding for a total that is not what was read; None when it may be true."""
    received, total = len(reading.rows), reading.total
    if total is None:
        return None
    facts: FactDict = {"path": reading.path, "received": received, "total": total, "asked": reading.limit}
    if total < received:
        return failed("paging.total-wrong", reading.evidence, **facts)
    # Fewer rows than asked and than there are: a capped page, or a total that is not true.
    rest = await run.data.list(
        reading.path,
        limit=reading.limit,
        params={"offset": received},
        note="is there more after this page",
    )
    if rest.good and not rest.rows:
        return failed("paging.total-wrong", reading.evidence, rest.evidence, **facts)
    return None


CHECKS: tuple[Check, ...] = (
    Check(
        "paging.pages", "Paging",
        "Whether limit and offset lead through a collection without gaps, repeats, or loops.",
        Stage.PAGING, _pages, requires=("sharing.orgs",),
        after=("sharing.rostering", "year.active", "accounts.guardians"),
        in_order="[[Tried on {path}.]]",
    ),
    Check(
        "paging.total", "Total count",
        "Whether X-Total-Count is sent and agrees with what was read.",
        Stage.PAGING, _total, requires=("sharing.orgs",), after=("paging.pages", "gradebook.content"),
    ),
)  # fmt: skip

"""The checks of paging: new rows on the second page, true totals, links that lead on, and the limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..client.page_address import is_elsewhere, is_ours, page_address
from ..finding import FactDict, Stage
from ..limits import DOUBTFUL_TOTALS, TOTAL_CHARACTERS
from .context import TOO_SLOW, RunContext, SecondPage
from .model import Check, Outcome, failed, known, passed, skipped, warned
from .page_links import brings_new, leads_back, linked_pages, shown_place
from .sizes import Amount, exactly, figures, is_behind_the_end

if TYPE_CHECKING:
    from ..client.reading import Reading

# The collections whose pages are looked at, the largest first.
_CANDIDATES = ("/enrollments", "/students", "/classes", "/teachers", "/academicSessions", "/orgs")
# The last record of a page alone, and what is behind it.
_LAST_AND_NEXT = 2


def _largest(run: RunContext) -> Reading | None:
    found = [run.readings[path] for path in _CANDIDATES if path in run.readings and run.readings[path].rows]
    return max(found, key=lambda reading: (reading.total or 0, len(reading.rows)), default=None)


async def _pages(run: RunContext) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    first = _largest(run)
    if first is None or len(first.ids()) < 2:
        return skipped("no collection has two records to page through")
    full = len(first.rows) == first.limit
    if first.whole_by_total or (first.whole_by_total is None and not full):
        return await _last_row(run, first)
    second = await _second_page(run, first)
    run.second_pages[first.path] = second
    return _two_pages(first, second.page)


async def _second_page(run: RunContext, first: Reading) -> SecondPage:
    """The page behind the first: by its link, and by offset where there is none or it brings nothing new."""
    from ..client.reading import Kind

    offset, linked = len(first.rows), None
    own = page_address(first.answer.url)
    # Only an address on the host that the user named is followed, and none that names the first page again.
    if is_ours(first.next_url, run.target.base_place) and page_address(first.next_url) != own:
        linked = await run.data.follow(
            first.path, first.next_url, limit=first.limit, note="the next page, from the Link header"
        )
        if brings_new(linked, first) or linked.kind in (Kind.THROTTLED, Kind.SILENT):
            return SecondPage(offset, linked)
    page = await run.page_at(first.path, offset, first.limit, "the second page, by offset")
    return SecondPage(offset, page, linked)


async def _last_row(run: RunContext, first: Reading) -> Outcome:
    """All seems to be on the first page: ask for its last record again, and for one behind it."""
    whole, offset = first.ids(), len(first.rows) - 1
    note = "the last record, and one after it"
    page = await run.page_at(first.path, offset, _LAST_AND_NEXT, note)
    proof = (first.evidence, page.evidence)
    ids, facts = page.ids(), _facts(first, page)
    if not page.good:
        return skipped(f"the request for the last record failed ({page.kind})", *proof)
    if not ids:
        return skipped("the page that should have the last record was empty", *proof)
    if ids == whole and len(ids) > _LAST_AND_NEXT:
        return skipped("the server returns the whole list, whatever limit and offset say", *proof)
    if brings_new(page, first):
        run.second_pages[first.path] = SecondPage(offset, page)
        if first.total is not None and (page.total or 0) > first.total:
            return skipped("records were added while the pages were read", *proof)
        if first.total is not None:
            return skipped("there are more records than the total count says", *proof)
        # What is on both is the last record, which was asked for twice.
        facts.pop("count")
        return warned("paging.limit-capped", *proof, **facts)
    if ids[0] == whole[0] and whole[0] != whole[-1]:
        return failed("paging.offset-ignored", *proof, **facts)
    if ids == whole[-2:]:
        return failed("paging.duplicates", *proof, **facts | {"count": 1})
    if ids[0] != whole[-1]:
        return skipped("the records came in another order the second time", *proof)
    return passed(*proof, path=first.path)


def _two_pages(first: Reading, second: Reading) -> Outcome:
    from ..client.reading import Kind

    proof = (first.evidence, second.evidence)
    facts = _facts(first, second)
    if is_behind_the_end(second) and first.whole_by_total is False:
        return skipped("nothing comes after the first page, although the total is higher", *proof)
    if second.kind is Kind.EMPTY:
        return passed(*proof, path=first.path)
    # Some servers refuse an offset behind the last record.
    refused = second.kind is Kind.BAD_REQUEST and second.error is not None
    if second.kind is Kind.NOT_FOUND or (refused and first.whole_by_total is None):
        return skipped("there seems to be no second page", *proof)
    if not second.good:
        return skipped(f"the request for the second page failed ({second.kind})", *proof)
    before, after = first.ids(), second.ids()
    known_ids = set(before)
    fresh = [id for id in after if id not in known_ids]
    if after and not fresh and first.cut and first.received > first.limit:
        return skipped("the server returns the same list, whatever limit and offset say", *proof)
    if after and not fresh:
        return failed("paging.offset-ignored", *proof, **facts)
    again = len(after) - len(fresh)
    if again and first.total != second.total:
        return skipped("records were added or removed while the pages were read", *proof)
    if again:
        return failed("paging.duplicates", *proof, **facts | {"count": again})
    if fresh and len(before) < first.limit and not first.cut:
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


async def _links(run: RunContext) -> Outcome:
    found = [page for path in run.readings for page in linked_pages(run, path)]
    place = run.target.base_place
    ours = [page for page in found if is_ours(page.next_url, place)]
    for page in ours:
        outcome = await leads_back(run, page)
        if outcome is not None:
            return outcome
    elsewhere = next((page for page in found if is_elsewhere(page.next_url, place)), None)
    if elsewhere is not None:
        return warned(
            "paging.next-elsewhere",
            elsewhere.reading.evidence,
            path=elsewhere.reading.path,
            found=shown_place(run, elsewhere.next_url),
            expected=shown_place(run, run.target.base_url),
        )
    if not ours:
        return skipped("no page that was read here links to a next one")
    stuck = (not brings_new(second.page, run.readings[path]) for path, second in run.second_pages.items())
    if any(stuck):
        return skipped("no second page brought new records", *(page.reading.evidence for page in ours[:1]))
    return passed(*(page.reading.evidence for page in ours[:2]), count=len(ours))


async def _total(run: RunContext) -> Outcome:
    read = [reading for reading in run.readings.values() if reading.good and reading.limit and reading.rows]
    if not read:
        return skipped("no collection with records was read")
    doubtful = [
        reading for reading in read if reading.total is not None and _is_doubtful(run, reading, reading.total)
    ]
    # Where a second page was read already, no request is needed.
    doubtful.sort(key=lambda reading: reading.path not in run.second_pages)
    for reading in doubtful[:DOUBTFUL_TOTALS]:
        outcome = await _wrong_total(run, reading)
        if outcome is not None:
            return outcome
    missing = [reading for reading in read if reading.total is None]
    if missing:
        sent = run.redactor.id(missing[0].total_as_sent[:TOTAL_CHARACTERS])
        facts = known({"path": missing[0].path, "count": len(missing), "found": sent})
        return warned("paging.total-missing", missing[0].evidence, **facts)
    return passed(read[0].evidence, count=len(read))


def _is_doubtful(run: RunContext, reading: Reading, total: int) -> bool:
    """Whether the total is not what was read lets expect: too few, or more than a page that is not full."""
    received, second = len(reading.rows), run.second_pages.get(reading.path)
    # A total that is exactly a full page may be that of the page.
    if total < received or second is not None or total == received == reading.limit:
        return True
    # A page with the rows of one that was shown to be capped is capped itself.
    capped = {len(run.readings[path].rows) for path in run.second_pages}
    return total > received < reading.limit and received not in capped


async def _wrong_total(run: RunContext, reading: Reading) -> Outcome | None:
    """The finding for a total that is not what was read; None when it may be true."""
    received, total = len(reading.rows), reading.total
    if total is None:
        return None
    facts: FactDict = {"path": reading.path, "received": received, "total": total, "asked": reading.limit}
    if total < received:
        return failed("paging.total-wrong", reading.evidence, **facts)
    if reading.cut:
        # What comes behind the part that this tool read shows nothing of the rest.
        return None
    second = run.second_pages.get(reading.path)
    if second is None:
        # Fewer rows than asked and than there are: a capped page, or a total that is not true.
        note = "is there more after this page"
        rest = await run.page_at(reading.path, received, reading.limit, note)
        second = run.second_pages[reading.path] = SecondPage(received, rest)
    page, proof = second.page, (reading.evidence, second.page.evidence)
    seen = len({*reading.ids(), *page.ids()})
    # Where records come in meanwhile, the later page says so.
    if seen > max(total, page.total or 0):
        return failed("paging.total-wrong", *proof, **facts | {"received": seen})
    if total > received and is_behind_the_end(page) and page.total in (None, total):
        return failed("paging.total-wrong", *proof, **facts)
    return None


async def _limit(run: RunContext) -> Outcome:
    if not run.oversized:
        return passed() if run.filled else skipped("no answer had as many records as were asked for")
    page = run.oversized[0]
    counted = page.answer.content.undecoded is None
    received = exactly(page.received) if counted else Amount(page.received)
    facts = {"path": page.path, "asked": page.limit, **figures(received=received)}
    return warned("paging.limit-ignored", page.evidence, **facts)


CHECKS: tuple[Check, ...] = (
    Check(
        "paging.pages", "Paging",
        "Whether limit and offset lead through a collection without gaps, repeats, or loops.",
        Stage.PAGING, _pages, requires=("sharing.orgs",),
        after=("sharing.rostering", "year.active", "accounts.guardians"),
        in_order="[[Tried on {path}.]]",
    ),
    Check(
        "paging.links", "Links to the next page",
        "Whether links to the next page work and stay on the same host.",
        Stage.PAGING, _links, requires=("sharing.orgs",), after=("paging.pages", "gradebook.content"),
    ),
    Check(
        "paging.total", "Total count",
        "Whether X-Total-Count is sent and agrees with what was read.",
        Stage.PAGING, _total, requires=("sharing.orgs",), after=("paging.links", "gradebook.content"),
    ),
    Check(
        "paging.limit", "Page limit",
        "Whether every answer stays within the requested limit.",
        Stage.PAGING, _limit, requires=("sharing.orgs",), after=("paging.total", "query.fields"),
    ),
)  # fmt: skip

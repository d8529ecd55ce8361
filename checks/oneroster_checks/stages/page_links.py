"""Where the links to the next page lead, judged by their addresses and by the pages that were read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..client.page_address import PageAddress, page_address
from ..finding import FactDict
from ..redaction import shown_target
from ..urls import split
from .context import RunContext, SecondPage
from .model import Outcome, failed, warned

if TYPE_CHECKING:
    from ..client.reading import Reading

# Answers that do not say anything of an address.
_BUSY = (408, 429)


def shown_place(run: RunContext, url: str) -> str:
    """Scheme, host and port of an address as they may be shown."""
    parts = split(url)
    return run.redactor.server_text(shown_target(f"{parts.scheme}://{parts.netloc}")) if parts else ""


def brings_new(page: Reading, *earlier: Reading) -> bool:
    """Whether a page has a record that none of the others has."""
    return bool(set(page.ids()) - {id for each in earlier for id in each.ids()})


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """A page that was read, with the offset at which it begins and the address of the next that it names.

    `last` says that nothing comes behind it.
    """

    reading: Reading
    offset: int
    next_url: str
    last: bool

    @property
    def address(self) -> PageAddress | None:
        """What its own address asks for."""
        return page_address(self.reading.answer.url)

    @property
    def next_address(self) -> PageAddress | None:
        """What the address of the next page asks for."""
        return page_address(self.next_url)


def linked_pages(run: RunContext, path: str) -> Iterator[LinkedPage]:
    """The pages of a collection that were read and name a next one, in order."""
    first, second = run.readings[path], run.second_pages.get(path)
    if first.good and first.next_url:
        more = brings_new(second.page, first) if second else first.whole_by_total is False
        yield LinkedPage(first, 0, first.next_url, not more)
    if second and second.page.good and second.page.next_url:
        yield LinkedPage(second.page, second.offset, second.page.next_url, _is_last(second))


def _is_last(second: SecondPage) -> bool:
    page = second.page
    if page.total is not None:
        return second.offset + len(page.rows) >= page.total
    # Without a total: a page shorter than the one before, or the one that the link to the last page names.
    named = page_address(page.last_url) if page.last_url else None
    shorter = len(page.rows) < second.offset and not page.cut
    return shorter or (named is not None and named == page_address(page.answer.url))


async def leads_back(run: RunContext, page: LinkedPage) -> Outcome | None:
    """The finding for a link that leads back, or to no page at all; None when it leads on, or nothing shows it."""
    reading, target = page.reading, page.next_address
    first, second = run.readings[reading.path], run.second_pages.get(reading.path)
    facts: FactDict = {"path": reading.path}
    proof = tuple(dict.fromkeys((first.evidence, reading.evidence)))
    linked = second.linked if second and not page.offset else None
    if linked is not None and second is not None:
        if not brings_new(second.page, first):
            return None
        # The link was followed and brought nothing new, and the offset did.
        if linked.rows:
            return failed("paging.next-loops", *proof, linked.evidence, second.page.evidence, **facts)
        if linked.status is not None and 300 <= linked.status < 500 and linked.status not in _BUSY:
            facts |= {"status": linked.status}
            return warned("paging.next-elsewhere", *proof, linked.evidence, second.page.evidence, **facts)
        return None
    if target is None or page.address is None:
        return None
    if target == page.address:
        # What names itself on the last page is no loop for software that stops there.
        return None if page.last else failed("paging.next-loops", *proof, **facts)
    if not page.offset or target.beyond(page.address):
        return None
    if target == page_address(first.answer.url):
        return failed("paging.next-loops", *proof, **facts)
    return await _confirmed(run, page, first)


async def _confirmed(run: RunContext, page: LinkedPage, first: Reading) -> Outcome | None:
    """The same for a link of the second page whose address does not show where it leads: it is followed once."""
    if run.is_slow or page.last:
        return None
    third = await run.data.follow(
        first.path, page.next_url, limit=first.limit, note="the page after the second, from the Link header"
    )
    if not third.rows or brings_new(third, first, page.reading):
        return None
    proof = (first.evidence, page.reading.evidence, third.evidence)
    return failed("paging.next-loops", *proof, path=first.path)

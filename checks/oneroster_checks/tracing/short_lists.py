"""Reading a short list to its end: one below a record, or what a filter brings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from ..client.reading import Kind, Reading
from ..evidence import Evidence
from ..limits import TRACE_PAGES
from ..standard.envelopes import Record, id_of

# Asks for the page behind so many records.
AskBehind = Callable[[int], Awaitable[Reading]]


@dataclass(frozen=True, slots=True)
class ShortList:
    """The records of a list, each once; `is_complete` says that nothing came behind them.

    `is_list` is False where no list came at all. `evidence` are the first request and the last one.
    """

    rows: tuple[Record, ...]
    is_list: bool
    is_complete: bool
    evidence: tuple[Evidence, ...]


async def read_short(first: Reading, ask_behind: AskBehind) -> ShortList:
    """The whole list behind its first page. A server may cut pages without a word, so only a total ends it early."""
    if not first.good:
        return ShortList((), False, False, (first.evidence,))
    rows, ids = [*first.rows], {*map(id_of, first.rows)}
    page = first
    for _ in range(TRACE_PAGES):
        if _is_last(page, first, len(rows)):
            return _list(rows, True, first, page)
        behind = await ask_behind(len(rows))
        new = [row for row in behind.rows if id_of(row) not in ids]
        if not new:
            # Some servers answer a page behind the last with an error, and some with the last one again.
            is_end = behind.good or behind.kind is Kind.NOT_FOUND
            # The same rows again are no end where the server says that there is more.
            again = bool(behind.rows) and bool(page.next_url) and page.total is None
            is_end &= not again and (page.total is None or page.total <= len(rows))
            return _list(rows, is_end, first, behind)
        rows += new
        ids.update(map(id_of, new))
        page = behind
    return _list(rows, False, first, page)


def _is_last(page: Reading, first: Reading, came: int) -> bool:
    if not page.rows:
        return True
    if page.total is None or page.cut:
        return False
    return page.total <= came if page is not first else bool(page.whole_by_total)


def _list(rows: list[Record], is_complete: bool, first: Reading, last: Reading) -> ShortList:
    evidence = tuple(dict.fromkeys((first.evidence, last.evidence)))
    return ShortList(tuple(rows), True, is_complete, evidence)

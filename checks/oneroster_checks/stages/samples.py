"""Samples of the enrollments: from the beginning, the middle and the end, since what is wrong may be anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import limits
from .context import RunContext
from .sizes import brings_more, is_whole, pages_behind

if TYPE_CHECKING:
    from ..client.reading import Reading

_NOTE = "a sample of the enrollments"


async def enrollment_samples(run: RunContext) -> tuple[Reading, ...]:
    """Pages of the enrollments, the first page among them, in the order of the collection.

    One page alone where it is the whole, was refused, or the server is slow.
    """
    first = await run.reading("/enrollments")
    if not first.rows or run.is_slow or await is_whole(run, first):
        return (first,)
    rows = len(first.rows)
    if first.total is None:
        behind = await pages_behind(run, first, first.limit, _requests(run), _NOTE)
        return (first, *behind)
    last = max(first.total - rows, rows)
    offsets = dict.fromkeys(offset for offset in (first.total // 2, last) if offset >= rows)
    pages = [await run.page_at(first.path, offset, first.limit, _NOTE) for offset in offsets]
    return (first, *(page for page in pages if brings_more(first, page)))


def _requests(run: RunContext) -> int:
    """How many requests may be spent: fewer where further parts are expected and cost their own."""
    return limits.ENROLLMENT_REQUESTS - (len(run.connection.share) - 1)

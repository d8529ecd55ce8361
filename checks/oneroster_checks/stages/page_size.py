"""Which failures of a page a smaller one may change, and what sizes are tried then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..http.failure import FailureKind, Phase
from ..limits import FEWER_ROWS, FEWEST_ROWS, PAGE_ROWS

if TYPE_CHECKING:
    from ..client.reading import Reading

# A request that is not taken as it is; no status says that it is because of its limit.
_NOT_TAKEN = frozenset({400, 422})
_TOO_LARGE = frozenset({413, 414})


@dataclass(frozen=True, slots=True)
class LargePage:
    """A page that failed, and a smaller one of the same collection that worked behind it."""

    failed: Reading
    worked: Reading


def smaller_sizes(reading: Reading) -> tuple[int, ...]:
    """The numbers of rows to ask for in place of those that failed, in order; none where fewer change nothing."""
    if not _may_be_too_large(reading):
        return ()
    if reading.limit > PAGE_ROWS:
        return (PAGE_ROWS,)
    sizes = (FEWER_ROWS, FEWEST_ROWS) if reading.status in _NOT_TAKEN else (FEWEST_ROWS,)
    return tuple(size for size in sizes if size < reading.limit)


def _may_be_too_large(reading: Reading) -> bool:
    answer = reading.answer
    if answer.failure is not None:
        # The server had begun to send the page.
        broken_off = answer.failure.kind in (FailureKind.TIMEOUT, FailureKind.CLOSED)
        return broken_off and answer.failure.phase is Phase.READING
    status = answer.status or 0
    return answer.truncated or status >= 500 or status in _NOT_TAKEN | _TOO_LARGE

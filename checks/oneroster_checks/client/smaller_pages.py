"""Pages that failed for their size, perhaps: which failures a smaller one may change, and what is tried then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..http.failure import FailureKind, Phase
from ..http.transient import TransientErrorKind
from ..limits import FEWER_ROWS, FEWEST_ROWS, PAGE_ROWS, READABLE_ROWS, WAIT_AFTER_S

if TYPE_CHECKING:
    from ..http.answer import Answer
    from .reading import Reading

# A request that is not taken as it is; no status says that it is because of its limit.
_NOT_TAKEN = frozenset({400, 422})
_TOO_LARGE = frozenset({413, 414})
# What a server cannot do at all; above it are errors of the server and of what is in front of it.
_NOT_OFFERED = 501


@dataclass(frozen=True, slots=True)
class LargePage:
    """A page that failed, and a smaller one of the same collection that worked behind it."""

    failed: Reading
    worked: Reading

    @property
    def is_our_own(self) -> bool:
        """Whether the server answered, and only this tool could not read so many: more than any server must send."""
        return _is_too_much(self.failed) and self.failed.limit > PAGE_ROWS


def smaller_sizes(reading: Reading) -> tuple[int, ...]:
    """The numbers of rows to ask for in place of those that failed, in order; none where fewer change nothing."""
    if not _may_be_too_large(reading):
        return ()
    if reading.limit > PAGE_ROWS:
        # What is too much for this tool may be little less than it reads.
        larger = (READABLE_ROWS,) if _is_too_much(reading) and reading.limit > READABLE_ROWS else ()
        return (*larger, PAGE_ROWS)
    sizes = (FEWER_ROWS, FEWEST_ROWS) if reading.status in _NOT_TAKEN else (FEWEST_ROWS,)
    return tuple(size for size in sizes if size < reading.limit)


def _may_be_too_large(reading: Reading) -> bool:
    answer, status = reading.answer, reading.status or 0
    if answer.failure is not None:
        # The server had begun to send the page.
        broken_off = answer.failure.kind is FailureKind.TIMEOUT or _failed_twice(
            answer, TransientErrorKind.CLOSED
        )
        return broken_off and answer.failure.phase is Phase.READING
    if status in WAIT_AFTER_S:
        return _failed_twice(answer, TransientErrorKind.SERVER_ERROR)
    return _is_too_much(reading) or status in _NOT_TAKEN | _TOO_LARGE or status > _NOT_OFFERED


def _is_too_much(reading: Reading) -> bool:
    """Whether a page has no more rows than were asked for, and more than this tool reads."""
    # Where fewer were asked for already, the limit is not looked at.
    return reading.cut and reading.received <= reading.limit


def _failed_twice(answer: Answer, kind: TransientErrorKind) -> bool:
    """Whether it was tried again in vain, so that a smaller page that works is no mere second try."""
    return any(error.kind is kind for error in answer.retries)

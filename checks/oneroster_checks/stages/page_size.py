"""The size of pages: which failures a smaller one may change, what is tried then, and which pages were cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..http.failure import FailureKind, Phase
from ..http.transient import TransientErrorKind
from ..limits import FEWER_ROWS, FEWEST_ROWS, PAGE_ROWS, READABLE_ROWS, WAIT_AFTER_S

if TYPE_CHECKING:
    from ..client.reading import Reading
    from ..http.answer import Answer

# A request that is not taken as it is; no status says that it is because of its limit.
_NOT_TAKEN = frozenset({400, 422})
_TOO_LARGE = frozenset({413, 414})
# What a server cannot do at all; above it are errors of the server and of what is in front of it.
_NOT_OFFERED = 501
# Collections whose numbers have nothing to do with each other, as those of students and demographics have.
_APART = frozenset(
    {"/orgs", "/academicSessions", "/classes", "/students", "/teachers", "/users", "/enrollments"}
)


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


def cut_alike(readings: Mapping[str, Reading], path: str) -> tuple[str, ...]:
    """The paths of first pages that end at the same number of rows as this one, before their limit; itself among them.

    Two collections that end alike, with no total that says more, were perhaps cut by the server.
    """
    rows = len(readings[path].rows)
    alike = [other for other in readings if _ends_at(readings[other], rows)]
    return tuple(alike) if path in alike and len(alike) > 1 else ()


def _ends_at(reading: Reading, rows: int) -> bool:
    received = len(reading.rows)
    ends = FEWEST_ROWS <= received < reading.limit and not reading.cut
    ends = ends and reading.total in (None, received)
    return ends and received == rows and reading.path in _APART

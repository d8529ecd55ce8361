"""How many records a full read asks for at a time: by bytes and by time, downwards where it fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .. import limits
from .reading import Kind
from .smaller_pages import LargePage, smaller_sizes

if TYPE_CHECKING:
    from .reading import Reading

# What a server says to a page that it will not or cannot make, among all that has nothing to do with its size.
_MAY_BE_SIZE = frozenset(
    {Kind.BAD_REQUEST, Kind.ERROR, Kind.SERVER_ERROR, Kind.SILENT, Kind.NOT_JSON, Kind.TOO_LARGE}
)


class PageSizes:
    """The sizes of the pages of one full read, none above `most` rows.

    `timeout_s` is the time limit of one request; `on_large` gets a page that failed with the smaller one that worked
    in its place. `rows` is what is asked for next.
    """

    def __init__(self, most: int, timeout_s: float, on_large: Callable[[LargePage], None]) -> None:
        self._most = most
        self._page_s = timeout_s * limits.PAGE_TIME
        self._on_large = on_large
        self._in_vain_left = limits.SMALLER_PAGES_IN_VAIN
        self.begin()

    def begin(self) -> None:
        """Begin with another collection, whose records may be larger."""
        self.rows = min(limits.FIRST_ROWS, self._most)
        # What the checks before have read.
        self.proven = min(limits.PAGE_ROWS, self._most)

    def came(self, asked: int, received: int, size: int, seconds: float) -> None:
        """Learn from a page of so many bytes, which took so long."""
        self.proven = max(self.proven, min(asked, self._most))
        if not received or not size:
            return
        right = min(
            limits.PAGE_BYTES * received / size, self._page_s * received / max(seconds, 0.001), self._most
        )
        consumers = limits.ROWS_OF_CONSUMERS
        if right < consumers < right * limits.PAGE_SIZE_STEP and consumers <= self._most:
            # A page of that many shows as well that as many come at once as large consumers ask for.
            right = consumers
        right = max(min(right, limits.LARGER_PAGE * received), min(limits.PAGE_ROWS, self._most))
        # Where a server sends fewer than asked, it is asked for no more.
        grows = received >= asked and right >= self.rows * limits.PAGE_SIZE_STEP
        if grows or right * limits.PAGE_SIZE_STEP <= min(received, self.rows):
            self.rows = _round(right)

    def instead_of(self, page: Reading, asked: int) -> tuple[int, ...]:
        """The numbers of rows to ask for in place of a page that failed; none where fewer would change nothing."""
        if self._in_vain_left <= 0:
            return ()
        smaller = smaller_sizes(page)
        too_much = page.cut and page.received <= page.limit
        if asked > self.proven and (page.kind in _MAY_BE_SIZE or too_much):
            smaller = (self.proven, *smaller)
        if smaller and asked > limits.FEWEST_ROWS:
            smaller = (*smaller, limits.FEWEST_ROWS)
        return tuple(sorted({rows for rows in smaller if rows < asked}, reverse=True))

    def worked(self, failed: Reading, worked: Reading) -> None:
        """Stay with the size of a page that worked in place of a larger one."""
        self._most = self.proven = self.rows = worked.limit
        self._on_large(LargePage(failed.without_rows(), worked.without_rows()))

    def failed_too(self) -> None:
        """Learn that smaller pages failed as well."""
        self._in_vain_left -= 1


def _round(rows: float) -> int:
    """A number that a person would ask for."""
    step = 100 if rows >= limits.FIRST_ROWS else 10
    return max(1, int(rows) // step * step or int(rows))

"""When a full read stops before the end of a collection: this tool's own limits, page by page."""

from __future__ import annotations

from dataclasses import dataclass, field

from .. import limits
from ..clock import Clock
from ..finding import FactDict
from ..http.budget import RunLimit, RunLimitReached


@dataclass(slots=True)
class ReadLimits:
    """The limits of one full read, which may take `minutes` from now."""

    clock: Clock
    minutes: float
    began: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.clock.monotonic()

    def collection(self) -> CollectionLimits:
        """The limits for the next collection."""
        return CollectionLimits(self)

    @property
    def spent_s(self) -> float:
        """The seconds of the read so far."""
        return self.clock.monotonic() - self.began

    def met(self, reached: RunLimitReached) -> FactDict:
        """The facts where the time or the requests of the read are used up."""
        if reached.limit is RunLimit.REQUESTS:
            return {"requests": round(reached.most)}
        return {"minutes": _whole(self.minutes)}


@dataclass(slots=True)
class CollectionLimits:
    """The pages of one collection: how many, how full, how long, and how many of them brought hardly anything new."""

    read: ReadLimits
    records: int = 0
    pages: int = 0
    poor: int = 0
    began_s: float = field(init=False)

    def __post_init__(self) -> None:
        self.began_s = self.read.spent_s

    def after_page(self, rows: int, *, fresh: int, asked: int, total: int | None) -> FactDict | None:
        """The facts of the limit that a page has reached, None when the read may go on.

        The page had so many `rows`, `fresh` of them new, where `asked` were asked for; `total` is how many the server
        says there are, None where it says nothing.
        """
        self.pages += 1
        self.records += rows
        self.poor += fresh < limits.POOR_PAGE_RECORDS
        if self.poor >= limits.POOR_PAGES:
            return {"poor": self.poor, "fewer": limits.POOR_PAGE_RECORDS}
        if self.records >= limits.RECORDS_OF_A_COLLECTION:
            return {"most": limits.RECORDS_OF_A_COLLECTION}
        if self._would_take_too_long(asked, total):
            works = max(1, round(self.records / self.pages))
            return {"minutes": _whole(self.read.minutes), "works": works, "asked": asked}
        return None

    def _would_take_too_long(self, asked: int, total: int | None) -> bool:
        """Whether pages stay far below their size, and at this pace the end comes after the time that is allowed."""
        if total is None or self.pages < limits.PAGES_TO_PROJECT or not self.records:
            return False
        if self.records / self.pages >= asked * limits.SMALL_PAGE:
            return False
        spent_s = self.read.spent_s
        rest_s = (spent_s - self.began_s) * max(0, total - self.records) / self.records
        return spent_s + rest_s > self.read.minutes * 60


def _whole(minutes: float) -> float:
    """Minutes without a fraction that says nothing."""
    return int(minutes) if minutes == int(minutes) else minutes

"""When a full read stops before the end of a collection: this tool's own limits, page by page."""

from __future__ import annotations

from dataclasses import dataclass, field

from .. import limits
from ..client.collection_pages import PageCame
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
    """The pages of one collection: how many, how full, how long, and how many of them brought hardly anything new.

    `reached` are the facts of the limit that the last page reached, None where the read may go on.
    """

    read: ReadLimits
    records: int = 0
    pages: int = 0
    poor: int = 0
    reached: FactDict | None = None
    began_s: float = field(init=False)

    def __post_init__(self) -> None:
        self.began_s = self.read.spent_s

    def goes_on(self, came: PageCame, total: int | None) -> bool:
        """Whether another page may be read behind one that came.

        `total` is how many records the server says there are, None where it says nothing.
        """
        self.pages += 1
        self.records += came.rows
        self.poor += came.fresh < limits.POOR_PAGE_RECORDS
        self.reached = self._limit(came.asked, total)
        return self.reached is None

    def _limit(self, asked: int, total: int | None) -> FactDict | None:
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

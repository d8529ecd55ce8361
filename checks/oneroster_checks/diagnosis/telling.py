"""What a run tells while it goes on: each request, each wait and how far a full read has come, as events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ..clock import Clock
from ..events import Event, ReadProgress, RequestMade, Waiting
from ..evidence import Evidence
from ..http.dates import ServerTime
from ..http.transient import TransientErrorKind
from ..result import CollectionRead

# Who is told what happens.
Tell = Callable[[Event], object]


class Telling:
    """The events of one run: `check` is the check that runs, `trace` the requests so far.

    It holds nothing of the run itself, which so is gone as soon as it has ended, with all that it read.
    """

    def __init__(self, tell: Tell, clock: Clock) -> None:
        self.check = ""
        self.trace: list[Evidence] = []
        self.server_time = ServerTime()
        self._tell = tell
        self._clock = clock

    def now(self) -> datetime:
        """The time by the clock of this run."""
        return self._clock.now()

    def tell(self, event: Event) -> None:
        """Tell an event."""
        self._tell(event)

    def heard(self, evidence: Evidence) -> None:
        """Tell a request that has ended."""
        self.trace.append(evidence)
        if evidence.server_date:
            self.server_time.note(evidence.server_date, self.now())
        self.tell(RequestMade(self.check, evidence, at=self.now()))

    def waits(self, reason: TransientErrorKind, seconds: float) -> None:
        """Tell a wait that begins."""
        self.tell(Waiting(self.check, reason, seconds, at=self.now()))

    def reads(self, read: CollectionRead, ended: bool) -> None:
        """Tell how far the full read of a collection has come."""
        rest = None if read.total is None or ended else max(0, read.total - read.records)
        left_s = rest * read.seconds / read.records if rest is not None and read.records else None
        self.tell(
            ReadProgress(
                check=self.check,
                collection=read.collection,
                records=read.records,
                of=read.total,
                bytes=read.bytes,
                seconds=read.seconds,
                left_s=left_s,
                ended=ended,
                at=self.now(),
            )
        )

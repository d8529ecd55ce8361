"""The clock of a run: what time it is, how long something took, and waiting; a test hands in its own."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, tzinfo
from functools import lru_cache


class Clock:
    """The clock of this computer."""

    def now(self) -> datetime:
        """The local time, with its offset."""
        # A run asks a hundred times, and what takes long of it is to look for the offset.
        return datetime.now(_zone_in(int(time.time()), time.tzname))

    def monotonic(self) -> float:
        """Seconds that only ever grow, for durations."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait; may be cancelled."""
        await asyncio.sleep(seconds)


@lru_cache(maxsize=1)
def _zone_in(second: int, zone: tuple[str, str]) -> tzinfo | None:
    """The local offset in this second, in the time zone that is set."""
    return datetime.fromtimestamp(second, UTC).astimezone().tzinfo

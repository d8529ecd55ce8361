"""The clock of a run: what time it is, how long something took, and waiting; a test hands in its own."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime


class Clock:
    """The clock of this computer."""

    def now(self) -> datetime:
        """The local time, with its offset."""
        return datetime.now(UTC).astimezone()

    def monotonic(self) -> float:
        """Seconds that only ever grow, for durations."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait; may be cancelled."""
        await asyncio.sleep(seconds)

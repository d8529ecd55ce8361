"""Moments as HTTP writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ..limits import MOMENT_CHARACTERS


def moment(header: str) -> datetime | None:
    """The moment in a header such as Date, with its time zone (UTC where none is named); None when it is none."""
    if len(header) > MOMENT_CHARACTERS:
        return None
    try:
        value = parsedate_to_datetime(header)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


class ServerTime:
    """The clock of a server: `ahead_s` is server minus this computer in seconds, by the first date that can be read."""

    def __init__(self) -> None:
        self.ahead_s: float | None = None

    def note(self, header: str, here: datetime) -> None:
        """Take the Date header of an answer that came at a moment of this computer."""
        if self.ahead_s is None and (there := moment(header)) is not None:
            self.ahead_s = (there - here).total_seconds()

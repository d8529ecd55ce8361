"""The moments in records, and which of them lie behind others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from ..standard.envelopes import Record

CHANGED = "dateLastModified"


def moment_of(record: Record) -> datetime | None:
    """When a record was last changed, None where it says no moment that can be read."""
    value = record.get(CHANGED)
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        read = datetime.fromisoformat(value)
        return read.astimezone(UTC) if read.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def last_but_one(records: Iterable[Record]) -> tuple[str, datetime] | None:
    """The last moment of the records but one, as it is written there: whoever looks at it leaves out most of them.

    The only one, where they all say the same, and None where no record says a moment.
    """
    found = {read: str(row[CHANGED]) for row in records if (read := moment_of(row)) is not None}
    if not found:
        return None
    chosen = sorted(found)[-2:][0]
    return found[chosen], chosen

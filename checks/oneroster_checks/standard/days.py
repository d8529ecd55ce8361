"""The days that stand in records, and the span of two of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .envelopes import Record


@dataclass(frozen=True, slots=True)
class Span:
    """From a first to a last day, None where a record has none that can be read.

    The standard's end dates are exclusive; servers write both, so the end counts as a day of it.
    """

    begins: date | None = None
    ends: date | None = None

    def is_over(self, today: date) -> bool:
        """Whether it ended before today."""
        return self.ends is not None and self.ends < today

    def is_to_come(self, today: date) -> bool:
        """Whether it begins after today."""
        return self.begins is not None and self.begins > today

    def contains(self, today: date) -> bool:
        """Whether nothing shows that today is outside."""
        return not (self.is_over(today) or self.is_to_come(today))


def day_in(value: object) -> date | None:
    """The day of a date or date-time as servers write it; None when it cannot be read."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None


def span_of(record: Record, begin: str, end: str) -> Span:
    """The span between two fields of a record, such as `beginDate` and `endDate`."""
    return Span(day_in(record.get(begin)), day_in(record.get(end)))

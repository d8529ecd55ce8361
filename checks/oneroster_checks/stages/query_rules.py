"""How the answer to a query is read: whether the query itself is refused, and what came beside what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..standard.envelopes import REPLACED, Record

if TYPE_CHECKING:
    from ..client.reading import Reading

# What a server says that understood a request and does not take it; any other failure shows nothing of a query.
_REFUSALS = frozenset({400, 405, 406, 409, 415, 416, 422, 501})
# The fields that are asked for to see whether others are left out.
SELECTED = ("sourcedId", "status")


def refused_query(reading: Reading) -> bool:
    """Whether an answer refuses the query itself, and is not that of a server that is busy, broken or silent."""
    if reading.error is not None and reading.error.failure:
        return reading.error.says(
            "invalid_filter_field",
            "invalid_sort_field",
            "invalid_selection_field",
            "invalid data",
            "unsupported",
        ) or (reading.status in _REFUSALS)
    status = reading.status
    # A page for people comes from what stands in front of the server, but for a plain 400.
    return status in _REFUSALS and (status == 400 or not reading.answer.looks_like_html)


def refusal(reading: Reading) -> str:
    """The same as a clause for people."""
    return f"the request was refused with HTTP {reading.status}"


def others_of(row: Record) -> list[str]:
    """The fields with a value that were not asked for."""
    return [name for name, value in row.items() if name not in SELECTED and value is not None]


def filterable(value: str) -> bool:
    """Whether a value can stand in a filter as the server wrote it; an apostrophe would end it."""
    return bool(value) and "'" not in value and REPLACED not in value

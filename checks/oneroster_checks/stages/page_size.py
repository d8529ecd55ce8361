"""First pages that were cut, perhaps: those that end alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..limits import FEWEST_ROWS

if TYPE_CHECKING:
    from ..client.reading import Reading

# Collections whose numbers have nothing to do with each other, as those of students and demographics have.
_APART = frozenset(
    {"/orgs", "/academicSessions", "/classes", "/students", "/teachers", "/users", "/enrollments"}
)


def cut_alike(readings: Mapping[str, Reading], path: str) -> tuple[str, ...]:
    """The paths of first pages that end at the same number of rows as this one, before their limit; itself among them.

    Two collections that end alike, with no total that says more, were perhaps cut by the server.
    """
    rows = len(readings[path].rows)
    alike = [other for other in readings if _ends_at(readings[other], rows)]
    return tuple(alike) if path in alike and len(alike) > 1 else ()


def _ends_at(reading: Reading, rows: int) -> bool:
    received = len(reading.rows)
    ends = FEWEST_ROWS <= received < reading.limit and not reading.cut
    ends = ends and reading.total in (None, received)
    return ends and received == rows and reading.path in _APART

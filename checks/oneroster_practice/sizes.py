"""How large a practice district can be."""

from __future__ import annotations

from typing import NamedTuple


class Size(NamedTuple):
    """How large a district is: its schools, and for each school its cohorts, subjects and teachers."""

    schools: int
    cohorts: int
    subjects: int
    teachers: int


# The sizes by the name that a person chooses, smallest first. Users and enrollments: 192 and 756; 12,000 and
# 87,780; 120,000 and 877,800; 1.2 and 8.8 million.
SIZES = {
    "small": Size(schools=2, cohorts=3, subjects=6, teachers=5),
    "medium": Size(schools=10, cohorts=38, subjects=11, teachers=59),
    "large": Size(schools=100, cohorts=38, subjects=11, teachers=59),
    "very-large": Size(schools=1000, cohorts=38, subjects=11, teachers=59),
}

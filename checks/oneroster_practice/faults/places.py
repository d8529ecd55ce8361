"""Where faults of the data go, so that no two of them meet and nothing else breaks."""

from __future__ import annotations

from ..people import Role
from ..shape import COHORT, ENROLLED, Shape

# What a quick run sees of a long list at most: what breaks the standard in a record lies behind it.
FIRST_PAGE = 100


def enrollment_of_student(shape: Shape, index: int, number: int = 0) -> int:
    """The position of one enrollment of a student; neighbors have theirs in different classes.

    So a class loses few of its students, and a student one class. Another `number` gives another enrollment.
    """
    classes = shape.classes_of_person(Role.STUDENT, index)
    slot = index % COHORT
    return classes[(slot + number) % len(classes)] * ENROLLED + slot + 1

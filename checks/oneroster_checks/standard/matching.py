"""Which operation a path is of: its words told from the sourcedIds between them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ..connection import OneRosterVersion
from .operations import Operation, operations

# The words of the longest path: two records and what is below them.
_LONGEST_PATH = 5


def operation_with(version: OneRosterVersion, method: str, words: Sequence[str]) -> Operation | None:
    """The operation whose path has just these words and sourcedIds, None where there is none."""
    return _operations(version).get((method, len(words), tuple(words[::2])))


def operation_behind(version: OneRosterVersion, method: str, words: Sequence[str]) -> Operation | None:
    """The operation at the end of a longer path, None where there is none: what is before it is the root."""
    ends = (words[-length:] for length in range(min(_LONGEST_PATH, len(words)), 0, -1))
    found = (operation_with(version, method, end) for end in ends)
    return next((each for each in found if each is not None), None)


@cache
def _operations(version: OneRosterVersion) -> dict[tuple[str, int, tuple[str, ...]], Operation]:
    """The operations by method, number of words, and the words that are no sourcedId."""
    found: dict[tuple[str, int, tuple[str, ...]], Operation] = {}
    for operation in operations(version):
        words = operation.path.strip("/").split("/")
        found.setdefault((operation.method, len(words), tuple(words[::2])), operation)
    return found

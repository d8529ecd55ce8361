"""Several parts in one place of a sentence: as many as it can hold, and the number of the others."""

from __future__ import annotations

from collections.abc import Sequence

from .limits import DETAIL_CHARACTERS


def enumerated(parts: Sequence[str], separator: str = "; ") -> str:
    """The first parts in at most `limits.DETAIL_CHARACTERS`, none cut in the middle, and how many more there are.

    The first part is always there, however long it is.
    """
    for shown in range(len(parts), 1, -1):
        text = _first(parts, shown, separator)
        if len(text) <= DETAIL_CHARACTERS:
            return text
    return _first(parts, 1, separator)


def _first(parts: Sequence[str], shown: int, separator: str) -> str:
    more = len(parts) - shown
    return separator.join([*parts[:shown], *([f"and {more} more"] if more > 0 else [])])

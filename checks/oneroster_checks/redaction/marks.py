"""A set of texts that only tells whether a text is in it: small, and of a bounded size however many there are."""

from __future__ import annotations

from collections.abc import Iterable

from ..limits import NAME_BITS, NAMES_KEPT

_MASK = (1 << NAME_BITS) - 1
# Bits of one text; with three, a million of texts let one other in three million pass for one of them.
_BITS = 3


class Marks:
    """Texts that were added, kept as marks.

    What was added is always found. Beyond `limits.NAMES_KEPT` of them, now and then another text is found too: the
    more, the more often, so that too many hide too much rather than too little.
    """

    def __init__(self) -> None:
        self._few: set[int] = set()
        self._many: bytearray | None = None

    def update(self, texts: Iterable[str]) -> None:
        """Remember texts."""
        if self._many is None:
            self._few.update(map(hash, texts))
            if len(self._few) > NAMES_KEPT:
                self._many = bytearray(1 << (NAME_BITS - 3))
                _set(self._many, self._few)
                self._few = set()
        else:
            _set(self._many, map(hash, texts))

    def __contains__(self, text: str) -> bool:
        mark = hash(text)
        if self._many is None:
            return mark in self._few
        many, step = self._many, mark >> NAME_BITS | 1
        for _ in range(_BITS):
            place = mark & _MASK
            if not many[place >> 3] >> (place & 7) & 1:
                return False
            mark += step
        return True

    def __bool__(self) -> bool:
        return bool(self._few) or self._many is not None


def _set(many: bytearray, marks: Iterable[int]) -> None:
    for mark in marks:
        step = mark >> NAME_BITS | 1
        # One for each of the `_BITS`, without a loop: there are hundreds of thousands of marks.
        for place in (mark & _MASK, mark + step & _MASK, mark + 2 * step & _MASK):
            many[place >> 3] |= 1 << (place & 7)

"""A set of ids of records that takes eight to twenty bytes for each, however long they are."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

_WHOLE = (1 << 64) - 1
_FIRST_SLOTS = 1024


class IdSet:
    """Ids that were added, kept as 64 bits of each: no stranger can know which two are alike.

    Among a million ids, one in ten million sets takes two for the same.
    """

    def __init__(self) -> None:
        self._slots = _empty(_FIRST_SLOTS)
        self._count = 0

    def add(self, id: str) -> bool:
        """Remember an id; whether it is a new one."""
        mark = _mark(id)
        place = self._place(mark)
        if self._slots[place]:
            return False
        self._slots[place] = mark
        self._count += 1
        if 3 * self._count > 2 * len(self._slots):
            self._grow()
        return True

    def __contains__(self, id: str) -> bool:
        return self._slots[self._place(_mark(id))] != 0

    def __len__(self) -> int:
        return self._count

    def outside(self, other: IdSet) -> int:
        """How many of these ids are not in the other set."""
        return sum(not other._slots[other._place(mark)] for mark in self._marks())

    def _marks(self) -> Iterator[int]:
        return filter(None, self._slots)

    def _place(self, mark: int) -> int:
        """The slot of a mark, or the empty one where it belongs."""
        slots, last = self._slots, len(self._slots) - 1
        place = mark & last
        while (there := slots[place]) and there != mark:
            place = (place + 1) & last
        return place

    def _grow(self) -> None:
        marks = self._slots
        self._slots = _empty(2 * len(marks))
        for mark in filter(None, marks):
            self._slots[self._place(mark)] = mark


def _mark(id: str) -> int:
    # An empty slot is 0.
    return hash(id) & _WHOLE or 1


def _empty(slots: int) -> array[int]:
    return array("Q", bytes(8 * slots))

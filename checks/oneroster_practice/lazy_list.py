"""Lists whose records are made when they are looked at, so that a list of millions needs no memory."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from .form import Overlaid, Record, Source


class Positions(Protocol):
    """Positions in a generated list, in order. A `range` and a list of numbers are positions too."""

    def __len__(self) -> int: ...

    def __getitem__(self, at: int, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which members of every group of `of` neighbors are kept: `Pattern((2, 3, 4), 5)` drops two of five."""

    keep: tuple[int, ...]
    of: int

    def keeps(self, index: int) -> bool:
        """Whether the member with this index is kept."""
        return index % self.of in self.keep


KEEP_ALL = Pattern((0,), 1)
KEEP_NONE = Pattern((), 1)


@dataclass(frozen=True, slots=True)
class PatternRange:
    """The `count` positions from `start` on, as far as a pattern keeps them."""

    start: int
    count: int
    pattern: Pattern

    def __len__(self) -> int:
        full, rest = divmod(self.count, self.pattern.of)
        return full * len(self.pattern.keep) + sum(1 for kept in self.pattern.keep if kept < rest)

    def __getitem__(self, at: int, /) -> int:
        if not 0 <= at < len(self):
            raise IndexError(at)
        block, within = divmod(at, len(self.pattern.keep))
        return self.start + block * self.pattern.of + self.pattern.keep[within]


@dataclass(frozen=True, slots=True)
class Chain:
    """Several sequences of positions, one after the other."""

    parts: tuple[Positions, ...]

    def __len__(self) -> int:
        return sum(len(part) for part in self.parts)

    def __getitem__(self, at: int, /) -> int:
        rest = at
        for part in self.parts:
            if rest < len(part):
                return part[rest]
            rest -= len(part)
        raise IndexError(at)


@dataclass(frozen=True, slots=True)
class RangeWithout:
    """The positions 0 to `count`, without those in `deleted` (sorted)."""

    count: int
    deleted: tuple[int, ...]

    def __len__(self) -> int:
        return self.count - len(self.deleted)

    def __getitem__(self, at: int, /) -> int:
        if not 0 <= at < len(self):
            raise IndexError(at)
        position = at
        while (moved := at + bisect_right(self.deleted, position)) != position:
            position = moved
        return position


@dataclass(frozen=True, slots=True)
class Picked:
    """The positions at some places of others."""

    every: Positions
    places: Positions

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, at: int, /) -> int:
        return self.every[self.places[at]]


def cut(positions: Positions, start: int, stop: int) -> Sequence[int]:
    """The positions at `start` up to `stop`, as far as there are so many."""
    if isinstance(positions, range | list):
        return positions[start:stop]
    if isinstance(positions, Chain):
        chosen: list[int] = []
        for part in positions.parts:
            size = len(part)
            if start < size and stop > 0:
                chosen += cut(part, max(start, 0), stop)
            start, stop = start - size, stop - size
        return chosen
    return [positions[at] for at in range(start, min(stop, len(positions)))]


@dataclass(frozen=True, slots=True)
class LazyList:
    """A list of the records of one entity, each made when it is read.

    `source` makes the record at a position. `locate` gives the position of a sourcedId, None when this list
    does not have it. `lookup` gives the positions where a field has a value, None when only a scan can tell.
    `unfiltered` are the positions that no filter brings.
    """

    entity: str
    positions: Positions
    source: Source
    locate: Callable[[str], int | None]
    lookup: Callable[[str, str], Positions | None] = lambda field, value: None
    unfiltered: Collection[int] = ()

    def __len__(self) -> int:
        return len(self.positions)

    def page(self, start: int, count: int) -> list[Record]:
        """At most `count` records from `start` on."""
        return [self.source.record(position) for position in cut(self.positions, start, start + count)]

    def text(self, start: int, count: int) -> str:
        """The same as JSON, with commas between them."""
        return ",".join(self.source.texts(cut(self.positions, start, start + count)))

    def scan(self, bound: int) -> Iterator[tuple[int, Record]]:
        """The first `bound` positions with their records."""
        for at in islice(range(len(self.positions)), bound):
            position = self.positions[at]
            yield position, self.source.record(position)

    def find(self, sourced_id: str) -> Record | None:
        """The record with this sourcedId, None when there is none."""
        position = self.locate(sourced_id)
        return None if position is None else self.source.record(position)

    def only(self, positions: Positions) -> LazyList:
        """The records at these positions alone."""
        return LazyList(self.entity, positions, self.source, self.locate, unfiltered=self.unfiltered)

    def without(self, hidden: Collection[int]) -> LazyList:
        """The same without the records at some positions; `positions` are in order, as those of every list are."""
        found = [(bisect_left(self.positions, position), position) for position in sorted(hidden)]
        places = tuple(
            place
            for place, position in found
            if place < len(self.positions) and self.positions[place] == position
        )

        def locate(sourced_id: str) -> int | None:
            position = self.locate(sourced_id)
            return None if position in hidden else position

        positions = Picked(self.positions, RangeWithout(len(self.positions), places))
        return LazyList(self.entity, positions, self.source, locate, unfiltered=self.unfiltered)

    def changed(self, changes: Mapping[int, Callable[[Record], Record]]) -> LazyList:
        """The same with other records at some positions."""

        def over(position: int) -> Record | None:
            change = changes.get(position)
            return change and change(self.source.record(position))

        source = Overlaid(self.source, over)
        return LazyList(self.entity, self.positions, source, self.locate, unfiltered=self.unfiltered)

    def not_filtered(self, positions: Collection[int]) -> LazyList:
        """The same with some records that no filter brings."""
        return LazyList(self.entity, self.positions, self.source, self.locate, unfiltered=positions)


def index_of_id(prefix: str, sourced_id: str, count: int, first: int = 1) -> int | None:
    """The index of an id that is a prefix and a number.

    Numbers count from `first`, and there are `count` of them; None for an id that is not one of these.
    """
    digits = sourced_id.removeprefix(prefix)
    if not sourced_id.startswith(prefix) or not digits.isascii() or not digits.isdecimal():
        return None
    index = int(digits) - first if len(digits) < 12 else -1
    return index if 0 <= index < count and f"{prefix}{index + first}" == sourced_id else None

"""Lists whose records are made when they are looked at, so that a list of millions needs no memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

Record = dict[str, Any]


class Places(Protocol):
    """Positions in a generated list, in order. A `range` and a list of numbers are places too."""

    def __len__(self) -> int: ...

    def __getitem__(self, at: int, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which members of every group of `of` neighbours are there: `Pattern((2, 3, 4), 5)` drops two."""

    keep: tuple[int, ...]
    of: int

    def holds(self, index: int) -> bool:
        """Whether the member with this index is there."""
        return index % self.of in self.keep


EVERYBODY = Pattern((0,), 1)
NOBODY = Pattern((), 1)


@dataclass(frozen=True, slots=True)
class Picked:
    """The places from `start` on, `count` of them, thinned by a pattern."""

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
class Joined:
    """Several runs of places, one after the other."""

    parts: tuple[Places, ...]

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
class Without:
    """The places 0 to `count`, without those in `gone` (sorted)."""

    count: int
    gone: tuple[int, ...]

    def __len__(self) -> int:
        return self.count - len(self.gone)

    def __getitem__(self, at: int, /) -> int:
        if not 0 <= at < len(self):
            raise IndexError(at)
        place = at
        while (moved := at + bisect_right(self.gone, place)) != place:
            place = moved
        return place


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of one entity.

    `make` builds the record at a place; `locate` gives the place of a sourcedId, None when it is not in
    this list; `narrow` gives the places for `field = value` where they can be told without looking.
    """

    entity: str
    places: Places
    make: Callable[[int], Record]
    locate: Callable[[str], int | None]
    narrow: Callable[[str, str], Places | None] = lambda field, value: None

    def __len__(self) -> int:
        return len(self.places)

    def page(self, start: int, count: int) -> list[Record]:
        """At most `count` records from `start` on."""
        stop = min(start + count, len(self.places))
        return [self.make(self.places[at]) for at in range(max(start, 0), stop)]

    def scan(self, bound: int) -> Iterator[tuple[int, Record]]:
        """The first `bound` places with their records."""
        for at in islice(range(len(self.places)), bound):
            place = self.places[at]
            yield place, self.make(place)

    def find(self, sourced_id: str) -> Record | None:
        """The record with this sourcedId, None when there is none."""
        place = self.locate(sourced_id)
        return None if place is None else self.make(place)

    def at(self, places: Places) -> Rows:
        """The same entity, only these places."""
        return Rows(self.entity, places, self.make, self.locate)


def number_after(prefix: str, sourced_id: str, count: int, first: int = 1) -> int | None:
    """The index in an id made of a prefix and a number counted from `first`; None when it is none of ours."""
    digits = sourced_id.removeprefix(prefix)
    if not sourced_id.startswith(prefix) or not digits.isascii() or not digits.isdecimal():
        return None
    index = int(digits) - first if len(digits) < 12 else -1
    return index if 0 <= index < count and f"{prefix}{index + first}" == sourced_id else None

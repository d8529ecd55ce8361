"""Faults that are there a number of times: which records of a roster they change, and what they add."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from .form import Record
from .records import Records

Change = Callable[[Record], Record]


class TooMany(ValueError):
    """A fault cannot be there so many times; the text says how often it can, in one sentence."""


@dataclass(frozen=True, slots=True)
class Planting:
    """What a fault does to a roster.

    `changes` are the records that it changes, by entity and position. Positions behind the last of a list are
    records that it adds: `added` says how many, by entity, and their changes make them out of nothing. Those of the
    grade book can be changed, but not added.

    The others are by list: the last word of its path, such as `students`, for the list at the top and all below
    records, or the shape of one list below records, such as `/students/*/classes`. `changes_in` are changes in one
    list only, `hidden` are the positions that a list lacks, and `unfiltered` those that no filter of it brings.
    """

    changes: Mapping[str, Mapping[int, Change]] = field(default_factory=dict)
    added: Mapping[str, int] = field(default_factory=dict)
    changes_in: Mapping[str, Mapping[int, Change]] = field(default_factory=dict)
    hidden: Mapping[str, Collection[int]] = field(default_factory=dict)
    unfiltered: Mapping[str, Collection[int]] = field(default_factory=dict)


# Plants a fault a number of times in a roster; raises TooMany where there is no room for so many.
Plant = Callable[[Records, int], Planting]


def spread(count: int, places: int, first: int = 0) -> list[int]:
    """So many numbers from `first` to `places`, evenly spread; TooMany when there are not so many."""
    room = max(places - first, 0)
    if count > room:
        raise TooMany(f"A district of this size has room for {room:,}.")
    return [first + (2 * at + 1) * room // (2 * count) for at in range(count)]


def dealt(count: int, rooms: tuple[int, ...]) -> list[int]:
    """How many each of several kinds gets, as evenly as their rooms allow; TooMany when they are too small."""
    if count > sum(rooms):
        raise TooMany(f"A district of this size has room for {sum(rooms):,}.")
    shares = [0] * len(rooms)
    while (left := count - sum(shares)) > 0:
        open_kinds = [kind for kind, room in enumerate(rooms) if shares[kind] < room]
        for kind in open_kinds[:left]:
            shares[kind] += min(max(left // len(open_kinds), 1), rooms[kind] - shares[kind])
    return shares


def with_fields(**fields: object) -> Change:
    """Replaces fields of a record."""
    return lambda record: {**record, **fields}


def without(*names: str) -> Change:
    """Takes fields out of a record."""
    return lambda record: {name: value for name, value in record.items() if name not in names}


DELETED = with_fields(status="tobedeleted")

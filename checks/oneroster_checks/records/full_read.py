"""What a full read leaves for the checks behind it: the judge with every record, and how each collection went."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..result import CollectionRead

if TYPE_CHECKING:
    from .judge import Judge


@dataclass(slots=True)
class FullRead:
    """The full read of one run: the `judge`, which holds every record, and `reads` by the name of the collection.

    `at_once` has the most records of each that one page brought of those that it was asked for, and `asked` is the
    most that any page which came was asked for.
    """

    judge: Judge
    reads: dict[str, CollectionRead] = field(default_factory=dict)
    at_once: dict[str, int] = field(default_factory=dict)
    asked: int = 0

    @property
    def complete(self) -> tuple[str, ...]:
        """The collections that were read to their end."""
        return tuple(name for name, read in self.reads.items() if read.complete)

    def has_all_of(self, *collections: str) -> bool:
        """Whether all of these collections were read to their end, and their records are there to be judged."""
        return self.judge.disk is None and all(
            name in self.reads and self.reads[name].complete for name in collections
        )

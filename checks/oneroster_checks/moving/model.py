"""What a move is between, how each side was read, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..connection import Connection, Credentials, Share
from ..evidence import Evidence
from ..records.move_database import Side
from ..records.move_found import KindCounts
from ..redaction.redactor import Redactor
from ..result import CollectionRead, Result

__all__ = ["KindCounts", "MoveReport", "MoveSide", "Moved", "ReadTold", "Side", "SideRead"]

# Gets the side, how far a collection of it has come, and whether it has ended.
ReadTold = Callable[[Side, CollectionRead, bool], object]


@dataclass(frozen=True, slots=True)
class MoveSide:
    """One side of a move: its connection with the secrets, the name of its profile, and the proxy for its requests."""

    connection: Connection
    credentials: Credentials
    name: str = ""
    https_proxy: str | None = None


@dataclass(slots=True)
class SideRead:
    """How the reading of one side went.

    `result` is that of the checks that authorize requests. `reads` are the collections by name, `proof` the requests
    for the first and the last page of each, and `parts` the collections by the part of the data. `broken` are those
    that were not read whole, with why in a few words; `refused` are the parts whose collections all were, each with its
    status, None without one.
    """

    redactor: Redactor | None = None
    result: Result | None = None
    is_authorized: bool = False
    reads: dict[str, CollectionRead] = field(default_factory=dict)
    proof: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    parts: dict[Share, list[str]] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    refused: dict[Share, int | None] = field(default_factory=dict)

    def has(self, collection: str) -> bool:
        """Whether a collection was read to its end."""
        is_read = collection in self.reads and self.reads[collection].complete
        return is_read and collection not in self.broken

    def records(self, collection: str) -> int:
        """How many records of a collection came."""
        return self.reads[collection].records if collection in self.reads else 0


@dataclass(frozen=True, slots=True)
class MoveReport:
    """The numbers of a move: for each kind of record that both sides have, what matches by what.

    `old` and `new` are the names of the two profiles, "" without one; `old_base` and `new_base` their base URLs.
    """

    old: str
    new: str
    old_base: str
    new_base: str
    kinds: tuple[KindCounts, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """What comes of a comparison: the numbers, and a result with the verdict and the findings for every report.

    The connection of the result is the new one; its verdict FAIL says that it is not safe to move yet.
    """

    report: MoveReport
    result: Result

"""The judge of a full read: it types pages, keeps their records and answers the rules, in one thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..connection import OneRosterVersion
from ..standard.envelopes import Record
from .page import TypedPage


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found over all records: `count` of `of`, a few sourcedIds, and how many of each kind."""

    count: int
    of: int
    examples: tuple[str, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)


class Judge:
    """Judges the records of one run of a OneRoster version on a day.

    `learn` gets the personal values of each page before the page is handed on.
    """

    def __init__(
        self, version: OneRosterVersion, today: date, learn: Callable[[Iterable[str]], None]
    ) -> None:
        raise NotImplementedError

    async def strict(self, body: bytes, path: str) -> TypedPage | None:
        """The page in a body; None when it is not in every point as the standard says."""
        raise NotImplementedError

    async def lenient(self, rows: Sequence[Record], path: str) -> TypedPage:
        """The page of records that were decoded already, with all that breaks the standard."""
        raise NotImplementedError

    async def add(self, page: TypedPage) -> None:
        """Keep the records of a page, and count what breaks the standard."""
        raise NotImplementedError

    async def found(self, code: str) -> Found:
        """What the rule of a cause finds over all records that were added."""
        raise NotImplementedError

    async def aclose(self) -> None:
        """End what is under way, and let go of everything."""
        raise NotImplementedError

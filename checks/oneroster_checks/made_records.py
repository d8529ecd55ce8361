"""The records that a write test makes in a grade book, and the journal that remembers them until they are gone."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .redaction.ids import is_open

# Every sourcedId that this tool makes begins so; letters, digits, and hyphens are valid everywhere.
PREFIX = "orwt"
# The collections of the grade book that a write test writes to, with the entity of each.
COLLECTIONS = {"/categories": "category", "/lineItems": "lineItem", "/results": "result"}
_OURS = re.compile(rf"{PREFIX}-([0-9a-f]{{16}})-({'|'.join(COLLECTIONS.values())})")


@dataclass(frozen=True, slots=True)
class MadeRecord:
    """A record of this tool's own: its collection, such as `/lineItems`, and its sourcedId.

    ValueError for anything that this tool cannot have made, so that nothing else is ever removed.
    """

    path: str
    sourced_id: str

    def __post_init__(self) -> None:
        found = _OURS.fullmatch(self.sourced_id)
        if found is None or COLLECTIONS.get(self.path) != found[2]:
            raise ValueError("this is no record of a write test")

    @property
    def run(self) -> str:
        """The part of the sourcedId that all records of one write test share."""
        return self.sourced_id.split("-")[1]

    @property
    def entity(self) -> str:
        """What it is: category, lineItem or result."""
        return COLLECTIONS[self.path]


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Records that an earlier write test on a class may have left, in the order in which they were made."""

    class_id: str
    records: tuple[MadeRecord, ...]


class WriteJournal(Protocol):
    """Remembers what a write test makes, so that it can be removed even after the program was killed.

    Both raise OSError when nothing can be written down; then nothing is written to the grade book either.
    """

    def about_to_write(self, class_id: str, record: MadeRecord) -> None:
        """A record is going to be made for a class; it may be there from now on."""
        ...

    def removed(self, record: MadeRecord) -> None:
        """A record is gone."""
        ...


class NoJournal:
    """Remembers nothing: what a killed program leaves stays where it is."""

    def about_to_write(self, class_id: str, record: MadeRecord) -> None:
        """Nothing is written down."""

    def removed(self, record: MadeRecord) -> None:
        """Nothing was written down."""


def new_records() -> Sequence[MadeRecord]:
    """One record for each collection, which share a part of their sourcedIds that nobody has used before."""
    run = secrets.token_hex(8)
    # A report shows it whole only in a form that can be no name and no number of a person.
    while not is_open(run):
        run = secrets.token_hex(8)
    return [MadeRecord(path, f"{PREFIX}-{run}-{entity}") for path, entity in COLLECTIONS.items()]

"""A difference as it is found, with what its place among the others depends on."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Difference, DifferenceKind, Snapshot


@dataclass(frozen=True, slots=True)
class Seen:
    """One difference before it has its place.

    `subject` is the field, the check or the collection that it is of, "" for none. `lost` says that something went
    away that a connection needs: a part of the scope, every record of a collection, the validity of a certificate;
    `is_less` that less is expected than before. `after` is the last run that was as before, None where none is known.
    """

    kind: DifferenceKind
    summary: str
    subject: str = ""
    lost: bool = False
    is_less: bool = False
    after: Snapshot | None = None

    @property
    def difference(self) -> Difference:
        """The same for who reads it."""
        return Difference(self.kind, self.summary)

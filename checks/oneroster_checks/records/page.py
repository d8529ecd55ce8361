"""One page of a collection as typed records: what is kept of each, and what in them breaks the standard."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from .reference_types import ReferenceTypes

# A value of a row as the database keeps it.
Value = str | int | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Violation:
    """One field of one record that breaks the standard.

    `record` is the sourcedId, "" where it has none; `what` is how it breaks it; `essential` says that nobody can use
    the record because of it.
    """

    record: str
    entity: str
    field: str
    what: str
    essential: bool = False


@dataclass(frozen=True, slots=True)
class TypedPage:
    """The records of one page, typed.

    `path` is the collection, such as `/users`, and `entity` what it holds. `ids` are the sourcedIds in order, "" for
    none. `columns` are what is kept of the records, in the order of the columns of the entity (`layout.names`): ""
    where a record has nothing, and an empty column where none has. `links` are their lists of references as rows of
    kind, record and target. `violations` are what breaks the standard, `names` the personal values from which the
    redaction learns, and `references` what the references of the records say that they lead to.
    """

    path: str
    entity: str
    ids: tuple[str, ...]
    columns: tuple[Sequence[Value], ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()
    violations: tuple[Violation, ...] = ()
    names: AbstractSet[str] = field(default=frozenset(), repr=False)
    references: ReferenceTypes | None = None

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is kept of each record, None where it has nothing."""
        nothing = (None,) * len(self)
        filled = (
            [None if value == "" else value for value in column] if column else nothing
            for column in self.columns
        )
        return tuple(zip(*filled, strict=True))


def column(values: Sequence[Value]) -> Sequence[Value]:
    """Values, None or "" where there are none, as a column of a page."""
    if all(values):
        return values or ()
    return ["" if value is None else value for value in values] if any(values) else ()

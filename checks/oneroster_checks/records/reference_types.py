"""The `type` of references in records, held against the field that they are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any

from ..connection import OneRosterVersion
from ..finding import FactDict
from ..limits import RECORDS_SHOWN
from ..standard.envelopes import Record, id_of
from ..standard.fields import ENTITY, fields

# What servers write for a type besides the table's own word, where that is right as well: a student is a user.
_ALSO = {
    "user": {"student", "teacher", "administrator", "guardian", "parent", "relative", "aide"},
    "academicSession": {"term", "gradingPeriod", "semester", "schoolYear"},
    "lineItem": {"assessmentLineItem"},
}
_DELETED = "tobedeleted"


@dataclass(slots=True)
class ReferenceTypes:
    """Counts the references of records in a OneRoster version and those of another type than their field's.

    `of` are all that were looked at, `wrong` those whose type is missing or another, by kind such as
    `enrollment.user`, `paths` the collections that have such records, in order, and `examples` a few of the records.
    """

    version: OneRosterVersion
    of: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    paths: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)

    def add(self, path: str, rows: Iterable[Record]) -> None:
        """Look at the records of a collection, without deleted ones."""
        entity = ENTITY.get(f"/{path.rpartition('/')[2]}", "")
        active = [row for row in rows if row.get("status") != _DELETED]
        for each in reference_fields(self.version, entity):
            for holder, row in each.holders(active):
                value = holder.get(each.name)
                if value is None:
                    continue
                # References in the standard's form; flat ones have no type.
                for item in value if isinstance(value, list) else (value,):
                    if isinstance(item, dict) and item.get("sourcedId"):
                        self.of += 1
                        if not each.is_right(item.get("type")):
                            self._found(path, each, id_of(row))

    def add_typed(
        self, path: str, entity: str, records: Sequence[Any], deleted: Sequence[object], *, are_right: bool
    ) -> None:
        """The same for typed records; `are_right` says that all of the types are known to be.

        `deleted` has something true for each of them that is deleted, and is empty where none is.
        """
        if deleted:
            records = [record for record, gone in zip(records, deleted, strict=True) if not gone]
        wanted = reference_fields(self.version, entity)
        if are_right:
            self.of += sum(each.number(records) for each in wanted)
            return
        for each in wanted:
            for record in records:
                for found in each.typed(record):
                    self.of += 1
                    if not each.is_right(found.type):
                        self._found(path, each, record.sourcedId)

    def merge(self, other: ReferenceTypes) -> None:
        """Count what another one has counted, too."""
        self.of += other.of
        if other.wrong:
            self.wrong.update(other.wrong)
            self.paths += [path for path in other.paths if path not in self.paths]
            for id in other.examples:
                self._show(id)

    def facts(self) -> FactDict:
        """The facts of a finding."""
        kinds = dict(self.wrong.most_common())
        known: FactDict = {
            "count": self.wrong.total(), "of": self.of, "kinds": kinds,
            "detail": ", ".join(f"{kind} ({number:,})" for kind, number in kinds.items()),
        }  # fmt: skip
        return {**known, "examples": tuple(self.examples)} if self.examples else known

    def _found(self, path: str, each: ReferenceField, id: str) -> None:
        self.wrong[each.kind] += 1
        self._show(id)
        if path not in self.paths:
            self.paths.append(path)

    def _show(self, id: str) -> None:
        if id and id not in self.examples and len(self.examples) < RECORDS_SHOWN:
            self.examples.append(id)


@dataclass(frozen=True, slots=True)
class ReferenceField:
    """A field that holds references.

    `kind` is its name with that of its entity, such as `user.roles.org`; `outer` is the list of objects that it is in,
    "" for none; `types` are the types that are right in it; `is_list` and `is_optional` say what it may hold.
    """

    kind: str
    name: str
    outer: str
    types: frozenset[str]
    is_list: bool
    is_optional: bool

    def is_right(self, type: object) -> bool:
        """Whether a type is right in it."""
        return isinstance(type, str) and type in self.types

    def holders(self, rows: Sequence[Record]) -> Iterable[tuple[Record, Record]]:
        """The objects that may have the field, each with the record that it is in."""
        if not self.outer:
            return zip(rows, rows, strict=True)
        several = ((row.get(self.outer), row) for row in rows)
        return (
            (item, row)
            for value, row in several
            for item in (value if isinstance(value, list) else ())
            if isinstance(item, dict)
        )

    def number(self, records: Sequence[Any]) -> int:
        """How many references typed records have in it."""
        holders: Iterable[Any] = records
        if self.outer:
            holders = chain.from_iterable(filter(None, map(attrgetter(self.outer), records)))
        if not self.is_list and not self.is_optional:
            # One in each.
            return len(records) if not self.outer else sum(1 for _ in holders)
        values = filter(None, map(attrgetter(self.name), holders))
        return sum(map(len, values)) if self.is_list else sum(1 for _ in values)

    def typed(self, record: Any) -> Iterator[Any]:
        """The references that a typed record has in it."""
        for holder in getattr(record, self.outer) or () if self.outer else (record,):
            value = getattr(holder, self.name)
            if value:
                yield from value if self.is_list else (value,)


@cache
def reference_fields(version: OneRosterVersion, entity: str) -> tuple[ReferenceField, ...]:
    """The fields of an entity that hold references, those of the objects in it among them."""
    return tuple(_fields(version, entity, ""))


def right_types(target: str) -> frozenset[str]:
    """The types that are right for references to an entity."""
    return frozenset({target, *_ALSO.get(target, ())})


def target_of(type: str) -> str:
    """The entity that a field of this type refers to, "" where it is no reference."""
    words = type.removeprefix("list of ").split()
    return words[2] if words[:2] == ["reference", "to"] else ""


def _fields(version: OneRosterVersion, entity: str, outer: str) -> Iterator[ReferenceField]:
    for rule in fields(version, f"{entity}.{outer}[]" if outer else entity):
        target = target_of(rule.type)
        if target:
            kind = ".".join(filter(None, (entity, outer, rule.name)))
            is_list = rule.type.startswith("list of")
            yield ReferenceField(kind, rule.name, outer, right_types(target), is_list, not rule.required)
        elif not outer and rule.type.startswith("list of object"):
            yield from _fields(version, entity, rule.name)

"""The `type` of references in records, held against the field that they are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..connection import OneRosterVersion
from ..finding import FactDict
from ..limits import RECORDS_SHOWN
from ..standard.envelopes import Record, id_of
from ..standard.fields import ENTITY, fields
from .model import known

# What servers write for a type besides the table's own word, where that is right as well: a student is a user.
_ALSO = {
    "user": {"student", "teacher", "administrator", "guardian", "parent", "relative", "aide"},
    "academicSession": {"term", "gradingPeriod", "semester", "schoolYear"},
    "lineItem": {"assessmentLineItem"},
}


class ReferenceTypes:
    """Counts the references of records in a OneRoster version and those of another type than their field's.

    `of` are all that were looked at, `wrong` those whose type is missing or another, by kind such as
    `enrollment.user`, `paths` the collections that have such records, in order, and `examples` a few of the records.
    """

    def __init__(self, version: OneRosterVersion) -> None:
        self._version = version
        self.of = 0
        self.wrong: Counter[str] = Counter()
        self.paths: list[str] = []
        self.examples: list[str] = []

    def add(self, path: str, rows: Iterable[Record]) -> None:
        """Look at the records of a collection, without deleted ones."""
        before = self.wrong.total()
        entity = ENTITY.get(path, "")
        wanted = [
            (field.name, kind) for field in fields(self._version, entity) if (kind := _kind(field.type))
        ]
        for row in rows:
            if row.get("status") == "tobedeleted":
                continue
            for name, kind in wanted:
                for found in _references(row.get(name)):
                    self.of += 1
                    if not _is_of(found.get("type"), kind):
                        self.wrong[f"{entity}.{name}"] += 1
                        self._show(id_of(row))
        if self.wrong.total() > before:
            self.paths.append(path)

    def _show(self, id: str) -> None:
        if id and id not in self.examples and len(self.examples) < RECORDS_SHOWN:
            self.examples.append(id)

    def facts(self) -> FactDict:
        """The facts of a finding."""
        kinds = dict(self.wrong.most_common())
        return known({
            "count": self.wrong.total(), "of": self.of, "kinds": kinds,
            "detail": ", ".join(f"{kind} ({number:,})" for kind, number in kinds.items()),
            "examples": tuple(self.examples) or None,
        })  # fmt: skip


def _is_of(type: object, kind: str) -> bool:
    return isinstance(type, str) and (type == kind or type in _ALSO.get(kind, ()))


def _kind(type: str) -> str:
    """The entity that a field refers to, "" where it is no reference."""
    words = type.removeprefix("list of ").split()
    return words[2] if words[:2] == ["reference", "to"] else ""


def _references(value: object) -> Iterator[Record]:
    """The references of a field in the standard's form; flat ones have no type."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and item.get("sourcedId"):
            yield item

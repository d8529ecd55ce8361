"""The fields of every entity as data, and a record held against them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain, repeat
from types import NoneType
from typing import Any

from ..connection import OneRosterVersion
from .envelopes import Record

# The entity behind each collection.
ENTITY = {
    "/orgs": "org", "/schools": "org", "/academicSessions": "academicSession", "/terms": "academicSession",
    "/gradingPeriods": "academicSession", "/courses": "course", "/classes": "class", "/users": "user",
    "/students": "user", "/teachers": "user", "/enrollments": "enrollment", "/demographics": "demographics",
    "/categories": "category", "/lineItems": "lineItem", "/results": "result", "/resources": "resource",
    "/scoreScales": "scoreScale", "/assessmentLineItems": "assessmentLineItem",
    "/assessmentResults": "assessmentResult",
}  # fmt: skip
# Without these a record cannot be used at all; everything else breaks the standard and can be worked around.
ESSENTIAL = {"enrollment": ("user", "class"), "result": ("lineItem", "student")}
# What a reference to another record holds.
REFERENCE_MEMBERS = ("href", "sourcedId", "type")

_DATES = frozenset({"date", "date-time"})
_OF_A_YEAR = "string (YYYY)"
_YEAR = re.compile(r"\d{4}")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_MOMENT = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$")


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field of an entity: its type in the table's words, whether it is required, its values if few."""

    name: str
    type: str
    required: bool
    values: frozenset[str]

    @property
    def is_free(self) -> bool:
        """Whether any text is right for it, where it takes texts."""
        return not self.values and self.type not in _DATES and not self.type.startswith(_OF_A_YEAR)


@dataclass(frozen=True, slots=True)
class RecordProblem:
    """One field of a record that breaks the standard: in which way, and whether the record is lost by it."""

    field: str
    what: str
    essential: bool = False


@cache
def fields(version: OneRosterVersion, entity: str) -> tuple[FieldRule, ...]:
    """The fields of an entity in one version, in the order of the table."""
    return tuple(
        FieldRule(
            row["field"],
            row["type"],
            row["required"] == "yes",
            frozenset(filter(None, row["values"].split(" | "))),
        )
        for row in _table()
        if row["oneroster"] == version and row["entity"] == entity
    )


@cache
def required_fields(version: OneRosterVersion, entity: str) -> tuple[str, ...]:
    """The names of the fields that a record of an entity must have, in the order of the table."""
    return tuple(field.name for field in fields(version, entity) if field.required)


def has_field(version: OneRosterVersion, entity: str, name: str) -> bool:
    """Whether an entity has a field; a dotted name leads into a reference, metadata or a list of objects."""
    head, _, rest = name.partition(".")
    own = next((field for field in fields(version, entity) if field.name == head), None)
    if own is None:
        return False
    if not rest or head == "metadata":
        return True
    if "reference" in own.type:
        return rest in REFERENCE_MEMBERS
    inner = fields(version, f"{entity}.{head}[]")
    return any(field.name == rest.partition(".")[0] for field in inner)


@cache
def _table() -> tuple[dict[str, str], ...]:
    text = resources.files("oneroster_checks.standard").joinpath("fields.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def names() -> frozenset[str]:
    """Every field, and every collection, that the standard knows by name."""
    collections = {path.strip("/") for path in ENTITY}
    return frozenset(row["field"] for row in _table()) | collections | frozenset(ENTITY.values())


@cache
def words() -> frozenset[str]:
    """Every word that the standard lists as a value of some field."""
    return frozenset(word for row in _table() for word in row["values"].split(" | ") if word)


def problems(record: Record, version: OneRosterVersion, entity: str) -> Iterator[RecordProblem]:
    """What in a record breaks the standard; an absent optional field, or null for it, does not."""
    yield from _problems(record, fields(version, entity), entity)


def broken(records: Sequence[Record], version: OneRosterVersion, entity: str) -> list[list[RecordProblem]]:
    """The `problems` of each of these records that has any."""
    # Nearly every field is right in all of them, which is seen at once.
    doubtful = tuple(
        field
        for field in fields(version, entity)
        if field.name != "sourcedId"
        and not are_right(field, list(map(dict[str, object].get, records, repeat(field.name))))
    )
    ids = [record.get("sourcedId") for record in records]
    if not doubtful and set(map(type, ids)) == {str} and "" not in ids:
        return []
    return [found for record in records if (found := list(_problems(record, doubtful, entity)))]


def _problems(record: Record, rules: Sequence[FieldRule], entity: str) -> Iterator[RecordProblem]:
    if not isinstance(record.get("sourcedId"), str) or not record.get("sourcedId"):
        yield RecordProblem(
            "sourcedId", "missing or no text", essential=not isinstance(record.get("sourcedId"), int)
        )
    essential = ESSENTIAL.get(entity, ())
    for field in rules:
        value = record.get(field.name)
        if field.name == "sourcedId":
            continue
        if value is None or value == "" or (value == [] and "at least one" in field.type):
            if field.required:
                flat = f"{field.name}SourcedId" in record or f"{field.name}SourcedIds" in record
                yield RecordProblem(field.name, "missing", essential=field.name in essential and not flat)
            continue
        what = wrong(field, value)
        if what:
            yield RecordProblem(
                field.name, what, essential=field.name in essential and not isinstance(value, (str, dict))
            )


def are_right(field: FieldRule, values: Sequence[object]) -> bool:
    """Whether these values of a field, None for absent ones, are right for certain; False says nothing."""
    there: list[Any] = list(values)
    types, kind = set(map(type, values)), field.type
    if NoneType in types:
        if field.required:
            return False
        types.remove(NoneType)
        there = [value for value in values if value is not None]
    if not there:
        return True
    if kind.startswith("list"):
        if types != {list} or (field.required and [] in there):
            return False
        return not kind.startswith("list of reference") or _are_references(list(chain.from_iterable(there)))
    if kind.startswith("reference"):
        return _are_references(there)
    if kind.startswith("object"):
        return types == {dict}
    if kind == "number":
        return types <= {int, float}
    if types != {str}:
        return False
    distinct = set(there)
    if "" in distinct:
        if field.required:
            return False
        distinct.remove("")
    return field.is_free or not any(_wrong_text(field, value) for value in distinct)


def _are_references(values: list[Any]) -> bool:
    return set(map(type, values)) <= {dict} and all(map(dict[str, object].get, values, repeat("sourcedId")))


def wrong(field: FieldRule, value: object) -> str:
    """How a value that is there breaks the rule of its field, "" when it does not."""
    kind = field.type
    if kind.startswith("reference"):
        return "" if isinstance(value, dict) and value.get("sourcedId") else "not a reference"
    if kind.startswith("list of reference"):
        good = isinstance(value, list) and all(
            isinstance(item, dict) and item.get("sourcedId") for item in value
        )
        return "" if good else "not a list of references"
    if kind.startswith("list"):
        return "" if isinstance(value, list) else "not a list"
    if kind.startswith("object"):
        return "" if isinstance(value, dict) else "not an object"
    if kind == "number":
        return "" if isinstance(value, (int, float)) and not isinstance(value, bool) else "not a number"
    if isinstance(value, bool):
        return 'true or false without quotes, where the standard wants the text "true" or "false"'
    if isinstance(value, (int, float)):
        return "a number, where the standard wants a text"
    if not isinstance(value, str):
        return "not a text"
    return _wrong_text(field, value)


def _wrong_text(field: FieldRule, value: str) -> str:
    if field.values:
        if (
            value in field.values
            or ("ext:" in field.type and value.startswith("ext:"))
            or "any" in field.type
        ):
            return ""
        # Still seen though not in the standard (oneroster.md, "Answers").
        return "" if field.name == "status" and value == "inactive" else "not one of its values"
    if field.type == "date":
        return "" if _DATE.match(value) else "not a date"
    if field.type == "date-time":
        return "" if _MOMENT.match(value) else "not a date and time"
    if field.type.startswith(_OF_A_YEAR):
        return "" if _YEAR.fullmatch(value) else "not a year"
    return ""

"""The typed form of every entity, made from the table of fields: a page that keeps the standard decodes in one call.

Fields that the standard does not have are skipped. Null stands for an absent optional field, and so does an empty text,
as in `standard/fields.py`. What is judged value by value, such as dates, is a text here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

import msgspec

from ..connection import OneRosterVersion
from ..standard.fields import ENTITY, FieldRule, fields
from ..standard.operations import collection
from .judged_fields import MODIFIED, is_word
from .reference_types import right_types, target_of

_Text = Annotated[str, msgspec.Meta(min_length=1)]


class Free(msgspec.Struct, gc=False):
    """An object of which nothing is kept."""


class Identified(msgspec.Struct, gc=False):
    """An object with an identifier, as those of `userIds` in 1.1."""

    # Anything is allowed there; an array of any size is left to who looks at it value by value.
    identifier: str | int | float | bool | None = None


@dataclass(frozen=True, slots=True)
class PageType:
    """How a page is decoded: the decoder of its body, and the key under which the records stand."""

    decoder: msgspec.json.Decoder[Any]
    key: str


def entity_of(path: str) -> str:
    """What a collection holds, such as user for `/users` or `/classes/{id}/students`."""
    return ENTITY[f"/{path.rpartition('/')[2]}"]


@cache
def page_type(version: OneRosterVersion, path: str, *, any_types: bool = False) -> PageType:
    """How the pages of a collection are decoded; KeyError when the version has none such.

    With `any_types`, references may have whatever type, or none.
    """
    key = collection(version, path).envelope
    record = record_type(version, entity_of(path), any_types)
    # The list is what makes it a page.
    page = msgspec.defstruct("Page", [(key, list[record])], gc=False)  # type: ignore[valid-type]
    return PageType(msgspec.json.Decoder(page), key)


@cache
def record_type(version: OneRosterVersion, entity: str, any_types: bool) -> type[msgspec.Struct]:
    """The typed form of an entity, or of the objects inside one such as `user.roles[]`."""
    kinds = [(rule, _type(version, entity, rule, any_types)) for rule in fields(version, entity)]
    required = [(rule.name, _required(kind, rule)) for rule, kind in kinds if not _is_optional(rule)]
    optional = [(rule.name, _optional(kind), None) for rule, kind in kinds if _is_optional(rule)]
    return msgspec.defstruct(entity, [*required, *optional], gc=False)


@cache
def reference_type(target: str, any_types: bool) -> type[msgspec.Struct]:
    """The typed form of a reference to an entity; where it leads is judged elsewhere."""
    words: Any = tuple(sorted(right_types(target)))
    type = ("type", Any, None) if any_types else ("type", Literal[words])
    return msgspec.defstruct("Reference", [("sourcedId", _Text), type], gc=False)


def _is_optional(rule: FieldRule) -> bool:
    return not rule.required or rule.name == MODIFIED


def _optional(kind: Any) -> Any:
    return kind | Literal[""] | None if kind is not str else str | None


def _required(kind: Any, rule: FieldRule) -> Any:
    if kind is str:
        return _Text
    return Annotated[kind, msgspec.Meta(min_length=1)] if "at least one" in rule.type else kind


def _type(version: OneRosterVersion, entity: str, rule: FieldRule, any_types: bool) -> Any:
    kind = rule.type
    if rule.name == MODIFIED:
        # Judged by a rule over all records, whatever it is.
        return str | int | float | bool
    target = target_of(kind)
    if target:
        reference: Any = reference_type(target, any_types)
        return list[reference] if kind.startswith("list") else reference
    if kind.startswith("list of object"):
        inner = f"{entity}.{rule.name}[]"
        other = Identified if "identifier" in kind else Free
        return list[record_type(version, inner, any_types) if fields(version, inner) else other]  # type: ignore[misc]
    if kind.startswith("list"):
        return list[str]
    if kind.startswith("object"):
        return Free
    if kind == "number":
        return int | float
    if rule.values and not is_word(entity, rule) and "ext:" not in kind and "any" not in kind:
        words = sorted(rule.values | ({"inactive"} if rule.name == "status" else set()))
        return Literal[tuple(words)]
    return str

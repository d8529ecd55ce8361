"""The entities of the standard as msgspec structs and as pydantic models, both made from the table of fields."""

from __future__ import annotations

import keyword
import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.standard.fields import FieldRule, fields

# Neither library is needed by the house's own checks of its types, so both are whatever Python finds.
Library = Any


def msgspec_page(msgspec: Library, version: OneRosterVersion, entity: str, envelope: str) -> Any:
    """The struct of a page of an entity, under its envelope."""

    def limited(kind: Any, **limits: Any) -> Any:
        return Annotated[kind, msgspec.Meta(**limits)]

    reference = msgspec.defstruct(
        "Reference", [("sourcedId", limited(str, min_length=1)), ("type", str | None, None)], gc=False
    )
    members: list[tuple[Any, ...]] = []
    rename: dict[str, str] = {}
    for rule in fields(version, entity):
        name = rule.name + "_" * keyword.iskeyword(rule.name)
        rename[name] = rule.name
        kind = _type(rule, reference, limited)
        members.append((name, kind) if rule.required else (name, kind | None, None))
    members.sort(key=len)
    record = msgspec.defstruct(entity, members, rename=rename, gc=False)
    return msgspec.defstruct("Page", [(envelope, _list_of(record))])


def pydantic_page(pydantic: Library, version: OneRosterVersion, entity: str, envelope: str) -> Any:
    """The model of a page of an entity, under its envelope."""
    strict = pydantic.ConfigDict(strict=True, extra="ignore")

    def limited(kind: Any, **limits: Any) -> Any:
        return Annotated[kind, pydantic.Field(**limits)]

    reference = pydantic.create_model(
        "Reference", __config__=strict, sourcedId=(limited(str, min_length=1), ...), type=(str | None, None)
    )
    members: dict[str, Any] = {}
    for rule in fields(version, entity):
        kind = _type(rule, reference, limited)
        given = pydantic.Field(alias=rule.name) if rule.required else pydantic.Field(None, alias=rule.name)
        members[f"{rule.name}_"] = (kind if rule.required else kind | None, given)
    record = pydantic.create_model(entity, __config__=strict, **members)
    return pydantic.create_model("Page", __config__=strict, **{envelope: (_list_of(record), ...)})


def _list_of(member: Any) -> Any:
    """The type of a list of members whose type is made at run time."""
    return list[member]


def _type(rule: FieldRule, reference: Any, limited: Any) -> Any:
    """The type of one field; `limited` gives a type its limits in the words of a library."""
    kind = rule.type
    if kind.startswith("reference"):
        return reference
    if kind.startswith("list"):
        member = reference if "of reference" in kind else dict[str, Any] if "of object" in kind else str
        return limited(_list_of(member), min_length=1) if "at least one" in kind else _list_of(member)
    if kind.startswith("object"):
        return dict[str, Any]
    if kind == "number":
        return int | float
    if rule.values and "any" not in kind:
        values = sorted(rule.values | ({"inactive"} if rule.name == "status" else set()))
        if "ext:" in kind:
            return limited(str, pattern=f"^(?:{'|'.join(map(re.escape, values))}|ext:.*)$")
        return Literal[tuple(values)]
    if kind in ("date", "date-time"):
        return date if kind == "date" else datetime
    if kind.startswith("string (YYYY)"):
        return limited(str, pattern=r"^\d{4}$")
    return limited(str, min_length=1) if rule.required else str

"""The tables of the database: for each entity the columns that the rules need, in either version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from ..connection import OneRosterVersion
from ..standard.envelopes import Record, reference, references
from ..standard.fields import ENTITY
from .columns import (
    FIRST,
    Column,
    as_text,
    list_of_references,
    list_of_texts,
    optional_reference,
    required_reference,
    text,
    texts,
    truth,
)
from .values import is_date

# The table of each entity, and the collection that fills it; others, such as /students, are views of it.
PATH = {entity: path for path, entity in reversed(ENTITY.items())}
TABLES = {entity: path.strip("/") for entity, path in PATH.items()}
# What is kept of users beside identifiers: numbers that stand for their user name and their email address.
HASHED = ("username", "email", "email_fault")


@cache
def columns(version: OneRosterVersion, entity: str) -> tuple[Column, ...]:
    """The columns of an entity behind the first ones, those of users without what stands for names."""
    return _COLUMNS[entity](version) if entity in _COLUMNS else ()


def names(entity: str) -> tuple[str, ...]:
    """The names of all columns of the table of an entity."""
    own = tuple(column.name for column in columns("1.2", entity))
    return (*FIRST, *own, *(HASHED if entity == "user" else ()))


def _day(name: str) -> Column:
    get = attrgetter(name)
    return Column(name, lambda records: map(get, records), lambda row: _as_day(row.get(name)))


def _as_day(value: object) -> str | None:
    """The day of a date, or of a date and time in its place."""
    day = value.strip()[:10] if isinstance(value, str) else ""
    return day if is_date(day) else None


def _org(version: OneRosterVersion) -> tuple[Column, ...]:
    children = list_of_references("children", "child", "org.children")
    return text("type"), optional_reference("parent"), children


def _session(version: OneRosterVersion) -> tuple[Column, ...]:
    children = list_of_references("children", "child", "academicSession.children")
    return text("type"), _day("startDate"), _day("endDate"), optional_reference("parent"), children


def _course(version: OneRosterVersion) -> tuple[Column, ...]:
    return (
        optional_reference("org"),
        optional_reference("schoolYear"),
        list_of_texts("grades", "grade", "course.grades"),
    )


def _class(version: OneRosterVersion) -> tuple[Column, ...]:
    return (
        text("classType"),
        required_reference("course"),
        required_reference("school"),
        list_of_references("terms", "term", "class.terms"),
        list_of_texts("grades", "grade", "class.grades"),
    )


def _enrollment(version: OneRosterVersion) -> tuple[Column, ...]:
    return (
        required_reference("user"),
        required_reference("class"),
        required_reference("school"),
        text("role"),
        truth("primary"),
        _day("beginDate"),
        _day("endDate"),
    )


def _user(version: OneRosterVersion) -> tuple[Column, ...]:
    both = (
        list_of_references("agents", "agent", "user.agents"),
        list_of_texts("grades", "grade", "user.grades"),
        truth("enabledUser"),
    )
    if version == "1.1":
        role = attrgetter("role")
        return (
            Column("role", lambda records: [(role(each),) for each in records], _roles_1p1, "user.roles"),
            list_of_references("orgs", "org", "user.orgs"),
            Column("role_org", _nothing, _role_orgs_1p1, "user.roles.org"),
            Column("primaryOrg", _nothing, _primary_1p1),
            *both,
        )
    roles = attrgetter("roles")
    return (
        Column("role", lambda records: map(roles, records), _roles, "user.roles", attrgetter("role")),
        Column("org", _nothing, _orgs_1p2, "user.orgs"),
        Column(
            "role_org",
            lambda records: map(roles, records),
            _role_orgs,
            "user.roles.org",
            attrgetter("org.sourcedId"),
        ),
        optional_reference("primaryOrg"),
        *both,
    )


def _nothing(records: Sequence[Any]) -> Iterable[Any]:
    return ()


def _items(row: Record) -> list[Record]:
    several = row.get("roles")
    return [item for item in several if isinstance(item, dict)] if isinstance(several, list) else []


def _roles(row: Record) -> list[str]:
    """The roles in the form of 1.2, or of 1.1 where there are none."""
    several = row.get("roles")
    found = [role for item in _items(row) if (role := as_text(item.get("role")))] or texts(several)
    one = as_text(row.get("role"))
    return found or ([one] if one else [])


def _roles_1p1(row: Record) -> list[str]:
    one = as_text(row.get("role"))
    return [one] if one else _roles(row)


def _role_orgs(row: Record) -> list[str]:
    return [org for item in _items(row) if (org := reference(item, "org"))]


def _role_orgs_1p1(row: Record) -> list[str]:
    """Only of a record in the form of 1.2."""
    return [] if references(row, "orgs") else _role_orgs(row)


def _orgs_1p2(row: Record) -> list[str]:
    """Only of a record in the form of 1.1."""
    return [] if _role_orgs(row) else references(row, "orgs")


def _primary_1p1(row: Record) -> str | None:
    return None if references(row, "orgs") else reference(row, "primaryOrg") or None


_COLUMNS: dict[str, Callable[[OneRosterVersion], tuple[Column, ...]]] = {
    "org": _org,
    "academicSession": _session,
    "course": _course,
    "class": _class,
    "user": _user,
    "enrollment": _enrollment,
    "demographics": lambda version: (text("sex"),),
    "lineItem": lambda version: (required_reference("class"), required_reference("category")),
    "result": lambda version: (required_reference("lineItem"), required_reference("student")),
}

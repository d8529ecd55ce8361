"""The operations of OneRoster 1.1 and 1.2 as data, read from the table beside this file."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from ..connection import OneRosterVersion

Service = Literal["rostering", "gradebook", "resources"]
SCOPE_PREFIX: dict[OneRosterVersion, str] = {
    "1.1": "https://purl.imsglobal.org/spec/or/v1p1/scope/",
    "1.2": "https://purl.imsglobal.org/spec/or/v1p2/scope/",
}
# An id in the path of an operation.
_ID = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its service, method and path template, the scopes of which any is enough, and the
    key under which the answer holds its records (empty when it holds none)."""

    oneroster: OneRosterVersion
    service: Service
    method: str
    path: str
    name: str
    scopes: tuple[str, ...]
    envelope: str
    certified: bool

    @property
    def parents(self) -> tuple[str, ...]:
        """The words before each sourcedId in its path: `schools` and `classes`; none for a whole collection."""
        words = self.path.strip("/").split("/")
        return tuple(words[place - 1] for place, word in enumerate(words) if word.startswith("{"))

    @property
    def is_single(self) -> bool:
        """Whether it reads one record by its sourcedId."""
        return self.path.endswith("}")

    def path_to(self, *ids: str) -> str:
        """Its path with these sourcedIds, as they are to be sent, in place of the names in braces."""
        given = iter(ids)
        return "/".join(next(given) if word.startswith("{") else word for word in self.path.split("/"))


@cache
def operations(version: OneRosterVersion) -> tuple[Operation, ...]:
    """All operations of one version, in the order of the table."""
    text = resources.files("oneroster_checks.standard").joinpath("operations.csv").read_text("utf-8")
    return tuple(
        Operation(
            oneroster=version,
            service=row["service"],  # type: ignore[arg-type]
            method=row["method"],
            path=row["path"],
            name=row["operation"],
            scopes=tuple(row["scopes_any_of"].split()),
            envelope=row["envelope_key"],
            certified=row["required_for_certification"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
        if row["oneroster"] == version
    )


@cache
def collection(version: OneRosterVersion, path: str) -> Operation:
    """The GET of a whole collection, such as `/orgs`; KeyError when the version has none."""
    for operation in operations(version):
        if operation.method == "GET" and operation.path == path:
            return operation
    raise KeyError(path)


@cache
def operation_of(version: OneRosterVersion, name: str) -> Operation:
    """The operation of a name, such as `getAllOrgs`; KeyError when the version has none."""
    for operation in operations(version):
        if operation.name == name:
            return operation
    raise KeyError(name)


@cache
def reading(version: OneRosterVersion) -> tuple[Operation, ...]:
    """The operations of a version that read, in the order of the table."""
    return tuple(each for each in operations(version) if each.method == "GET")


@cache
def collections(version: OneRosterVersion) -> frozenset[str]:
    """The first words of all paths: `orgs`, `users`, `lineItems` and so on."""
    return frozenset(operation.path.split("/")[1] for operation in operations(version))


@cache
def operation_at(version: OneRosterVersion, method: str, shape: str) -> Operation:
    """The operation at a path with `{}` for every id, such as `/classes/{}/students`; KeyError when there is none."""
    for operation in operations(version):
        if operation.method == method and _ID.sub("{}", operation.path) == shape:
            return operation
    raise KeyError(shape)


@cache
def envelope_of_one(version: OneRosterVersion, path: str) -> str:
    """The key under which an answer holds a single record of a collection, such as `/orgs`."""
    for operation in reading(version):
        if operation.is_single and operation.path.startswith(f"{path}/{{") and len(operation.parents) == 1:
            return operation.envelope
    return path.strip("/")


@cache
def posting(version: OneRosterVersion, path: str) -> Operation | None:
    """The operation by which POST creates records of a collection below as few others as can be, None for none."""
    found = [each for each in operations(version) if each.method == "POST" and each.path.endswith(path)]
    return min(found, key=lambda each: len(each.parents), default=None)

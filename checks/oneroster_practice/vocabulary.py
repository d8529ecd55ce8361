"""The standard's tables as the practice district uses them: fields of entities, and operations."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from oneroster_checks.connection import OneRosterVersion


def _lines(name: str) -> Iterator[dict[str, str]]:
    text = (files("oneroster_checks") / "standard" / name).read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines()))


@cache
def _types() -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for line in _lines("fields.csv"):
        entity = line["entity"].replace("[]", "")
        found.setdefault((line["oneroster"], entity), {})[line["field"]] = line["type"]
    return found


@cache
def required_fields(version: OneRosterVersion, entity: str) -> tuple[str, ...]:
    """The fields that a record of this entity must have."""
    lines = _lines("fields.csv")
    chosen = (line for line in lines if line["oneroster"] == version and line["entity"] == entity)
    return tuple(line["field"] for line in chosen if line["required"] == "yes")


def has_field(version: OneRosterVersion, entity: str, name: str) -> bool:
    """Whether an entity has a field; dots lead into references, metadata and lists of objects."""
    own = _types().get((version, entity), {})
    head, _, rest = name.partition(".")
    if head not in own:
        return False
    if not rest or head == "metadata":
        return True
    if "reference" in own[head]:
        return rest in ("sourcedId", "href", "type")
    return rest.partition(".")[0] in _types().get((version, f"{entity}.{head}"), {})


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the standard; `shape` is its path with `*` for an id, as in `/classes/*/students`."""

    service: str
    method: str
    shape: str
    scopes: frozenset[str]
    envelope: str

    @property
    def collection(self) -> str:
        """The last word of the path that is not an id."""
        return [word for word in self.shape.split("/") if word not in ("", "*")][-1]


@cache
def _operations(version: OneRosterVersion) -> dict[tuple[str, str], Operation]:
    table = {}
    for line in _lines("operations.csv"):
        if line["oneroster"] == version:
            words = line["path"].split("/")
            shape = "/".join("*" if word.startswith("{") else word for word in words)
            operation = Operation(
                line["service"],
                line["method"],
                shape,
                frozenset(line["scopes_any_of"].split()),
                line["envelope_key"],
            )
            table[line["method"], shape] = operation
    return table


def operation(version: OneRosterVersion, method: str, path: str) -> tuple[Operation, tuple[str, ...]] | None:
    """The operation of a path below a service's root, with the ids in it; None when there is none."""
    words = path.removeprefix("/").split("/")
    shape = "".join(f"/{'*' if at % 2 else word}" for at, word in enumerate(words))
    found = _operations(version).get((method, shape))
    return None if found is None else (found, tuple(words[1::2]))


def is_known_path(version: OneRosterVersion, path: str) -> bool:
    """Whether any method works at this path."""
    return any(operation(version, method, path) for method in ("GET", "PUT", "POST", "DELETE"))


@cache
def scopes(version: OneRosterVersion) -> frozenset[str]:
    """Every scope of a version, without its prefix."""
    return frozenset(scope for found in _operations(version).values() for scope in found.scopes)


def scope_prefix(version: OneRosterVersion) -> str:
    """What stands before every scope of a version."""
    return f"https://purl.imsglobal.org/spec/or/{'v1p1' if version == '1.1' else 'v1p2'}/scope/"

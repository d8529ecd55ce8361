"""Finds the operation of the standard behind the path of a request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.standard.operations import Operation, operations


@dataclass(frozen=True, slots=True)
class Route:
    """What a request asks for: an operation and the ids in its path.

    `shape` is the operation's path with `*` for every id, as in `/classes/*/students`.
    """

    operation: Operation
    shape: str
    ids: tuple[str, ...]

    @property
    def collection(self) -> str:
        """The last word of the path that is not an id, such as `students`."""
        return [word for word in self.shape.split("/") if word not in ("", "*")][-1]


@cache
def _table(version: OneRosterVersion) -> dict[tuple[str, str], Operation]:
    """The operations of a version by method and shape."""
    return {(each.method, _shape(each.path)): each for each in operations(version)}


def _shape(template: str) -> str:
    return "/".join("*" if word.startswith("{") else word for word in template.split("/"))


def route(version: OneRosterVersion, method: str, path: str) -> Route | None:
    """The route of a method and a path below a service's root; None when the standard has no such operation."""
    words = path.removeprefix("/").split("/")
    shape = "".join(f"/{'*' if at % 2 else word}" for at, word in enumerate(words))
    found = _table(version).get((method, shape))
    return None if found is None else Route(found, shape, tuple(words[1::2]))


def is_known_path(version: OneRosterVersion, path: str) -> bool:
    """Whether any method works at this path."""
    return any(route(version, method, path) for method in ("GET", "PUT", "POST", "DELETE"))

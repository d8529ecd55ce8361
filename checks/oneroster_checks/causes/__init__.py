"""The catalogue of causes: every code a finding may name, with its words and the steps that fix it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType

from ..errors import UnknownCause
from .model import Cause, Step, Who

__all__ = ["Cause", "Step", "Who", "cause", "codes", "entry_of", "sections"]

_NOTHING = Cause(code="", title="", summary="", why="", detection="", fix=(), source="")

# In the order of the published list; read on first use, so that importing the package stays cheap.
MODULES = (
    "address",
    "address_apps",
    "keys",
    "network",
    "tls",
    "token",
    "token_scope",
    "token_warnings",
    "access",
    "access_later",
    "between",
    "oauth1",
    "sharing",
    "sharing_parts",
    "year",
    "accounts",
    "gradebook",
    "payload",
    "paging",
    "query",
    "operation",
    "errors",
    "load",
    "data",
    "data_classes",
    "data_values",
    "consumer",
    "migrate",
    "migrate_people",
    "migrate_classes",
    "trace_people",
    "trace_enrollments",
    "trace_classes",
    "trace_grades",
    "tool",
)


def cause(code: str) -> Cause:
    """The catalogue's entry for a code; UnknownCause when there is none."""
    found = _catalogue().get(code)
    if found is None:
        raise UnknownCause(f"There is no cause “{code}”.")
    return found


def entry_of(code: str | None) -> Cause:
    """The catalogue's entry for the cause of a finding; one that says nothing where there is none."""
    return _catalogue().get(code or "", _NOTHING)


def codes() -> tuple[str, ...]:
    """Every code, in the order of the published list."""
    return tuple(_catalogue())


def sections() -> tuple[tuple[str, tuple[Cause, ...]], ...]:
    """The catalogue by sections: each one's title and its entries, in the order of the published list."""
    grouped: dict[str, list[Cause]] = {}
    for module in _modules():
        grouped.setdefault(module.SECTION, []).extend(module.CAUSES)
    return tuple((title, tuple(entries)) for title, entries in grouped.items())


@cache
def _catalogue() -> dict[str, Cause]:
    return {entry.code: entry for module in _modules() for entry in module.CAUSES}


def _modules() -> tuple[ModuleType, ...]:
    return tuple(import_module(f"{__name__}.{name}") for name in MODULES)

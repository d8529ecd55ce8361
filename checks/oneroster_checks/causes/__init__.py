"""The catalogue of causes: every code a finding may name, with its words and the steps that mend it."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from ..errors import UnknownCause
from .model import Cause, Step, Who

__all__ = ["Cause", "Step", "Who", "cause", "codes", "entry_of"]

_NOTHING = Cause(code="", title="", summary="", why="", detection="", fix=(), source="")

# In the order of the published list; read on first use, so that importing the package stays cheap.
MODULES = (
    "address",
    "keys",
    "network",
    "tls",
    "token",
    "token_warnings",
    "access",
    "oauth1",
    "sharing",
    "year",
    "accounts",
    "gradebook",
    "payload",
    "protocol",
    "data",
    "data_classes",
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


@cache
def _catalogue() -> dict[str, Cause]:
    entries: list[Cause] = []
    for name in MODULES:
        entries.extend(import_module(f"{__name__}.{name}").CAUSES)
    return {entry.code: entry for entry in entries}

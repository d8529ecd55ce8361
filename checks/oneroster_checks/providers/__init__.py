"""Providers as data: what each one's addresses look like and what it expects."""

from __future__ import annotations

from ..errors import UnknownProvider
from .known import GENERIC, INFINITE_CAMPUS, OTHERS
from .model import Note, Provider

__all__ = ["Note", "Provider", "provider", "providers"]

_ALL = (INFINITE_CAMPUS, GENERIC, *OTHERS)
_BY_ID = {entry.id: entry for entry in _ALL}


def providers() -> tuple[Provider, ...]:
    """Every provider, Infinite Campus first."""
    return _ALL


def provider(id: str) -> Provider:
    """The provider of this id; UnknownProvider when there is none."""
    if id not in _BY_ID:
        known = ", ".join(_BY_ID)
        raise UnknownProvider(f"There is no provider “{id}”. These are known: {known}.")
    return _BY_ID[id]

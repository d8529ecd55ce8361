"""Providers as data: what each one's addresses look like and what it expects."""

from __future__ import annotations

from .known import GENERIC, INFINITE_CAMPUS, OTHERS
from .model import Provider

__all__ = ["Provider", "provider", "providers"]

_ALL = (INFINITE_CAMPUS, GENERIC, *OTHERS)
_BY_ID = {entry.id: entry for entry in _ALL}


def providers() -> tuple[Provider, ...]:
    """Every provider, Infinite Campus first."""
    return _ALL


def provider(id: str) -> Provider:
    """The provider of this id; KeyError when there is none."""
    return _BY_ID[id]

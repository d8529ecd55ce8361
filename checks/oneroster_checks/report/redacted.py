"""The redaction of a result: every text in it passes, before anything is written down in any form."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeVar, cast

from ..redaction import Redactor
from ..result import Result

T = TypeVar("T")


def redacted(result: Result) -> Result:
    """A result without tokens and addresses that a server may have put into its words.

    The result of a run holds no known secret; this takes out what looks like one. The profile's name is the
    user's own and stays, so that a program finds it again.
    """
    hidden = mapped(result, Redactor().text)
    return dataclasses.replace(hidden, profile=result.profile)


def mapped(value: T, change: Callable[[str], str]) -> T:
    """The same value with every text inside changed: in dataclasses, mappings and tuples, to any depth."""
    return cast(T, _mapped(value, change))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return change(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
        changed = {name: _mapped(inner, change) for name, inner in fields.items()}
        return dataclasses.replace(
            value, **{name: changed[name] for name in fields if changed[name] != fields[name]}
        )
    if isinstance(value, Mapping):
        return {key: _mapped(inner, change) for key, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(_mapped(inner, change) for inner in value)
    return value

"""Results and snapshots as plain, versioned data: JSON that a file keeps, and that another machine sends back.

A result is redacted as the reports are, and nobody's name is in it. What is read is what was written, with its types;
data of another version, or that is broken, is refused as a whole.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from functools import cache
from typing import Any, TypeVar, get_type_hints

import msgspec

from .changes.model import Snapshot
from .limits import PLAIN_BYTES
from .report.redacted import redacted
from .result import Result
from .visible import safe_json

VERSION = 1
# What the run can tell people by is never written down.
_LEFT_OUT = "names"

T = TypeVar("T")


class UnreadablePlainData(ValueError):
    """These bytes are no result and no snapshot of this version; the text says why, in a few words."""


class _PlainDocument(msgspec.Struct):
    """What is around the data: its version, and which kind it is."""

    version: int
    kind: str
    data: msgspec.Raw


def result_to_bytes(result: Result) -> bytes:
    """A result as JSON in UTF-8, redacted, without `names`."""
    shown = redacted(result)
    return _written("result", {each.name: getattr(shown, each.name) for each in _plain_fields()})


def result_from_bytes(data: bytes) -> Result:
    """The result that `result_to_bytes` wrote; UnreadablePlainData for anything else."""
    read = _read("result", data, _result_struct())
    return Result(**{each.name: getattr(read, each.name) for each in _plain_fields()})


def snapshot_to_bytes(snapshot: Snapshot) -> bytes:
    """A snapshot as JSON in UTF-8; it is written as it is, so it has to be one of a redacted result."""
    return _written("snapshot", snapshot)


def snapshot_from_bytes(data: bytes) -> Snapshot:
    """The snapshot that `snapshot_to_bytes` wrote; UnreadablePlainData for anything else."""
    return _read("snapshot", data, Snapshot)


def _written(kind: str, value: object) -> bytes:
    plain: object = msgspec.to_builtins(value, enc_hook=_as_dict)
    document = {"version": VERSION, "kind": kind, "data": plain}
    try:
        text = _dumped(document)
    except ValueError:
        text = _dumped(_finite(document))
    return safe_json(text).encode()


def _dumped(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _as_dict(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not plain")


def _finite(value: object) -> object:
    """The same with a text in the place of each number that JSON has no form for."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {name: _finite(each) for name, each in value.items()}
    return [_finite(each) for each in value] if isinstance(value, list | tuple) else value


def _read(kind: str, data: bytes, into: type[T]) -> T:
    if len(data) > PLAIN_BYTES:
        raise UnreadablePlainData("it is too large")
    try:
        kept = msgspec.json.decode(data, type=_PlainDocument)
        if (kept.version, kept.kind) == (VERSION, kind):
            return msgspec.json.decode(kept.data, type=into)
    except (ValueError, RecursionError, OverflowError) as error:
        # What msgspec says is about the form; a text of the data is not in it.
        raise UnreadablePlainData(f"it is no {kind}: {type(error).__name__}") from None
    raise UnreadablePlainData(f"it is no {kind} of version {VERSION}")


def _plain_fields() -> list[Field[Any]]:
    return [each for each in fields(Result) if each.name != _LEFT_OUT]


@cache
def _result_struct() -> type[msgspec.Struct]:
    """A result as it is read: the same fields without those left out, whose type msgspec could not read."""
    hints = get_type_hints(Result, localns={"KnownNames": object})
    members = [(each.name, hints[each.name], *_default(each)) for each in _plain_fields()]
    return msgspec.defstruct("PlainResult", members, kw_only=True)


def _default(member: Field[Any]) -> tuple[Any, ...]:
    if member.default_factory is not MISSING:
        return (msgspec.field(default_factory=member.default_factory),)
    return () if member.default is MISSING else (member.default,)

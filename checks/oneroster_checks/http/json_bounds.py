"""How large a JSON text is, in values and in depth, before any of it is decoded: linear in its bytes, no recursion."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from .. import limits

_BRACKETS = b"[]{}"
_ALL = bytes(range(256))
_NOT_STRUCTURE = _ALL.translate(None, b'",' + _BRACKETS)
_NOT_BRACKETS = _ALL.translate(None, _BRACKETS)


class Signs(NamedTuple):
    """What is counted of a JSON text, inside its texts too: commas, and openings of lists and of objects.

    `all` are its commas, brackets and quotes themselves, in order.
    """

    commas: int
    lists: int
    objects: int
    all: bytes | bytearray


def signs_in(body: bytes | bytearray) -> Signs:
    """The signs of a JSON text, which is gone through once: they are few, and quickly counted."""
    found = body.translate(None, _NOT_STRUCTURE)
    return Signs(found.count(b","), found.count(b"["), found.count(b"{"), found)


class Undecoded(StrEnum):
    """Which limit of this tool a body is beyond, so that it was not decoded."""

    BYTES = "bytes"
    VALUES = "values"
    DEPTH = "depth"


# A clause for people.
_OVER = {
    Undecoded.BYTES: f"more than {limits.ANSWER_BYTES // (1024 * 1024)} MiB",
    Undecoded.VALUES: f"more than {limits.JSON_VALUES:,} values and objects",
    Undecoded.DEPTH: f"JSON nested deeper than {limits.JSON_DEPTH} levels",
}

# JSON of records is hardly ten levels deep.
_PAIRED_AT_ONCE = 10
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def over_limit(undecoded: Undecoded | None) -> str:
    """What a body has too much of, as a clause for people; None where it was decoded, and not kept."""
    return _OVER[undecoded] if undecoded else "a record that is larger than this tool keeps"


def beyond(body: bytes | bytearray, signs: Signs) -> Undecoded | None:
    """The limit that a JSON text is beyond, None for none; of other texts, the one that their beginning is beyond."""
    if signs.lists + signs.objects <= limits.JSON_DEPTH and _size(signs) < limits.JSON_VALUES:
        return None
    structure = _structure(body, signs)
    if structure is None or _size(signs_in(structure)) >= limits.JSON_VALUES:
        return Undecoded.VALUES
    return Undecoded.DEPTH if _too_deep(structure) else None


def _size(signs: Signs) -> int:
    """The values, of which every one but the first stands behind a comma or an opening, and the objects once more."""
    return signs.commas + signs.lists + 2 * signs.objects


def _structure(body: bytes | bytearray, signs: Signs) -> bytes | bytearray | None:
    """The commas and brackets outside of texts, None where there are more texts than values may be."""
    found = signs.all
    if b"\\" in body:
        # Behind a backslash anything is a part of the text; pairs of them come first.
        found = body.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, _NOT_STRUCTURE)
    # Most texts have nothing between their quotes now.
    structure = found.replace(b'""', b"")
    quotes = structure.count(b'"')
    if quotes > 2 * limits.JSON_VALUES:
        return None
    return b"".join(structure.split(b'"')[::2]) if quotes else structure


def _too_deep(structure: bytes | bytearray) -> bool:
    brackets = rest = structure.translate(None, _NOT_BRACKETS)
    for _ in range(min(_PAIRED_AT_ONCE, limits.JSON_DEPTH // 2)):
        # Each time at most two levels of pairs go.
        rest = rest.replace(b"[]", b"").replace(b"{}", b"")
    if not rest:
        return False
    depth = 0
    for bracket in brackets:
        depth += _STEPS[bracket]
        if depth > limits.JSON_DEPTH:
            return True
    return False

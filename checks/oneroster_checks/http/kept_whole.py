"""Documents of which everything is kept: seen from their bytes and from how many entries are where, without a copy."""

from __future__ import annotations

from .. import limits
from .json_bounds import Signs

# What Python takes at most for a text without its characters, an entry of a list, the name of a member and its place,
# an object and a list that have hardly anything in them; its characters where some need more than one byte.
_TEXT_BYTES = 80
_ENTRY_BYTES = 10
_NAME_BYTES = 200
_OBJECT_BYTES = 240
_LIST_BYTES = 120
_WIDEST_BYTES = 4


def most_bytes(body: bytes | bytearray, signs: Signs) -> int:
    """The bytes of memory that a text of JSON takes at most, decoded."""
    values = signs.commas + signs.objects + signs.lists + 1
    is_narrow = body.isascii() and not (b"\\" in body and b"\\u" in body)
    return (
        len(body) * (1 if is_narrow else _WIDEST_BYTES)
        + values * (_TEXT_BYTES + _ENTRY_BYTES + _NAME_BYTES)
        + signs.objects * _OBJECT_BYTES
        + signs.lists * _LIST_BYTES
    )


def has_few_entries(document: object, commas: int) -> bool:
    """Whether no list and no object of decoded JSON has more entries than are kept; `commas` are those of its text."""
    level = [document] if isinstance(document, (list, dict)) else []
    while level:
        sizes = list(map(len, level))
        if max(sizes) > limits.KEPT_ENTRIES:
            return False
        # What lies deeper has no more commas than are left: one between two entries each.
        commas -= sum(sizes) - len(sizes)
        if commas < limits.KEPT_ENTRIES:
            return True
        level = [
            inner
            for item in level
            for inner in (item if isinstance(item, list) else item.values())
            if isinstance(inner, (list, dict))
        ]
    return True

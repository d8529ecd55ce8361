"""Whether sourcedIds come in an order, by any of the ways in which servers compare them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

_NO_LETTERS = re.compile(r"[\W_]")
_DIGITS = re.compile(r"(\d+)")


def falls(ids: Sequence[str]) -> bool:
    """Whether ids come in descending order."""
    return rises(ids[::-1])


def rises(ids: Sequence[str]) -> bool:
    """Whether ids come in ascending order."""
    return any(_rises(ids, key) for key in (_plain, str.casefold, _letters, _natural))


def _rises(ids: Sequence[str], key: Callable[[str], Any]) -> bool:
    keys = [key(id) for id in ids]
    return all(before <= after for before, after in pairwise(keys))


def _plain(text: str) -> str:
    return text


def _letters(text: str) -> str:
    """Letters and digits alone: many databases pass over hyphens and the like where they compare texts."""
    return _NO_LETTERS.sub("", text).casefold()


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Numbers inside a text count as numbers, as databases with numeric ids sort them."""
    return tuple(
        _number(part) if part.isascii() and part.isdigit() else (1, 0, part.casefold())
        for part in _DIGITS.split(text)
        if part
    )


def _number(part: str) -> tuple[int, int, str]:
    """A number by its digits: the longer of two is the greater one, and none has too many to be read."""
    digits = part.lstrip("0")
    return (0, len(digits), digits)

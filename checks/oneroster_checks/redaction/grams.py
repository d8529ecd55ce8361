"""A quick look whether a text may hold a part of one of many others: where it says no, there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..limits import HIDDEN_CUT_CHARACTERS

# Four characters are read as one number: of any seven in a row, four begin at a multiple of four.
_PIECE = 4
_NUMBER: Final = "I"
# Of more characters than this the numbers take too much memory.
_FEW = 40_000
# Few places of a table are taken, so that a piece that is none is seldom taken for one.
_PLACES_A_PIECE = 8
_BETWEEN = "\n"


class Grams:
    """The pieces of some texts, by their numbers; a piece that is in another text is looked up with what is around."""

    def __init__(self) -> None:
        self._texts = ""
        self._pieces: set[int] | _Table = set()

    def add(self, texts: Iterable[str]) -> None:
        """Take in further texts."""
        new = _BETWEEN.join(texts)
        self._texts = _BETWEEN.join((self._texts, new))
        if isinstance(self._pieces, set) and len(self._texts) <= _FEW:
            self._pieces.update(*_at_every_place(new))
        else:
            self._pieces = _Table(len(self._texts), _at_every_place(self._texts))

    def may_be_in(self, text: str) -> bool:
        """Whether a text may hold `limits.HIDDEN_CUT_CHARACTERS` in a row of one of them; False is certain."""
        if len(text) < HIDDEN_CUT_CHARACTERS:
            return False
        numbers = _numbers(text)
        if self._pieces.isdisjoint(numbers):
            return False
        return any(
            self._is_at(text, place * _PIECE)
            for place, number in enumerate(numbers)
            if number in self._pieces
        )

    def _is_at(self, text: str, place: int) -> bool:
        """Whether a piece belongs to a part that is long enough."""
        return any(
            text[start : start + HIDDEN_CUT_CHARACTERS] in self._texts
            for start in range(max(0, place + _PIECE - HIDDEN_CUT_CHARACTERS), place + 1)
        )


class _Table:
    """Many numbers, as places of a table: each is in it, and now and then another one."""

    def __init__(self, pieces: int, numbers: Iterable[list[int]]) -> None:
        # Local names, since there are hundreds of thousands of them.
        self._size = size = pieces * _PLACES_A_PIECE | 1
        self._table = table = bytearray(size)
        for some in numbers:
            for number in some:
                table[number % size] = 1

    def __contains__(self, number: int) -> bool:
        return bool(self._table[number % self._size])

    def isdisjoint(self, numbers: list[int]) -> bool:
        """Whether none of these is in it."""
        return not any(map(self.__contains__, numbers))


def _at_every_place(text: str) -> Iterator[list[int]]:
    """The pieces of a text, wherever they begin in it."""
    return (_numbers(text[start:]) for start in range(_PIECE))


def _numbers(text: str) -> list[int]:
    """The pieces of a text that stand one behind the other from its beginning, each as a number.

    Characters beyond Latin-1 are one here, which takes more for a piece, and never less.
    """
    read = memoryview(text.encode("latin-1", "replace"))
    return read[: len(read) // _PIECE * _PIECE].cast(_NUMBER).tolist()

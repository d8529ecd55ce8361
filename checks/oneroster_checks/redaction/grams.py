"""A quick look whether a text may hold a part of one of many others: where it says no, there is none."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress

from ..limits import HIDDEN_CUT_CHARACTERS

# Of any part of so many characters, one piece of this many begins at a multiple of the step.
_PIECE = HIDDEN_CUT_CHARACTERS // 2
_STEP = HIDDEN_CUT_CHARACTERS - _PIECE + 1
# Few places of the table are taken, so that a piece that is none is seldom taken for one.
_PLACES_A_PIECE = 8
_BETWEEN = "\n"


class Grams:
    """The pieces of some texts, as places of a table by their hashes; what the table takes for one is looked up."""

    def __init__(self, texts: Iterable[str]) -> None:
        # Local names, since there are thousands of pieces.
        self._texts = whole = _BETWEEN.join(texts)
        self._last = last = (1 << (len(whole) * _PLACES_A_PIECE).bit_length()) - 1
        self._table = table = bytearray(last + 1)
        for place in range(len(whole) - _PIECE + 1):
            table[hash(whole[place : place + _PIECE]) & last] = 1

    def may_be_in(self, text: str) -> bool:
        """Whether a text may hold `limits.HIDDEN_CUT_CHARACTERS` in a row of one of them; False is certain."""
        table, last, size = self._table, self._last, len(text)
        if size < HIDDEN_CUT_CHARACTERS:
            return False
        places = range(0, size - _PIECE + 1, _STEP)
        marks = [table[hash(text[place : place + _PIECE]) & last] for place in places]
        return any(self._is_at(text, place) for place in compress(places, marks))

    def _is_at(self, text: str, place: int) -> bool:
        """Whether what the table took for a piece is one, in a part that is long enough."""
        return text[place : place + _PIECE] in self._texts and any(
            text[start : start + HIDDEN_CUT_CHARACTERS] in self._texts
            for start in range(max(0, place - _STEP + 1), place + 1)
        )

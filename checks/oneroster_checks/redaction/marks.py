"""A set of texts that only tells whether a text is in it: small, and of a bounded size however many there are."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Set

from ..limits import NAME_BITS, NAMES_KEPT

# What is kept of many are three bits of one word of 64; word and bits hang on the text. With a million of texts one
# other text in some ten thousand passes for one of them.
_WORD_BITS = 6
_WORDS = 1 << (NAME_BITS - _WORD_BITS)
_WHICH, _BIT = _WORDS - 1, (1 << _WORD_BITS) - 1
_FIRST, _SECOND, _THIRD = (NAME_BITS - _WORD_BITS + number * _WORD_BITS for number in range(3))


class Marks:
    """Texts that were added, kept as marks.

    What was added is always found. Beyond `limits.NAMES_KEPT` of them, now and then another text is found too: the
    more, the more often, so that too many hide too much rather than too little.
    """

    def __init__(self) -> None:
        self._few: set[int] = set()
        self._many: array[int] | None = None

    def update(self, texts: Iterable[str]) -> None:
        """Remember texts."""
        if self._many is None:
            self._few.update(map(hash, texts))
            if len(self._few) > NAMES_KEPT:
                self._many = array("Q", bytes(_WORDS * 8))
                _set(self._many, self._few)
                self._few = set()
        else:
            _set(self._many, map(hash, texts))

    @property
    def is_rough(self) -> bool:
        """Whether there are so many that now and then another text is found too."""
        return self._many is not None

    def has_none(self, hashes: Set[int]) -> bool:
        """Whether it is certain that none of the texts with these hashes was added."""
        return self._many is None and self._few.isdisjoint(hashes)

    def __contains__(self, text: str) -> bool:
        mark = hash(text)
        if self._many is None:
            return mark in self._few
        bits = _bits(mark)
        return self._many[mark & _WHICH] & bits == bits

    def __bool__(self) -> bool:
        return bool(self._few) or self._many is not None


def _bits(mark: int) -> int:
    return 1 << (mark >> _FIRST & _BIT) | 1 << (mark >> _SECOND & _BIT) | 1 << (mark >> _THIRD & _BIT)


def _set(many: array[int], marks: Iterable[int]) -> None:
    which, bit, first, second, third = _WHICH, _BIT, _FIRST, _SECOND, _THIRD
    # As in `_bits`, without a call: there are hundreds of thousands of marks.
    for mark in marks:
        many[mark & which] |= (
            1 << (mark >> first & bit) | 1 << (mark >> second & bit) | 1 << (mark >> third & bit)
        )

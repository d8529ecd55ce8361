"""The personal values of records that were read, found in free text whatever its case and the signs between words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..limits import NAME_CHARACTERS, NAME_WORDS, NAMES_OF_A_RUN, SHORTEST_PERSONAL_NUMBER
from .decoded import Span, levels
from .outline import NAME_KEYS

# Scripts that are written without spaces have one word a sign, so that a name is found inside a sentence.
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_SIGNS}]|[^\W_{_SIGNS}]+")
# Names that are also words of an error or of an outline: written small they speak of no person.
_ORDINARY = frozenset(
    """a an and another any art bad bearer best case character characters client code date day english entries error
    false field fields first for forbidden found fields grade grant guest hidden key long mark may name new not null
    number page park password price request role rose school scope secret server service short status street student
    teacher text the this time token true type user value version web west white will with you young your""".split()
)


class KnownNames:
    """The names of a run: `learn` adds those of decoded JSON, `spans` gives where a text holds one."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._names: set[tuple[str, ...]] = set()
        # By the first word: bit n says that a name of n words begins with it.
        self._lengths: dict[str, int] = {}

    def learn(self, value: object) -> None:
        """Remember the personal values inside decoded JSON, as many as a run keeps."""
        stack = [value]
        while stack and len(self._seen) < NAMES_OF_A_RUN:
            item = stack.pop()
            if isinstance(item, list):
                stack.extend(item)
            elif isinstance(item, dict):
                for key, inner in item.items():
                    if isinstance(inner, (dict, list)):
                        stack.append(inner)
                    elif key in NAME_KEYS and isinstance(inner, str) and inner not in self._seen:
                        self._add(inner)

    def spans(self, text: str) -> list[Span]:
        """Where a text holds a name; the time hangs on the text, not on how many names there are."""
        return list(self._spans(text)) if self._names else []

    def _add(self, name: str) -> None:
        self._seen.add(name)
        short = len(name) < (SHORTEST_PERSONAL_NUMBER if name.isdigit() else NAME_CHARACTERS)
        words = tuple(_folded(word) for word in _WORD.findall(name)[:NAME_WORDS])
        if words and not short:
            self._names.add(words)
            self._lengths[words[0]] = self._lengths.get(words[0], 0) | 1 << len(words)

    def _spans(self, text: str) -> Iterator[Span]:
        for level in levels(text):
            found = list(_WORD.finditer(level.text))
            words = [_folded(word[0]) for word in found]
            for place, word in enumerate(words):
                lengths = self._lengths.get(word, 0)
                for length in range(1, min(lengths.bit_length(), len(words) - place + 1)):
                    if not lengths >> length & 1 or tuple(words[place : place + length]) not in self._names:
                        continue
                    if length > 1 or found[place][0] not in _ORDINARY:
                        yield level.span(found[place].start(), found[place + length - 1].end())


def _folded(word: str) -> str:
    """A word in one case and without accents."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)) or word

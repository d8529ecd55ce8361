"""The personal values of records that were read, found in free text whatever its case and the signs between words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain, compress, repeat
from typing import cast

from ..limits import (
    LONGEST_NAME_CHARACTERS,
    NAME_CHARACTERS,
    NAME_WORDS,
    NAMES_KEPT,
    SHORTEST_PERSONAL_NUMBER,
)
from .decoded import Decoded, Span, levels
from .ids import is_open, is_uuid
from .marks import Marks
from .outline import NAME_KEYS

# Scripts that are written without spaces have one word a sign, so that a name is found inside a sentence.
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_SIGNS}]|[^\W_{_SIGNS}]+")
# The words of a text in small ASCII letters.
_ASCII_WORD = re.compile(r"[a-z0-9]+")
# What stands between such words, but for the ends of lines.
_SPACED = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}
# What may hold more; decoded JSON has nothing of a kind of these.
_NESTED = frozenset({dict, list})
_TEXTS = frozenset({str})
_VALUE_OF = dict[str, object].get
# Records under these names, or of these types, are people, and so are those with a name.
_PEOPLE = frozenset({"user", "student", "teacher"})
# Names that are also words of an error or of an outline: written small they speak of no person.
_ORDINARY = frozenset(
    """a an and another any art bad bearer best case character characters client code date day english entries error
    false field fields first for forbidden found fields grade grant guest hidden key long mark may name new not null
    number page park password price request role rose school scope secret server service short status street student
    teacher text the this time token true type user value version web west white will with you young your""".split()
)


class KnownNames:
    """The names of a run: `learn` adds those of decoded JSON, `spans` gives where a text holds one.

    `incomplete` says that a value was longer than any name and was not learned: nobody can tell then which text
    holds a part of it.
    """

    def __init__(self) -> None:
        self.incomplete = False
        # Names, whose words are joined by spaces, and for those of several words how many they are and the first.
        self._names = Marks()
        # Some that were met already: few names are many people's. A name may be long, and its hash is not.
        self._seen: set[int] = set()
        # The same of sourcedIds that may tell nothing: those of a page are mostly those of another one.
        self._harmless: set[int] = set()
        # With what those of several words begin.
        self._firsts: set[int] = set()
        # How many words the longest of them has.
        self._most = 0

    def learn(self, value: object) -> None:
        """Remember the personal values inside decoded JSON."""
        level, names = [value], list[str]()
        # Level by level, since there are many records and hardly anything to be done for one of them.
        while level:
            objects = [item for item in level if type(item) is dict]
            keys = set[str]().union(*objects)
            people = _of_people(objects) if "type" in keys else []
            for key in NAME_KEYS & keys:
                named, values = _with_texts(objects, key)
                names += values
                # Schools have an identifier, too; most names are those of the same records.
                if key != "identifier" and named != people[-len(named) :]:
                    people += named
            names += filter(self._may_tell, set(_with_texts(people, "sourcedId")[1]))
            inside = list(chain.from_iterable(map(dict.values, objects)))
            if len(objects) < len(level):
                inside += chain.from_iterable(item for item in level if type(item) is list)
            # Most of what is inside holds nothing more, and is passed over without a step for each.
            level = list(compress(inside, map(_NESTED.__contains__, map(type, inside))))
        if names:
            self.learn_values(dict.fromkeys(names))

    def learn_values(self, values: Iterable[str]) -> None:
        """Remember personal values that somebody else found in records."""
        seen, texts, most = self._seen, list[str](), self._most
        firsts = set[int]() if self._names.is_rough else self._firsts
        # There are hundreds of thousands of them in a full read, so nothing is done one by one that need not be.
        news = [value for value in values if hash(value) not in seen]
        if max(map(len, news), default=0) > LONGEST_NAME_CHARACTERS:
            self.incomplete = True
            news = [value for value in news if len(value) <= LONGEST_NAME_CHARACTERS]
        if len(seen) < NAMES_KEPT:
            seen.update(map(hash, news[: NAMES_KEPT - len(seen)]))
        told = [value for value in news if len(value) >= SHORTEST_PERSONAL_NUMBER or _is_name(value)]
        every = list(_words_of_each(told))
        texts += [words for words in every if " " not in words]
        for words in every if len(texts) < len(every) else ():
            count = words.count(" ") + 1
            if count == 1:
                continue
            if count <= NAME_WORDS:
                # `_beginning`, without a call.
                first = words[: words.index(" ")]
                texts += words, f"{count}\n{first}"
                firsts.add(hash(first))
                most = most if most > count else count
            else:
                each = words.split(" ")
                for start in range(0, count, NAME_WORDS):
                    part = each[start : start + NAME_WORDS]
                    texts.append(" ".join(part))
                    if len(part) > 1:
                        texts.append(_beginning(len(part), part[0]))
                        firsts.add(hash(part[0]))
                most = NAME_WORDS
        self._most = max(most, 1) if texts else most
        self._names.update(texts)
        if self._names.is_rough:
            self._firsts.clear()

    def spans(self, text: str) -> list[Span]:
        """Where a text holds a name; the time hangs on the text, not on how many names there are."""
        return [span for level in levels(text) for span in self.spans_at(level)] if self._names else []

    def spans_at(self, level: Decoded) -> list[Span]:
        """The same at one level of a text."""
        return list(self._spans(level)) if self._names else []

    def _may_tell(self, id: str) -> bool:
        """Whether the sourcedId of a person may be a name, a birth date or a number of theirs, and is not known."""
        mark = hash(id)
        if mark in self._seen or mark in self._harmless:
            return False
        # Most are UUIDs.
        tells = not (is_uuid(id) or is_open(id[:LONGEST_NAME_CHARACTERS]))
        if not tells and len(self._harmless) < NAMES_KEPT:
            self._harmless.add(mark)
        return tells

    def _spans(self, level: Decoded) -> Iterator[Span]:
        if level.text.isascii() and not self._has_any(_ASCII_WORD.findall(level.text.lower())):
            return
        found = list(_WORD.finditer(level.text))
        words = [_folded(word[0]) for word in found]
        # Most words begin no name, and many are there more than once.
        lengths = {word: self._lengths(word) for word in set(words)}
        if not any(lengths.values()):
            return
        for place, word in enumerate(words):
            for length in lengths[word]:
                if length == 1:
                    if found[place][0] not in _ORDINARY:
                        yield level.span(*found[place].span())
                elif length <= len(words) - place and (
                    " ".join(words[place : place + length]) in self._names
                ):
                    yield level.span(found[place].start(), found[place + length - 1].end())

    def _has_any(self, words: Iterable[str]) -> bool:
        """Whether one of some words may be a name, or begin one."""
        if self._names.is_rough:
            return True
        marks = set(map(hash, words))
        return not (self._firsts.isdisjoint(marks) and self._names.has_none(marks))

    def _lengths(self, word: str) -> list[int]:
        """How many words the names have that begin with a word, itself alone among them."""
        begins = self._names.is_rough or hash(word) in self._firsts
        lengths = range(2, self._most + 1) if begins else ()
        longer = [length for length in lengths if _beginning(length, word) in self._names]
        return [1, *longer] if word in self._names else longer


def _of_people(objects: list[dict[str, object]]) -> list[dict[str, object]]:
    """Those that are of the type of a person."""
    typed, kinds = _with_texts(objects, "type")
    return [] if _PEOPLE.isdisjoint(kinds) else list(compress(typed, map(_PEOPLE.__contains__, kinds)))


def _with_texts(objects: list[dict[str, object]], key: str) -> tuple[list[dict[str, object]], list[str]]:
    """Those in which a text stands under a key, and the texts."""
    values = list(map(_VALUE_OF, objects, repeat(key)))
    if _TEXTS.issuperset(map(type, values)):
        return objects, cast("list[str]", values)
    are_texts = list(map(_TEXTS.__contains__, map(type, values)))
    return list(compress(objects, are_texts)), cast("list[str]", list(compress(values, are_texts)))


def _is_name(value: str) -> bool:
    """Whether a text shorter than a number of a person may be a name."""
    return len(value) >= NAME_CHARACTERS and not value.isdigit()


def _words_of_each(values: list[str]) -> Iterator[str]:
    """The words of each of these texts that has any, in small letters with one space between them."""
    plain = [value for value in values if value.isascii()]
    lines = "\n".join(plain)
    if lines.count("\n") == len(plain) - 1:
        spaced = lines.lower().translate(_SPACED)
        if "  " in spaced or " \n" in spaced or "\n " in spaced:
            yield from filter(None, (" ".join(line.split()) for line in spaced.split("\n")))
        else:
            yield from filter(None, map(str.strip, spaced.split("\n")))
    else:
        yield from filter(None, (" ".join(_ASCII_WORD.findall(value.lower())) for value in plain))
    if len(plain) < len(values):
        others = (_WORD.findall(value) for value in values if not value.isascii())
        yield from filter(None, (" ".join(map(_folded, words)) for words in others))


def _beginning(count: int, word: str) -> str:
    """What is kept of a name of so many words by its first one, which is no name itself."""
    return f"{count}\n{word}"


def _folded(word: str) -> str:
    """A word in one case and without accents."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)) or word

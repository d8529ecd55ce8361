"""What stays of a document behind its request: a copy with cut texts and few entries, within the memory of a run."""

from __future__ import annotations

import hashlib
import weakref
from dataclasses import dataclass
from functools import partial
from sys import getsizeof

from .. import limits
from .texts import change_texts, containers

# Behind a text that was cut; an id with it is not the one that the server wrote.
_CUT = "\ufffd"
# So much of the memory that is left goes to one answer, so that there is some for every later one.
_SHARE = 8
# The name and the room of a member.
_MEMBER_BYTES = 40


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it is kept, and how many records, or members beside them, were left out."""

    document: object
    left_out: int


class Memory:
    """The documents that a run keeps, together at most `limits.KEPT_OF_A_RUN_BYTES`."""

    def __init__(self) -> None:
        self._left = limits.KEPT_OF_A_RUN_BYTES
        # Documents that are kept whole, by number: each, and the bytes that are counted for it, which are too many.
        self._whole: dict[int, tuple[object, int]] = {}
        # What tells that their owners are gone.
        self._owners: dict[int, weakref.ref[object]] = {}
        self._number = 0

    def cut(self, document: object) -> tuple[Kept, int]:
        """A copy of decoded JSON within the memory that is left, and the bytes that it takes."""
        self._count_whole()
        cutting = _Cutting(self._room)
        kept = cutting.document(document)
        return Kept(kept, cutting.left_out), cutting.taken

    @property
    def _room(self) -> int:
        return min(limits.KEPT_OF_AN_ANSWER_BYTES, self._left // _SHARE)

    def takes_whole(self, most: int) -> bool:
        """Whether a document of which nothing is cut for another reason fits as it is, with so many bytes at most."""
        if most > self._left // _SHARE:
            self._count_whole()
        return most <= self._room

    def hold_whole(self, owner: object, document: object, most: int) -> None:
        """Hold a document as it is for as long as its owner lives."""
        self._left -= most
        self._number += 1
        self._whole[self._number] = (document, most)
        self._owners[self._number] = weakref.ref(owner, partial(self._give_whole_back, self._number))

    def _give_whole_back(self, number: int, owner: weakref.ref[object]) -> None:
        del self._owners[number]
        self._left += self._whole.pop(number)[1]

    def _count_whole(self) -> None:
        """Count what is held whole by its bytes, once they matter."""
        # An owner may go at any moment.
        for number in list(self._whole):
            document, counted = self._whole.get(number, (None, 0))
            if document is not None:
                measuring = _Cutting(counted)
                measuring.document(document)
                if number in self._whole:
                    self._whole[number] = (None, measuring.taken)
                    self._left += counted - measuring.taken

    def hold(self, owner: object, taken: int) -> None:
        """Count these bytes for as long as their owner lives."""
        self._left -= taken
        weakref.finalize(owner, self._give_back, taken).atexit = False

    def _give_back(self, taken: int) -> None:
        self._left += taken


class _Cutting:
    """The copy of one document: `taken` are its bytes, `left_out` the records that did not fit."""

    def __init__(self, room: int) -> None:
        self.left_out = 0
        self.taken = 0
        self._room = room
        self._names: set[str] = set()

    @property
    def _full(self) -> bool:
        return self.taken > self._room

    def document(self, document: object) -> object:
        if isinstance(document, list):
            return self._records(document)
        if not isinstance(document, dict):
            return self._value(document, limits.KEPT_TOKEN_CHARACTERS)
        found: dict[str, object] = {}
        for name, inner in document.items():
            if len(found) >= limits.KEPT_ENTRIES or self._full:
                self.left_out += 1
                continue
            key = self._name(name)
            if isinstance(inner, list):
                found[key] = self._records(inner)
            else:
                found[key] = self._value(inner, limits.KEPT_TOKEN_CHARACTERS)
        self.taken += getsizeof(found)
        return found

    def _records(self, items: list[object]) -> list[object]:
        """A list whose entries are whole, or not there at all."""
        found: list[object] = []
        for item in items:
            if len(found) >= limits.KEPT_ENTRIES:
                break
            copy = self._value(item)
            if self._full:
                break
            found.append(copy)
        self.left_out += len(items) - len(found)
        self.taken += getsizeof(found)
        return found

    def _value(self, value: object, characters: int = limits.KEPT_CHARACTERS) -> object:
        if isinstance(value, str):
            text = cut(value, characters)
            self.taken += getsizeof(text)
            return text
        if isinstance(value, dict):
            return self._members(value)
        if isinstance(value, list):
            entries: list[object] = []
            for item in value[: limits.KEPT_ENTRIES]:
                if self._full:
                    break
                entries.append(self._value(item))
            self.taken += getsizeof(entries)
            return entries
        self.taken += getsizeof(value)
        return value

    def _members(self, members: dict[str, object]) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, inner in members.items():
            if len(found) >= limits.KEPT_ENTRIES or self._full:
                break
            found[self._name(name)] = self._value(inner)
        self.taken += getsizeof(found)
        return found

    def _name(self, name: str) -> str:
        name = cut(name)
        if name not in self._names:
            self._names.add(name)
            self.taken += getsizeof(name) + _MEMBER_BYTES
        return name


def cut(text: str, characters: int = limits.KEPT_CHARACTERS) -> str:
    """A text of at most so many characters and a mark; different texts stay different, and the same the same."""
    if len(text) <= characters:
        return text
    mark = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{text[:characters]}{_CUT}{mark}"


def shorten(document: object) -> None:
    """Cut the long texts inside decoded JSON, in place; names of members stay."""
    for item in containers(document):
        change_texts(item, cut)

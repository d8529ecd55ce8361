"""The secrets that are known, found in a text in every form that can be turned back."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from itertools import chain
from urllib.parse import quote, quote_plus

from ..limits import (
    HIDDEN_CUT_CHARACTERS,
    HIDDEN_SECRET_CHARACTERS,
    SECRET_CHARACTERS_OF_A_RUN,
    SECRET_SHAPE_CHARACTERS,
    SECRETS_OF_A_RUN,
)
from ..memory_limits import CLEAN_CHARACTERS, CLEAN_TEXTS_KEPT
from .decoded import Span, is_turned, levels, long_hex, long_words, readings, runs, texts_of_levels
from .grams import Grams

# A secret of the environment may hold bytes that are no UTF-8; it is hidden like any other.
_ANY = "surrogatepass"
# Between texts that are looked at together: it is in no Base64, no hex and no escape.
_BETWEEN = "\n"
# Base64 of Base64, or hex in Base64.
_DEPTH = 2
# The two alphabets of Base64 are one here, and so are a space and the plus that stands for it in a form, and hyphens
# of every kind, for which HTML has names.
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2212"
_ALIKE_IN_ASCII = (("+", " "), ("-", " "), ("_", "/"))
_ALIKE = (*_ALIKE_IN_ASCII, *((hyphen, " ") for hyphen in _HYPHENS))
# What an ordinary word, or two of them, may have between its letters.
_BETWEEN_WORDS = frozenset(" /.:")


class KnownSecrets:
    """The secrets of a run: `learn` adds one, `spans` gives where a text holds one.

    A secret is found raw, in other case, backwards, in percent, JSON and HTML escapes, in Base64 of either alphabet
    with whatever stands before it there, and in hex. Short ones are not learned. `incomplete` says that there was
    more than a run learns, so that a text may hold a secret that is not known.
    """

    def __init__(self) -> None:
        self.incomplete = False
        self._learned: set[str] = set()
        self._characters = 0
        self._needles: set[str] = set()
        # By how they begin, and then by their length, so that the time does not hang on how many there are.
        self._by_head: dict[str, dict[int, set[str]]] = {}
        # Parts of them, made when they are first looked for, of the needles that wait here.
        self._uncut: list[str] = []
        self._cuts: set[str] = set()
        self._ordinary: set[str] = set()
        # The quick look for any of them, and those that it takes in when it is next needed; none finds a needle shorter
        # than such a part.
        self._grams = Grams()
        self._not_in_grams: list[str] = []
        self._is_quick = True
        # Texts, and words that may be Base64, which hold none of those that are known now.
        self._clean: set[str] = set()

    def learn(self, secret: str) -> None:
        """Remember a secret, also without the white space around it."""
        for form in (secret, secret.strip()):
            if len(form) < HIDDEN_SECRET_CHARACTERS or form in self._learned:
                continue
            self._characters += len(form)
            if len(self._learned) >= SECRETS_OF_A_RUN or self._characters > SECRET_CHARACTERS_OF_A_RUN:
                self.incomplete = True
                return
            self._learned.add(form)
            for needle in _needles(form):
                if needle not in self._needles:
                    self._needles.add(needle)
                    self._not_in_grams.append(needle)
                    self._clean.clear()
                    self._is_quick &= len(needle) >= HIDDEN_CUT_CHARACTERS
                    self._uncut.append(needle)
                    alike = self._by_head.setdefault(needle[:HIDDEN_SECRET_CHARACTERS], {})
                    alike.setdefault(len(needle), set()).add(needle)

    def spans(self, text: str) -> list[Span]:
        """Where a text holds a secret as a whole."""
        return [span for span, _ in self._both_ways(text, False)] if self._needles else []

    def all_spans(self, text: str) -> tuple[list[Span], list[Span]]:
        """Where a text holds a secret as a whole, and where a part of one that is no ordinary word."""
        found: tuple[list[Span], list[Span]] = ([], [])
        if self._needles:
            for span, is_cut in self._both_ways(text, True):
                found[is_cut].append(span)
        return found

    def _both_ways(self, text: str, cut: bool) -> Iterator[tuple[Span, bool]]:
        """The same in a text as it is, and where it may hold escapes backwards, in the text backwards."""
        if text in self._clean:
            return
        if self._has_none(text):
            self._note_clean(text)
            return
        yield from self._spans(text, cut, _DEPTH)
        if is_turned(text):
            size = len(text)
            for (start, end), is_cut in self._spans(text[::-1], cut, _DEPTH):
                yield (size - end, size - start), is_cut

    def _has_none(self, text: str) -> bool:
        """Whether it is certain, by a quick look, that a text holds neither a secret nor a part of one."""
        if not self._is_quick:
            return False
        if self._not_in_grams:
            self._grams.add(self._not_in_grams)
            self._not_in_grams.clear()
        ways = [text, text[::-1]] if is_turned(text) else [text]
        return all(self._has_none_within(way, _DEPTH) for way in ways)

    def _has_none_within(self, text: str, depth: int) -> bool:
        for read in texts_of_levels(text):
            if self._grams.may_be_in(_flat(read)):
                return False
            if depth and not self._has_none_packed(read, depth - 1):
                return False
        return True

    def _has_none_packed(self, text: str, depth: int) -> bool:
        """The same of what the words of a text may hold in Base64 or hex; the same words are in many texts."""
        words = [word for word in long_words(text) if word not in self._clean]
        # All at once, since a look takes longer than what is looked at.
        held = [*chain.from_iterable(map(readings, words)), *long_hex(text)]
        if held and not self._has_none_within(_BETWEEN.join(held), depth):
            return False
        if depth == _DEPTH - 1:
            for word in words:
                self._note_clean(word)
        return True

    def _note_clean(self, text: str) -> None:
        if len(self._clean) < CLEAN_TEXTS_KEPT and len(text) <= CLEAN_CHARACTERS:
            self._clean.add(text)

    def _spans(self, text: str, cut: bool, depth: int) -> Iterator[tuple[Span, bool]]:
        """Each place with whether it is a part only; parts are looked for with `cut`."""
        for level in levels(text):
            flat = _flat(level.text)
            for start in range(len(flat) - HIDDEN_SECRET_CHARACTERS + 1):
                alike = self._by_head.get(flat[start : start + HIDDEN_SECRET_CHARACTERS], {})
                for length, needles in alike.items():
                    if flat[start : start + length] in needles:
                        yield level.span(start, start + length), False
            if cut:
                for span in self._cut_spans(flat):
                    yield level.span(*span), True
            if depth:
                for run in runs(level.text):
                    for span, is_cut in self._spans(run.text, cut, depth - 1):
                        yield level.span(*run.span(*span)), is_cut

    def _cut_spans(self, flat: str) -> Iterator[Span]:
        size, cuts = HIDDEN_CUT_CHARACTERS, self._cuts
        while self._uncut:
            needle = self._uncut.pop()
            cuts.update(needle[place : place + size] for place in range(len(needle) - size + 1))
            self._ordinary.update(_ordinary_parts(needle))
        places = (place for place in range(len(flat) - size + 1) if flat[place : place + size] in cuts)
        for start, end in joined((place, place + size) for place in places):
            part = flat[start:end].strip()
            start += flat[start:end].index(part)
            if not self._is_ordinary(part):
                yield start, start + len(part)

    def _is_ordinary(self, part: str) -> bool:
        """Whether a part of a secret is a word or two that the secret holds as a whole: "district" of "district-7"."""
        return part in self._ordinary or (len(part) < HIDDEN_CUT_CHARACTERS and _is_of_words(part))


def _is_of_words(part: str) -> bool:
    return all(char.isalpha() or char in _BETWEEN_WORDS for char in part)


def _ordinary_parts(needle: str) -> Iterator[str]:
    """The parts of a text that are whole words of it, and too short to have the shape of a secret."""
    for start in range(len(needle)):
        if start and needle[start - 1].isalpha():
            continue
        for end in range(
            start + HIDDEN_CUT_CHARACTERS, min(start + SECRET_SHAPE_CHARACTERS, len(needle) + 1)
        ):
            part = needle[start:end]
            if not (end < len(needle) and needle[end].isalpha()) and _is_of_words(part):
                yield part


def joined(spans: Iterator[Span] | list[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _needles(form: str) -> Iterator[str]:
    """The forms of a secret that are looked for as they are; what is decoded first needs none."""
    written = {
        form,
        quote(form, safe="", errors=_ANY),
        quote_plus(form, errors=_ANY),
        quote(form, errors=_ANY),
    }
    for text in written | {json.dumps(form)[1:-1]}:
        data = text.encode("utf-8", _ANY)
        # Bytes that were decoded are read one character a byte.
        for plain in {_flat(text), _flat(data.decode("latin-1"))}:
            yield plain
            # A short word backwards may be another word.
            if len(plain) >= HIDDEN_CUT_CHARACTERS or not plain.isalpha():
                yield plain[::-1]
        # Base64 in other case cannot be decoded, so it is looked for as it is, and so is hex backwards.
        for core in (*_base64_of(data), data.hex()):
            if len(core) >= HIDDEN_CUT_CHARACTERS:
                yield _flat(core)
                yield _flat(core)[::-1]


def _base64_of(data: bytes) -> Iterator[str]:
    """Base64 of some bytes behind none, one or two others, without the characters that others take part in."""
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + data).decode()
        yield whole[(before * 8 + 5) // 6 : (before + len(data)) * 8 // 6]


def _flat(text: str) -> str:
    """A text in lower case, one character for one, with what is alike as one."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    # One after the other, each of which is looked for in no time; a table is looked up for each character of a text
    # that is not ASCII.
    for sign, alike in _ALIKE_IN_ASCII if lowered.isascii() else _ALIKE:
        lowered = lowered.replace(sign, alike)
    return lowered

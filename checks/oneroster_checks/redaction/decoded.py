"""Reading back what a text may hold in another form: escapes, Base64 and hex, each with its place in the text."""

from __future__ import annotations

import binascii
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..limits import HIDDEN_CUT_CHARACTERS

Span = tuple[int, int]

# What stands for other characters: percent escapes, JSON escapes, HTML entities. Each begins with one of these signs,
# and so does the pattern, for which a text without them is looked through in no time.
_SIGNS = r"[%\\&]"
_ESCAPE_SIGNS = re.compile(_SIGNS)
_ESCAPES = re.compile(
    rf"""{_SIGNS}(?:
    (?<=%)[0-9A-Fa-f]{{2}}(?:%[0-9A-Fa-f]{{2}})*
    |(?<=\\)(?:[uU][0-9A-Fa-f]{{4}}(?:\\[uU][0-9A-Fa-f]{{4}})*|[xX][0-9A-Fa-f]{{2}}(?:\\[xX][0-9A-Fa-f]{{2}})*|["'\\/bfnrt])
    |(?<=&)(?:\#[0-9]{{1,7}}|\#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z]{{2,8}});?
    )""",
    re.VERBOSE,
)
_JSON_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
# Escapes of escapes are seen; nobody escapes a text more often than this.
_LEVELS = 3
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{6,}")
# One that may hold a part of a secret that is hidden: three bytes are four characters.
_LONG_BASE64 = re.compile(rf"[A-Za-z0-9+/_-]{{{-(-HIDDEN_CUT_CHARACTERS * 4 // 3)},}}")
# A text is looked through for secrets, and right behind that for people: so many words of it are decoded once only.
_WORDS_AT_ONCE = 16
_URL_SAFE = str.maketrans("-_", "+/")
_HEX = re.compile(r"[0-9A-Fa-f]{2}(?:[ :-]?[0-9A-Fa-f]{2}){3,}")
_BETWEEN_HEX = str.maketrans("", "", " :-")


# Escapes that were written backwards: none stands so in what is written forwards, but for one of chance.
_TURNED = re.compile(r"(?:[0-9A-Fa-f]{2}%){2}|[0-9A-Fa-f]{2}[uUxX]\\|;?#&")


def is_turned(text: str) -> bool:
    """Whether a text may hold escapes backwards."""
    return bool(_ESCAPE_SIGNS.search(text) and _TURNED.search(text))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text that was read back, and where each of its characters stands in the text that it was read from."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The place in the original of a part that is not empty."""
        return self.starts[start], self.ends[end - 1]


def levels(text: str) -> Iterator[Decoded]:
    """The text as it is, then with its escapes resolved, as long as that changes it."""
    level = Decoded(text, range(len(text)), range(1, len(text) + 1))
    yield level
    for _ in range(_LEVELS):
        resolved = _resolved(level)
        if resolved is None:
            return
        level = resolved
        yield level


@dataclass(frozen=True, slots=True)
class Run:
    """What a part of a text may hold in Base64 or hex, one character a byte.

    `first` is where the part begins; `end` is where it ends for hex, which is taken as a whole, None for Base64.
    """

    text: str
    first: int
    end: int | None = None

    def span(self, start: int, end: int) -> Span:
        """The place in the original of a part that is not empty."""
        if self.end is not None:
            return self.first, self.end
        return self.first + start * 4 // 3, self.first + (end * 4 + 2) // 3


def runs(text: str) -> Iterator[Run]:
    """What the parts of a text that may be Base64 or hex hold."""
    for found in packed_words(text):
        for skipped, held in enumerate(readings(found[0])):
            yield Run(held, found.start() + skipped)
    yield from _hex_runs(text)


def _hex_runs(text: str) -> Iterator[Run]:
    """The same of hex alone."""
    for found in hex_words(text):
        for held in hex_readings(found[0]):
            yield Run(held, found.start(), found.end())


def hex_words(text: str) -> Iterator[re.Match[str]]:
    """The parts of a text that may be hex."""
    return _HEX.finditer(text)


def packed_words(text: str) -> Iterator[re.Match[str]]:
    """The parts of a text that may be Base64."""
    return _BASE64.finditer(text)


@lru_cache(_WORDS_AT_ONCE)
def readings(word: str) -> tuple[str, ...]:
    """What such a part may hold, read from its first four characters on: Base64 has no mark of where it begins."""
    part = word.translate(_URL_SAFE)
    return tuple(_from_base64(part[skipped:]) for skipped in range(4))


def texts_of_levels(text: str) -> list[str]:
    """The texts of all `levels` of a text."""
    return [level.text for level in levels(text)] if _ESCAPE_SIGNS.search(text) else [text]


def long_words(text: str) -> list[str]:
    """The parts of a text that may be Base64 and hold as much as a hidden part: nothing is longer decoded once more."""
    return _LONG_BASE64.findall(text)


def long_hex(text: str) -> list[str]:
    """What the parts of a text hold that may be hex and as long."""
    found = (run for run in _HEX.findall(text) if len(run) >= 2 * HIDDEN_CUT_CHARACTERS)
    return [held for run in found for held in hex_readings(run)]


def _resolved(level: Decoded) -> Decoded | None:
    """The text with one layer of escapes resolved, None when it has none."""
    if not _ESCAPE_SIGNS.search(level.text):
        return None
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done, changed = 0, False
    for found in _ESCAPES.finditer(level.text):
        meant = _meant(found[0])
        if meant == found[0] or not meant:
            continue
        changed = True
        pieces += [level.text[done : found.start()], meant]
        starts += level.starts[done : found.start()]
        ends += level.ends[done : found.start()]
        start, end = level.span(found.start(), found.end())
        starts += [start] * len(meant)
        ends += [end] * len(meant)
        done = found.end()
    if not changed:
        return None
    pieces.append(level.text[done:])
    starts += level.starts[done:]
    ends += level.ends[done:]
    return Decoded("".join(pieces), starts, ends)


def _meant(escape: str) -> str:
    """What one escape, or several of a kind in a row, stand for."""
    if escape[0] == "%":
        return bytes.fromhex(escape.replace("%", "")).decode("utf-8", "replace")
    if escape[0] == "&":
        return html.unescape(escape)
    kind = escape[1].lower()
    if kind in "ux":
        data = bytes.fromhex(escape.lower().replace(f"\\{kind}", ""))
        return data.decode("utf-16-be" if kind == "u" else "utf-8", "replace")
    return _JSON_ESCAPES.get(escape[1], escape[1])


def _from_base64(run: str) -> str:
    whole = run[:-1] if len(run) % 4 == 1 else run
    return binascii.a2b_base64(whole + "=" * (-len(whole) % 4)).decode("latin-1")


def hex_readings(word: str) -> Iterator[str]:
    """What such a part may hold, its digits read from the first one, and from the second."""
    digits = word.translate(_BETWEEN_HEX)
    for skipped in range(2):
        pairs = digits[skipped : len(digits) - (len(digits) - skipped) % 2]
        yield bytes.fromhex(pairs).decode("latin-1")

"""How the time of a pattern grows with its text, without ever waiting for one that is not linear."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .pumping import Text, pumps

SMALL, LARGE = 10_000, 1_000_000
# Every text is tried up to the small size; those that took longest there are tried at the large one.
_GROWING = (24, 36, 54, 80, 120, 250, 500, 2_500, SMALL)
_LARGER = (SMALL * 10, LARGE)
_HARDEST = 3
# Below so many seconds, and below so many a character, a time says nothing: a linear pattern is far below both,
# and where every character is read once for each of 10,000 others, it is far above.
_NOTHING_S = 0.004
_NOTHING_S_A_CHARACTER = 1e-6
# How many times as much as a linear pattern one may take: a text of ten times the length takes a square pattern a
# hundred times as long.
_GENEROUS = 3.0
# For the large text whatever the ratio: a linear pattern takes some hundredths of a second.
_TOO_LONG_S = 2.5

# What `search` and `match` do, `finditer` does as well, and then goes on.
_WAYS: dict[str, Callable[[re.Pattern[Any], Any], object]] = {
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "finditer": lambda pattern, text: deque(pattern.finditer(text), maxlen=0),
}


@dataclass(frozen=True, slots=True)
class Slow:
    """A text at which a pattern takes more time than its length explains: seconds at two lengths."""

    way: str
    text: Text
    before: tuple[int, float]
    behind: tuple[int, float]


def slow_at(pattern: re.Pattern[Any]) -> Slow | None:
    """The first text at which a pattern is not linear, None when none is found."""
    for way, call in _WAYS.items():
        times: list[tuple[float, Text]] = []
        for text in pumps(_of_text(pattern)):
            grown = _grown(pattern, way, call, text, _GROWING, (1, 0.0))
            if isinstance(grown, Slow):
                return grown
            times.append((grown[1], text))
        for small, text in sorted(times, reverse=True)[:_HARDEST]:
            grown = _grown(pattern, way, call, text, _LARGER, (SMALL, small))
            if isinstance(grown, Slow):
                return grown
    return None


def _grown(
    pattern: re.Pattern[Any],
    way: str,
    call: Callable[[re.Pattern[Any], Any], object],
    text: Text,
    lengths: tuple[int, ...],
    before: tuple[int, float],
) -> tuple[int, float] | Slow:
    """The length and the time of the last of some lengths, or where it grew too fast."""
    for length in lengths:
        whole = _of_length(text, length)
        seconds = _timed(pattern, call, whole)
        bound = max(_NOTHING_S, length * _NOTHING_S_A_CHARACTER, before[1] * (length / before[0]) * _GENEROUS)
        # A busy machine is slow once; a pattern is slow always.
        tries = 0
        while bound < seconds < _TOO_LONG_S and tries < 3:
            seconds, tries = min(seconds, _timed(pattern, call, whole)), tries + 1
        if seconds > bound or seconds > _TOO_LONG_S:
            return Slow(way, text, before, (length, seconds))
        before = (length, max(seconds, _NOTHING_S / 40))
    return before


def _of_length(text: Text, length: int) -> str:
    start, unit, end = text
    return start + unit * max(1, (length - len(start) - len(end)) // len(unit)) + end


def _of_text(pattern: re.Pattern[Any]) -> re.Pattern[str]:
    """The same pattern for texts: one for bytes is made of the same parts."""
    if isinstance(pattern.pattern, str):
        return pattern
    return re.compile(pattern.pattern.decode("latin-1"), pattern.flags | re.ASCII)


def _timed(pattern: re.Pattern[Any], call: Callable[[re.Pattern[Any], Any], object], text: str) -> float:
    tried = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    # Of this thread alone: other programs of the machine take time too.
    started = time.thread_time()
    call(pattern, tried)
    return time.thread_time() - started

"""How far a full read has come, in words: one line for each collection."""

from __future__ import annotations

from oneroster_checks.amounts import duration_words, size_words
from oneroster_checks.events import ReadProgress

_MINUTE_S = 60


def read_words(read: ReadProgress) -> str:
    """A line such as "users: 45,000 of 120,000 records, 31 MB, 52,000 records/s, 2 s left"."""
    of = "" if read.of is None or read.of == read.records else f" of {read.of:,}"
    noun = "record" if read.records == 1 and not of else "records"
    return f"{read.collection}: {read.records:,}{of} {noun}, {', '.join(filter(None, pace_words(read)))}"


def pace_words(read: ReadProgress) -> tuple[str, str, str]:
    """What came so far, how fast, and how long the rest will take, or how long all of it took; "" where unknown."""
    # Of an empty collection only the time says something.
    amount = size_words(read.bytes) if read.bytes else ""
    speed = f"{round(read.records / read.seconds):,} records/s" if read.records and read.seconds else ""
    if read.ended:
        time = duration_words(read.seconds)
    elif read.left_s is not None:
        time = f"{_time(read.left_s)} left"
    else:
        time = ""
    return amount, speed, time


def _time(seconds: float) -> str:
    if seconds < 2 * _MINUTE_S:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / _MINUTE_S)} min"

"""How days and moments are written for people."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from oneroster_checks.when import between_words, day_words, moment_words, weekday_words


def _at(day: int, hour: int = 6, minute: int = 2, *, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=timezone(timedelta(hours=-6)))


def test_a_day_and_a_moment() -> None:
    assert day_words(_at(14).date()) == "November 14, 2026"
    assert weekday_words(_at(13)) == "Friday, November 13, 2026"
    assert moment_words(_at(14)) == "November 14, 2026, 6:02 AM"
    assert moment_words(_at(14, 0, 5)) == "November 14, 2026, 12:05 AM"
    assert moment_words(_at(14, 12, 30)) == "November 14, 2026, 12:30 PM"


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        (_at(3), _at(5), "between November 3 and November 5, 2026"),
        (_at(30, month=12), _at(2, month=1, year=2027), "between December 30, 2026, and January 2, 2027"),
        (_at(5), _at(5, 19, 15), "on November 5, 2026, between 6:02 AM and 7:15 PM"),
        (_at(5), _at(5), "on November 5, 2026, at 6:02 AM"),
    ],
)
def test_between_two_moments(earlier: datetime, later: datetime, words: str) -> None:
    assert between_words(earlier, later) == words

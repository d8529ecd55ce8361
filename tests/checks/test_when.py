"""How days and moments are written for people."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from oneroster_checks.when import between_words, by_one_clock, day_words, moment_words, weekday_words


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


TOKYO, CENTRAL, CENTRAL_SUMMER = (timezone(timedelta(hours=hours)) for hours in (9, -6, -5))


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        # Both are told by the clock of the later one.
        (datetime(2026, 11, 28, 3, tzinfo=TOKYO), datetime(2026, 11, 27, 20, tzinfo=UTC),
         "on November 27, 2026, between 6:00 PM and 8:00 PM"),
        (datetime(2026, 11, 28, 3, tzinfo=TOKYO), datetime(2026, 11, 27, 13, tzinfo=CENTRAL),
         "on November 27, 2026, between 12:00 PM and 1:00 PM"),
        # The clocks were set back between them.
        (datetime(2026, 11, 1, 1, 45, tzinfo=CENTRAL_SUMMER), datetime(2026, 11, 1, 1, 10, tzinfo=CENTRAL),
         "on November 1, 2026"),
        (datetime(2026, 11, 1, 1, 10, tzinfo=CENTRAL_SUMMER), datetime(2026, 11, 1, 1, 10, tzinfo=CENTRAL),
         "on November 1, 2026"),
        (datetime(2026, 11, 1, 0, 45, tzinfo=CENTRAL_SUMMER), datetime(2026, 11, 1, 1, 10, tzinfo=CENTRAL),
         "on November 1, 2026, between 12:45 AM and 1:10 AM"),
    ],
)  # fmt: skip
def test_between_moments_of_two_clocks(earlier: datetime, later: datetime, words: str) -> None:
    assert between_words(earlier, later) == words


@pytest.fixture
def chicago(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This computer is in Chicago."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/Chicago")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("chicago")
def test_a_moment_by_the_clock_of_another() -> None:
    here, tokyo = datetime(2026, 11, 5, 6, tzinfo=CENTRAL), datetime(2026, 11, 5, 6, tzinfo=TOKYO)
    night = datetime(2026, 10, 5, 5, 30, tzinfo=UTC)
    # Of this computer: with its summer time.
    assert by_one_clock(night, here).isoformat() == "2026-10-05T00:30:00-05:00"
    assert by_one_clock(night, tokyo).isoformat() == "2026-10-05T14:30:00+09:00"
    assert by_one_clock(here, here) is here

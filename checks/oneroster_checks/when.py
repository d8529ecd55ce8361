"""How days and moments are written for people: "November 14, 2026", "November 14, 2026, 6:02 AM"."""

from __future__ import annotations

from datetime import date, datetime

# The language of this program, whatever that of the computer is.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_words(day: date) -> str:
    """A day, as "November 14, 2026"."""
    return f"{_day_of_year(day)}, {day.year}"


def short_day_words(day: date, today: date) -> str:
    """A day where room is short, as "Nov 14", or "Nov 14, 2025" where that is not the year of `today`."""
    words = f"{_MONTHS[day.month - 1][:3]} {day.day}"
    return words if day.year == today.year else f"{words}, {day.year}"


def weekday_words(day: date) -> str:
    """A day with its weekday, as "Saturday, November 14, 2026"."""
    return f"{_WEEKDAYS[day.weekday()]}, {day_words(day)}"


def moment_words(moment: datetime) -> str:
    """A moment by its own clock, as "November 14, 2026, 6:02 AM"."""
    return f"{day_words(moment)}, {_time_words(moment)}"


def by_one_clock(moment: datetime, now: datetime) -> datetime:
    """A moment by the clock that made another: this computer's, with its summer time, or that one's offset."""
    if moment.utcoffset() == now.utcoffset():
        return moment
    if now.astimezone().utcoffset() == now.utcoffset():
        return moment.astimezone()
    return moment.astimezone(now.tzinfo)


def between_words(earlier: datetime, later: datetime) -> str:
    """Between which moments something happened, as "between November 3 and November 5, 2026".

    Of two on one day the times are told, as "on November 5, 2026, between 6:02 AM and 7:15 AM", unless the clocks were
    set back between them. Where the days are not in order, both are told by the clock of the later.
    """
    if earlier.date() > later.date():
        earlier = earlier.astimezone(later.tzinfo)
    if earlier.date() == later.date():
        if earlier != later and earlier.replace(tzinfo=None) >= later.replace(tzinfo=None):
            return f"on {day_words(later)}"
        first, last = _time_words(earlier), _time_words(later)
        times = f"at {last}" if first == last else f"between {first} and {last}"
        return f"on {day_words(later)}, {times}"
    if earlier.year == later.year:
        return f"between {_day_of_year(earlier)} and {day_words(later)}"
    return f"between {day_words(earlier)}, and {day_words(later)}"


def _day_of_year(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}"


def _time_words(moment: datetime) -> str:
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"

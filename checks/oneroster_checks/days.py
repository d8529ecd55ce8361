"""Days: reading the one on which a connection was created, wherever a person writes it, and how lists show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Districts that use these systems are in the United States and write month/day/year.
_AMERICAN_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})")


class DayProblem(Enum):
    """What is wrong with a text that should be a day."""

    NOT_A_DAY = auto()
    NO_SUCH_DAY = auto()
    IN_THE_FUTURE = auto()


@dataclass(frozen=True, slots=True)
class ReadDay:
    """What a text says: the day, None when it names none, what is wrong, and the text that would be a day or ""."""

    day: date | None = None
    problem: DayProblem | None = None
    suggestion: str = ""


def read_day(text: str, *, today: date | None = None) -> ReadDay:
    """The day of a text in the form YYYY-MM-DD; neither a day nor a problem for an empty text.

    A day after `today` (this computer's own when none is given) is read, and is a problem.
    """
    text = text.strip()
    if not text:
        return ReadDay()
    if not _DAY.fullmatch(text):
        return ReadDay(problem=DayProblem.NOT_A_DAY, suggestion=_suggested(text))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return ReadDay(problem=DayProblem.NO_SUCH_DAY)
    return ReadDay(day, DayProblem.IN_THE_FUTURE if in_the_future(day, today=today) else None)


def in_the_future(day: date, *, today: date | None = None) -> bool:
    """Whether a day is after `today`, which is this computer's own when none is given."""
    return day > (today or date.today())


def _suggested(text: str) -> str:
    match = _AMERICAN_DAY.fullmatch(text)
    if match:
        month, day, year = (int(part) for part in match.groups())
    else:
        match = _YEAR_FIRST.fullmatch(text)
        if not match:
            return ""
        year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def day_and_time(moment: datetime) -> str:
    """A moment in the time of this computer to the minute, as lists show it: 2026-11-21 06:00."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")

"""What the district answered, beside what the run found: it settles an open point, and contradicts a settled one."""

from __future__ import annotations

from datetime import date, timedelta

from ..connection import Answer, DatedAnswer, DistrictAnswer, answer_of
from ..finding import Status
from ..limits import ANSWER_DAYS
from ..when import day_words

_SAID: dict[Answer, str] = {
    "yes": "The district confirmed this{on}",
    "no": "The district says this is not the case{on}",
}


def with_answer(status: Status, note: str, given: DistrictAnswer, today: date) -> tuple[Status, str]:
    """The state of a point and its reason, with the district's answer.

    An open point is settled by it, until it lapses. What the data show holds against an answer; both are told then.
    """
    answer = answer_of(given)
    if answer == "unknown":
        return status, note
    said = _SAID[answer].format(on=f" ({day_words(given.day)})" if isinstance(given, DatedAnswer) else "")
    if has_lapsed(given, today):
        asked = f"{said}, which is more than {ANSWER_DAYS} days ago. Ask again."
        return (status, asked) if status is Status.ASK else (status, note)
    if status is Status.ASK:
        return (Status.PASS if answer == "yes" else Status.FAIL), f"{said}."
    if answer == "yes" and status in (Status.FAIL, Status.WARN):
        return status, f"{said}, but the run shows otherwise: {note}"
    if answer == "no" and status is Status.PASS:
        return (
            Status.WARN,
            f"{said}, but the run shows otherwise: {note}"
            if note
            else f"{said}, but the run found it in order.",
        )
    return status, note


def has_lapsed(given: DistrictAnswer, today: date) -> bool:
    """Whether an answer is too old to be relied on; one without a day was given for this run."""
    return isinstance(given, DatedAnswer) and today - given.day > timedelta(days=ANSWER_DAYS)

"""The cell with what a district has answered: "question=answer; question=answer on 2026-11-20"."""

from __future__ import annotations

from datetime import date
from urllib.parse import unquote

from oneroster_checks.connection import Answer, DatedAnswer, DistrictAnswer

from .problem import CellProblem

# What stands between an answer and its day.
ON_DAY = " on "
_ANSWERS: dict[str, Answer] = {"yes": "yes", "no": "no", "unknown": "unknown"}


def answers_in(text: str, notes: list[str]) -> dict[str, DistrictAnswer]:
    """The answers in a cell by question; CellProblem for one that is none. Nothing is noted."""
    found: dict[str, DistrictAnswer] = {}
    for each in text.split(";"):
        question, _, answer = each.strip().partition("=")
        if not question and not answer:
            continue
        found[unquote(question.strip())] = _answer(answer.strip())
    return found


def _answer(text: str) -> DistrictAnswer:
    """An answer, with its day where one stands behind it, as in "no on 2026-11-20"."""
    wanted, on, day = text.partition(ON_DAY)
    answer = _ANSWERS.get(wanted)
    if answer is None:
        raise CellProblem(f"Enter question=answer; the answer is one of {', '.join(_ANSWERS)}.")
    if not on:
        return answer
    try:
        return DatedAnswer(answer, date.fromisoformat(day))
    except ValueError:
        raise CellProblem(
            "Enter the day of an answer as 2026-01-31, such as question=no on 2026-01-31."
        ) from None

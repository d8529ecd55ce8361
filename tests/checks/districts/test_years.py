"""Last year's data, or next year's: what follows from it is explained by the year, not by accounts or switches."""

from __future__ import annotations

from pathlib import Path

import pytest

from .district import District
from .records import each, holding, nobody_who_is, nothing_in, sessions_from, without
from .row import Row, Typed, fails, healthy, holds, ids, warns
from .shapes import CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1

campus, campus_1_1, generic, older = (District(shape) for shape in (CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1))
LAST_YEAR, NEXT_YEAR = sessions_from(-400, -60), sessions_from(30, 300)
DEMOGRAPHICS = Typed(share=("rostering", "demographics"))

ENDED = (
    Row("the year has ended, and students have no account", campus_1_1.where(LAST_YEAR, nobody_who_is("student")),
        fails("year.not-active")),
    Row("the year has ended, and half of the students are missing", older.where(LAST_YEAR, without("student-1",
        "student-2", "student-3")), fails("year.not-active")),
    Row("the year has ended, and teachers are missing", older.where(LAST_YEAR, without("teacher-2")),
        fails("year.not-active")),
    Row("the year has ended, and nobody is enrolled", campus.where(LAST_YEAR, nothing_in("enrollments")),
        fails("year.not-active")),
    Row("the year has ended, and nobody is enrolled, 1.1", older.where(LAST_YEAR, nothing_in("enrollments")),
        fails("year.not-active")),
    Row("the year has ended, and there is no student", generic.where(LAST_YEAR, nobody_who_is("student")),
        fails("year.not-active")),
    Row("the year has ended, and there is no class", generic.where(LAST_YEAR, nothing_in("classes", "enrollments")),
        fails("year.not-active")),
    Row("the year has ended, and guardians are missing", campus_1_1.where(LAST_YEAR, nobody_who_is("guardian")),
        fails("year.not-active")),
    Row("next year's sessions, and nobody is enrolled", campus.where(NEXT_YEAR, nothing_in("enrollments")),
        fails("year.not-active")),
    Row("next year's sessions, and no student yet, 1.1", campus_1_1.where(NEXT_YEAR, nobody_who_is("student")),
        fails("year.not-active")),
    Row("the sessions of this year are deleted", older.where(each("academicSessions", holding(status="tobedeleted")),
        nothing_in("enrollments")), fails("sharing.enrollments-empty")),
)  # fmt: skip

HOLIDAYS = (
    Row("the year has ended, and all are there", older.where(LAST_YEAR), warns("year.not-active")),
    Row("the year has ended, and all are there, without totals", generic.where(LAST_YEAR, total="none", link="none"),
        healthy(noting="year.not-active")),
    Row("sessions without readable dates", generic.where(each("academicSessions", holding(startDate="soon",
        endDate="later"))), healthy(noting="payload.invalid")),
)  # fmt: skip


@pytest.mark.parametrize("row", [*ENDED, *HOLIDAYS], ids=ids)
async def test_years(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)

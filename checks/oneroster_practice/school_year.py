"""The school year that contains today, with its terms and grading periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class AcademicSession:
    """One academic session of a kind: schoolYear, term or gradingPeriod.

    `parent` and `children` are positions in the list of sessions, `year` is the calendar year in which its school
    year ends.
    `ends` is the first day of the session that follows: the standard's end dates are exclusive.
    """

    title: str
    kind: str
    begins: date
    ends: date
    year: int
    parent: int | None
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A year from July to July in two terms of two grading periods each.

    `ends_in` is the calendar year by which the school year is called; `modified` are the times at which
    records were changed last, all of them in the past. Sessions behind those of the year are of the year before.
    """

    ends_in: int
    sessions: tuple[AcademicSession, ...]
    modified: tuple[str, ...]

    @property
    def begins(self) -> str:
        """The first day."""
        return self.sessions[0].begins.isoformat()

    @property
    def ends(self) -> str:
        """The day after the last."""
        return self.sessions[0].ends.isoformat()

    @property
    def terms(self) -> tuple[int, ...]:
        """The positions of the terms of this year."""
        return self.sessions[0].children

    def positions(self, kind: str) -> list[int]:
        """The positions of the sessions of one kind: schoolYear, term or gradingPeriod."""
        return [position for position, session in enumerate(self.sessions) if session.kind == kind]


def school_year(today: date, *, years_back: int = 0, last_year: bool = False) -> SchoolYear:
    """The school year that contains `today`, or one that many years earlier.

    `last_year` adds the year before and one term of it, which ended with it.
    """
    start = today.year - (today.month < 7) - years_back
    quarters = (
        date(start, 7, 1),
        date(start, 10, 1),
        date(start + 1, 1, 1),
        date(start + 1, 4, 1),
        date(start + 1, 7, 1),
    )
    sessions = [
        AcademicSession(
            f"School year {start}-{start + 1}",
            "schoolYear",
            quarters[0],
            quarters[4],
            start + 1,
            None,
            (1, 2),
        ),
        AcademicSession("Term 1", "term", quarters[0], quarters[2], start + 1, 0, (3, 4)),
        AcademicSession("Term 2", "term", quarters[2], quarters[4], start + 1, 0, (5, 6)),
    ]
    for quarter in range(4):
        sessions.append(
            AcademicSession(
                f"Grading period {quarter + 1}",
                "gradingPeriod",
                quarters[quarter],
                quarters[quarter + 1],
                start + 1,
                1 + quarter // 2,
                (),
            )
        )
    if last_year:
        begins, at = date(start - 1, 7, 1), len(sessions)
        sessions += [
            AcademicSession(
                f"School year {start - 1}-{start}", "schoolYear", begins, quarters[0], start, None, (at + 1,)
            ),
            AcademicSession("Term 2", "term", date(start, 1, 1), quarters[0], start, at, ()),
        ]
    last_change = min(today, quarters[4]) - timedelta(days=1)
    modified = tuple(f"{last_change - timedelta(days=back)}T06:00:00.000Z" for back in range(28))
    return SchoolYear(start + 1, tuple(sessions), modified)

"""The checks of the school year: is there one, and does it contain today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ..finding import Stage
from ..limits import SESSION_ROWS, YEAR_BREAK_DAYS
from ..standard.days import day_in
from ..standard.envelopes import Record
from .context import RunContext
from .model import Check, Outcome, failed, known, passed, skipped, warned
from .part_outcomes import broken, expects_roster, first_of
from .sizes import figures, is_whole, size_of


async def _terms(run: RunContext) -> Outcome:
    sessions = await run.reading("/academicSessions", limit=SESSION_ROWS)
    classes = await run.reading("/classes")
    if not sessions.good:
        return await broken(run, sessions, "academic sessions")
    if sessions.rows:
        return passed(sessions.evidence, **figures(sessions=size_of(run, "/academicSessions")))
    if not classes.rows:
        return skipped("there are neither classes nor academic sessions", *first_of(sessions, classes))
    return failed(
        "year.no-terms", *first_of(sessions, classes), **figures(classes=size_of(run, "/classes")), sessions=0
    )


async def _active(run: RunContext) -> Outcome:
    sessions = await run.reading("/academicSessions", limit=SESSION_ROWS)
    spans = [
        span
        for row in sessions.rows
        if row.get("status") != "tobedeleted" and (span := _span(row)) is not None
    ]
    if not spans:
        return skipped("no academic session that is not deleted has readable dates", sessions.evidence)
    running = [span for span in spans if span[0] <= run.today <= span[1]]
    if running:
        latest = max(end for _, end in running)
        run.year_ends = _goes_on(latest, spans)
        return passed(sessions.evidence, sessions=len(spans), latest_end=latest.isoformat())
    if not await is_whole(run, sessions):
        return skipped(
            "not all academic sessions were read, and none of those that were includes today",
            sessions.evidence,
        )
    ended = [end for _, end in spans if end < run.today]
    coming = [start for start, _ in spans if start > run.today]
    run.year_ends = max(ended, default=None)
    facts = known(
        {
            "sessions": len(spans),
            "latest_end": max(ended).isoformat() if ended else None,
            "next_start": min(coming).isoformat() if coming else None,
        }
    )
    if any(run.rows(path) for path in ("/students", "/teachers")) and not _is_missed(run):
        # In the holidays a district that works has no running term; the people are there.
        return warned("year.not-active", sessions.evidence, **facts)
    return failed("year.not-active", sessions.evidence, **facts)


def _goes_on(end: date, spans: Sequence[tuple[date, date]]) -> date:
    """When a year ends whose current session does on this day: with the last of those that follow without a long break.

    Spring's term follows the winter holidays, and a year of which it is shared already does not end before them.
    """
    for start, later in sorted(spans):
        if start <= end + timedelta(days=YEAR_BREAK_DAYS):
            end = max(end, later)
    return end


def _is_missed(run: RunContext) -> bool:
    """Whether a list is empty that another year's data leaves empty: students, classes or enrollments."""
    readings = [run.readings.get(path) for path in ("/students", "/classes", "/enrollments")]
    return any(reading is not None and reading.good and not reading.rows for reading in readings)


def _span(row: Record) -> tuple[date, date] | None:
    start, end = day_in(row.get("startDate")), day_in(row.get("endDate"))
    return (start, end) if start and end else None


CHECKS: tuple[Check, ...] = (
    Check(
        "year.terms", "School years and terms",
        "Whether the district shares any academic session.",
        Stage.SHARING, _terms, requires=("sharing.orgs",), after=("sharing.rostering",), applies=expects_roster,
        in_order="[[The district shares {sessions} academic sessions.]]",
    ),
    Check(
        "year.active", "Current school year",
        "Whether today falls in a school year or term.",
        Stage.SHARING, _active, requires=("year.terms",), after=("sharing.rostering",), applies=expects_roster,
        in_order="[[A school year or term runs until {latest_end}.]]",
    ),
)  # fmt: skip

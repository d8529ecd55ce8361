"""Causes in the school years and terms that are shared."""

from __future__ import annotations

from .model import Cause, district
from .steps import AWAIT, CAMPUS, SCHOOL_YEARS, prove_in_campus

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="year.not-active",
        title="No school year or term holds today",
        summary="Of the {sessions} school years and terms shared, none contains today[[; the latest ended on "
        "{latest_end}]][[; the next begins on {next_start}]].",
        why="Campus serves the data of its active school year only; next year's students appear after the "
        "rollover. In the summer this can be as it should be.",
        detection="Academic sessions are shared, and today lies outside all of them. With none at all it is "
        "year.no-terms.",
        fix=(
            district("Check in the student information system which school year is active, and its dates."),
            district("If a new year has begun, roll over or activate it."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(f"Open {SCHOOL_YEARS} and check which year is marked active."),
                district("If the new year has begun, mark it active after the rollover."),
                district(
                    "Check the start and end dates of the terms in the calendars of the shared schools."
                ),
                AWAIT,
            )
        },
        source="Infinite Campus help (A)",
        explains=("sharing.rostering-off", "year.no-terms"),
        strength=2,
    ),
    Cause(
        code="year.no-terms",
        title="Classes without any term",
        summary="Classes are shared ({classes}), but no school year, term or other academic session is.",
        why="Every class belongs to at least one term. Without terms nobody can tell which classes run now.",
        detection="The list of academic sessions is empty while classes are there.",
        fix=(
            district("Check that the school year has terms with dates and that they are shared."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(f"Open {SCHOOL_YEARS} and check that the current year is marked active."),
                district("Check that the calendars of the shared schools have terms with dates."),
                prove_in_campus("/academicSessions"),
                AWAIT,
            )
        },
        source="OneRoster 1.1 and 1.2 (A)",
    ),
)

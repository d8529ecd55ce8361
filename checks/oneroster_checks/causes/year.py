"""Causes in the school years and terms that are shared."""

from __future__ import annotations

from ..providers.campus import SCHOOL_YEARS, TERMS
from .model import Cause, district, later
from .steps import ACTIVE_YEAR_IN_CAMPUS, AWAIT, CAMPUS, CAMPUS_HELP, STANDARD

SECTION = "What is shared"

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="year.not-active",
        title="No current school year",
        summary="Today is in none of the {sessions} academic sessions that are shared"
        "[[; the latest ended on {latest_end}]][[; the next begins on {next_start}]].",
        why="Campus serves the data of its active school year only; next year's students appear after the "
        "rollover. In summer this can be normal.",
        because="Usually only the data of the active school year is shared.",
        detection="Academic sessions are shared, and today is outside all of them; missing students and enrollments "
        "follow from it. While people, classes, and enrollments come, it is a warning. With no session at all it is "
        "year.no-terms.",
        fix=(
            district(
                "Look up in the student information system which school year is active.",
                reply="what you find",
                line="Look up which school year is active.",
            ),
            district("If a new year has begun, make it the active one."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"Open {SCHOOL_YEARS} and look up which year is marked active.",
                    reply="what you find",
                    line="Look up which year is marked active under School Years.",
                ),
                district("If the new year has begun, mark it active after the rollover."),
                later(
                    district(
                        f"Open {TERMS} and check the start and end dates of the terms.",
                        line="Check the terms' start and end dates under Calendar > Terms.",
                    )
                ),
                AWAIT,
            )
        },
        source=CAMPUS_HELP,
        # Last year's data has neither this year's students nor their enrollments.
        explains=(
            "sharing.rostering-off",
            "year.no-terms",
            "sharing.enrollments-empty",
            "accounts.students-missing",
            "accounts.guardians-missing",
            "accounts.staff-missing",
        ),
        strength=2,
    ),
    Cause(
        code="year.no-terms",
        title="Classes without any term",
        summary="The district shares {classes} classes, but no school year, term, or other academic session.",
        why="Every class belongs to at least one term. Without terms nobody can tell which classes run now.",
        because="Without terms, nobody can tell which classes run now.",
        detection="The list of academic sessions is empty although there are classes.",
        fix=(
            district(
                "Make sure that the school year has terms with dates and that they are shared.",
                line="Make sure that the year's terms have dates and are shared.",
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                ACTIVE_YEAR_IN_CAMPUS,
                district(
                    f"Open {TERMS} and make sure that the shared schools have terms with dates.",
                    line="In Terms, make sure the shared schools have terms with dates.",
                ),
                AWAIT,
            )
        },
        source=STANDARD,
    ),
)

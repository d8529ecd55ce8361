"""Causes in the classes, enrollments, and grades of a move."""

from __future__ import annotations

from ..providers.campus import GRADING_TASKS, ROSTER, SECTIONS
from .migrate import BOTH_SOURCES, MAPPING, NOT_YET, WITH_A_WARNING
from .model import Cause, district, you
from .steps import AWAIT_COMPARE, CAMPUS, COMPARE_AGAIN

SECTION = "Moving to a new connection"

_LOOK_UP = district(
    "Check in the student information system whether the examples are still active.",
    reply="what you find",
    line="Check whether the examples are still active.",
)
_KEEP = you(
    "Until then, have your software keep what is missing, and not delete it.",
    line="Until then, keep what is missing, and do not delete it.",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="migrate.classes-lost",
        title="Classes that only the old connection has",
        summary="The new connection lacks {count} of the {of} classes of the old one"
        "[[ (for example, {examples_told})]].",
        why="With a class, its assignments and grades would be closed.",
        because="They may have ended, or may not be shared with the new connection.",
        detection="Active classes of the old side that match no active one of the new side by sourcedId, or by code, "
        "school, and course. Classes of a school that is missing are left out.",
        fix=(
            _LOOK_UP,
            _KEEP,
            AWAIT_COMPARE,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"Open {SECTIONS} and check whether the example classes are still active.",
                    reply="what you find",
                    line="Check under Section whether the examples are active.",
                ),
                _KEEP,
                AWAIT_COMPARE,
            )
        },
        source=BOTH_SOURCES,
        verdict=NOT_YET,
    ),
    Cause(
        code="migrate.enrollments-lost",
        title="Enrollments that only the old connection has",
        summary="The new connection lacks {count} of the {of} enrollments of the old one"
        "[[ (for example, {examples_told})]].",
        why="The person and the class are there, but the person is not in the class any more.",
        because="The person and the class are shared, but not that the person is in the class.",
        detection="Active enrollments of the old side whose user and class were found in the new one, where no active "
        "enrollment names both in the same role.",
        fix=(
            _LOOK_UP,
            _KEEP,
            AWAIT_COMPARE,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"Open {ROSTER} for the classes of the examples, and check who is on the roster.",
                    reply="what you find",
                    line="Check the Roster of the classes of the examples.",
                ),
                _KEEP,
                AWAIT_COMPARE,
            )
        },
        source=BOTH_SOURCES,
        verdict=NOT_YET,
    ),
    Cause(
        code="migrate.line-items-lost",
        title="Line items that only the old connection has",
        summary="The new connection lacks {count} of the {of} line items of the old one"
        "[[ (for example, {examples_told})]].",
        why="Grades that are sent after the move would have no line item to go to.",
        because="They may have been deleted, or may not be shared with the new connection.",
        detection="Active line items of the old side whose class was found, and that match no active one of the new "
        "side by sourcedId, or by class and title.",
        fix=(
            _LOOK_UP,
            _KEEP,
            AWAIT_COMPARE,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"Open {GRADING_TASKS} and check whether those of the examples are there.",
                    reply="what you find",
                    line="Check under Grading Tasks for those of the examples.",
                ),
                _KEEP,
                AWAIT_COMPARE,
            )
        },
        source=BOTH_SOURCES,
        verdict=NOT_YET,
    ),
    Cause(
        code="migrate.results-lost",
        title="Results that only the old connection has",
        summary="The new connection lacks {count} of the {of} results of the old one"
        "[[ (for example, {examples_told})]].",
        why="The line item and the student are there, but not the grade.",
        because="They may have been deleted, or may not be shared with the new connection.",
        detection="Active results of the old side whose line item and student were found, and that match no active one "
        "of the new side by these, or by sourcedId.",
        fix=(
            _LOOK_UP,
            _KEEP,
            AWAIT_COMPARE,
        ),
        source=BOTH_SOURCES,
        verdict=NOT_YET,
    ),
    Cause(
        code="migrate.class-ids-changed",
        title="Classes with other sourcedIds",
        summary="The sourcedId is another one in the new connection for {count} of {of} classes"
        "[[ (for example, {examples_told})]].",
        why="Software that looks classes up by the sourcedId would make each of them anew, beside the old one.",
        because="The classes have other sourcedIds in the new connection.",
        detection="Active classes of both sides that match by their code, school, and course alone.",
        fix=(
            MAPPING,
            COMPARE_AGAIN,
        ),
        source=BOTH_SOURCES,
        verdict=WITH_A_WARNING,
    ),
)

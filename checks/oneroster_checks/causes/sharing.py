"""Causes in what the district shares with the connection."""

from __future__ import annotations

from ..providers.campus import ROSTER, STAFF_HISTORY
from .model import Cause, Point, district, later
from .shared_words import SELECT_SCHOOLS
from .steps import (
    ACTIVE_YEAR_IN_CAMPUS,
    AWAIT,
    CAMPUS,
    CAMPUS_HELP,
    SCHOOLS_IN_CAMPUS,
    share_in_campus,
    where_absent,
)

SECTION = "What is shared"

_SHARED = (Point.DATA_TO_SHARE,)


# Steps that are taken only where that side is missing.
_ROSTERS = district(
    f"[[?student_enrollments|Open {ROSTER} for some sections of the active school year and check that they have "
    "students.]]",
    line="[[?student_enrollments|Check that students are on the Roster of this year's sections.]]",
)
_STAFF_HISTORY = district(
    f"[[?teacher_enrollments|Open {STAFF_HISTORY} for some sections of the active school year and check that each has "
    "a teacher with the role Primary or Teacher.]]",
    line="[[?teacher_enrollments|Check Staff History of some sections for a Primary or Teacher.]]",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="sharing.nothing",
        title="Nothing is shared",
        summary="The connection works, but it shares no schools[[: {path} is empty]].",
        why="The credentials are accepted and the lists are empty. Usually no school is selected on the "
        "connection, or nothing is turned on.",
        because="Usually no school is selected on the connection, or nothing is turned on.",
        detection="The list of orgs is empty, and no students come either. With orgs but no people, it is "
        "sharing.rostering-off.",
        fix=(
            district("Turn on rostering for {vendor_own} connection."),
            SELECT_SCHOOLS,
            later(
                district(
                    "Make sure that the current school year is active in the student information system.",
                    line="Make sure that the current school year is active.",
                )
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                share_in_campus("Rostering"),
                SCHOOLS_IN_CAMPUS,
                later(ACTIVE_YEAR_IN_CAMPUS),
                AWAIT,
            )
        },
        source=CAMPUS_HELP,
        disproves=_SHARED,
    ),
    Cause(
        code="sharing.rostering-off",
        title="Missing rostering data",
        summary="Rostering data is missing[[: requests for {paths} were refused ({status})]]"
        "[[; the district shares {people} students and teachers]][[; the district shares {classes} classes]].",
        why="Rostering is off for this connection, or no school with students is selected.",
        because="Rostering may be off for our connection, or no school with students may be selected.",
        detection="People, classes, and enrollments are all refused or empty, or several of them are refused, or "
        "there are people and no class. When orgs are empty too, it is sharing.nothing; when one collection alone is "
        "refused, access.part-broken.",
        fix=(
            district("Turn on rostering for {vendor_own} connection."),
            SELECT_SCHOOLS,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                share_in_campus("Rostering"),
                SCHOOLS_IN_CAMPUS,
                later(ACTIVE_YEAR_IN_CAMPUS),
                AWAIT,
            ),
            "aeries": (
                district(
                    "Add the roster scopes, not roster-core alone, to {vendor_own} key in Aeries.",
                    line="Add the roster scopes, not roster-core alone, to the key.",
                ),
                AWAIT,
            ),
        },
        source=CAMPUS_HELP,
        disproves=_SHARED,
    ),
    Cause(
        code="sharing.enrollments-empty",
        title="Nobody is enrolled in any class",
        headline="[[No {who} is enrolled in any class]]",
        summary="The district shares {people} students and teachers and {classes} classes, but not one enrollment"
        "[[ of a {who}]].",
        why="Without enrollments nobody is in any class. Usually scheduling is not final yet, or the classes belong "
        "to another school year than the people.",
        because="Without enrollments, nobody is in any class.",
        detection="People and classes are there, and the list of enrollments is empty, or has students only or "
        "teachers only: all of it was read, or a filter that is followed finds nobody else. When enrollments are "
        "refused while the rest works, it is access.part-broken.",
        fix=(
            where_absent(
                "who",
                district(
                    "Check that students and teachers are enrolled in the shared classes of the current year.",
                    line="Check that students and teachers are in this year's classes.",
                ),
            ),
            district(
                "[[Check that there are {who}s in the shared classes of the current year.]]",
                general="If only students or only teachers are missing, check that they are enrolled in the shared "
                "classes of the current year.",
                line="[[?who|Check that there are {who}s in this year's shared classes.]]",
            ),
            where_absent("who", later(district("Share the enrollments with {vendor_own} connection."))),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _ROSTERS,
                _STAFF_HISTORY,
                later(ACTIVE_YEAR_IN_CAMPUS),
                later(SCHOOLS_IN_CAMPUS),
                AWAIT,
            )
        },
        source=CAMPUS_HELP,
    ),
)

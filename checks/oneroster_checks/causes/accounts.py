"""Causes in the user accounts that OneRoster 1.1 connections of Campus need."""

from __future__ import annotations

from .model import Cause, Point, district, you
from .steps import AWAIT, CAMPUS, CAMPUS_HELP, on_connection, open_users

SECTION = "User accounts (OneRoster 1.1)"

_ACCOUNTS = (Point.USER_ACCOUNTS,)
_CREATE = district("Create the missing accounts in the same tool.")
_ELSEWHERE = (
    district("Make sure that the missing people are active and shared with {vendor_own} connection."),
    you("Match people by sourcedId, and skip enrollments whose user is missing."),
    AWAIT,
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="accounts.students-missing",
        title="Students without a user account",
        summary="Of {of} enrolled students that were compared, {count}[[ ({share}%)]] cannot be found among the users, "
        "as happens when they have no user account.",
        why="With OneRoster 1.1, Campus returns only people who have a user account. Their enrollments "
        "can be there all the same.",
        detection="Enrollments with the role student name users who are not in the list of users.",
        fix=_ELSEWHERE,
        fix_for={
            CAMPUS: (
                open_users("some students of the shared schools"),
                district(
                    "Create the accounts that are missing: for a few students in the Users tool, for many with the "
                    "user account batch wizard."
                ),
                AWAIT,
            )
        },
        source=CAMPUS_HELP,
        disproves=_ACCOUNTS,
    ),
    Cause(
        code="accounts.guardians-missing",
        title="Missing guardians",
        summary="Students are shared, but guardians are missing"
        "[[: there are {guardians} guardians for {students} students]]"
        "[[: of {of} guardians named by students that were compared, {count} cannot be found among the users]].",
        why="With OneRoster 1.1, Campus returns guardians only when they have a user account, Grade Book is "
        "shared, and Portal is checked on the relationship.",
        detection="There are students and nobody with the role guardian, parent, or relative, or the "
        "agents of students are not among the users.",
        fix=(
            district("Make sure that guardians are active and shared with {vendor_own} connection."),
            you("Treat an agent who cannot be found as a guardian who is not shared."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                open_users("some parents of students in the shared schools"),
                _CREATE,
                district(
                    "Make sure that Portal is checked on the relationship between the student and the guardian."
                ),
                on_connection(
                    "under Data to Share, turn on Grade Book, since guardians are returned only with it, then "
                    "click Save."
                ),
                AWAIT,
            )
        },
        source=CAMPUS_HELP,
        disproves=_ACCOUNTS,
    ),
    Cause(
        code="accounts.staff-missing",
        title="Teachers without a user account",
        summary="Of {of} teachers with classes that were compared, {count}[[ ({share}%)]] cannot be found among the "
        "users, as happens when they have no user account.",
        why="With OneRoster 1.1, Campus returns only people who have a user account. Classes then seem "
        "to have no teacher.",
        detection="Enrollments with the role teacher name users who are not in the list of users.",
        fix=_ELSEWHERE,
        fix_for={CAMPUS: (open_users("some of the missing teachers"), _CREATE, AWAIT)},
        source=CAMPUS_HELP,
        disproves=_ACCOUNTS,
    ),
)

"""Causes in the user accounts that OneRoster 1.1 connections of Campus need."""

from __future__ import annotations

from ..providers.campus import PEOPLE, USERS
from .model import Cause, Point, district, later, you
from .steps import (
    AWAIT,
    CAMPUS,
    CAMPUS_HELP,
    EXAMPLES,
    STANDARD,
    on_connection,
    open_users,
    where_known,
)

SECTION = "User accounts"

_ACCOUNTS = (Point.USER_ACCOUNTS,)
_CREATE = district("Create the missing accounts in the same tool.")
_ENABLE = "Enable the accounts of everybody who should use the product."
_ELSEWHERE = (
    district(
        f"Make sure that the missing people{EXAMPLES} are active and shared with {{vendor_own}} connection.",
        line="Make sure that the missing people are active and shared.",
    ),
    you("Have your software skip enrollments whose user is missing."),
    AWAIT,
)
# Connections are limited to schools with OAuth 2 only.
_SCHOOLS = later(
    where_known(
        "oauth",
        on_connection(
            "make sure that the schools of the missing people are selected, then click Save.",
            line="On the connection, select the schools of the missing people.",
        ),
    )
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="accounts.students-missing",
        title="Enrolled students missing from the users",
        summary="Of {of} enrolled students compared, {count}[[ ({share}%)]] cannot be found among the users, "
        "as happens when they have no user account.",
        why="With OneRoster 1.1, Campus returns only people who have an enabled user account, and students with an "
        "enrollment in the active school year. Their class enrollments can still be there.",
        because="OneRoster 1.1 shares only people with user accounts.",
        detection="With OneRoster 1.1, enrollments with the role student name users who are not in the list of "
        "users, or, where that was not read to its end, cannot be looked up either. A warning below one in ten.",
        fix=_ELSEWHERE,
        fix_for={
            CAMPUS: (
                open_users("some of the missing students", EXAMPLES),
                district(
                    "Create the accounts that are missing: for a few students in the Users tool, for many with the "
                    "user account batch wizard.",
                    line="Create the missing accounts in Users or with the batch wizard.",
                ),
                later(
                    district(
                        f"If they have accounts, open {PEOPLE} and look at their Enrollments: a student needs an "
                        "enrollment in the active school year that is not marked No Show.",
                        line="If they have accounts, look at their Enrollments in People.",
                    )
                ),
                _SCHOOLS,
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
        "[[: the district shares {guardians} guardians for {students} students]]"
        "[[: of {of} guardians named by students, {count} cannot be found among the users]].",
        why="Campus returns guardians only when Portal is checked on the relationship; with OneRoster 1.1 also only "
        "when Grade Book is shared and they have a user account.",
        because="[[?needs_account|OneRoster 1.1 shares only people with user accounts.]]",
        detection="There are students and nobody with the role guardian, parent, or relative, or the agents of "
        "students are not among the users. With OneRoster 1.2 only the agents are compared, and at full depth.",
        fix=(
            district(
                "Make sure that guardians are active and shared with {vendor_own} connection.",
                line="Make sure that guardians are active and shared.",
            ),
            you(
                "Have your software treat an agent who cannot be found as a guardian who is not shared.",
                line="Have your software treat agents it cannot find as not shared.",
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                where_known(
                    "grade_book",
                    on_connection(
                        "under Data to Share, turn on Grade Book, since guardians are returned only with it, then "
                        "click Save.",
                        line="On the connection, turn on Grade Book under Data to Share.",
                    ),
                ),
                district(
                    "Open Relationships for some students whose guardians are missing, and make sure that Portal is "
                    "checked.",
                    line="In the students' Relationships, make sure Portal is checked.",
                ),
                where_known("needs_account", open_users("some of the missing guardians")),
                where_known("needs_account", _CREATE),
                AWAIT,
            )
        },
        source=CAMPUS_HELP,
        disproves=_ACCOUNTS,
    ),
    Cause(
        code="accounts.staff-missing",
        title="Teachers missing from the users",
        summary="Of {of} teachers with classes compared, {count}[[ ({share}%)]] cannot be found among the "
        "users, as happens when they have no user account.",
        why="With OneRoster 1.1, Campus returns only people who have an enabled user account, and teachers with a "
        "District Assignment in the active school year. Classes then seem to have no teacher.",
        because="OneRoster 1.1 shares only people with user accounts.",
        detection="With OneRoster 1.1, enrollments with the role teacher name users who are not in the list of "
        "users, or, where that was not read to its end, cannot be looked up either. A warning below one in ten.",
        fix=_ELSEWHERE,
        fix_for={
            CAMPUS: (
                open_users("some of the missing teachers", EXAMPLES),
                _CREATE,
                later(
                    district(
                        "If they have accounts, open their District Assignments: a teacher needs one in the active "
                        "school year with the role Teacher.",
                        line="If they have accounts, check their District Assignments.",
                    )
                ),
                _SCHOOLS,
                AWAIT,
            )
        },
        source=CAMPUS_HELP,
        disproves=_ACCOUNTS,
    ),
    Cause(
        code="accounts.disabled",
        title="Disabled users",
        summary="Every user that was checked is disabled ({count}).",
        why="The user records are there, and each says that the account is not enabled. Software that lets in "
        "only enabled users lets nobody in.",
        because="Software that lets in only enabled users would let nobody in.",
        detection="Every user that was read has enabledUser false. Users who are not returned at all are "
        "accounts.students-missing and its neighbors.",
        fix=(
            district(
                "In the student information system, enable the accounts of everybody who should use {vendor_own} "
                "product.",
                line=_ENABLE,
            ),
            you("Check whether your software needs enabledUser at all."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"Open {USERS} and search for some people of the shared schools.",
                    line="Search Users for some people of the shared schools.",
                ),
                district(
                    "Enable the accounts of everybody who should use {vendor_own} product.", line=_ENABLE
                ),
                AWAIT,
            )
        },
        source=f"{STANDARD}; {CAMPUS_HELP}",
        disproves=_ACCOUNTS,
    ),
)

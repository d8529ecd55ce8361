"""The checks of people over all records: usernames, email addresses, guardians and students on their own."""

from __future__ import annotations

from .data_rules import rule_check
from .model import Check

_USERS = ("users",)

CHECKS: tuple[Check, ...] = (
    rule_check(
        "data.duplicate-username", "Unique usernames",
        "Whether each user has a username of their own.",
        _USERS, "no user has a username", "[[Usernames checked: {of}.]]",
    ),
    rule_check(
        "data.duplicate-email", "Unique email addresses",
        "Whether each user has an email address of their own.",
        _USERS, "no user has an email address", "[[Email addresses checked: {of}.]]",
    ),
    rule_check(
        "data.missing-email", "Staff email addresses",
        "Whether teachers and administrators have an email address.",
        _USERS, "there are no teachers and administrators", "[[Teachers and administrators checked: {of}.]]",
    ),
    rule_check(
        "data.malformed-email", "Email address format",
        "Whether each email address has one @ with a dot after it.",
        _USERS, "no user has an email address", "[[Email addresses checked: {of}.]]",
    ),
    rule_check(
        "data.guardian-without-student", "Students of guardians",
        "Whether there is a student for each guardian.",
        _USERS, "there are no guardians", "[[Guardians checked: {of}.]]",
    ),
    rule_check(
        "data.student-without-class", "Classes of students",
        "Whether each student is enrolled in a class.",
        ("users", "enrollments"), "there are no students", "[[Students checked: {of}.]]",
    ),
)  # fmt: skip

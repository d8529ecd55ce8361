"""Causes in the user accounts that OneRoster 1.1 connections of Campus need."""

from __future__ import annotations

from .model import Cause, Step, district, you
from .steps import AWAIT, CAMPUS, CONNECTION, USERS


def _look_up(whom: str) -> Step:
    return district(
        f"Open {USERS} and search for {whom}. Somebody with an account has a username below the name in the "
        "results."
    )


_MAKE = district("Make the missing accounts in the same tool.")
_ELSEWHERE = (
    district("Check that the missing people are shared with {vendor_own} connection, and are active."),
    you("Match people by sourcedId, and skip enrollments whose user is not there."),
    AWAIT,
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="accounts.students-missing",
        title="Students without a user account",
        summary="{missing} of {sampled} enrolled students looked at ({share}%) are not among the users that the "
        "connection shares, as happens when they have no user account.",
        why="With OneRoster 1.1, Campus returns only people who have a user account. Their enrollments "
        "can be there all the same.",
        detection="Enrollments with the role student name users who are not in the list of users.",
        fix=_ELSEWHERE,
        fix_for={
            CAMPUS: (
                _look_up("some students of the shared schools"),
                district("Make accounts for many students at once with the user account batch wizard."),
                district(f"Or, for a few students, make single accounts in {USERS}."),
                AWAIT,
            )
        },
        source="Infinite Campus help (A)",
    ),
    Cause(
        code="accounts.guardians-missing",
        title="Guardians are missing",
        summary="For {students} students there are {guardians} guardians, parents or relatives among the "
        "users[[, and {agents_missing} of {agents_sampled} agents of students are not there]].",
        why="With OneRoster 1.1, Campus returns guardians only when they have a user account, Grade Book is "
        "shared, and Portal is checked on the relationship.",
        detection="Students are there and nobody with the role guardian, parent or relative is, or the "
        "agents of students are not among the users.",
        fix=(
            district("Check that guardians are shared with {vendor_own} connection, and are active."),
            you("Treat an agent who cannot be found as a guardian who is not shared."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _look_up("some parents of students in the shared schools"),
                _MAKE,
                district(
                    "Check that Portal is checked on the relationship between the student and the guardian."
                ),
                district(
                    f"{CONNECTION}. Under Data to Share, check that Grade Book is on: guardians are "
                    "returned only with it. Then Save."
                ),
                AWAIT,
            )
        },
        source="Infinite Campus help (A)",
    ),
    Cause(
        code="accounts.staff-missing",
        title="Teachers without a user account",
        summary="For {missing} of {sampled} teacher enrollments looked at ({share}%), the teacher is not "
        "among the users.",
        why="With OneRoster 1.1, Campus returns only people who have a user account. Classes then seem "
        "to have no teacher.",
        detection="Enrollments with the role teacher name users who are not in the list of users.",
        fix=_ELSEWHERE,
        fix_for={
            CAMPUS: (
                _look_up("some teachers of the shared schools"),
                _MAKE,
                AWAIT,
            )
        },
        source="Infinite Campus help (A)",
    ),
)

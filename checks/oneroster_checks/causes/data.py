"""Causes in the records themselves: references, ids, user names, email addresses."""

from __future__ import annotations

from .model import Cause, district, you
from .steps import AWAIT, CAMPUS, CAMPUS_HELP, STANDARD

SECTION = "Data"

LOOK_UP = district(
    "Look up the examples by their sourcedId in the student information system and correct them."
)
CASE = district("Open a support case with the provider, with the examples.")

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="data.dangling-reference",
        title="References to records that are not there",
        summary="The record behind {count} of {of} references is not shared[[ (for example {examples_told})]].",
        why="An enrollment names a class or a user that was not returned, usually because the class or the user is not "
        "shared.",
        detection="At full depth, the class of an enrollment, or with OneRoster 1.2 its user, is in no list that was "
        "read. It is a failure from one in 100 references on. With OneRoster 1.1 missing users are "
        "accounts.students-missing and its neighbors; guardians are accounts.guardians-missing.",
        fix=(
            district(
                "Share the classes and users of the enrollments that the examples name with {vendor_own} connection."
            ),
            you("Skip a reference that cannot be found instead of refusing the whole record."),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.reference-to-deleted",
        title="References to deleted records",
        summary="The record behind {count} of {of} references is marked as deleted[[ (for example {examples_told})]].",
        why="An active record still names one with the status tobedeleted. Campus has been seen to do so for "
        "enrollments.",
        detection="The record that is referred to is there, with the status tobedeleted.",
        fix=(
            you("Treat an enrollment of a deleted user as deleted too."),
            LOOK_UP,
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.duplicate-id",
        title="One sourcedId for several records",
        summary="For {count} of {of} sourcedIds, there is more than one record[[ (for example {examples_told})]].",
        why="A sourcedId names one record. Software that relies on it overwrites one with the other.",
        detection="Two different records of one kind have the same sourcedId. The same record on two pages is "
        "paging.duplicates.",
        fix=(
            CASE,
            you("Do not import these records until it is settled which one is right."),
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.duplicate-username",
        title="One user name for several people",
        summary="For {count} of {of} user names, there is more than one person[[ (for example {examples_told})]].",
        why="People who sign in with a user name need one of their own.",
        detection="Two active users have the same username.",
        fix=(
            LOOK_UP,
            you("Match people by sourcedId, not by username."),
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.duplicate-email",
        title="One email address for several people",
        summary="For {count} of {of} email addresses, there is more than one person[[ (for example {examples_told})]].",
        why="Siblings often have a parent's address. Software that signs people in by email cannot tell "
        "them apart.",
        detection="Two active users have the same email address.",
        fix=(
            LOOK_UP,
            you("Match people by sourcedId, not by email."),
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.missing-email",
        title="People without an email address",
        summary="There is no email address for {count} of {of} people[[ (for example {examples_told})]].",
        why="The standard does not require an email, but many products need one to let people sign in.",
        detection="The email field is absent or empty. An address in the wrong form is data.malformed-email.",
        fix=(
            district("Fill in the email addresses of these people in the student information system."),
            you("Check whether your product can sign people in without an email."),
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.malformed-email",
        title="Invalid email addresses",
        summary="For {count} of {of} people, the email field is not a valid email address"
        "[[ (for example {examples_told})]].",
        why="The field has other text, two addresses, or an address with spaces.",
        detection="The email field is filled in, and its text is not one email address.",
        fix=(
            LOOK_UP,
            you("Treat such an address as missing."),
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.guardian-without-student",
        title="Guardians without a student",
        summary="There is no student for {count} of {of} guardians[[ (for example {examples_told})]].",
        why="The relationship is missing, or the student is not shared. Such a guardian sees nothing in most products.",
        detection="No active student names the guardian as an agent, or the guardian names no student that is there.",
        fix=(
            district(
                "Check in the student information system whether the example guardians belong to a student "
                "whose school is shared."
            ),
            you("Leave such guardians out until there is a student."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(
                    "Open Census > People, search for the students of the example guardians, and make sure that "
                    "Portal is checked on the relationship."
                ),
                you("Leave such guardians out until there is a student."),
                AWAIT,
            )
        },
        source=CAMPUS_HELP,
        checked=False,
    ),
)

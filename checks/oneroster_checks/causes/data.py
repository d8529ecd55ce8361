"""Causes in the records themselves: references, ids, usernames, email addresses."""

from __future__ import annotations

from ..providers.campus import PEOPLE, USERS
from .model import Cause, district, you
from .steps import (
    AWAIT,
    CAMPUS,
    CAMPUS_HELP,
    STANDARD,
    records_in_campus,
)

SECTION = "Data"

LOOK_UP = district(
    "Look up the examples by their sourcedId in the student information system and correct them.",
    line="Look up the examples by their sourcedId and correct them.",
)
CASE = district("Open a support case with the provider, with the examples.")

_SKIP = you(
    "Have your software skip a reference that leads nowhere instead of rejecting the whole record.",
    line="Have your software skip references that lead nowhere.",
)
_AS_DELETED = you(
    "Have your software treat an enrollment of a deleted user as deleted, too.",
    line="Treat an enrollment of a deleted user as deleted, too.",
)
_NO_STUDENT = you(
    "Have your software leave these guardians out until they have a student.",
    line="Leave these guardians out until they have a student.",
)
_BY_SOURCED_ID = you("Match people by sourcedId, not by username.")

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="data.dangling-reference",
        title="References to records that are not there",
        summary="The record behind {count} of {of} references is not shared[[: {kinds}]]"
        "[[ (for example, see {examples_told})]].",
        why="A record names another one that was not returned, usually because that one is not shared: an enrollment "
        "names a user or a class, and a class its course, school, or term.",
        detection="At full depth, a record that is not deleted names a sourcedId that is not in its collection, which "
        "was read to the end. It is a failure when at least one in 100 references is affected. With OneRoster 1.1, "
        "missing users of enrollments are accounts.students-missing and its neighbors; guardians are "
        "accounts.guardians-missing.",
        fix=(
            district(
                "Share the records that the examples refer to with {vendor_own} connection, or correct the references.",
                line="Share the missing records, or correct the references.",
            ),
            _SKIP,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                records_in_campus("records"),
                district(
                    "Make sure that these records belong to the active school year and to a school that is shared with "
                    "{vendor_own} connection: Campus returns no others.",
                    line="Make sure they belong to the active year and a shared school.",
                ),
                _SKIP,
                AWAIT,
            )
        },
        source=f"{STANDARD}; {CAMPUS_HELP}",
    ),
    Cause(
        code="data.reference-to-deleted",
        title="References to deleted records",
        summary="The record behind {count} of {of} references is marked as deleted[[: {kinds}]]"
        "[[ (for example, see {examples_told})]].",
        why="An active record still names one with the status tobedeleted. Campus has been seen to do so for "
        "enrollments.",
        because="These records may have been deleted by mistake, or the references may be left over.",
        detection="At full depth, a record that is not deleted names one that is there with the status tobedeleted.",
        fix=(
            _AS_DELETED,
            LOOK_UP,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _AS_DELETED,
                records_in_campus("deleted records"),
                district("Correct references to records that were deleted on purpose."),
                AWAIT,
            )
        },
        source=f"{STANDARD}; {CAMPUS_HELP}",
    ),
    Cause(
        code="data.duplicate-id",
        title="One sourcedId for several records",
        summary="More than one record has the same sourcedId: {count} of {of} sourcedIds"
        "[[ (for example, {examples_told})]].",
        why="A sourcedId is meant to name one record. Software that relies on it overwrites one record with the other.",
        because="One of the records would overwrite the other.",
        detection="At full depth, two active records of one collection have the same sourcedId and differ. The same "
        "record on two pages is paging.duplicates.",
        fix=(
            CASE,
            you(
                "Do not import these records until the provider has said which one is right.",
                line="Do not import them until the provider says which one is right.",
            ),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.duplicate-username",
        title="One username for several people",
        summary="More than one person has the same username: {count} of {of} usernames"
        "[[ (for example, {examples_told})]].",
        why="People who sign in with a username need one of their own.",
        because="People who sign in with a username need one of their own.",
        detection="At full depth, two active users have the same username, whether in upper or lower case.",
        fix=(
            LOOK_UP,
            _BY_SOURCED_ID,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"Open {USERS}, search for the people in the examples, and give each their own username.",
                    line="In Users, give each of these people their own username.",
                ),
                _BY_SOURCED_ID,
                AWAIT,
            )
        },
        source=f"{STANDARD}; {CAMPUS_HELP}",
    ),
    Cause(
        code="data.duplicate-email",
        title="One email address for several people",
        summary="More than one person has the same email address: {count} of {of} email addresses"
        "[[ (for example, {examples_told})]].",
        why="Siblings often have a parent's address. Software that signs people in by email cannot tell "
        "them apart.",
        because="Software that signs people in by email cannot tell them apart.",
        detection="At full depth, two active users have the same email address, whether in upper or lower case.",
        fix=(
            LOOK_UP,
            you("Match people by sourcedId, not by email."),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.missing-email",
        title="Staff without an email address",
        summary="There is no email address for {count} of {of} teachers and administrators"
        "[[ (for example, {examples_told})]].",
        why="The standard does not require an email, but many products need one to let people sign in.",
        because="Many products need an email address to let people sign in.",
        detection="At full depth, the email field of an active user with the role teacher, principal, or one of the "
        "administrator roles is absent or empty. An address in the wrong form is data.malformed-email.",
        fix=(
            district(
                "Fill in the email addresses of these people in the student information system.",
                line="Fill in the email addresses of these people.",
            ),
            you(
                "Check whether your product can sign people in without an email address.",
                line="Check whether people can sign in without an email address.",
            ),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.malformed-email",
        title="Invalid email addresses",
        summary="The email field of {count} of {of} people is not a valid email address"
        "[[ (for example, {examples_told})]].",
        why="The field has other text, two addresses, or an address that is cut off.",
        because="Nobody can sign in with such an address.",
        detection="At full depth, the email field of an active user is filled in, and its text does not have exactly "
        "one @ with a dot after it.",
        fix=(
            LOOK_UP,
            you("Have your software treat such an address as missing."),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.guardian-without-student",
        title="Guardians without a student",
        summary="There is no student for {count} of {of} guardians[[ (for example, {examples_told})]].",
        why="The relationship is missing, or the student is not shared. Such a guardian sees nothing in most products.",
        because="Such a guardian sees nothing in most products.",
        detection="At full depth, no active student names the guardian as an agent, or none of the agents of the "
        "guardian is an active student. Many servers give the relationship in one direction only, and that is enough.",
        fix=(
            district(
                "Check in the student information system whether the example guardians belong to a student "
                "whose school is shared.",
                line="Check whether the guardians have a student in a shared school.",
            ),
            _NO_STUDENT,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"Open {PEOPLE}, search for the students of the example guardians, and make sure that "
                    "Portal is checked on the relationship.",
                    line="In People, make sure Portal is checked on the relationship.",
                ),
                _NO_STUDENT,
                AWAIT,
            )
        },
        source=CAMPUS_HELP,
    ),
)

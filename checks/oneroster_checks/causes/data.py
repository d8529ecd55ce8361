"""Causes in the records themselves: references, ids, names of accounts, addresses."""

from __future__ import annotations

from .model import Cause, Step, district, you
from .steps import AWAIT

_OF = "{count} of {total}"
_TAIL = " ({share}%)[[; for example {examples}]]."

LOOK_UP = district(
    "Look up the examples by their sourcedId in the student information system and correct them."
)


def data_cause(
    code: str,
    title: str,
    summary: str,
    why: str,
    detection: str,
    *fix: Step,
    source: str = "OneRoster 1.1 and 1.2 (A)",
) -> Cause:
    """A cause about records. `summary` says what holds for how many; share and examples are added to it.

    `AMOUNT` in the summary stands for "3 of 120". The steps end with waiting for the district.
    """
    sentence = summary.replace("AMOUNT", _OF) + _TAIL
    return Cause(code, title, sentence, why, detection, (*fix, AWAIT), source)


CAUSES: tuple[Cause, ...] = (
    data_cause(
        "data.dangling-reference",
        "References to records that are not there",
        "For AMOUNT references, the record that they point at is not shared",
        "A record names another one that was not given out, such as a guardian or a school that is not "
        "shared.",
        "The sourcedId is in no list that was read. When it is there and deleted, it is "
        "data.reference-to-deleted.",
        district("Check that the schools and people that the examples name are shared with the connection."),
        you("Skip a reference that cannot be found instead of refusing the whole record."),
        source="OneRoster 1.1 and 1.2 (A), client code (C)",
    ),
    data_cause(
        "data.reference-to-deleted",
        "References to deleted records",
        "For AMOUNT references, the record that they point at is marked as deleted",
        "An active record still names one with the status tobedeleted. Campus has been seen to do so for "
        "enrollments.",
        "The record that is pointed at is there, with the status tobedeleted.",
        you("Treat an enrollment of a deleted user as deleted too."),
        LOOK_UP,
        source="OneRoster 1.1 and 1.2 (A), client code (C)",
    ),
    data_cause(
        "data.duplicate-id",
        "Several records share a sourcedId",
        "For AMOUNT records, the sourcedId belongs to another record too",
        "A sourcedId names one record. Software that relies on it overwrites one by the other.",
        "Two different records of one kind carry the same sourcedId. The same record on two pages is "
        "paging.duplicates.",
        district("Open a support case with the provider, with the examples."),
        you("Do not import these records until it is settled which one is right."),
    ),
    data_cause(
        "data.duplicate-username",
        "Several people share a username",
        "For AMOUNT people, the username belongs to somebody else too",
        "People who sign in with a username need one of their own.",
        "Two active users carry the same username.",
        LOOK_UP,
        you("Match people by sourcedId, not by username."),
    ),
    data_cause(
        "data.duplicate-email",
        "Several people share an email address",
        "For AMOUNT people, the email address belongs to somebody else too",
        "Often siblings carry a parent's address. Software that signs people in by email cannot tell "
        "them apart.",
        "Two active users carry the same email address.",
        LOOK_UP,
        you("Match people by sourcedId, not by email."),
    ),
    data_cause(
        "data.missing-email",
        "People without an email address",
        "For AMOUNT people, there is no email address",
        "The standard does not require an email, but many products need one to let people sign in.",
        "The email field is absent or empty. An address in the wrong form is data.malformed-email.",
        district("Fill in the email addresses of these people in the student information system."),
        you("Check whether your product can sign people in without an email."),
    ),
    data_cause(
        "data.malformed-email",
        "Email addresses in the wrong form",
        "For AMOUNT people, the email field does not hold an email address",
        "The field holds other text, two addresses, or an address with spaces.",
        "The email field is filled, and its text is not one email address.",
        LOOK_UP,
        you("Treat such an address as missing."),
    ),
)

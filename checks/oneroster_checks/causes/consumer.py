"""The causes that only the steps of a consumer name: what that software needs beyond the standard."""

from __future__ import annotations

from .model import Cause, district, you
from .steps import AWAIT, SUPPORT

SECTION = "Consumers"

_TESTS = "Published tests of the consumer"

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="consumer.records-missing",
        title="Missing records that a consumer needs",
        headline="[[Missing records that {consumer} needs]]",
        summary="{path} returned no records, and {consumer} needs some.",
        why="The consumer reads these records first and uses them to ask for everything else.",
        because="{consumer} reads these records first.",
        detection="The list comes back as the standard says and is empty. A list that is refused or of another shape "
        "is operation.absent.",
        fix=(
            district(
                "Check whether there are such records, and share them with {vendor_own} connection.",
                line="Check whether there are such records, and share them.",
            ),
            AWAIT,
        ),
        source=_TESTS,
    ),
    Cause(
        code="consumer.fields-missing",
        title="Missing fields that a consumer needs",
        headline="[[Missing fields that {consumer} needs]]",
        summary="In {count} of {of} records of {path}, a field that {consumer} needs is missing[[: {detail}]].",
        why="The consumer reads these fields even where the standard says that they may be left out.",
        because="{consumer} does not import records without them.",
        detection="Records come back, and the field is absent or empty in some of them. A field that the standard "
        "requires is payload.invalid.",
        fix=(
            district(
                "Fill in these fields for the people and classes that {consumer} should import.",
                line="Fill in these fields for the people and classes to import.",
            ),
            AWAIT,
        ),
        source=_TESTS,
    ),
    Cause(
        code="consumer.not-unique",
        title="Several people with one email address",
        summary="A filter by one email address found {count} people in {path}, and {consumer} needs exactly one.",
        why="The consumer matches its own accounts by email address, so two records with the same one lead to the "
        "wrong person.",
        because="{consumer} matches people by email address.",
        detection="All records that come back match the filter. When others come back too, it is query.filter-ignored; "
        "over all records, it is data.duplicate-email.",
        fix=(
            district(
                "Give each person an email address of their own, or share only one of the records[[ ({examples})]].",
                line="Give each person their own email address, or share only one.",
            ),
            AWAIT,
        ),
        source=_TESTS,
    ),
    Cause(
        code="consumer.usernames",
        title="Usernames with an at sign",
        summary="In {count} of {of} usernames, there is an at sign, which {consumer} does not accept.",
        why="The consumer adds its own domain to the username, so a username that is an email address leads to the "
        "wrong account.",
        because="{consumer} adds its own domain to each username.",
        detection="The field username contains @. Usernames that are there twice are data.duplicate-username.",
        fix=(
            district("Give these users usernames without an at sign."),
            AWAIT,
        ),
        source=_TESTS,
    ),
    Cause(
        code="consumer.timestamps",
        title="Times that a consumer cannot read",
        headline="[[Times that {consumer} cannot read]]",
        summary="In {count} of {of} records of {path}, dateLastModified is not in the form that {consumer} reads.",
        why="The consumer reads times in UTC with milliseconds, such as 2026-01-31T08:00:00.000Z, and no other form.",
        because="{consumer} reads times in UTC with milliseconds only.",
        detection="dateLastModified is a time that the standard allows, but in another form, or it is missing.",
        fix=(
            you(
                "Check whether {consumer} accepts times in another form by now.",
                line="Check whether times in another form are accepted by now.",
            ),
            SUPPORT,
            AWAIT,
        ),
        source=_TESTS,
    ),
)

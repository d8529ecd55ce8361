"""Causes in the grade book, for reading and for writing."""

from __future__ import annotations

from .model import Cause, Point, district, later, you
from .shared_words import ONLY_TURNED_ON
from .steps import (
    AGAIN,
    AWAIT,
    CAMPUS,
    CAMPUS_HELP,
    NEW_VALUES,
    PARTNERS_HELP,
    SEND_NEW_VALUES,
    STANDARD,
    license_needed,
    share_in_campus,
    supported,
)

SECTION = "Grade book"

_VENDOR_PAIR = (Point.VENDOR_CREDENTIALS,)
_CREATES_WITH_POST = you(
    "[[?post|Ask the provider whether new records are created only with POST. If so, have your software send POST, and "
    "use the sourcedId that comes back.]]",
    line="[[?post|Ask the provider if new records need POST; if so, send it.]]",
)
_NOT_WANTED = you(
    "If you do not need the grade book, take that part out of the data you expect.",
    line="If not needed, take the grade book out of the data you expect.",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="gradebook.vendor-credentials-missing",
        title="Missing vendor key",
        summary="[[?roster|Rostering works, but grade-book]][[-roster|Grade-book]] requests are refused "
        "({status}[[; {refused} of {requests} requests]]), and no vendor key is entered.",
        why="Campus requires the vendor's own key and secret on every grade-book request, besides OAuth. The "
        "pair is the same for every district, and it is not the district's key and secret.",
        detection="Grade-book or assessment requests are refused with 401, or at Campus with 403 or 404, too, and no "
        "vendor key is entered. With one it is gradebook.vendor-credentials-rejected or gradebook.not-enabled.",
        fix=(
            you(
                "Ask the provider whether grade-book requests need credentials of their own.",
                line="Ask the provider if the grade book needs its own credentials.",
            ),
            you("If so, put them in the vendor key and vendor secret fields."),
            AGAIN,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Find the vendor key and vendor secret that Campus gave your company as a partner.",
                    line="Find the vendor key and secret that Campus gave your company.",
                ),
                you(
                    "Put them in the vendor key and vendor secret fields (on the command line: "
                    "ONEROSTER_VENDOR_KEY and ONEROSTER_VENDOR_SECRET).",
                    line="Put them in the vendor key and vendor secret fields.",
                ),
                you(
                    "In your own software, send the header x-vendor-authorization with key, colon, and "
                    "secret on every grade-book request; do not encode the colon.",
                    line="In your own software, send the x-vendor-authorization header.",
                ),
                AGAIN,
            )
        },
        source=f"{CAMPUS_HELP}; {PARTNERS_HELP}",
        fields=("vendor_key", "vendor_secret"),
        disproves=_VENDOR_PAIR,
    ),
    Cause(
        code="gradebook.vendor-credentials-rejected",
        title="Vendor key or secret refused",
        summary="[[?roster|Rostering works, but grade-book]][[-roster|Grade-book]] requests are refused with the "
        "vendor key and secret ({status}[[; {refused} of {requests} requests]]).",
        why="The vendor key or secret is wrong or incomplete, or the district's own key and secret are "
        "in their place.",
        detection="Only grade-book or assessment requests fail with 401, and a vendor key is entered. 403 or 404 would "
        "be gradebook.not-enabled or sharing.assessments-off.",
        fix=(
            you(
                "Paste the vendor key and vendor secret again, whole, without a colon between them.",
                line="Paste the vendor key and secret again, whole, without a colon.",
            ),
            you("Ask the provider whether they are current."),
            AGAIN,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Paste the vendor key and vendor secret again, each in its field, without the colon.",
                    line="Paste the vendor key and secret again, each in its own field.",
                ),
                you(
                    "Make sure that they are your company's pair, not the key and secret of this district.",
                    line="Make sure that they are your company's, not this district's.",
                ),
                you("Ask your Campus partner contact whether the pair is current."),
                AGAIN,
            )
        },
        source=f"{CAMPUS_HELP}; {PARTNERS_HELP}",
        fields=("vendor_key", "vendor_secret"),
        disproves=_VENDOR_PAIR,
    ),
    Cause(
        code="gradebook.not-enabled",
        title="Grade Book is not enabled",
        summary="[[?roster|Rostering works, but the]][[-roster|The]] connection has no access to the grade book "
        "({status}[[; {refused} of {requests} requests]]).",
        why="The credentials are for rostering only: Grade Book was not enabled when the connection was "
        "configured, or the district has no Campus Learning license.",
        because=ONLY_TURNED_ON,
        detection="Grade-book requests fail with 403 or 404, with the vendor key where Campus needs it. With 401 the "
        "vendor key is the reason.",
        fix=(
            district("Turn on the grade book for {vendor_own} connection."),
            you("If you use a scope, add the grade-book scopes."),
            _NOT_WANTED,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                share_in_campus("Grade Book"),
                supported("Grade Book"),
                license_needed("If it is still not offered"),
                SEND_NEW_VALUES,
                NEW_VALUES,
                AWAIT,
            ),
            "ed-fi": (
                you(
                    "Take the grade book out of the data you expect: Ed-Fi offers rostering only.",
                    line="Take the grade book out of the data you expect.",
                ),
                AGAIN,
            ),
        },
        source=CAMPUS_HELP,
        disproves=(Point.GRADEBOOK_ENABLED, Point.ROSTER_ONLY_CREDENTIALS, Point.DATA_TO_SHARE),
    ),
    Cause(
        code="gradebook.write-refused",
        title="Grade-book write refused",
        summary="The grade book can be read, but {written} [[-broken|was refused]][[?broken|failed]] ({status}, "
        "{path})[[: {detail}]][[; it was a PUT, and POST {post}, which OneRoster 1.2 also has, was not tried]].",
        why="The connection may lack the right to write, or the record breaks a rule of the grade book. Reasons that "
        "have been seen: due date missing or outside an open grading period, name too long, grading window closed, "
        "records created only with POST. The write test sends no POST: the server would choose the sourcedId, and a "
        "test record without this tool's own prefix might stay behind.",
        because="Our connection may not have the right to write.",
        detection="The write test: the grade book can be read, and a request to create or change a record is refused. "
        "When it is accepted and lost, it is gradebook.write-not-kept.",
        fix=(
            _CREATES_WITH_POST,
            you("Choose a class of the current term for the write test."),
            you("If you use a scope, add the one to create and change grades."),
            district("Allow {vendor_own} connection to write to the grade book."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _CREATES_WITH_POST,
                you(
                    "For the write test, choose a class whose grading window is open (lineItem metadata "
                    "ext_infiniteCampus_isGradingWindowOpen) and whose grading period contains today.",
                    line="Choose a class for the write test with an open grading window.",
                ),
                you(
                    "In your own software, use short names (a limit of 30 characters has been seen) and scores of the "
                    "score group.",
                    line="Send short names and scores of the score group.",
                ),
                share_in_campus("Grade Book"),
                AWAIT,
            ),
            "aeries": (
                you(
                    "Make sure that your software does not use DELETE: Aeries does not offer it.",
                    line="Make sure that your software does not use DELETE.",
                ),
                you("Add the scope to create and change grades."),
                AGAIN,
            ),
            "synergy": (
                you(
                    "Check the scopes of the token: wrong scopes have been seen to break grade passback.",
                    line="Check the scopes of the token: wrong ones can break passback.",
                ),
                district("Check the rights of {vendor_own} key in Synergy."),
                AWAIT,
            ),
        },
        source=PARTNERS_HELP,
    ),
    Cause(
        code="gradebook.write-not-kept",
        title="Written record changed or lost",
        summary="The grade book accepted {written} ({path}), but reading it back gave [[-lost|something else]]"
        "[[?lost|no such record]][[ in {differing}]].",
        why="The server accepted the record and did not keep it, or changed it on the way in. Titles may be cut and "
        "scores capped.",
        detection="The write test: a record is accepted, and reading it back several times finds none, or other "
        "values. A refused write is gradebook.write-refused.",
        fix=(
            you(
                "Run the write test again after a few minutes: the server may apply writes late.",
                line="Run the write test again after a few minutes.",
            ),
            you(
                "Ask the provider which titles, dates, scores, and statuses its grade book keeps.",
                line="Ask the provider which values its grade book keeps.",
            ),
            later(
                district(
                    "If it stays, open a support case with the provider, with the full address and the time of the "
                    "request.",
                    cites_request=True,
                    line="If it stays, open a support case with the provider.",
                )
            ),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="gradebook.cleanup-failed",
        title="Test records left behind",
        joined=("records", "examples"),
        summary="Not every record of the write test could be removed[[: {records}]].",
        why="The write test removes what it created. The server refused or lost the removal, or could not be reached.",
        detection="A test record could not be deleted, or it was still there afterwards.",
        fix=(
            you(
                "Remove them with this tool when the connection works: the wizard offers it at its next start, and so "
                "does the check command with --remove-test-records.",
                line="Remove them with this tool when the connection works.",
            ),
            later(
                district(
                    "If they stay, delete the test records from the grade book of the class that was used"
                    "[[: {records}]].",
                    line="If they stay, delete them from the grade book of the class.",
                )
            ),
            you(
                "If the provider does not offer to delete records, do not use the write test there.",
                line="If records cannot be deleted there, do not use the write test.",
            ),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="gradebook.write-class",
        title="Unusable class for the write test",
        verdict="The write test could not be run.",
        summary="The write test cannot use the class {class_id}: {reason}.",
        why="The write test needs a class that is shared, with a student in it and, in OneRoster 1.2, with a school. "
        "Nothing was written.",
        detection="The class that was named for the write test is not found by its sourcedId, is marked as deleted, or "
        "has no student or no school.",
        fix=(
            you(
                "Choose another class for the write test, by the sourcedId of one that the district shares.",
                line="Choose another shared class for the write test, by sourcedId.",
            ),
            AGAIN,
        ),
        source=STANDARD,
    ),
)

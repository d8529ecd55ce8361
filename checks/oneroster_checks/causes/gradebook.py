"""Causes in the grade book, for reading and for writing."""

from __future__ import annotations

from .model import Cause, district, you
from .steps import AGAIN, AWAIT, CAMPUS, CONNECTION, copy_secret_in_campus, share_in_campus

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="gradebook.vendor-credentials-missing",
        title="The vendor key for the grade book is missing",
        summary="Rostering works, but grade-book calls are refused ({status}; {refused} of {calls}) and "
        "no vendor key is set.",
        why="Campus wants {vendor_own} own key and secret on every grade-book call, beside OAuth. The "
        "pair is the same for every district, and it is not the district's key and secret.",
        detection="Only grade-book calls answer 401, and no vendor key is set. With one set it is "
        "gradebook.vendor-credentials-rejected.",
        fix=(
            you("Ask the provider whether grade-book calls need credentials of their own."),
            you("If so, put them into {vendor} key and vendor secret fields, then run the checks again."),
        ),
        fix_for={
            CAMPUS: (
                you("Look for {vendor} key and vendor secret that Campus gave your company as a partner."),
                you(
                    "Put them into {vendor} key and vendor secret fields (on the command line: "
                    "ONEROSTER_VENDOR_KEY and ONEROSTER_VENDOR_SECRET)."
                ),
                you(
                    "In your own software, send the header x-vendor-authorization with key, colon and "
                    "secret on every grade-book call; do not encode the colon."
                ),
                AGAIN,
            )
        },
        source="Infinite Campus help (A), public client code (B)",
        fields=("vendor_key",),
    ),
    Cause(
        code="gradebook.vendor-credentials-rejected",
        title="The vendor key for the grade book is refused",
        summary="Rostering works, but grade-book calls are refused ({status}; {refused} of {calls}) with "
        "{vendor} key that is set.",
        why="The vendor key or secret is wrong or incomplete, or the district's own key and secret stand "
        "in their place.",
        detection="Only grade-book calls answer 401, and a vendor key is set. 403 or 404 would be "
        "gradebook.not-enabled.",
        fix=(
            you("Paste vendor key and vendor secret again, whole, without a colon between them."),
            you("Check with the provider that they are current, then run the checks again."),
        ),
        fix_for={
            CAMPUS: (
                you("Paste vendor key and vendor secret again, each into its field, without the colon."),
                you("Check that they are the pair of your company, not the Key and Secret of this district."),
                you("Ask your partner contact at Campus whether the pair is current."),
                AGAIN,
            )
        },
        source="Infinite Campus help (A), public client code (B)",
        fields=("vendor_key",),
    ),
    Cause(
        code="gradebook.not-enabled",
        title="Grade Book is not enabled for the connection",
        summary="Rostering works, but the connection has no access to the grade book ({status}; {refused} of "
        "{calls} calls).",
        why="The credentials are for rostering only: Grade Book was not enabled when the connection was "
        "configured, or the district has no Campus Learning licence.",
        detection="Grade-book calls answer 403 or 404 while rostering works. With 401 {vendor} key is "
        "the reason.",
        fix=(
            district("Turn on the grade book for {vendor_own} connection."),
            you("If a scope is used, add the grade-book scopes."),
            you(
                "If the grade book is not wanted, take it out of what is shared in this connection's "
                "settings."
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                share_in_campus("Grade Book"),
                district(
                    "If Grade Book is not offered there, check whether the connection stands under "
                    "Connect to Other Applications: those carry Rostering only, so make a new one from "
                    "{vendor_own} tile."
                ),
                district(
                    "If it is still not offered, check that the district has the Campus Learning licence."
                ),
                copy_secret_in_campus(
                    "Key, Secret, Base URL and Token URL, if the connection was made anew,"
                ),
                AWAIT,
            ),
            "ed-fi": (
                you("Take the grade book out of what is shared: Ed-Fi offers rostering only."),
                AGAIN,
            ),
        },
        source="Infinite Campus help (A)",
    ),
    Cause(
        code="gradebook.write-refused",
        title="The grade book can be read but not written",
        summary="The grade book can be read, but writing to {path} is refused ({status})[[: {detail}]].",
        why="The connection may lack the right to write, or the record breaks a rule of the grade book. Seen "
        "reasons: due date missing or outside an open grading period, name too long, grading window closed.",
        detection="Reads of the same kind of record succeed and the write is refused. When it is accepted "
        "and lost, it is gradebook.write-not-kept.",
        fix=(
            you("Choose a class of the current term, and check due date, name and score of the record."),
            you("If a scope is used, add the one for creating and changing grades."),
            district("Check that {vendor_own} connection may write to the grade book."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Choose a class whose grading window is open (lineItem metadata "
                    "ext_infiniteCampus_isGradingWindowOpen) and a due date within an open grading period."
                ),
                you("Use a short name (at most 30 characters has been seen) and a score of the score group."),
                district(f"{CONNECTION}. Under Data to Share, check that Grade Book is on, then Save."),
                AWAIT,
            ),
            "aeries": (
                you("Check that your software does not use DELETE: Aeries does not offer it."),
                you("Add the scope for creating and changing grades, then run the checks again."),
            ),
            "synergy": (
                you("Check the scopes of the token: wrong scopes have been seen to break grade passback."),
                district("Check the rights of {vendor_own} key in Synergy."),
                AWAIT,
            ),
        },
        source="partners' help pages (B/C)",
    ),
    Cause(
        code="gradebook.write-not-kept",
        title="A written record comes back changed",
        summary="A write to {path} was accepted, but reading it back gave something else[[: {detail}]].",
        why="The server took the record and did not keep it, or changed it on the way in.",
        detection="The write succeeds and the read after it differs. A refused write is "
        "gradebook.write-refused.",
        fix=(
            you("Compare what was sent and what came back in the details of the check."),
            you("Read again after a minute: the server may apply writes late."),
            district("If it stays, open a support case with the provider, with full address and time."),
            AWAIT,
        ),
        source="OneRoster 1.1 and 1.2 (A)",
    ),
    Cause(
        code="gradebook.cleanup-failed",
        title="Test records could not be removed",
        summary="Test records of the write test are still in the grade book ({count})[[: {examples}]].",
        why="The write test removes what it made. The server refused or lost the removal.",
        detection="The removal of a test record did not succeed, or it was still there afterwards.",
        fix=(
            district("Delete the test records named here in the grade book of the class that was used."),
            you("If the provider offers no DELETE, do not use the write test there."),
            AWAIT,
        ),
        source="OneRoster 1.1 and 1.2 (A)",
    ),
)

"""Causes in the parts of the data that the district turns on by themselves."""

from __future__ import annotations

from .model import Cause, Point, Step, district, later, you
from .shared_words import ADD_SCOPE, CLEAR_SCOPE, ONLY_TURNED_ON
from .steps import (
    AGAIN,
    AWAIT,
    CAMPUS,
    CAMPUS_HELP,
    STANDARD,
    license_needed,
    on_connection,
    share_in_campus,
    supported,
)

SECTION = "What is shared"

_SHARED = (Point.DATA_TO_SHARE,)


def _not_wanted(part: str) -> Step:
    return you(
        f"If you do not need {part}, take that part out of the data you expect.",
        line=f"If not needed, take {part} out of the data you expect.",
    )


# A full scope has no room in a line, and neither have the names of several parts.
_ADD_MISSING = "[[-scope_asked|Add what is missing to the scope field.]]"
_TURN_ON = (
    "[[On the connection, turn on {one_switch} under Data to Share.]]"
    "[[-one_switch|On the connection, turn on this data under Data to Share.]]"
)
_ANY_GRADES = "Check whether any teacher has categories or assignments yet."


CAUSES: tuple[Cause, ...] = (
    Cause(
        code="sharing.demographics-off",
        title="Demographics are not shared",
        summary="The connection[[ shares {people} students and teachers but]] does not share demographics"
        "[[: the request was refused ({status})]].",
        why="Demographics are off for this connection, or the token lacks their scope.",
        because=ONLY_TURNED_ON,
        detection="Demographics are refused or empty while rostering has people.",
        fix=(
            district("Turn on demographics for {vendor_own} connection."),
            you("If you use a scope, add the one for demographics."),
            _not_wanted("demographics"),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                on_connection(
                    "under Data to Share, turn on Demographics, or Rostering where Demographics has no switch of its "
                    "own, then click Save.",
                    line="Under Data to Share, turn on Demographics, or else Rostering.",
                ),
                supported("Demographics"),
                _not_wanted("demographics"),
                AWAIT,
            ),
            "ed-fi": (
                you(
                    "Add the scope for demographics to the scope field: Ed-Fi grants it separately.",
                    line="Add the scope for demographics to the scope field.",
                ),
                district("Grant {vendor_own} key the demographics scope in the ODS/API."),
                AWAIT,
            ),
        },
        source=f"{STANDARD}; {CAMPUS_HELP}",
        disproves=_SHARED,
    ),
    Cause(
        code="sharing.gradebook-off",
        title="Empty grade book",
        summary="The grade book can be read but is empty[[, although the district shares {classes} classes]].",
        why="Either no teacher has created a category or an assignment yet, or the grade book is not shared "
        "with this connection.",
        because="Either no teacher has used the grade book yet, or it is not shared with us.",
        detection="Grade-book requests succeed with empty lists. When they are refused, the cause is one of "
        "gradebook.*.",
        fix=(
            district(
                "Check whether any teacher has categories or assignments in the shared classes.",
                reply="what you find",
                line=_ANY_GRADES,
            ),
            later(
                district(
                    "If there are some, share the grade book with {vendor_own} connection.",
                    line="If there are some, share the grade book.",
                )
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(
                    "Check whether any teacher of a shared school has categories or assignments yet.",
                    reply="what you find",
                    line=_ANY_GRADES,
                ),
                later(share_in_campus("Grade Book")),
                license_needed("If Grade Book is not offered there"),
                AWAIT,
            )
        },
        source=CAMPUS_HELP,
        disproves=_SHARED,
    ),
    Cause(
        code="sharing.assessments-off",
        title="Assessments are not shared",
        summary="The connection does not share assessments[[: the request was refused ({status})]].",
        why="Assessments are off for this connection, or there are none yet.",
        because=ONLY_TURNED_ON,
        detection="Assessment requests are refused or empty while other parts return data.",
        fix=(
            district("Turn on assessments for {vendor_own} connection."),
            _not_wanted("assessments"),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                share_in_campus("Assessments"),
                supported("Assessments"),
                license_needed("If it is still not offered"),
                _not_wanted("assessments"),
                AWAIT,
            )
        },
        source=CAMPUS_HELP,
        disproves=_SHARED,
    ),
    Cause(
        code="sharing.resources-off",
        title="Resources are not shared",
        summary="The connection does not share resources[[: the request was refused ({status})]].",
        why="Many systems do not offer resources, and many districts keep none.",
        because="Many systems do not offer resources.",
        detection="Resource requests are refused or empty while other parts return data.",
        fix=(
            _not_wanted("resources"),
            district(
                "Tell {vendor} whether the student information system offers resources at all.",
                reply="what you find",
                line="Tell {vendor} whether the system offers resources at all.",
            ),
            AWAIT,
        ),
        fix_for={
            "aeries": (
                you("Take resources out of the data you expect: Aeries has none."),
                AGAIN,
            )
        },
        source=STANDARD,
        disproves=_SHARED,
    ),
    Cause(
        code="sharing.scope-missing",
        title="Part of the data is not shared",
        headline="{switch_is} not shared",
        joined=("part", "scope_needed"),
        summary="The token's scope lacks {scopes_needed}[[?scope_asked|, which was asked for and not granted]], so "
        "{part_is} not shared ({status}).",
        why="A token opens only the parts named in its scope. The key may have fewer scopes than were "
        "asked for.",
        because=ONLY_TURNED_ON,
        detection="One part is refused as not allowed, and the scope in the token answer lacks what that part needs, "
        "or is roster-core alone, which some servers do not take for enrollments. A part that is not found is not "
        "offered: the cause is one of sharing.* or gradebook.*.",
        fix=(
            ADD_SCOPE,
            district(
                "Grant {vendor_own} key {scope_needed}.",
                line="Grant {vendor_own} key what its scope lacks.",
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                CLEAR_SCOPE,
                share_in_campus("{switch}", line=_TURN_ON),
                AWAIT,
            ),
            "aeries": (
                you(
                    "[[-scope_asked|Add {scope_needed} to the scope field; for enrollments roster-core alone is not "
                    "enough.]]",
                    line=_ADD_MISSING,
                ),
                district(
                    "Add {scope_needed} to {vendor_own} key in Aeries.",
                    line="In Aeries, add what is missing to {vendor_own} key.",
                ),
                AWAIT,
            ),
            "veracross": (
                you(
                    "Add the scope of each operation to the scope field: Veracross has one for each.",
                    line="Add the scope of each operation to the scope field.",
                ),
                district(
                    "Add {scope_needed} to {vendor_own} application in Veracross.",
                    line="In Veracross, add what is missing to {vendor_own} application.",
                ),
                AWAIT,
            ),
            "ed-fi": (
                you(
                    "[[-scope_asked|Add {scope_needed} to the scope field; the one for demographics is separate.]]",
                    line=_ADD_MISSING,
                ),
                district(
                    "Grant {vendor_own} key {scope_needed} in the ODS/API.",
                    line="In the ODS/API, grant {vendor_own} key what its scope lacks.",
                ),
                AWAIT,
            ),
            "blackbaud": (
                you(
                    "[[-scope_asked|Add {scope_needed} to the scope field: Blackbaud requires a scope.]]",
                    line=_ADD_MISSING,
                ),
                district(
                    "Grant {vendor_own} application {scope_needed} in Blackbaud.",
                    line="In Blackbaud, grant {vendor_own} application what it lacks.",
                ),
                AWAIT,
            ),
        },
        source=f"RFC 6750, section 3.1; {STANDARD}",
        fields=("scope",),
        disproves=_SHARED,
        proves=(Point.CONNECTION_ACTIVE, Point.CONNECTION_ENABLED, Point.CREDENTIALS_CORRECT),
    ),
)

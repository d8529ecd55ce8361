"""Causes in what the district shares with the connection."""

from __future__ import annotations

from .model import Cause, Point, Step, district, you
from .steps import (
    ACTIVE_YEAR_IN_CAMPUS,
    AGAIN,
    AWAIT,
    CAMPUS,
    CAMPUS_HELP,
    SCHOOLS_IN_CAMPUS,
    STANDARD,
    license_needed,
    on_connection,
    share_in_campus,
    supported,
    where_absent,
)

SECTION = "What is shared"

_SHARED = (Point.DATA_TO_SHARE,)


def _not_wanted(part: str) -> Step:
    return you(f"If you do not need {part}, take {part} out of the data you expect.")


# Steps that are taken only where that side is missing.
_ROSTERS = district(
    "[[?student_enrollments|Open Scheduling > Course > Section > Roster for some sections of the active school year "
    "and check that students are on them.]]"
)
_STAFF_HISTORY = district(
    "[[?teacher_enrollments|Open Scheduling > Course > Section > Staff History for some sections of the active "
    "school year and check that it has a teacher with the role Primary or Teacher.]]"
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="sharing.nothing",
        title="Nothing is shared",
        summary="The connection works, but it shares no schools[[: {path} is empty]].",
        why="The credentials are accepted and the lists are empty. Usually no school is selected on the "
        "connection, or nothing is turned on.",
        detection="The list of orgs is empty, and no students come either. With orgs but no people, it is "
        "sharing.rostering-off.",
        fix=(
            district("Select schools and turn on rostering for {vendor_own} connection."),
            district("Make sure that the current school year is active in the student information system."),
            AWAIT,
        ),
        fix_for={CAMPUS: (share_in_campus("Rostering"), SCHOOLS_IN_CAMPUS, ACTIVE_YEAR_IN_CAMPUS, AWAIT)},
        source=CAMPUS_HELP,
        disproves=_SHARED,
    ),
    Cause(
        code="sharing.rostering-off",
        title="Missing rostering data",
        summary="Rostering data is missing[[: requests for {paths} were refused ({status})]]"
        "[[; the district shares {people} students and teachers]][[; the district shares {classes} classes]].",
        why="Rostering is off for this connection, or no school with students is selected.",
        detection="People, classes, and enrollments are all refused or empty, or several of them are refused, or "
        "there are people and no class. When orgs are empty too, it is sharing.nothing; when one collection alone is "
        "refused, access.part-broken.",
        fix=(
            district("Turn on rostering for {vendor_own} connection."),
            district("Select the schools to share with {vendor}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (share_in_campus("Rostering"), SCHOOLS_IN_CAMPUS, ACTIVE_YEAR_IN_CAMPUS, AWAIT),
            "aeries": (
                district("Add the roster scopes, not roster-core alone, to {vendor_own} key in Aeries."),
                AWAIT,
            ),
        },
        source=CAMPUS_HELP,
        disproves=_SHARED,
    ),
    Cause(
        code="sharing.enrollments-empty",
        title="Nobody is enrolled in any class",
        headline="[[No {who} is enrolled in any class]]",
        summary="The district shares {people} students and teachers and {classes} classes, but not one enrollment"
        "[[ of a {who}]].",
        why="Without enrollments nobody is in any class. Usually scheduling is not final yet, or the classes belong "
        "to another school year than the people.",
        detection="People and classes are there, and the list of enrollments is empty, or has students only or "
        "teachers only: all of it was read, or a filter that is followed finds nobody else. When enrollments are "
        "refused while the rest works, it is access.part-broken.",
        fix=(
            where_absent(
                "who",
                district(
                    "Check that students and teachers are enrolled in the shared classes of the current year."
                ),
            ),
            district("[[Check that there are {who}s in the shared classes of the current year.]]"),
            where_absent("who", district("Share the enrollments with {vendor_own} connection.")),
            AWAIT,
        ),
        fix_for={CAMPUS: (_ROSTERS, _STAFF_HISTORY, ACTIVE_YEAR_IN_CAMPUS, SCHOOLS_IN_CAMPUS, AWAIT)},
        source=CAMPUS_HELP,
    ),
    Cause(
        code="sharing.demographics-off",
        title="Demographics are not shared",
        summary="The connection[[ shares {people} students and teachers but]] does not share demographics"
        "[[: the request was refused ({status})]].",
        why="Demographics are off for this connection, or the token lacks their scope.",
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
                    "own, then click Save."
                ),
                supported("Demographics"),
                _not_wanted("demographics"),
                AWAIT,
            ),
            "ed-fi": (
                you("Add the scope for demographics to the scope field: Ed-Fi grants it separately."),
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
        detection="Grade-book requests succeed with empty lists. When they are refused, the cause is one of "
        "gradebook.*.",
        fix=(
            district("Check whether any teacher has categories or assignments in the shared classes."),
            district("If so, share the grade book with {vendor_own} connection."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district("Check whether any teacher of a shared school has categories or assignments yet."),
                share_in_campus("Grade Book"),
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
        detection="Resource requests are refused or empty while other parts return data.",
        fix=(
            _not_wanted("resources"),
            district("Tell {vendor} whether the student information system offers resources at all."),
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
        detection="One part is refused as not allowed, and the scope in the token answer lacks what that part needs, "
        "or is roster-core alone, which some servers do not take for enrollments. A part that is not found is not "
        "offered: the cause is one of sharing.* or gradebook.*.",
        fix=(
            you("[[-scope_asked|Add {scope_needed} to the scope field, separated by a space.]]"),
            district("Grant {vendor_own} key the scope {scope_needed}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you("[[?scope|Clear the scope field: Campus usually needs no scope.]]"),
                share_in_campus("{switch}"),
                AWAIT,
            ),
            "aeries": (
                you(
                    "[[-scope_asked|Add {scope_needed} to the scope field; for enrollments roster-core alone is not "
                    "enough.]]"
                ),
                district("Add {scope_needed} to {vendor_own} key in Aeries."),
                AWAIT,
            ),
            "veracross": (
                you("Add the scope of each operation to the scope field: Veracross has one for each."),
                district("Add {scope_needed} to {vendor_own} application in Veracross."),
                AWAIT,
            ),
            "ed-fi": (
                you(
                    "[[-scope_asked|Add {scope_needed} to the scope field; the one for demographics is separate.]]"
                ),
                district("Grant {vendor_own} key {scope_needed} in the ODS/API."),
                AWAIT,
            ),
            "blackbaud": (
                you("[[-scope_asked|Add {scope_needed} to the scope field: Blackbaud requires a scope.]]"),
                district("Grant {vendor_own} application {scope_needed} in Blackbaud."),
                AWAIT,
            ),
        },
        source=f"RFC 6750, section 3.1; {STANDARD}",
        fields=("scope",),
        disproves=_SHARED,
        proves=(Point.CONNECTION_ACTIVE, Point.CONNECTION_ENABLED, Point.CREDENTIALS_CORRECT),
    ),
)

"""Causes in what the district shares with the connection."""

from __future__ import annotations

from .model import Cause, Step, district, you
from .steps import (
    ACTIVE_IN_CAMPUS,
    AGAIN,
    AWAIT,
    CAMPUS,
    CONNECTION,
    SCHOOL_YEARS,
    prove_in_campus,
    share_in_campus,
)


def _not_wanted(part: str) -> Step:
    return you(
        f"If you do not need {part}, leave {part} out of what is shared in this connection's settings."
    )


_SCHOOLS = district(
    "In the same place, check that the schools which {vendor} should see are chosen, then Save."
)
_SUPPORTED = district(
    "If the part is not offered: connections under Connect to Other Applications carry Rostering only. "
    "Make a new connection from {vendor_own} own tile, where there is one, and send the new values to "
    "{vendor}."
)


def _licence(when: str) -> Step:
    return district(
        f"{when}, check whether the district has the Campus Learning licence. Without it only Rostering and "
        "Demographics can be shared."
    )


CAUSES: tuple[Cause, ...] = (
    Cause(
        code="sharing.nothing",
        title="Nothing is shared",
        summary="The connection works, but it shares no school or other org[[ (asked: {path})]].",
        why="The credentials are accepted and the lists are empty. Usually no school is chosen on the "
        "connection, or nothing is turned on.",
        detection="Every answer is a success and even the list of orgs is empty. When orgs are there and "
        "people are not, it is sharing.rostering-off.",
        fix=(
            district("Check which schools and which data are shared with {vendor_own} connection."),
            district("Check that the current school year is active in the student information system."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                share_in_campus("Rostering"),
                _SCHOOLS,
                district(f"Check in {SCHOOL_YEARS} that the current school year is marked active."),
                prove_in_campus("/orgs"),
                AWAIT,
            )
        },
        source="Infinite Campus help (A)",
    ),
    Cause(
        code="sharing.rostering-off",
        title="Rostering is not shared",
        summary="Schools are shared, but people and classes are refused or missing (people: {people}; "
        "classes: {classes}).",
        why="Rostering is off for this connection, or no school with students is chosen.",
        detection="Orgs answer, and users and classes are refused or empty. When orgs are empty too, it is "
        "sharing.nothing.",
        fix=(
            district("Turn on rostering for {vendor_own} connection."),
            district("Check that the schools which {vendor} should see are chosen."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                share_in_campus("Rostering"),
                _SCHOOLS,
                district(f"Check in {SCHOOL_YEARS} that the current school year is marked active."),
                prove_in_campus("/users"),
                AWAIT,
            ),
            "aeries": (
                you("Ask for a roster scope that holds enrollments: roster-core alone does not open them."),
                district("Add the roster scopes to {vendor_own} key in Aeries."),
                AWAIT,
            ),
        },
        source="Infinite Campus help (A)",
    ),
    Cause(
        code="sharing.demographics-off",
        title="Demographics are not shared",
        summary="Demographics are expected, but the connection does not share them ({status})[[; people "
        "shared: {people}]].",
        why="Demographics are off for this connection, or the token lacks their scope.",
        detection="Demographics are refused or empty while rostering has people.",
        fix=(
            district("Turn on demographics for {vendor_own} connection."),
            you("If a scope is used, add the one for demographics."),
            _not_wanted("demographics"),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"{CONNECTION}. Under Data to Share, check that Rostering is on and, where it is "
                    "offered by itself, Demographics too, then Save."
                ),
                _SUPPORTED,
                _not_wanted("demographics"),
                AWAIT,
            ),
            "ed-fi": (
                you("Add the scope for demographics to the scope field: Ed-Fi grants it separately."),
                district("Grant {vendor_own} key the demographics scope in the ODS/API."),
                AWAIT,
            ),
        },
        source="OneRoster 1.1 and 1.2 (A), Infinite Campus help (A)",
    ),
    Cause(
        code="sharing.gradebook-off",
        title="The grade book is empty",
        summary="The grade book answers but holds nothing, although classes are shared[[ ({classes})]].",
        why="Either no teacher has made a category or an assignment yet, or the grade book is not shared "
        "with this connection.",
        detection="Grade-book calls succeed with empty lists. When they are refused, the cause is one of "
        "gradebook.*.",
        fix=(
            district("Check whether any teacher has categories or assignments in the shared classes."),
            district("If so, check that the grade book is shared with {vendor_own} connection."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district("Check whether any teacher of a shared school has categories or assignments yet."),
                share_in_campus("Grade Book"),
                _licence("If Grade Book is not offered there"),
                AWAIT,
            )
        },
        source="Infinite Campus help (A)",
    ),
    Cause(
        code="sharing.assessments-off",
        title="Assessments are not shared",
        summary="Assessments are expected, but the connection does not share them ({status}).",
        why="Assessments are off for this connection, or there are none yet. OneRoster 1.1 has no "
        "assessments.",
        detection="The assessment calls are refused or empty while the other parts answer.",
        fix=(
            district("Turn on assessments for {vendor_own} connection."),
            _not_wanted("assessments"),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                share_in_campus("Assessments"),
                _SUPPORTED,
                _licence("If it is still not offered"),
                _not_wanted("assessments"),
                AWAIT,
            )
        },
        source="Infinite Campus help (A)",
    ),
    Cause(
        code="sharing.resources-off",
        title="Resources are not shared",
        summary="Resources are expected, but the connection does not share them ({status}).",
        why="Many systems do not offer resources, and many districts keep none.",
        detection="The resource calls are refused or empty while the other parts answer.",
        fix=(
            _not_wanted("resources"),
            district(
                "Otherwise tell {vendor} whether the student information system offers resources at all."
            ),
            AWAIT,
        ),
        fix_for={
            "aeries": (
                you("Take resources out of what is shared in this connection's settings: Aeries has none."),
                AGAIN,
            )
        },
        source="OneRoster 1.1 and 1.2 (A)",
    ),
    Cause(
        code="sharing.scope-missing",
        title="The token lacks a scope",
        summary="The {part} calls are refused ({status}) because the token lacks the scope {scope_needed}"
        "[[; it holds {scope_given}]].",
        why="A token opens only the parts named in its scope. The key may have fewer scopes than were "
        "asked for.",
        detection="One part answers 403, and the scope in the token answer does not hold what that part needs.",
        fix=(
            you("Add {scope_needed} to the scope field, separated by a space."),
            district("Grant {vendor_own} key the scope {scope_needed}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you("[[Leave the scope ({scope_sent}) out: Campus usually needs none.]]"),
                district(f"{CONNECTION}. Under Data to Share, turn on {{part}}, then Save."),
                ACTIVE_IN_CAMPUS,
                AWAIT,
            ),
            "aeries": (
                you(
                    "Add {scope_needed} to the scope field; for enrollments roster-core alone is not enough."
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
                you("Add {scope_needed} to the scope field; the one for demographics is separate."),
                district("Grant {vendor_own} key {scope_needed} in the ODS/API."),
                AWAIT,
            ),
            "blackbaud": (
                you("Add {scope_needed} to the scope field: Blackbaud requires a scope."),
                AGAIN,
            ),
        },
        source="RFC 6750 section 3.1, OneRoster 1.1 and 1.2 (A)",
    ),
)

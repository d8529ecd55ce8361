"""Causes in the people of a move: who is lost, who would take over somebody else's account, and who changed."""

from __future__ import annotations

from ..providers.campus import PEOPLE, USERS
from .migrate import BOTH_SOURCES, MAPPING, NOT_YET, WITH_A_WARNING, on_new
from .model import Cause, district, later, you
from .steps import AWAIT_COMPARE, CAMPUS, CAMPUS_HELP, COMPARE_AGAIN, SUPPORT, where_known

SECTION = "Moving to a new connection"

_APART = you(
    "Until it is known who is who, leave these accounts as they are: the mapping of the move does not have them.",
    line="Until it is known who is who, leave these accounts alone.",
)
_UPDATE = you(
    "Have your software take the new value with the move, and not close the account.",
    line="Take the new value with the move; do not close the account.",
)
_ROLES_OF_ONE = you(
    "Have your software take several roles of one user, and merge the accounts that are of one person.",
    line="Take several roles of one user, and merge such accounts.",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="migrate.duplicate-id",
        title="sourcedIds of several records",
        summary="More than one record has the same sourcedId, {count} times among {of} records"
        "[[ (for example, {examples_told})]].",
        why="Whoever moves by such an id takes one of the records, and loses the other.",
        because="By such a sourcedId, nobody can tell the records apart.",
        detection="On one of the sides, records of a collection have the same sourcedId and differ in what the "
        "comparison looks at. The same record on two pages is none of these.",
        fix=(
            SUPPORT,
            _APART,
            AWAIT_COMPARE,
        ),
        source=BOTH_SOURCES,
        verdict=NOT_YET,
    ),
    Cause(
        code="migrate.legacy-duplicate",
        title="Two new users for one old one",
        summary="Another new user has the same legacy id, for {count} of {of} users"
        "[[ (for example, {examples_told})]].",
        why="Both would get the old account. Usually one person was entered twice.",
        because="Usually one person was entered twice.",
        detection="Active users of the new side whose ic.legacySourcedId leads to the same old user. Several old "
        "records that lead to one new user are migrate.roles-merged.",
        fix=(
            district(
                "Check in the student information system whether the example users are one person.",
                reply="who is who",
                line="Check whether the example users are one person.",
            ),
            _APART,
            AWAIT_COMPARE,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"Open {PEOPLE} and check whether the example users are one person.",
                    reply="who is who",
                    line="Check under People whether the examples are one person.",
                ),
                _APART,
                AWAIT_COMPARE,
            )
        },
        source=CAMPUS_HELP,
        verdict=NOT_YET,
    ),
    Cause(
        code="migrate.id-collision",
        title="New sourcedIds that were somebody else's",
        summary="The new sourcedId was somebody else's in the old connection, for {count} of {of} users"
        "[[ (for example, {examples_told})]].",
        why="Software that looks accounts up by the sourcedId alone would give these users the accounts of others.",
        because="Accounts would be overwritten.",
        detection="The sourcedId of a new user is that of an old one, while the legacy id names another person, and "
        "the identifiers do not say that it is the same one.",
        fix=(
            you(
                "Have your software look accounts up by the mapping of the move, and never by the new sourcedId alone.",
                line="Look accounts up by the mapping, not by the new sourcedId.",
            ),
            you(
                "Change the ids of all accounts in one step, so that no account has its new id while another still has "
                "it as its old one.",
                line="Change the ids of all accounts in one step.",
            ),
            COMPARE_AGAIN,
        ),
        source=CAMPUS_HELP,
        verdict=NOT_YET,
    ),
    Cause(
        code="migrate.legacy-missing",
        title="New users that lead to no old one",
        summary="No legacy id, sourcedId, or identifier leads from {count} of {of} new users to an old one"
        "[[ (for example, {examples_told})]].",
        why="Such a user would get a second account, empty, beside the old one.",
        because="Without the legacy id, these users would get a second account.",
        detection="Active users of the new side without ic.legacySourcedId in their metadata that match by nothing "
        "else, while old users of the same school and role are missing. Without such old users it is "
        "migrate.users-new.",
        fix=(
            SUPPORT,
            later(
                you(
                    "Match these accounts by hand, together with the district.",
                )
            ),
            AWAIT_COMPARE,
        ),
        source=CAMPUS_HELP,
        verdict=NOT_YET,
    ),
    Cause(
        code="migrate.users-lost",
        title="Users that only the old connection has",
        summary="The new connection lacks {count} of the {of} users of the old one[[, {deleted} of them marked as "
        "deleted]][[; it has no {roles_gone} at all]][[ (for example, {examples_told})]].",
        why="Their accounts would be closed, or left without data. They are not shared any more, or not with the new "
        "connection.",
        because="They may have left, or may not be shared with the new connection.",
        detection="Active users of the old side that match no active one of the new side by the legacy id, the "
        "sourcedId, or the identifier. People of a school that is missing are counted in migrate.school-missing.",
        fix=(
            district(
                "Check in the student information system whether the example users are still active.",
                reply="what you find",
                line="Check whether the example users are still active.",
            ),
            where_known(
                "roles_gone",
                district(
                    "Share all roles with {vendor_own} new connection that the old one has.",
                    line="Share the same roles with the new connection.",
                ),
            ),
            AWAIT_COMPARE,
        ),
        fix_for={
            CAMPUS: (
                where_known(
                    "roles_gone",
                    on_new(
                        "compare what is shared with the settings of the old connection. Guardians also need Portal on "
                        "their relationship.",
                        line="Compare what is shared with the old connection.",
                    ),
                ),
                district(
                    f"Open {PEOPLE} and check whether the example users are still active in the current year.",
                    reply="what you find",
                    line="Check under People whether the examples are still active.",
                ),
                later(
                    district(
                        f"Open {USERS} and check whether the example users have an account that is enabled.",
                        line="Check under Users for an enabled account.",
                    )
                ),
                AWAIT_COMPARE,
            )
        },
        source=CAMPUS_HELP,
        verdict=NOT_YET,
    ),
    Cause(
        code="migrate.role-changed",
        title="Users with another role",
        summary="The role is another one in the new connection for {count} of {of} users"
        "[[ (for example, {examples_told})]].",
        why="With the role, what somebody may see changes on the switch day.",
        because="With the role, what somebody may see changes.",
        detection="Matched users whose old role is not among the new ones. Guardians, parents, and relatives count as "
        "one role, and so do administrators and aides.",
        fix=(
            district(
                "Check which role of the example users is right.",
                reply="the right roles",
                line="Check which role is right.",
            ),
            _UPDATE,
            AWAIT_COMPARE,
        ),
        source=BOTH_SOURCES,
        verdict=WITH_A_WARNING,
    ),
    Cause(
        code="migrate.school-changed",
        title="Users at another school",
        summary="The school is another one in the new connection for {count} of {of} users"
        "[[ (for example, {examples_told})]].",
        why="They would move to another school on the switch day.",
        because="They would move to another school.",
        detection="Matched users none of whose schools in the old side match one of the new side. Districts and other "
        "orgs that are no schools are not looked at.",
        fix=(
            district(
                "Check which school of the example users is right.",
                reply="the right schools",
                line="Check which school is right.",
            ),
            _UPDATE,
            AWAIT_COMPARE,
        ),
        source=BOTH_SOURCES,
        verdict=WITH_A_WARNING,
    ),
    Cause(
        code="migrate.roles-merged",
        title="Several old records in one new user",
        summary="Several old records, one for each role, become one for {count} of {of} new users"
        "[[ (for example, {examples_told})]].",
        why="OneRoster 1.1 has a record for each role of a person, and 1.2 one for the person. This is no duplicate.",
        because="OneRoster 1.2 has one record for a person with several roles.",
        detection="Several active users of the old side match the same new one.",
        fix=(
            _ROLES_OF_ONE,
            MAPPING,
            COMPARE_AGAIN,
        ),
        source=CAMPUS_HELP,
        verdict=WITH_A_WARNING,
        told_last=1,
    ),
    Cause(
        code="migrate.users-new",
        title="Users that only the new connection has",
        summary="Only the new connection has {count} of its {of} users[[ (for example, {examples_told})]].",
        why="OneRoster 1.1 shares only people with a user account, so there can be more in the new connection. "
        "They get new accounts with the move.",
        because="The old connection may share only people with a user account.",
        detection="Active users of the new side that match nobody of the old one in any way.",
        fix=(
            you("Have your software take them as new users."),
            COMPARE_AGAIN,
        ),
        source=CAMPUS_HELP,
        verdict=WITH_A_WARNING,
        told_last=2,
    ),
)

"""Causes that a trace finds in a user and in enrollments."""

from __future__ import annotations

from ..providers.campus import PEOPLE, USERS
from .model import Cause, district, you
from .steps import SCHOOLS_IN_CAMPUS, open_users
from .trace_steps import (
    AWAIT_TRACE,
    PROVIDER_CASE,
    TELL_WHO,
    TRACE_AGAIN,
    traced_cause,
)
from .trace_steps import SECTION as SECTION

_LOOK = district(
    "Look this person up in the student information system.",
    reply="what you find",
    line="Look this person up in the student information system.",
)
_SHARED = district(
    "Make sure that this person is shared with {vendor_own} connection.",
    line="Make sure that this person is shared.",
)
_ACTIVE_YEAR = district(
    f"Open {PEOPLE} and look at the person's enrollments: a student needs one in the active school year that is not "
    "marked No Show, and a teacher a District Assignment.",
    reply="what you find",
    line="In People, look for an enrollment in the active year.",
)
_CREATE = district(
    f"If there is no user account, create one in {USERS}, and enable it.",
    line="If there is no user account, create one and enable it.",
)
_ENABLE = district(
    f"Open {USERS}, search for this person, and enable the user account if it should be used.",
    line="In Users, enable the account if it should be used.",
)
_SCHOOL_SIS = district(
    "Make sure that the school is among those that are shared with {vendor}.",
    line="Make sure that the school is shared.",
)

CAUSES: tuple[Cause, ...] = (
    traced_cause(
        "trace.not-found",
        "No such record",
        "There is no {traced} with [[-that_we_have|this]][[?that_we_have|the]] sourcedId, identifier, or username"
        "[[ {that_we_have}]].",
        why="The id may be mistyped or of another district. Campus returns people of the active school year only, and "
        "with OneRoster 1.1 only those with an enabled user account.",
        because="The record may be of another school year, or of a school that is not shared.",
        detection="The record alone and the filters by sourcedId, identifier, and username bring nothing, although the "
        "same filters bring other records. Where enrollments name the person, it is trace.without-account.",
        campus=(
            you("Compare the id with the one in your own data."),
            TELL_WHO,
            _ACTIVE_YEAR,
            district(
                "If the record belongs to a school that is not shared, add that school to the connection.",
                line="If its school is not shared, add the school.",
            ),
            AWAIT_TRACE,
        ),
        fix=(you("Compare the id with the one in your own data."), TELL_WHO, _LOOK, _SHARED, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.without-account",
        "Enrolled, but not among the users",
        "[[?needs_account|OneRoster 1.1 shares only people with a user account; this {traced}]]"
        "[[-needs_account|This {traced}]] is [[named by {enrollments} enrollments and is ]]not among the users.",
        why="With OneRoster 1.1, Campus returns only people who have an enabled user account with a username. Their "
        "enrollments can still be there.",
        because="[[?needs_account|Without a user account, a person is not shared.]]",
        detection="Enrollments or results name a user who is neither there alone nor in the list of users.",
        campus=(
            TELL_WHO,
            open_users("this person"),
            _CREATE,
            district(
                f"If there is one, open {PEOPLE} and look for an enrollment or assignment in the active school year.",
                line="If there is one, look for an enrollment in the active year.",
            ),
            AWAIT_TRACE,
        ),
        fix=(TELL_WHO, _LOOK, _SHARED, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.several-users",
        "Several users match",
        "{users} users have this as their sourcedId, identifier, or username[[ (for example, {examples_told})]].",
        why="Software that finds people by an identifier may take the wrong one. With OneRoster 1.1, a person has one "
        "record for each role.",
        detection="What was typed is the sourcedId, identifier, or username of more than one user with the role.",
        fix=(
            you("Trace one of them by its sourcedId."),
            district(
                "Look up whether two people have the same identifier, and give one of them another.",
                line="Look up whether two people have the same identifier.",
            ),
            TRACE_AGAIN,
        ),
        standard=True,
    ),
    traced_cause(
        "trace.user-deleted",
        "Deleted user",
        "The user is there, but marked as deleted, so this {traced} is to be removed.",
        why="A record with the status tobedeleted tells software to remove it. Usually the person left, or lost the "
        "role in the active school year.",
        because="A deleted record tells our software to remove it.",
        detection="The user has the status tobedeleted.",
        campus=(TELL_WHO, _ACTIVE_YEAR, AWAIT_TRACE),
        fix=(TELL_WHO, _LOOK, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.user-disabled",
        "Disabled user",
        "The user is disabled (enabledUser is false), so this {traced} may not sign in.",
        why="The user account was switched off in the student information system. Most products leave disabled people "
        "out.",
        because="The user account is switched off.",
        detection="The user has enabledUser false and is not deleted.",
        campus=(TELL_WHO, _ENABLE, AWAIT_TRACE),
        fix=(TELL_WHO, district("Enable the user if it should be used."), AWAIT_TRACE),
    ),
    traced_cause(
        "trace.other-role",
        "Another role",
        "The user is not a {traced}[[: the record has the role {roles}]].",
        why="With OneRoster 1.1, a person has one record for each role, so another record may be the right one. With "
        "1.2, one record has all roles.",
        because="The record has another role than expected.",
        detection="Neither role nor roles of the user names the role that was asked for.",
        campus=(
            you("If another role is right, trace the person in that role."),
            TELL_WHO,
            district(
                "Make sure that the person has the right role in the active school year: a teacher needs a District "
                "Assignment as Teacher, a student an enrollment.",
                line="Make sure the person has the right role in the active year.",
            ),
            AWAIT_TRACE,
        ),
        fix=(you("If another role is right, trace the person in that role."), TELL_WHO, _LOOK, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.lists-differ",
        "Missing from the list of the role",
        "The user is among the users, but not in {path}, so software that reads {path} does not see this {traced}.",
        why="Both lists should have the same people of a role. Software reads either of them.",
        because="Two lists that should agree do not.",
        detection="The user has the role and is found in /users, but neither alone nor by a filter in the list of the "
        "role.",
        fix=(you("Have your software read /users in its place."), TELL_WHO, PROVIDER_CASE, AWAIT_TRACE),
        standard=True,
    ),
    traced_cause(
        "trace.stale",
        "An old copy in one list",
        "The record in {path} is of {older}, while the same record elsewhere is of {newer}.",
        why="A list that is served from an older copy shows changes late. Software that reads that list works with old "
        "data.",
        because="One list is served from an older copy.",
        detection="dateLastModified of one record differs by more than a day between /users and the list of its role.",
        fix=(
            you("Wait a day, in case the copy is renewed at night."),
            PROVIDER_CASE,
            AWAIT_TRACE,
        ),
        standard=True,
    ),
    traced_cause(
        "trace.no-school",
        "A user without a school",
        "The user names no school, so nobody can tell where this {traced} belongs.",
        why="Software puts people into schools by orgs in OneRoster 1.1 and by roles in 1.2.",
        because="Our software needs to know the school of each person.",
        detection="Neither orgs, nor roles, nor primaryOrg of the user names an org.",
        campus=(TELL_WHO, _ACTIVE_YEAR, AWAIT_TRACE),
        fix=(TELL_WHO, _LOOK, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.school-not-shared",
        "School not shared",
        "The school of {of_whom} is [[?is_deleted|marked as deleted]][[-is_deleted|not among those that are shared]]"
        "[[ ({record})]].",
        why="Connections can be limited to schools. Records may still name a school that is not shared.",
        because="A connection shares only the schools that were selected for it.",
        detection="The org that a user or a class names is neither there alone nor in the list of orgs, or is deleted.",
        campus=(SCHOOLS_IN_CAMPUS, AWAIT_TRACE),
        fix=(_SCHOOL_SIS, AWAIT_TRACE),
    ),
)

"""Causes in the records of classes, enrollments, and terms."""

from __future__ import annotations

from ..providers.campus import ROSTER, SECTIONS, STAFF_HISTORY, TERMS
from .data import LOOK_UP
from .model import Cause, district, you
from .steps import ACTIVE_YEAR_IN_CAMPUS, AWAIT, CAMPUS, CAMPUS_HELP, STANDARD, where_known

SECTION = "Data"

_BOTH = f"{STANDARD}; {CAMPUS_HELP}"
_AS_EMPTY = you(
    "Have your software leave empty classes out, or show them as empty.",
    line="Leave empty classes out, or show them as empty.",
)
_NO_TEACHER = you(
    "Have your software leave such classes out until they have a teacher.",
    line="Leave such classes out until they have a teacher.",
)
_UNSCHEDULED = you("Have your software treat such students as not scheduled yet.")
_DATES_OF_TERMS = you("Have your software use the dates of the class's terms instead.")
_MERGE = you("Have your software merge such enrollments into one.")
_BY_A_RULE = you(
    "Have your software accept several primary teachers, and always pick one by the same rule.",
    line="Accept several primary teachers, and always pick by one rule.",
)
_DATES_OF_YEAR = you(
    "Have your software use the dates of the school year where those of a term do not fit.",
    line="Use the school year's dates where those of a term do not fit.",
)
_LEAVE_OVER = you("Have your software leave out classes whose terms are over.")

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="data.class-without-students",
        title="Classes without students",
        summary="There are no students in {count} of {of} classes[[ (for example, {examples_told})]].",
        why="Before a term begins this can be normal. Otherwise students are not enrolled or not "
        "shared; Campus does not return No-Show enrollments.",
        because="Students may not be enrolled yet, or may not be shared.",
        detection="At full depth, no active enrollment with the role student names the class.",
        fix=(
            district(
                "Check in the student information system whether students are enrolled in the example classes.",
                line="Check whether students are enrolled in the example classes.",
            ),
            _AS_EMPTY,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"Open {ROSTER} for the example classes, and check whether there are students on the roster.",
                    line="Check the Roster of the example classes for students.",
                ),
                _AS_EMPTY,
                AWAIT,
            )
        },
        source=f"{STANDARD}; {CAMPUS_HELP}",
    ),
    Cause(
        code="data.class-without-teacher",
        title="Classes without a teacher",
        summary="There is no teacher in {count} of {of} classes[[ (for example, {examples_told})]].",
        why="Nobody is assigned, or the teacher is not shared. Most products need a teacher to open a class.",
        because="Most products need a teacher to open a class.",
        detection="At full depth, no active enrollment with the role teacher names the class.",
        fix=(
            district(
                "Assign a teacher to the example classes in the student information system.",
                line="Assign a teacher to the example classes.",
            ),
            _NO_TEACHER,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"Open {STAFF_HISTORY} for the example classes, and make sure that somebody has the role "
                    "Primary or Teacher.",
                    line="In Staff History, make sure somebody is Primary or Teacher.",
                ),
                where_known(
                    "needs_account",
                    district(
                        "Make sure that this person has a District Assignment in the active school year with the role "
                        "Teacher.",
                        line="Make sure this person has a District Assignment as Teacher.",
                    ),
                ),
                _NO_TEACHER,
                AWAIT,
            )
        },
        source=_BOTH,
    ),
    Cause(
        code="data.student-without-class",
        title="Students without a class",
        summary="There is no class for {count} of {of} students[[ (for example, {examples_told})]].",
        why="They are enrolled in a school but not yet in a class, or their classes are not shared.",
        because="They may not be scheduled yet, or their classes may not be shared.",
        detection="At full depth, no active enrollment names this student.",
        fix=(
            district(
                "Check the schedules of the example students in the student information system.",
                line="Check the schedules of the example students.",
            ),
            _UNSCHEDULED,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"Check whether the example students are on the roster of a class: {ROSTER}.",
                    line="Check whether the example students are on a class roster.",
                ),
                _UNSCHEDULED,
                AWAIT,
            )
        },
        source=_BOTH,
    ),
    Cause(
        code="data.enrollment-without-dates",
        title="Enrollments without dates",
        summary="{count} of {of} enrollments came without a begin date and an end date"
        "[[ (for example, {examples_told})]].",
        why="The dates are optional in the standard. Without them nobody can tell when a person joins or leaves.",
        because="Without dates, nobody can tell when a person joins or leaves.",
        detection="At full depth, neither beginDate nor endDate is filled in, while at least half of all enrollments "
        "have dates. Where hardly any enrollment has them, the district does not use them.",
        fix=(
            _DATES_OF_TERMS,
            LOOK_UP,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _DATES_OF_TERMS,
                district(
                    f"Look up the example enrollments and fill in their dates: those of students in {ROSTER}, those of "
                    f"teachers in {STAFF_HISTORY}.",
                    line="Fill in the missing dates in Roster or Staff History.",
                ),
                AWAIT,
            )
        },
        source=_BOTH,
    ),
    Cause(
        code="data.duplicate-enrollment",
        title="Repeated enrollments",
        summary="The same person is enrolled in the same class with the same role more than once, in {count} of "
        "{of} enrollments[[ (for example, {examples_told})]].",
        why="Usually somebody left and came back, and both records are active.",
        because="Usually somebody left and came back, and both records are active.",
        detection="At full depth, two active enrollments with different sourcedIds name the same user, class, and "
        "role. All but the first one are counted.",
        fix=(
            LOOK_UP,
            _MERGE,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(
                    "Look up the example enrollments and end those that are not needed: those of students in "
                    f"{ROSTER}, those of teachers in {STAFF_HISTORY}.",
                    line="End unneeded enrollments in Roster or Staff History.",
                ),
                _MERGE,
                AWAIT,
            )
        },
        source=_BOTH,
    ),
    Cause(
        code="data.several-primary-teachers",
        title="Classes with several primary teachers",
        summary="There is more than one primary teacher in {count} of {of} classes[[ (for example, {examples_told})]].",
        why="The standard expects one primary teacher per class. Software that shows one name may pick any of them.",
        because="The standard expects one primary teacher per class.",
        detection="At full depth, active enrollments of two or more teachers in the class say that they are primary.",
        fix=(
            district("Mark one teacher as primary in the example classes."),
            _BY_A_RULE,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"Open {STAFF_HISTORY} for the example classes, and leave one teacher with the role Primary.",
                    line="In Staff History, leave one teacher with the role Primary.",
                ),
                _BY_A_RULE,
                AWAIT,
            )
        },
        source=_BOTH,
    ),
    Cause(
        code="data.term-dates",
        title="Terms with wrong dates",
        summary="The dates are wrong for {count} of {of} school years and terms[[ (for example, {examples_told})]].",
        why="A term ends before it begins, or lies outside the school year that it belongs to.",
        because="A term has to begin before it ends, and lie within its school year.",
        detection="At full depth, a session ends on or before the day it begins, or begins before or ends after its "
        "parent.",
        fix=(
            district(
                "Correct the dates of these terms in the student information system.",
                line="Correct the dates of these terms.",
            ),
            _DATES_OF_YEAR,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                district(
                    f"Open {TERMS} and correct the dates of these terms.",
                    line="Correct the dates of these terms under Calendar > Terms.",
                ),
                _DATES_OF_YEAR,
                AWAIT,
            )
        },
        source=_BOTH,
    ),
    Cause(
        code="data.class-outside-term",
        title="Classes of past terms",
        summary="Every term is over for {count} of {of} classes[[ (for example, {examples_told})]].",
        why="Classes of a past year or term are still shared and not marked as deleted.",
        because="Classes of a past year or term are still shared.",
        detection="At full depth, every term that the class names is among the sessions and ended before today. A term "
        "that is not there is data.dangling-reference.",
        fix=(
            district(
                "Check the terms of the example classes in the student information system.",
                line="Check the terms of the example classes.",
            ),
            _LEAVE_OVER,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                ACTIVE_YEAR_IN_CAMPUS,
                district(
                    f"Open {TERMS} and check the dates of the terms.",
                    line="Check the dates of the terms under Calendar > Terms.",
                ),
                district(
                    f"Open {SECTIONS} and check the terms of the example classes.",
                    line="Check the terms of the example classes under Section.",
                ),
                _LEAVE_OVER,
                AWAIT,
            )
        },
        source=_BOTH,
    ),
)

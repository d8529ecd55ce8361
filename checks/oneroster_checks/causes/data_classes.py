"""Causes in the records of classes, enrollments, and terms, and in single values."""

from __future__ import annotations

from .data import CASE, LOOK_UP
from .model import Cause, district, you
from .steps import AWAIT, CAMPUS_HELP, STANDARD

SECTION = "Data"

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="data.class-without-students",
        title="Classes without students",
        summary="There are no students in {count} of {of} classes[[ (for example {examples_told})]].",
        why="Before a term begins this can be normal. Otherwise students are not enrolled or not "
        "shared; Campus does not return No-Show enrollments.",
        detection="At full depth, no active enrollment with the role student names the class.",
        fix=(
            district(
                "Check in the student information system whether students are enrolled in the example classes."
            ),
            you("Leave empty classes out, or show them as empty."),
            AWAIT,
        ),
        source=f"{STANDARD}; {CAMPUS_HELP}",
    ),
    Cause(
        code="data.class-without-teacher",
        title="Classes without a teacher",
        summary="There is no teacher in {count} of {of} classes[[ (for example {examples_told})]].",
        why="Nobody is assigned, or the teacher is not shared. Most products need a teacher to open a class.",
        detection="At full depth, no active enrollment with the role teacher names the class.",
        fix=(
            district("Assign a teacher to the example classes in the student information system."),
            you("Leave such classes out until they have a teacher."),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.student-without-class",
        title="Students without a class",
        summary="There is no class for {count} of {of} students[[ (for example {examples_told})]].",
        why="They are enrolled in a school but not yet in a class, or their classes are not shared.",
        detection="At full depth, no active enrollment names this student.",
        fix=(
            district("Check the schedules of the example students in the student information system."),
            you("Treat such students as not yet scheduled."),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.enrollment-without-dates",
        title="Enrollments without dates",
        summary="There is neither a begin date nor an end date in {count} of {of} enrollments"
        "[[ (for example {examples_told})]].",
        why="The dates are optional in the standard. Without them nobody can tell when a person joins or leaves.",
        detection="At full depth, neither beginDate nor endDate is filled in, while at least half of all enrollments "
        "have dates. Where hardly any enrollment has them, the district does not use them.",
        fix=(
            you("Use the dates of the class's terms instead."),
            LOOK_UP,
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.duplicate-enrollment",
        title="Repeated enrollments",
        summary="Of {of} enrollments, {count} repeat the person, class, and role of another one"
        "[[ (for example {examples_told})]].",
        why="Usually somebody left and came back, and both records are active.",
        detection="At full depth, two active enrollments with different sourcedIds name the same user, class, and "
        "role. All but the first one are counted.",
        fix=(
            LOOK_UP,
            you("Merge such enrollments into one."),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.several-primary-teachers",
        title="Classes with several primary teachers",
        summary="There is more than one primary teacher in {count} of {of} classes[[ (for example {examples_told})]].",
        why="The standard means one primary teacher a class. Software that shows one name picks any of them.",
        detection="At full depth, active enrollments of two or more teachers in the class say that they are primary.",
        fix=(
            district("Mark one teacher as primary in the example classes."),
            you("Accept several primary teachers, and choose by a rule that stays the same."),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.term-dates",
        title="Terms with wrong dates",
        summary="The dates do not fit in {count} of {of} school years and terms[[ (for example {examples_told})]].",
        why="A term ends before it begins, or lies outside the school year that it belongs to.",
        detection="At full depth, a session ends on or before the day it begins, or begins before or ends after its "
        "parent.",
        fix=(
            district("Correct the dates of these terms in the student information system."),
            you("Use the dates of the school year where those of a term do not fit."),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.class-outside-term",
        title="Classes of past terms",
        summary="All terms of {count} of {of} classes are over[[ (for example {examples_told})]].",
        why="Classes of a past year or term are still shared and not marked as deleted.",
        detection="At full depth, every term that the class names is among the sessions and ended before today. A term "
        "that is not there is data.dangling-reference.",
        fix=(
            district("Check the terms of the example classes in the student information system."),
            you("Leave out classes whose terms are over."),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.unknown-vocabulary",
        title="Values outside the standard's vocabulary",
        summary="In {count} of {of} records, a word is not one that the standard allows[[: {kinds}]]"
        "[[ (for example, see {examples_told})]].",
        why="Fields such as role or type allow certain words only; OneRoster 1.2 allows further ones that "
        "begin with ext: in some of them.",
        detection="At full depth, a role, class type, session type, org type, gender, or grade is not in the list of "
        "the standard and does not begin with ext:. Single digits are accepted as grades.",
        fix=(
            you("Have your software map or skip the words that it does not know."),
            district("Look up where these words come from in the student information system."),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.org-cycle",
        title="Orgs that contain themselves",
        summary="The chain of parents leads back to the org itself in {count} of {of} orgs"
        "[[ (for example {examples_told})]].",
        why="Schools and districts form a tree. Software that climbs a circle never ends.",
        detection="At full depth, following the parents of an org leads back to it.",
        fix=(
            LOOK_UP,
            you("Stop climbing when an org comes up a second time."),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="data.timestamps",
        title="Wrong last-modified dates",
        summary="The dateLastModified of {count} of {of} records is missing, in the future, or in another form"
        "[[: {kinds}]][[ (for example, see {examples_told})]].",
        why="Software that reads only what changed relies on this time and misses such records.",
        detection="At full depth, dateLastModified is not a date and time with its offset from UTC, or is more than a "
        "day ahead of this computer's clock.",
        fix=(
            you("Do a full read regularly, not only reads by dateLastModified."),
            CASE,
            AWAIT,
        ),
        source=STANDARD,
    ),
)

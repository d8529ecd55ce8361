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
        detection="No active enrollment with the role student names the class.",
        fix=(
            district(
                "Check in the student information system whether students are enrolled in the example classes."
            ),
            you("Leave empty classes out, or show them as empty."),
            AWAIT,
        ),
        source=f"{STANDARD}; {CAMPUS_HELP}",
        checked=False,
    ),
    Cause(
        code="data.class-without-teacher",
        title="Classes without a teacher",
        summary="There is no teacher in {count} of {of} classes[[ (for example {examples_told})]].",
        why="Nobody is assigned, or the teacher is not shared. Most products need a teacher to open a class.",
        detection="No active enrollment with the role teacher names the class.",
        fix=(
            district("Assign a teacher to the example classes in the student information system."),
            you("Leave such classes out until they have a teacher."),
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.student-without-class",
        title="Students without a class",
        summary="There is no class for {count} of {of} students[[ (for example {examples_told})]].",
        why="They are enrolled in a school but not yet in a class, or their classes are not shared.",
        detection="No active enrollment with the role student names this user.",
        fix=(
            district("Check the schedules of the example students in the student information system."),
            you("Treat such students as not yet scheduled."),
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.enrollment-without-dates",
        title="Enrollments without dates",
        summary="There is no begin or end date in {count} of {of} enrollments[[ (for example {examples_told})]].",
        why="The dates are optional in the standard. Without them nobody can tell when a person joins or leaves.",
        detection="beginDate or endDate is absent or empty.",
        fix=(
            you("Use the dates of the class's terms instead."),
            LOOK_UP,
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.duplicate-enrollment",
        title="Repeated enrollments",
        summary="The same person, class, and role come up again in {count} of {of} enrollments"
        "[[ (for example {examples_told})]].",
        why="Usually somebody left and came back, and both records are active.",
        detection="Two active enrollments name the same user, class, and role under different sourcedIds.",
        fix=(
            LOOK_UP,
            you("Merge such enrollments into one."),
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.several-primary-teachers",
        title="Classes with several primary teachers",
        summary="There is more than one primary teacher in {count} of {of} classes[[ (for example {examples_told})]].",
        why="The standard means one primary teacher a class. Software that shows one name picks any of them.",
        detection="More than one active teacher enrollment of the class says that it is primary.",
        fix=(
            district("Mark one teacher as primary in the example classes."),
            you("Accept several primary teachers, and choose by a rule that stays the same."),
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.term-dates",
        title="Terms with wrong dates",
        summary="The dates do not fit in {count} of {of} school years and terms[[ (for example {examples_told})]].",
        why="A term ends before it begins, or lies outside the school year that it belongs to.",
        detection="Start and end contradict each other or those of the parent.",
        fix=(
            district("Correct the dates of these terms in the student information system."),
            you("Use the dates of the school year where those of a term do not fit."),
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.class-outside-term",
        title="Classes outside any current term",
        summary="There is no term that is shared and current for {count} of {of} classes"
        "[[ (for example {examples_told})]].",
        why="Classes of a past or a coming year are in the list, or their term is not shared.",
        detection="None of the terms that the class names contains today or is in the list of sessions.",
        fix=(
            district("Check the terms of the example classes in the student information system."),
            you("Leave out classes whose terms do not contain today."),
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.unknown-vocabulary",
        title="Values outside the standard's vocabulary",
        summary="For {count} of {of} values, the word is not one that the standard allows"
        "[[ (for example {examples_told})]].",
        why="Fields such as role or type allow certain words only; OneRoster 1.2 allows further ones that "
        "begin with ext: in some of them.",
        detection="A field with a fixed vocabulary has another word, in records that are otherwise well formed.",
        fix=(
            you("Have your software map or skip the words that it does not know."),
            district("Look up where these words come from in the student information system."),
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.org-cycle",
        title="Orgs that contain themselves",
        summary="The chain of parents leads back to the org itself in {count} of {of} orgs"
        "[[ (for example {examples_told})]].",
        why="Schools and districts form a tree. Software that climbs a circle never ends.",
        detection="Following the parents of an org leads back to it.",
        fix=(
            LOOK_UP,
            you("Stop climbing when an org comes up a second time."),
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
    Cause(
        code="data.timestamps",
        title="Wrong last-modified dates",
        summary="The dateLastModified of {count} of {of} records is missing, in the future, or in another form"
        "[[ (for example {examples_told})]].",
        why="Software that reads only what changed relies on this time and misses such records.",
        detection="dateLastModified cannot be read as a time in UTC, or lies ahead of the server's clock.",
        fix=(
            you("Do a full read regularly, not only reads by dateLastModified."),
            CASE,
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
)

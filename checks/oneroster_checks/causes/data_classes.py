"""Causes in the records of classes, enrollments and terms, and in single values."""

from __future__ import annotations

from .data import LOOK_UP, data_cause
from .model import Cause, district, you

CAUSES: tuple[Cause, ...] = (
    data_cause(
        "data.class-without-students",
        "Classes without students",
        "For AMOUNT classes, there is no student",
        "Before a term begins this can be as it should be. Otherwise students are not enrolled or not "
        "shared; Campus does not return No-Show enrollments.",
        "No active enrollment with the role student names the class.",
        district(
            "Check in the student information system whether students are enrolled in the example classes."
        ),
        you("Leave empty classes out, or show them as empty."),
        source="OneRoster 1.1 and 1.2 (A), Infinite Campus help (A)",
    ),
    data_cause(
        "data.class-without-teacher",
        "Classes without a teacher",
        "For AMOUNT classes, there is no teacher",
        "Nobody is assigned, or the teacher is not shared. Most products need a teacher to open a class.",
        "No active enrollment with the role teacher names the class.",
        district("Assign a teacher to the example classes in the student information system."),
        you("Leave such classes out until they have a teacher."),
    ),
    data_cause(
        "data.student-without-class",
        "Students without a class",
        "For AMOUNT students, there is no class",
        "They are enrolled in a school and not yet in a class, or their classes are not shared.",
        "No active enrollment with the role student names this user.",
        district("Check the schedules of the example students in the student information system."),
        you("Treat such students as not yet scheduled."),
    ),
    data_cause(
        "data.enrollment-without-dates",
        "Enrollments without dates",
        "For AMOUNT enrollments, begin or end date is missing",
        "The dates are optional in the standard. Without them nobody can tell when somebody joins or leaves.",
        "beginDate or endDate is absent or empty.",
        you("Use the dates of the class's terms instead."),
        LOOK_UP,
    ),
    data_cause(
        "data.duplicate-enrollment",
        "The same enrollment twice",
        "For AMOUNT enrollments, the same person is in the same class with the same role once more",
        "Usually somebody left and came back, and both records are active.",
        "Two active enrollments name the same user, class and role under different sourcedIds.",
        LOOK_UP,
        you("Join such enrollments into one."),
    ),
    data_cause(
        "data.several-primary-teachers",
        "Classes with several primary teachers",
        "For AMOUNT classes, more than one teacher is marked as primary",
        "The standard means one primary teacher a class. Software that shows one name picks any of them.",
        "More than one active teacher enrollment of the class says that it is primary.",
        district("Mark one teacher as primary in the example classes."),
        you("Accept several primary teachers, and choose by a rule that stays the same."),
    ),
    data_cause(
        "data.term-dates",
        "Terms with wrong dates",
        "For AMOUNT school years and terms, the dates do not fit",
        "A term ends before it begins, or lies outside the school year that it belongs to.",
        "Start and end contradict each other or those of the parent.",
        district("Correct the dates of these terms in the student information system."),
        you("Take the dates of the school year where those of a term do not fit."),
    ),
    data_cause(
        "data.class-outside-term",
        "Classes outside of any current term",
        "For AMOUNT classes, the term is not one of those that are shared or current",
        "Classes of a past or a coming year are in the list, or their term is not shared.",
        "None of the terms that the class names contains today or is in the list of sessions.",
        district("Check the terms of the example classes in the student information system."),
        you("Leave out classes whose terms do not contain today."),
    ),
    data_cause(
        "data.unknown-vocabulary",
        "Words that the standard does not have",
        "For AMOUNT values, the word is not one that the standard allows",
        "Fields such as role or type allow certain words only; OneRoster 1.2 allows further ones that "
        "begin with ext: in some of them.",
        "A field with a fixed vocabulary holds another word, in records that are otherwise well formed.",
        you("Have your software map or skip the words that it does not know."),
        district("Check where these words come from in the student information system."),
    ),
    data_cause(
        "data.org-cycle",
        "Orgs that contain themselves",
        "For AMOUNT orgs, the chain of parents leads back to the org itself",
        "Schools and districts form a tree. A circle makes software that climbs it run for ever.",
        "Following the parents of an org leads back to it.",
        LOOK_UP,
        you("Stop climbing when an org comes up a second time."),
    ),
    data_cause(
        "data.timestamps",
        "Odd times of last change",
        "For AMOUNT records, dateLastModified is missing, in the future or not in the standard's form",
        "Software that reads only what changed relies on this time and misses such records.",
        "dateLastModified cannot be read as a time in UTC, or lies ahead of the server's clock.",
        you("Do a full read regularly, not only reads by dateLastModified."),
        district("Open a support case with the provider, with the examples."),
    ),
)

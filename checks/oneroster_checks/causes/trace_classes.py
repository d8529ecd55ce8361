"""Causes that a trace finds in a class, its course and its terms."""

from __future__ import annotations

from ..providers.campus import COURSES, ROSTER, SCHOOL_YEARS, SECTIONS, STAFF_HISTORY, TERMS
from .model import Cause, district, you
from .trace_steps import AWAIT_TRACE, TELL_WHICH, traced_cause
from .trace_steps import SECTION as SECTION

_SECTION_CAMPUS = district(
    f"Open {SECTIONS} and look for the class: only sections of the active school year are shared.",
    reply="what you find",
    line="In Section, look for the class in the active school year.",
)
_CLASS_SIS = district("Look the class up in the student information system.", reply="what you find")
_TERMS_CAMPUS = district(
    f"Open {TERMS} and compare the terms with those of the section.",
    line="In Terms, compare the terms with those of the section.",
)
_TERMS_SIS = district("Check the terms of the class and their dates.")
_COURSE_CAMPUS = district(
    f"Open {COURSES} and make sure that the course of the section is there and active.",
    line="In Courses, make sure the section's course is active.",
)

CAUSES: tuple[Cause, ...] = (
    traced_cause(
        "trace.class-not-found",
        "No such class",
        "There is no class with [[-that_we_have|this]][[?that_we_have|the]] sourcedId[[ {that_we_have}]].",
        why="The sourcedId may be mistyped or of another district. Classes of another school year, or of a school that "
        "is not shared, are not returned.",
        because="The class may be of another school year, or of a school that is not shared.",
        detection="The class that was asked for is neither there alone nor brought by a filter that brings others.",
        campus=(
            you("Compare the sourcedId with the one in your own data."),
            TELL_WHICH,
            _SECTION_CAMPUS,
            AWAIT_TRACE,
        ),
        fix=(
            you("Compare the sourcedId with the one in your own data."),
            TELL_WHICH,
            _CLASS_SIS,
            AWAIT_TRACE,
        ),
    ),
    traced_cause(
        "trace.class-not-returned",
        "Class not returned",
        "[[?record|An enrollment names a class ({record}) that is not returned]]"
        "[[-record|An enrollment names no class]].",
        why="The class may belong to a school that is not shared or to another school year, or it was deleted.",
        because="The class may belong to a school or year that is not shared.",
        detection="The class that an enrollment names is neither there alone nor in the list of classes.",
        campus=(TELL_WHICH, _SECTION_CAMPUS, AWAIT_TRACE),
        fix=(TELL_WHICH, _CLASS_SIS, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.class-deleted",
        "Deleted class",
        "The class[[ ({record})]] is marked as deleted.",
        why="A class with the status tobedeleted was removed in the student information system, and software removes "
        "it.",
        because="A deleted class tells our software to remove it.",
        detection="The class has the status tobedeleted.",
        campus=(TELL_WHICH, _SECTION_CAMPUS, AWAIT_TRACE),
        fix=(TELL_WHICH, _CLASS_SIS, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.class-other-year",
        "Class of another school year",
        "The class belongs to the school year that ends in {year}, while the current one ends in {current}.",
        why="Campus shares the active school year only. A class of another year is over, or was copied without new "
        "terms.",
        because="Only classes of the current school year count.",
        detection="All terms of the class are over, and their schoolYear is none of those of the sessions that contain "
        "today.",
        campus=(
            TELL_WHICH,
            district(
                f"Open {SCHOOL_YEARS} and make sure that the current year is marked active.",
                line="In School Years, make sure the current year is active.",
            ),
            _TERMS_CAMPUS,
            AWAIT_TRACE,
        ),
        fix=(TELL_WHICH, _TERMS_SIS, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.class-without-term",
        "Class without a term",
        "The class[[ ({record})]] names no term, so nobody can tell when it runs.",
        why="Every class belongs to at least one term. Software leaves out classes without one, or shows them always.",
        because="Without a term, nobody can tell when a class runs.",
        detection="terms of the class is empty or missing.",
        campus=(
            TELL_WHICH,
            district(
                f"Open {SECTIONS} and place the section in the terms of its schedule.",
                line="In Section, place the section in the terms of its schedule.",
            ),
            AWAIT_TRACE,
        ),
        fix=(TELL_WHICH, _TERMS_SIS, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.term-missing",
        "Term not returned",
        "The class[[ ({of_record})]] names a term[[ ({record})]] that is "
        "[[-is_deleted|not returned]][[?is_deleted|marked as deleted]].",
        why="Without the term, nobody can tell when the class runs.",
        because="Without its term, nobody can tell when the class runs.",
        detection="The academic session that a class names is neither there alone nor in the list, or is deleted.",
        campus=(TELL_WHICH, _TERMS_CAMPUS, AWAIT_TRACE),
        fix=(TELL_WHICH, _TERMS_SIS, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.term-over",
        "Term over",
        "The last term of the class ended on {day}, so the class is over.",
        why="Software shows a class while one of its terms runs. Classes of one semester are over when it ends.",
        because="After its last term, a class is over.",
        detection="Every term of the class ended before today, and no later school year contains today.",
        campus=(TELL_WHICH, _TERMS_CAMPUS, AWAIT_TRACE),
        fix=(TELL_WHICH, _TERMS_SIS, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.term-not-begun",
        "Term not begun",
        "The first term of the class begins on {day}.",
        why="Software shows a class while one of its terms runs.",
        because="Before its first term, a class has not begun.",
        detection="Every term of the class begins after today.",
        campus=(you("Wait for that day if it is right."), TELL_WHICH, _TERMS_CAMPUS, AWAIT_TRACE),
        fix=(you("Wait for that day if it is right."), TELL_WHICH, _TERMS_SIS, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.course-missing",
        "Course missing",
        "[[?is_deleted|The course of the class is marked as deleted]]"
        "[[-is_deleted|The class names no course that is returned]][[ ({record})]].",
        why="Software that groups classes by course cannot place the class.",
        because="Our software places classes by their course.",
        detection="course of the class is empty, or that course is neither there alone nor in the list, or is deleted.",
        campus=(TELL_WHICH, _COURSE_CAMPUS, AWAIT_TRACE),
        fix=(TELL_WHICH, district("Check the course of the class."), AWAIT_TRACE),
    ),
    traced_cause(
        "trace.class-without-students",
        "No student in the class",
        "No student is enrolled in the class today[[; {ended} enrollments of students are over or deleted, or have not "
        "begun]].",
        why="Before a term begins this can be normal. Otherwise nobody is on the roster, or students are not shared.",
        because="Nobody may be on the roster yet.",
        detection="No enrollment with the role student names the class, is not deleted, and counts today.",
        campus=(
            TELL_WHICH,
            district(
                f"Open {ROSTER} and check whether there are students on the roster.",
                line="In Roster, check whether there are students.",
            ),
            AWAIT_TRACE,
        ),
        fix=(TELL_WHICH, district("Check whether students are in the class."), AWAIT_TRACE),
    ),
    traced_cause(
        "trace.class-without-teacher",
        "No teacher in the class",
        "No teacher is enrolled in the class today[[; {ended} enrollments of teachers are over or deleted, or have not "
        "begun]].",
        why="Most products need a teacher to open a class.",
        because="Our software may need a teacher to open a class.",
        detection="No enrollment with the role teacher names the class, is not deleted, and counts today.",
        campus=(
            TELL_WHICH,
            district(
                f"Open {STAFF_HISTORY} and make sure that somebody has the role Primary or Teacher.",
                line="In Staff History, make sure somebody is Primary or Teacher.",
            ),
            AWAIT_TRACE,
        ),
        fix=(TELL_WHICH, district("Assign a teacher to the class."), AWAIT_TRACE),
    ),
)

"""The screens of Infinite Campus: what the district looks at on the screen of a connection, as it is called there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..points import Point

# The parts of the data as the switches are called, under Data to Share.
SWITCHES: Mapping[str, str] = {
    "rostering": "Rostering",
    "demographics": "Demographics",
    "gradebook": "Grade Book",
    "assessments": "Assessments",
    "resources": "Resources",
}
_GRADE_BOOK = f"Edit > Data to Share > {SWITCHES['gradebook']}"
# Where a point is seen, behind the click path to the screen.
PLACES: Mapping[Point, str] = {
    Point.CONNECTION_ACTIVE: "Edit > Status: Active",
    Point.CONNECTION_ENABLED: "Edit > Status: Enabled, then Save",
    Point.SCHOOLS_CHOSEN: "Edit > the list of schools",
    Point.SUPPORTED_CONNECTION: "the tile with the green check, not “Connect to Other Applications”",
    Point.GRADEBOOK_ENABLED: _GRADE_BOOK,
    Point.ROSTER_ONLY_CREDENTIALS: _GRADE_BOOK,
    Point.DATA_TO_SHARE: "Edit > Data to Share",
}
# The screens on which records are kept.
SCHOOL_YEARS = "System Administration > Calendar > School Years"
TERMS = "System Administration > Calendar > Calendar > Terms"
USERS = "System Administration > User Security > Users"
PEOPLE = "Census > People"
COURSES = "Scheduling > Courses"
SECTIONS = "Scheduling > Course > Section"
ROSTER = f"{SECTIONS} > Roster"
STAFF_HISTORY = f"{SECTIONS} > Staff History"
GRADING_TASKS = f"{COURSES} > Grading Tasks"

_SESSIONS = ("terms", TERMS)
_SCHOOLS = ("schools", "the list of schools of the connection")
_PERSONS = ("people", PEOPLE)
# What a reference leads to, and the screen for that, by the field that refers, or by the record and the field.
_LEADS_TO: Mapping[str, tuple[str, str]] = {
    "user": _PERSONS, "student": _PERSONS, "agents": _PERSONS,
    "class": ("classes", SECTIONS), "course": ("courses", COURSES), "lineItem": ("line items", GRADING_TASKS),
    "terms": _SESSIONS, "academicSession.parent": _SESSIONS, "academicSession.children": _SESSIONS,
    "schoolYear": ("school years", SCHOOL_YEARS),
    "school": _SCHOOLS, "org": _SCHOOLS, "orgs": _SCHOOLS, "primaryOrg": _SCHOOLS, "org.parent": _SCHOOLS,
    "org.children": _SCHOOLS,
}  # fmt: skip


def screens_of(kinds: Iterable[str]) -> Mapping[str, str]:
    """The screens for the records that references of these kinds lead to, such as `enrollment.user`, by what they are.

    A kind whose records nothing is known of is left out.
    """
    found = (_LEADS_TO.get(kind) or _LEADS_TO.get(kind.rpartition(".")[2]) for kind in kinds)
    return dict(each for each in found if each)

"""The records of rostering and resources, in the form of each OneRoster version."""

from __future__ import annotations

from collections.abc import Sequence

from oneroster_checks.connection import OneRosterVersion

from .form import Columns, Each, Form, Record
from .people import Role
from .people_records import UserRecords, demographics_form, grade_of
from .references import Number, References, base
from .school_year import SchoolYear
from .shape import COHORT, ENROLLED, Shape
from .site import Site

_SUBJECTS = (
    ("Mathematics", "MAT"),
    ("Reading and Writing", "ELA"),
    ("Science", "SCI"),
    ("History", "HIS"),
    ("Music", "MUS"),
    ("Drawing", "ART"),
    ("Geography", "GEO"),
    ("Health", "HEA"),
    ("Computing", "CMP"),
    ("Woodwork", "WOO"),
    ("Spanish", "SPA"),
)
_SCHOOL_NAMES = ("Nowhere Hill", "Paper Lake", "Castle in the Air", "Cloud Nine")
_GRADES = ("09", "10", "11", "12")
_RESOURCE_ROLES = ("student", "teacher")


class Records:
    """The sources of all records but those of the grade book, each by its index."""

    def __init__(self, version: OneRosterVersion, shape: Shape, year: SchoolYear, site: Site):
        self.version: OneRosterVersion = version
        self.shape = shape
        self.year = year
        self.refer = References(version, site)
        self.orgs = Each(self._org)
        self.sessions = Each(self._session)
        self.courses = Form(self._course_columns, self._course)
        self.classes = Form(self._class_columns, self._class)
        self.enrollments = Form(self._enrollment_columns, self._enrollment)
        self.users = UserRecords(shape, year, self.refer, old=version == "1.1")
        self.demographics = demographics_form(year, self.refer)
        self.resources = Form(self._resource_columns, self._resource)

    def modified(self, indices: Sequence[int]) -> list[str]:
        """When the records at some indices were changed last."""
        times = self.year.modified
        return [times[index % len(times)] for index in indices]

    def _org(self, position: int) -> Record:
        record = base(f"org-{position + 1}", self.modified((position,))[0])
        if position == 0:
            record |= {"name": "Practice District", "type": "district", "identifier": "0000"}
            # A thousand children would make every list of orgs long; each school names its parent instead.
            first = range(1, min(self.shape.size.schools, 100) + 1)
            return record | {"children": [self.refer.org(school + 1) for school in first]}
        name = _SCHOOL_NAMES[(position - 1) % len(_SCHOOL_NAMES)]
        record |= {"name": f"{name} School {position}", "type": "school", "identifier": f"{position:04}"}
        return record | {"parent": self.refer.org(1)}

    def _session(self, position: int) -> Record:
        session = self.year.sessions[position]
        record = base(f"session-{position + 1}", self.modified((position,))[0]) | {
            "title": session.title,
            "startDate": session.begins.isoformat(),
            "endDate": session.ends.isoformat(),
            "type": session.kind,
            "schoolYear": str(session.year),
        }
        if session.parent is not None:
            record["parent"] = self.refer.session(session.parent + 1)
        if session.children:
            record["children"] = [self.refer.session(child + 1) for child in session.children]
        return record

    # A course: one subject at one school.

    def _course_columns(self, indices: Sequence[int]) -> Columns:
        subjects = self.shape.size.subjects
        return (
            [index + 1 for index in indices],
            self.modified(indices),
            *self._subjects(indices),
            [f"{index // subjects + 1:04}" for index in indices],
            [index // subjects + 2 for index in indices],
        )

    def _subjects(self, indices: Sequence[int]) -> tuple[list[str], list[str]]:
        """The titles and the codes of the subjects of courses or classes."""
        some = [_SUBJECTS[index % self.shape.size.subjects] for index in indices]
        return [title for title, _ in some], [code for _, code in some]

    def _course(
        self, number: Number, modified: Number, title: str, code: str, at: str, school: Number
    ) -> Record:
        return base(f"course-{number}", modified) | {
            "title": title,
            "schoolYear": self.refer.session(1),
            "courseCode": f"{code}{at}",
            "grades": list(_GRADES),
            "subjects": [title],
            "org": self.refer.org(school),
            "subjectCodes": [code],
            "resources": [self.refer.resource(number)],
        }

    # A class: one course for one cohort, all year.

    def _class_columns(self, indices: Sequence[int]) -> Columns:
        shape = self.shape
        subjects = shape.size.subjects
        return (
            [index + 1 for index in indices],
            self.modified(indices),
            *self._subjects(indices),
            [index // subjects + 1 for index in indices],
            [index % 90 + 101 for index in indices],
            [grade_of(shape, index // subjects) for index in indices],
            [shape.course_of_class(index) + 1 for index in indices],
            [index // shape.classes_each + 2 for index in indices],
            [index % subjects + 1 for index in indices],
        )

    def _class(
        self,
        number: Number,
        modified: Number,
        title: str,
        code: str,
        cohort: Number,
        room: Number,
        grade: str,
        course: Number,
        school: Number,
        period: Number,
    ) -> Record:
        return base(f"class-{number}", modified) | {
            "title": f"{title}, group {cohort}",
            "classCode": f"{code}-{cohort}",
            "classType": "scheduled",
            "location": f"Room {room}",
            "grades": [grade],
            "subjects": [title],
            "course": self.refer.course(course),
            "school": self.refer.org(school),
            "terms": [self.refer.session(position + 1) for position in self.year.terms],
            "subjectCodes": [code],
            "periods": [f"{period}"],
            "resources": [self.refer.resource(course)],
        }

    # The enrollments of a class: its teacher, then its students.

    def _enrollment_columns(self, indices: Sequence[int]) -> Columns:
        subjects, each, teachers = self.shape.size.subjects, self.shape.classes_each, self.shape.size.teachers
        student, teacher = (
            (self.refer.prefix(role), role.first_number) for role in (Role.STUDENT, Role.TEACHER)
        )
        classes = [index // ENROLLED for index in indices]
        slots = [index % ENROLLED for index in indices]
        # Written out, not asked of the shape: most records of a district are enrollments.
        people = [
            f"{student[0]}{student[1] + of // subjects * COHORT + slot - 1}"
            if slot
            else f"{teacher[0]}{teacher[1] + of // each * teachers + of % each % teachers}"
            for of, slot in zip(classes, slots, strict=True)
        ]
        return (
            [index + 1 for index in indices],
            self.modified(indices),
            people,
            [of + 1 for of in classes],
            [of // each + 2 for of in classes],
            ["student" if slot else "teacher" for slot in slots],
            ["false" if slot else "true" for slot in slots],
        )

    def _enrollment(
        self,
        number: Number,
        modified: Number,
        who: str,
        school_class: Number,
        school: Number,
        role: str,
        primary: str,
    ) -> Record:
        return base(f"enrollment-{number}", modified) | {
            "user": self.refer.user(who),
            "class": self.refer.school_class(school_class),
            "school": self.refer.org(school),
            "role": role,
            "primary": primary,
            "beginDate": self.year.begins,
            "endDate": self.year.ends,
        }

    # The one resource of a course.

    def _resource_columns(self, indices: Sequence[int]) -> Columns:
        return [index + 1 for index in indices], self.modified(indices), self._subjects(indices)[0]

    def _resource(self, number: Number, modified: Number, title: str) -> Record:
        return base(f"resource-{number}", modified) | {
            "title": f"Workbook: {title}",
            "roles": list(_RESOURCE_ROLES),
            "importance": "primary",
            "vendorResourceId": f"workbook-{number}",
            "vendorId": "practice-vendor",
        }

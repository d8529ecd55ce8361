"""The records of rostering and resources, in the form of each OneRoster version."""

from __future__ import annotations

from oneroster_checks.connection import OneRosterVersion

from .lazy_list import Record
from .people import Role, person
from .school_year import SchoolYear
from .site import Site
from .sizes import Size

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
_ROLES_1P2 = {Role.ADMINISTRATOR: "siteAdministrator"}
_RESOURCE_ROLES = ["student", "teacher"]
# Students who take every class together; a class has this many students and one teacher.
COHORT = 20


class Records:
    """Makes the record of an entity from its index."""

    def __init__(self, version: OneRosterVersion, size: Size, year: SchoolYear, site: Site):
        self.version = version
        self._size = size
        self._year = year
        self._service = {name: site.service_url(name) for name in ("rostering", "gradebook", "resources")}
        self._classes_each = size.cohorts * size.subjects
        self._students_each = size.cohorts * COHORT

    # Ids and references.

    def person_prefix(self, role: Role) -> str:
        """What comes before a person's number in a sourcedId: the role's letter in 1.1, nothing in 1.2."""
        return role.letter if self.version == "1.1" else ""

    def person_id(self, role: Role, index: int) -> str:
        """A person's sourcedId."""
        return f"{self.person_prefix(role)}{role.first_number + index}"

    def reference(self, path: str, sourced_id: str, entity: str, service: str = "rostering") -> Record:
        """A reference to another record."""
        return {
            "href": f"{self._service[service]}/{path}/{sourced_id}",
            "sourcedId": sourced_id,
            "type": entity,
        }

    def user_reference(self, role: Role, index: int) -> Record:
        """A reference to a person."""
        return self.reference("users", self.person_id(role, index), "user")

    def org_reference(self, position: int) -> Record:
        """A reference to an org; position 0 is the district, school 0 has position 1."""
        return self.reference("orgs", f"org-{position + 1}", "org")

    def session_reference(self, position: int) -> Record:
        """A reference to an academic session."""
        return self.reference("academicSessions", f"session-{position + 1}", "academicSession")

    def class_reference(self, index: int) -> Record:
        """A reference to a class."""
        return self.reference("classes", f"class-{index + 1}", "class")

    def base(self, sourced_id: str, index: int) -> Record:
        """What every record has."""
        modified = self._year.modified
        return {
            "sourcedId": sourced_id,
            "status": "active",
            "dateLastModified": modified[index % len(modified)],
        }

    # Who belongs where.

    def cohort_of_class(self, index: int) -> range:
        """The indices of the students of a class."""
        first = index // self._size.subjects * COHORT
        return range(first, first + COHORT)

    def school_of_class(self, index: int) -> int:
        """The position of the org that a class belongs to."""
        return index // self._classes_each + 1

    def course_of_class(self, index: int) -> int:
        """The index of the course that a class belongs to."""
        return index // self._classes_each * self._size.subjects + index % self._size.subjects

    def teacher_of_class(self, index: int) -> int:
        """The index of the teacher of a class."""
        school, within = divmod(index, self._classes_each)
        return school * self._size.teachers + within % self._size.teachers

    def _school_of(self, role: Role, index: int) -> int:
        each = {
            Role.STUDENT: self._students_each,
            Role.GUARDIAN: self._students_each // 2,
            Role.TEACHER: self._size.teachers,
            Role.ADMINISTRATOR: 1,
        }
        return index // each[role] + 1

    def _grade(self, cohort: int) -> str:
        return _GRADES[cohort % self._size.cohorts % len(_GRADES)]

    # The records.

    def org(self, position: int) -> Record:
        """The district at position 0, then the schools."""
        record = self.base(f"org-{position + 1}", position)
        if position == 0:
            record |= {"name": "Practice District", "type": "district", "identifier": "0000"}
            # A thousand children would make every list of orgs long; each school names its parent instead.
            first = range(1, min(self._size.schools, 100) + 1)
            return record | {"children": [self.org_reference(school) for school in first]}
        name = _SCHOOL_NAMES[(position - 1) % len(_SCHOOL_NAMES)]
        record |= {"name": f"{name} School {position}", "type": "school", "identifier": f"{position:04}"}
        return record | {"parent": self.org_reference(0)}

    def session(self, position: int) -> Record:
        """An academic session."""
        session = self._year.sessions[position]
        record = self.base(f"session-{position + 1}", position) | {
            "title": session.title,
            "startDate": session.begins.isoformat(),
            "endDate": session.ends.isoformat(),
            "type": session.kind,
            "schoolYear": str(self._year.ends_in),
        }
        if session.parent is not None:
            record["parent"] = self.session_reference(session.parent)
        if session.children:
            record["children"] = [self.session_reference(child) for child in session.children]
        return record

    def course(self, index: int) -> Record:
        """A course: one subject at one school."""
        school, subject = divmod(index, self._size.subjects)
        title, code = _SUBJECTS[subject]
        return self.base(f"course-{index + 1}", index) | {
            "title": title,
            "schoolYear": self.session_reference(0),
            "courseCode": f"{code}{school + 1:04}",
            "grades": list(_GRADES),
            "subjects": [title],
            "org": self.org_reference(school + 1),
            "subjectCodes": [code],
            "resources": [self.resource_reference(index)],
        }

    def school_class(self, index: int) -> Record:
        """A class: one course for one cohort, all year."""
        cohort, subject = divmod(index, self._size.subjects)
        title, code = _SUBJECTS[subject]
        course = self.course_of_class(index)
        return self.base(f"class-{index + 1}", index) | {
            "title": f"{title}, group {cohort + 1}",
            "classCode": f"{code}-{cohort + 1}",
            "classType": "scheduled",
            "location": f"Room {index % 90 + 101}",
            "grades": [self._grade(cohort)],
            "subjects": [title],
            "course": self.reference("courses", f"course-{course + 1}", "course"),
            "school": self.org_reference(self.school_of_class(index)),
            "terms": [self.session_reference(position) for position in self._year.positions("term")],
            "subjectCodes": [code],
            "periods": [str(subject + 1)],
            "resources": [self.resource_reference(course)],
        }

    def enrollment(self, school_class: int, slot: int) -> Record:
        """An enrollment: the teacher of a class at slot 0, then its students."""
        index = school_class * (COHORT + 1) + slot
        if slot:
            who = self.user_reference(Role.STUDENT, self.cohort_of_class(school_class)[slot - 1])
        else:
            who = self.user_reference(Role.TEACHER, self.teacher_of_class(school_class))
        return self.base(f"enrollment-{index + 1}", index) | {
            "user": who,
            "class": self.class_reference(school_class),
            "school": self.org_reference(self.school_of_class(school_class)),
            "role": "student" if slot else "teacher",
            "primary": "false" if slot else "true",
            "beginDate": self._year.begins,
            "endDate": self._year.ends,
        }

    def user(self, role: Role, index: int) -> Record:
        """A user."""
        who = person(role, index)
        org = self.org_reference(self._school_of(role, index))
        record = self.base(self.person_id(role, index), index) | {
            "username": who.username,
            "userIds": [{"type": "district", "identifier": str(who.number)}],
            "enabledUser": "true",
            "givenName": who.given,
            "familyName": who.family,
            "identifier": str(who.number),
            "email": who.email,
        }
        if self.version == "1.1":
            record |= {"role": role.word, "orgs": [org]}
        else:
            primary: Record = {
                "roleType": "primary",
                "role": _ROLES_1P2.get(role, role.word),
                "org": org,
                "beginDate": self._year.begins,
            }
            record |= {
                "metadata": {"ic.legacySourcedId": f"{role.letter}{who.number}"},
                "roles": [primary],
                "primaryOrg": org,
            }
        if role is Role.STUDENT:
            record["agents"] = [self.user_reference(Role.GUARDIAN, index // 2)]
            record["grades"] = [self._grade(index // COHORT)]
        return record

    def demographics(self, student: int) -> Record:
        """The demographics of a student; every value follows from the index."""
        born = self._year.ends_in - 15 - student % 4
        return self.base(self.person_id(Role.STUDENT, student), student) | {
            "birthDate": f"{born}-{student % 12 + 1:02}-{student % 28 + 1:02}",
            "sex": "female" if student % 2 else "male",
            "americanIndianOrAlaskaNative": _truth(student % 7 == 0),
            "asian": _truth(student % 7 == 1),
            "blackOrAfricanAmerican": _truth(student % 7 == 2),
            "nativeHawaiianOrOtherPacificIslander": _truth(student % 7 == 3),
            "white": _truth(student % 7 == 4),
            "demographicRaceTwoOrMoreRaces": _truth(student % 7 == 5),
            "hispanicOrLatinoEthnicity": _truth(student % 5 == 0),
        }

    def resource_reference(self, course: int) -> Record:
        """A reference to the resource of a course."""
        return self.reference("resources", f"resource-{course + 1}", "resource", "resources")

    def resource(self, course: int) -> Record:
        """The one resource of a course."""
        return self.base(f"resource-{course + 1}", course) | {
            "title": f"Workbook: {_SUBJECTS[course % self._size.subjects][0]}",
            "roles": list(_RESOURCE_ROLES),
            "importance": "primary",
            "vendorResourceId": f"workbook-{course + 1}",
            "vendorId": "practice-vendor",
        }


def _truth(value: bool) -> str:
    return "true" if value else "false"

"""Who belongs where in a practice district: everything follows from an index and the size."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from .people import Role
from .sizes import Size

# Students who take every class together; a class has this many students and one teacher.
COHORT = 20
ENROLLED = COHORT + 1


class Shape:
    """How many there are of everything, and who belongs where.

    Students of a school form cohorts; a cohort takes every subject together, which makes its classes. So the class of
    an enrollment, the school of a class and the guardian of a student follow from the index. A person's position is
    the index in the order students, guardians, teachers, administrators; the district is the org at position 0.
    """

    def __init__(self, size: Size):
        self.size = size
        self.students_each = size.cohorts * COHORT
        self.classes_each = size.cohorts * size.subjects
        self.counts = {
            Role.STUDENT: size.schools * self.students_each,
            Role.GUARDIAN: size.schools * self.students_each // 2,
            Role.TEACHER: size.schools * size.teachers,
            Role.ADMINISTRATOR: size.schools,
        }
        self.people_each = {role: count // size.schools for role, count in self.counts.items()}
        self.org_count = 1 + size.schools
        self.class_count = size.schools * self.classes_each
        self.course_count = size.schools * size.subjects
        self.enrollment_count = self.class_count * ENROLLED
        self.user_count = sum(self.counts.values())
        self._roles = tuple(Role)
        self._starts = (0, *accumulate(self.counts[role] for role in self._roles[:-1]))

    def first_position(self, role: Role) -> int:
        """The position of the first person in a role."""
        return self._starts[self._roles.index(role)]

    def role_at(self, position: int) -> Role:
        """The role of the person at a position."""
        return self._roles[bisect_right(self._starts, position) - 1]

    def cohort_of_class(self, index: int) -> range:
        """The students of a class."""
        first = index // self.size.subjects * COHORT
        return range(first, first + COHORT)

    def course_of_class(self, index: int) -> int:
        """The course that a class belongs to."""
        return index // self.classes_each * self.size.subjects + index % self.size.subjects

    def teacher_of_class(self, index: int) -> int:
        """The teacher of a class."""
        school, within = divmod(index, self.classes_each)
        return school * self.size.teachers + within % self.size.teachers

    def classes_of_person(self, role: Role, index: int) -> range:
        """The classes that a person attends or teaches."""
        if role is Role.STUDENT:
            first = index // COHORT * self.size.subjects
            return range(first, first + self.size.subjects)
        if role is Role.TEACHER:
            school, chair = divmod(index, self.size.teachers)
            start = school * self.classes_each
            return range(start + chair, start + self.classes_each, self.size.teachers)
        return range(0)

    def classes_of_course(self, index: int) -> range:
        """The classes of a course."""
        school, subject = divmod(index, self.size.subjects)
        start = school * self.classes_each
        return range(start + subject, start + self.classes_each, self.size.subjects)

    def classes_of_school(self, index: int) -> range:
        """The classes of a school."""
        return range(index * self.classes_each, (index + 1) * self.classes_each)

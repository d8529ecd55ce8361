"""The roster of a practice district: who and what it has at any size, each made from an index."""

from __future__ import annotations

from collections.abc import Callable

from oneroster_checks.connection import OneRosterVersion

from .fault import RosterRules
from .lazy_list import (
    KEEP_ALL,
    KEEP_NONE,
    Chain,
    LazyList,
    Pattern,
    PatternRange,
    Positions,
    Record,
    index_of_id,
)
from .people import Role
from .records import COHORT, Records
from .school_year import SchoolYear
from .site import Site
from .sizes import Size

_ENROLLED = COHORT + 1


class Roster:
    """The lists of one district.

    Students of a school form cohorts; a cohort takes every subject together, which makes its classes. So
    the class of an enrollment, the school of a class and the guardian of a student follow from the index.
    """

    def __init__(
        self, size: Size, version: OneRosterVersion, year: SchoolYear, site: Site, rules: RosterRules
    ):
        self.size = size
        self.year = year
        self.rules = rules
        self.students_each = size.cohorts * COHORT
        self.classes_each = size.cohorts * size.subjects
        self.counts = {
            Role.STUDENT: size.schools * self.students_each,
            Role.GUARDIAN: size.schools * self.students_each // 2,
            Role.TEACHER: size.schools * size.teachers,
            Role.ADMINISTRATOR: size.schools,
        }
        self.class_count = size.schools * self.classes_each
        self.course_count = size.schools * size.subjects
        self.enrollment_count = self.class_count * _ENROLLED
        self.records = Records(version, size, year, site)

    # People. A person's position is the index in the order students, guardians, teachers, administrators.

    def first_position(self, role: Role) -> int:
        """The position of the first person in a role."""
        return sum(self.counts[other] for other in list(Role)[: list(Role).index(role)])

    def pattern(self, role: Role) -> Pattern:
        """Which people in a role are shared."""
        return KEEP_NONE if self._is_empty("user") else self.rules.shared.get(role.word, KEEP_ALL)

    def _role_at(self, position: int) -> tuple[Role, int]:
        rest = position
        for role in Role:
            if rest < self.counts[role]:
                return role, rest
            rest -= self.counts[role]
        raise IndexError(position)

    def _user(self, position: int) -> Record:
        return self._changed("user", position, self.records.user(*self._role_at(position)))

    def _locate_person(self, roles: tuple[Role, ...]) -> Callable[[str], int | None]:
        def locate(sourced_id: str) -> int | None:
            for role in roles:
                prefix = self.records.person_prefix(role)
                index = index_of_id(prefix, sourced_id, self.counts[role], role.first_number)
                if index is not None and self.pattern(role).keeps(index):
                    return self.first_position(role) + index
            return None

        return locate

    def _lookup_people(self, field: str, value: str) -> Positions | None:
        if field != "role":
            return None
        return Chain(tuple(self._in_role(role) for role in Role if role.word == value))

    def _in_role(self, role: Role) -> Positions:
        return PatternRange(self.first_position(role), self.counts[role], self.pattern(role))

    def users(self, *roles: Role) -> LazyList:
        """All users, or those in some roles."""
        chosen = roles or tuple(Role)
        positions = Chain(tuple(self._in_role(role) for role in chosen))
        lookup = self._lookup_people if not roles else lambda field, value: None
        return LazyList("user", positions, self._user, self._locate_person(chosen), lookup)

    def people(self, role: Role, indices: Positions) -> LazyList:
        """Those of some people in a role, given by index, who are shared."""
        pattern, offset = self.pattern(role), self.first_position(role)
        some = [indices[at] for at in range(len(indices))]
        return self.users(role).only([offset + index for index in some if pattern.keeps(index)])

    def demographics(self) -> LazyList:
        """The demographics of the students."""
        role = Role.STUDENT
        positions = range(0) if self._is_empty("demographics") else self._in_role(role)
        return LazyList("demographics", positions, self._demographics, self._locate_person((role,)))

    def _demographics(self, position: int) -> Record:
        return self._changed("demographics", position, self.records.demographics(position))

    # Everything else has a list of its own, whose positions are its indices.

    def _is_empty(self, entity: str) -> bool:
        return entity in self.rules.empty or "*" in self.rules.empty

    def _changed(self, entity: str, position: int, record: Record) -> Record:
        return self.rules.edit(entity, position, record)

    def _list(
        self,
        entity: str,
        prefix: str,
        count: int,
        make: Callable[[int], Record],
        positions: Positions | None = None,
    ) -> LazyList:
        """A list of one entity whose ids are a prefix and a number."""
        shown = range(0) if self._is_empty(entity) else range(count) if positions is None else positions
        known = 0 if self._is_empty(entity) else count
        return LazyList(
            entity,
            shown,
            lambda position: self._changed(entity, position, make(position)),
            lambda sourced_id: index_of_id(prefix, sourced_id, known),
        )

    def orgs(self) -> LazyList:
        """The district and its schools."""
        return self._list("org", "org-", 1 + self.size.schools, self.records.org)

    def schools(self) -> LazyList:
        """The schools alone."""
        every = self.orgs()
        schools = every.only(range(1, 1 + self.size.schools) if len(every) else range(0))
        return LazyList("org", schools.positions, every.make, lambda sid: every.locate(sid) or None)

    def sessions(self, kind: str | None = None) -> LazyList:
        """All academic sessions, or those of one kind."""
        every = self._list("academicSession", "session-", len(self.year.sessions), self.records.session)
        if kind is None:
            return every
        positions = self.year.positions(kind) if len(every) else []
        return LazyList(
            "academicSession", positions, every.make, lambda sid: _among(every.locate(sid), positions)
        )

    def courses(self) -> LazyList:
        """All courses."""
        return self._list("course", "course-", self.course_count, self.records.course)

    def classes(self, positions: Positions | None = None) -> LazyList:
        """All classes, or some of them."""
        return self._list("class", "class-", self.class_count, self.records.school_class, positions)

    def resources(self, positions: Positions | None = None) -> LazyList:
        """All resources, one for each course, or some of them."""
        return self._list("resource", "resource-", self.course_count, self.records.resource, positions)

    def enrollments(self, first_class: int = 0, classes: int | None = None) -> LazyList:
        """The enrollments of all classes, or of a run of classes: a teacher and the cohort of each."""
        start = first_class * _ENROLLED
        count = (self.class_count if classes is None else classes) * _ENROLLED
        every = self._list(
            "enrollment",
            "enrollment-",
            self.enrollment_count,
            lambda position: self.records.enrollment(*divmod(position, _ENROLLED)),
            range(start, start + count),
        )

        def lookup(field: str, value: str) -> Positions | None:
            slots = {"teacher": (0,), "student": tuple(range(1, _ENROLLED))}.get(value, ())
            return PatternRange(start, count, Pattern(slots, _ENROLLED)) if field == "role" else None

        return (
            LazyList("enrollment", every.positions, every.make, every.locate, lookup) if len(every) else every
        )

    # Who belongs where, by index.

    def cohort_of_class(self, index: int) -> range:
        """The students of a class."""
        return self.records.cohort_of_class(index)

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


def _among(position: int | None, positions: list[int]) -> int | None:
    return position if position in positions else None

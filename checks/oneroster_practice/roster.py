"""The roster of a practice district: who and what it has, counted out by index, at any size."""

from __future__ import annotations

from collections.abc import Callable

from oneroster_checks.connection import OneRosterVersion

from .exchange import Site
from .fault import RosterRules
from .people import Kind
from .records import COHORT, Records, Size
from .rows import EVERYBODY, NOBODY, Joined, Pattern, Picked, Places, Record, Rows, number_after
from .school_year import SchoolYear

_ENROLLED = COHORT + 1

# Users and enrollments: 192 and 756; 12,000 and 87,780; 120,000 and 877,800; 1.2 and 8.8 million.
SIZES = {
    "small": Size(schools=2, cohorts=3, subjects=6, teachers=5),
    "medium": Size(schools=10, cohorts=38, subjects=11, teachers=59),
    "large": Size(schools=100, cohorts=38, subjects=11, teachers=59),
    "very-large": Size(schools=1000, cohorts=38, subjects=11, teachers=59),
}


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
            Kind.STUDENT: size.schools * self.students_each,
            Kind.GUARDIAN: size.schools * self.students_each // 2,
            Kind.TEACHER: size.schools * size.teachers,
            Kind.ADMINISTRATOR: size.schools,
        }
        self.class_count = size.schools * self.classes_each
        self.course_count = size.schools * size.subjects
        self.enrollment_count = self.class_count * _ENROLLED
        self.records = Records(version, size, year, site)

    # People. A person's place is the index in the order students, guardians, teachers, administrators.

    def first_place(self, kind: Kind) -> int:
        """The place of the first person of a kind."""
        return sum(self.counts[other] for other in list(Kind)[: list(Kind).index(kind)])

    def pattern(self, kind: Kind) -> Pattern:
        """Which people of a kind are shared."""
        return NOBODY if self._is_empty("user") else self.rules.kept.get(kind.word, EVERYBODY)

    def _kind_at(self, place: int) -> tuple[Kind, int]:
        rest = place
        for kind in Kind:
            if rest < self.counts[kind]:
                return kind, rest
            rest -= self.counts[kind]
        raise IndexError(place)

    def _user(self, place: int) -> Record:
        return self._changed("user", place, self.records.user(*self._kind_at(place)))

    def _locate_person(self, kinds: tuple[Kind, ...]) -> Callable[[str], int | None]:
        def locate(sourced_id: str) -> int | None:
            for kind in kinds:
                prefix = self.records.person_prefix(kind)
                index = number_after(prefix, sourced_id, self.counts[kind], kind.first)
                if index is not None and self.pattern(kind).holds(index):
                    return self.first_place(kind) + index
            return None

        return locate

    def _narrow_people(self, field: str, value: str) -> Places | None:
        if field != "role":
            return None
        return Joined(tuple(self._of_kind(kind) for kind in Kind if kind.word == value))

    def _of_kind(self, kind: Kind) -> Places:
        return Picked(self.first_place(kind), self.counts[kind], self.pattern(kind))

    def users(self, *kinds: Kind) -> Rows:
        """All users, or those of some kinds."""
        chosen = kinds or tuple(Kind)
        places = Joined(tuple(self._of_kind(kind) for kind in chosen))
        narrow = self._narrow_people if not kinds else lambda field, value: None
        return Rows("user", places, self._user, self._locate_person(chosen), narrow)

    def people(self, kind: Kind, indices: Places) -> Rows:
        """Those people of one kind, by index, who are shared."""
        pattern, offset = self.pattern(kind), self.first_place(kind)
        some = [indices[at] for at in range(len(indices))]
        return self.users(kind).at([offset + index for index in some if pattern.holds(index)])

    def demographics(self) -> Rows:
        """The demographics of the students."""
        kind = Kind.STUDENT
        places = range(0) if self._is_empty("demographics") else self._of_kind(kind)
        return Rows("demographics", places, self._demographics, self._locate_person((kind,)))

    def _demographics(self, place: int) -> Record:
        return self._changed("demographics", place, self.records.demographics(place))

    # Everything else has a list of its own, whose places are its indices.

    def _is_empty(self, entity: str) -> bool:
        return entity in self.rules.empty or "*" in self.rules.empty

    def _changed(self, entity: str, place: int, record: Record) -> Record:
        return self.rules.change(entity, place, record)

    def rows(
        self,
        entity: str,
        prefix: str,
        count: int,
        make: Callable[[int], Record],
        places: Places | None = None,
    ) -> Rows:
        """A list of one entity whose ids are a prefix and a number."""
        shown = range(0) if self._is_empty(entity) else range(count) if places is None else places
        known = 0 if self._is_empty(entity) else count
        return Rows(
            entity,
            shown,
            lambda place: self._changed(entity, place, make(place)),
            lambda sourced_id: number_after(prefix, sourced_id, known),
        )

    def orgs(self) -> Rows:
        """The district and its schools."""
        return self.rows("org", "org-", 1 + self.size.schools, self.records.org)

    def schools(self) -> Rows:
        """The schools alone."""
        every = self.orgs()
        schools = every.at(range(1, 1 + self.size.schools) if len(every) else range(0))
        return Rows("org", schools.places, every.make, lambda sid: every.locate(sid) or None)

    def sessions(self, kind: str | None = None) -> Rows:
        """All academic sessions, or those of one kind."""
        every = self.rows("academicSession", "session-", len(self.year.sessions), self.records.session)
        if kind is None:
            return every
        places = self.year.places(kind) if len(every) else []
        return Rows("academicSession", places, every.make, lambda sid: _among(every.locate(sid), places))

    def courses(self) -> Rows:
        """All courses."""
        return self.rows("course", "course-", self.course_count, self.records.course)

    def classes(self, places: Places | None = None) -> Rows:
        """All classes, or some of them."""
        return self.rows("class", "class-", self.class_count, self.records.school_class, places)

    def resources(self, places: Places | None = None) -> Rows:
        """All resources, one for each course, or some of them."""
        return self.rows("resource", "resource-", self.course_count, self.records.resource, places)

    def enrollments(self, first_class: int = 0, classes: int | None = None) -> Rows:
        """The enrollments of all classes, or of a run of classes: a teacher and the cohort of each."""
        start = first_class * _ENROLLED
        count = (self.class_count if classes is None else classes) * _ENROLLED
        every = self.rows(
            "enrollment",
            "enrollment-",
            self.enrollment_count,
            lambda place: self.records.enrollment(*divmod(place, _ENROLLED)),
            range(start, start + count),
        )

        def narrow(field: str, value: str) -> Places | None:
            slots = {"teacher": (0,), "student": tuple(range(1, _ENROLLED))}.get(value, ())
            return Picked(start, count, Pattern(slots, _ENROLLED)) if field == "role" else None

        return Rows("enrollment", every.places, every.make, every.locate, narrow) if len(every) else every

    # Who belongs where, by index.

    def cohort_of_class(self, index: int) -> range:
        """The students of a class."""
        return self.records.cohort_of_class(index)

    def classes_of_person(self, kind: Kind, index: int) -> range:
        """The classes that somebody attends or teaches."""
        if kind is Kind.STUDENT:
            first = index // COHORT * self.size.subjects
            return range(first, first + self.size.subjects)
        if kind is Kind.TEACHER:
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


def _among(place: int | None, places: list[int]) -> int | None:
    return place if place in places else None

"""The list behind each path of the operations table."""

from __future__ import annotations

from collections.abc import Callable

from .gradebook import ENTITY_OF, Gradebook
from .lazy_list import LazyList, Positions
from .people import Role
from .roster import Roster
from .shape import COHORT, ENROLLED

Ids = tuple[str, ...]

# The fields of a grade-book record that must lead to a record of this district, and where that record is.
REFERENCES = {
    "class": "classes",
    "student": "students",
    "lineItem": "lineItems",
    "category": "categories",
    "assessmentLineItem": "assessmentLineItems",
    "gradingPeriod": "academicSessions",
}


class Lists:
    """Finds the list behind a path, which is given as its shape (`*` for every id) and the ids."""

    def __init__(self, roster: Roster, gradebook: Gradebook):
        self._roster = roster
        self._planted = roster.planted
        self.gradebook = gradebook
        self._tops: dict[str, Callable[[], LazyList]] = {
            "orgs": roster.orgs,
            "schools": roster.schools,
            "academicSessions": roster.sessions,
            "terms": lambda: roster.sessions("term"),
            "gradingPeriods": lambda: roster.sessions("gradingPeriod"),
            "courses": roster.courses,
            "classes": roster.classes,
            "enrollments": roster.enrollments,
            "users": roster.users,
            "students": lambda: roster.users(Role.STUDENT),
            "teachers": lambda: roster.users(Role.TEACHER),
            "demographics": roster.demographics,
            "resources": roster.resources,
        }
        self._nested: dict[str, Callable[[Ids], LazyList | None]] = {
            "/schools/*/courses": self._courses_of_school,
            "/schools/*/classes": self._classes_of_school,
            "/schools/*/enrollments": self._enrollments_of_school,
            "/schools/*/students": lambda ids: self._people_of_school(Role.STUDENT, ids),
            "/schools/*/teachers": lambda ids: self._people_of_school(Role.TEACHER, ids),
            "/schools/*/terms": self._terms_of_school,
            "/schools/*/scoreScales": self._scales_of_school,
            "/schools/*/classes/*/enrollments": self._enrollments_of_class,
            "/schools/*/classes/*/students": lambda ids: self._in_class_of_school(Role.STUDENT, ids),
            "/schools/*/classes/*/teachers": lambda ids: self._in_class_of_school(Role.TEACHER, ids),
            "/classes/*/students": lambda ids: self._in_class(Role.STUDENT, ids),
            "/classes/*/teachers": lambda ids: self._in_class(Role.TEACHER, ids),
            "/terms/*/classes": self._classes_of_term,
            "/terms/*/gradingPeriods": self._periods_of_term,
            "/courses/*/classes": self._classes_of_course,
            "/students/*/classes": self._classes_of_user,
            "/teachers/*/classes": self._classes_of_user,
            "/users/*/classes": self._classes_of_user,
            "/courses/*/resources": self._resources_of_course,
            "/classes/*/resources": self._resources_of_class,
            "/users/*/resources": self._resources_of_user,
            "/classes/*/categories": self._categories_of_class,
            "/classes/*/lineItems": self._line_items_of_class,
            "/classes/*/scoreScales": self._scales_of_class,
            "/classes/*/results": self._results_of_class,
            "/classes/*/lineItems/*/results": self._results_of_line_item,
            "/classes/*/students/*/results": self._results_of_student,
        }

    def top(self, collection: str) -> LazyList:
        """The list at the top of a service, such as `users`."""
        if collection in ENTITY_OF:
            return self._shown(self.gradebook.all(ENTITY_OF[collection]), collection)
        return self._shown(self._tops[collection](), collection)

    def nested(self, shape: str, ids: Ids) -> LazyList | None:
        """The list below a record; None when there is no such record."""
        if self._planted.hidden and not self.has_parent(shape, ids):
            return None
        found = self._nested[shape](ids)
        return None if found is None else self._shown(found, shape.rpartition("/")[2], shape)

    def _shown(self, found: LazyList, *names: str) -> LazyList:
        """A list as a fault leaves it, which names it by any of these names."""
        for name in names:
            if changes := self._planted.changes_in.get(name):
                found = found.changed(changes)
            if hidden := self._planted.hidden.get(name):
                found = found.without(hidden)
            if unfiltered := self._planted.unfiltered.get(name):
                found = found.not_filtered(unfiltered)
        return found

    def has(self, field: str, sourced_id: str) -> bool:
        """Whether a reference in a grade-book record leads to a record here; `field` is one of REFERENCES."""
        return self.top(REFERENCES[field]).locate(sourced_id) is not None

    def has_parent(self, shape: str, ids: Ids) -> bool:
        """Whether the record that a nested path begins with is here."""
        return self.top(shape.split("/")[1]).locate(ids[0]) is not None

    # The index of a record by its id.

    def _school(self, sourced_id: str) -> int | None:
        position = self._roster.schools().locate(sourced_id)
        return None if position is None else position - 1

    def _class(self, sourced_id: str) -> int | None:
        # A class that a fault adds has nobody and nothing below it, and so is none here.
        return _below(self._roster.classes().locate(sourced_id), self._roster.shape.class_count)

    def _course(self, sourced_id: str) -> int | None:
        return _below(self._roster.courses().locate(sourced_id), self._roster.shape.course_count)

    def _class_of_school(self, ids: Ids) -> int | None:
        school, found = self._school(ids[0]), self._class(ids[1])
        if school is None or found is None or found not in self._roster.shape.classes_of_school(school):
            return None
        return found

    # Below a school.

    def _courses_of_school(self, ids: Ids) -> LazyList | None:
        school = self._school(ids[0])
        each = self._roster.shape.size.subjects
        return (
            None if school is None else self._roster.courses().only(range(school * each, (school + 1) * each))
        )

    def _classes_of_school(self, ids: Ids) -> LazyList | None:
        school = self._school(ids[0])
        return None if school is None else self._roster.classes(self._roster.shape.classes_of_school(school))

    def _enrollments_of_school(self, ids: Ids) -> LazyList | None:
        school = self._school(ids[0])
        if school is None:
            return None
        classes = self._roster.shape.classes_of_school(school)
        return self._roster.enrollments(classes.start, len(classes))

    def _people_of_school(self, role: Role, ids: Ids) -> LazyList | None:
        school = self._school(ids[0])
        if school is None:
            return None
        each = self._roster.shape.students_each if role is Role.STUDENT else self._roster.shape.size.teachers
        return self._roster.people(role, range(school * each, (school + 1) * each))

    def _terms_of_school(self, ids: Ids) -> LazyList | None:
        return None if self._school(ids[0]) is None else self._roster.sessions("term")

    def _scales_of_school(self, ids: Ids) -> LazyList | None:
        school = self._school(ids[0])
        if school is None:
            return None
        return self.gradebook.score_scales_of_school(self._roster.shape.classes_of_school(school))

    def _enrollments_of_class(self, ids: Ids) -> LazyList | None:
        found = self._class_of_school(ids)
        return None if found is None else self._roster.enrollments(found, 1)

    def _in_class_of_school(self, role: Role, ids: Ids) -> LazyList | None:
        return None if self._class_of_school(ids) is None else self._in_class(role, ids[1:])

    # Below a class.

    def _in_class(self, role: Role, ids: Ids) -> LazyList | None:
        found = self._class(ids[0])
        if found is None:
            return None
        if role is Role.STUDENT:
            return self._roster.people(role, self._roster.shape.cohort_of_class(found))
        return self._roster.people(role, [self._roster.shape.teacher_of_class(found)])

    def _resources_of_class(self, ids: Ids) -> LazyList | None:
        found = self._class(ids[0])
        if found is None:
            return None
        return self._roster.resources([self._roster.shape.course_of_class(found)])

    def _categories_of_class(self, ids: Ids) -> LazyList | None:
        return None if self._class(ids[0]) is None else self.gradebook.all("category")

    def _line_items_of_class(self, ids: Ids) -> LazyList | None:
        found = self._class(ids[0])
        return None if found is None else self.gradebook.line_items_of_class(found)

    def _scales_of_class(self, ids: Ids) -> LazyList | None:
        found = self._class(ids[0])
        return None if found is None else self.gradebook.score_scales_of_class(found)

    def _results_of_class(self, ids: Ids) -> LazyList | None:
        found = self._class(ids[0])
        return None if found is None else self.gradebook.results_of_class(found)

    def _results_of_line_item(self, ids: Ids) -> LazyList | None:
        found = self._class(ids[0])
        if found is None or self.gradebook.all("lineItem").locate(ids[1]) is None:
            return None
        return self.gradebook.results_of_class(found, line_item=ids[1])

    def _results_of_student(self, ids: Ids) -> LazyList | None:
        found = self._class(ids[0])
        if found is None or self._roster.users(Role.STUDENT).locate(ids[1]) is None:
            return None
        return self.gradebook.results_of_class(found, student=ids[1])

    # Below anything else.

    def _classes_of_term(self, ids: Ids) -> LazyList | None:
        position = self._roster.sessions("term").locate(ids[0])
        return None if position is None else self._roster.classes_of_term(position)

    def _periods_of_term(self, ids: Ids) -> LazyList | None:
        position = self._roster.sessions("term").locate(ids[0])
        if position is None:
            return None
        return self._roster.sessions("gradingPeriod").only(
            list(self._roster.year.sessions[position].children)
        )

    def _classes_of_course(self, ids: Ids) -> LazyList | None:
        course = self._course(ids[0])
        return None if course is None else self._roster.classes(self._roster.shape.classes_of_course(course))

    def _resources_of_course(self, ids: Ids) -> LazyList | None:
        course = self._course(ids[0])
        return None if course is None else self._roster.resources([course])

    def _classes_of_user(self, ids: Ids) -> LazyList | None:
        for role in Role:
            position = self._roster.users(role).locate(ids[0])
            if position is not None:
                index = position - self._roster.shape.first_position(role)
                return self._roster.classes(self._attended(role, index))
        return None

    def _attended(self, role: Role, index: int) -> Positions:
        """The classes of a person, without those whose enrollment is not there."""
        classes = self._roster.shape.classes_of_person(role, index)
        hidden = self._planted.hidden.get("enrollments", ())
        if not hidden:
            return classes
        slot = index % COHORT + 1 if role is Role.STUDENT else 0
        return [of for of in classes if of * ENROLLED + slot not in hidden]

    def _resources_of_user(self, ids: Ids) -> LazyList | None:
        classes = self._classes_of_user(ids)
        if classes is None:
            return None
        course_of = self._roster.shape.course_of_class
        courses = {course_of(classes.positions[at]) for at in range(len(classes))}
        return self._roster.resources(sorted(courses))


def _below(position: int | None, count: int) -> int | None:
    return position if position is not None and position < count else None

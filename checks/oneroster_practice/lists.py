"""Which list each path of the operations table stands for."""

from __future__ import annotations

from collections.abc import Callable

from .gradebook import ENTITIES, Gradebook
from .people import Kind
from .roster import Roster
from .rows import Rows

Ids = tuple[str, ...]


class Lists:
    """Finds the list behind a path. A path is given as its shape, with `*` for every id, and the ids."""

    def __init__(self, roster: Roster, gradebook: Gradebook):
        self._roster = roster
        self.gradebook = gradebook
        self._tops: dict[str, Callable[[], Rows]] = {
            "orgs": roster.orgs,
            "schools": roster.schools,
            "academicSessions": roster.sessions,
            "terms": lambda: roster.sessions("term"),
            "gradingPeriods": lambda: roster.sessions("gradingPeriod"),
            "courses": roster.courses,
            "classes": roster.classes,
            "enrollments": roster.enrollments,
            "users": roster.users,
            "students": lambda: roster.users(Kind.STUDENT),
            "teachers": lambda: roster.users(Kind.TEACHER),
            "demographics": roster.demographics,
            "resources": roster.resources,
        }
        self._nested: dict[str, Callable[[Ids], Rows | None]] = {
            "/schools/*/courses": self._courses_of_school,
            "/schools/*/classes": self._classes_of_school,
            "/schools/*/enrollments": self._enrollments_of_school,
            "/schools/*/students": lambda ids: self._people_of_school(Kind.STUDENT, ids),
            "/schools/*/teachers": lambda ids: self._people_of_school(Kind.TEACHER, ids),
            "/schools/*/terms": self._terms_of_school,
            "/schools/*/scoreScales": self._scales_of_school,
            "/schools/*/classes/*/enrollments": self._enrollments_of_class,
            "/schools/*/classes/*/students": lambda ids: self._in_class_of_school(Kind.STUDENT, ids),
            "/schools/*/classes/*/teachers": lambda ids: self._in_class_of_school(Kind.TEACHER, ids),
            "/classes/*/students": lambda ids: self._in_class(Kind.STUDENT, ids),
            "/classes/*/teachers": lambda ids: self._in_class(Kind.TEACHER, ids),
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

    def top(self, collection: str) -> Rows:
        """The list at the top of a service, such as `users`."""
        if collection in ENTITIES:
            return self.gradebook.rows(ENTITIES[collection])
        return self._tops[collection]()

    def nested(self, shape: str, ids: Ids) -> Rows | None:
        """The list below a record; None when there is no such record."""
        return self._nested[shape](ids)

    def has(self, role: str, sourced_id: str) -> bool:
        """Whether a reference in a grade-book record, such as `student`, leads to a record that is here."""
        collection = {
            "class": "classes",
            "student": "students",
            "lineItem": "lineItems",
            "category": "categories",
            "assessmentLineItem": "assessmentLineItems",
            "gradingPeriod": "academicSessions",
        }[role]
        return self.top(collection).locate(sourced_id) is not None

    def parent(self, shape: str, ids: Ids) -> Rows | None:
        """The list that the first id of a path stands in; None when it is not there."""
        top = self.top(shape.split("/")[1])
        return None if top.locate(ids[0]) is None else top

    # The index of a record by its id.

    def _school(self, sourced_id: str) -> int | None:
        place = self._roster.schools().locate(sourced_id)
        return None if place is None else place - 1

    def _class(self, sourced_id: str) -> int | None:
        return self._roster.classes().locate(sourced_id)

    def _class_of_school(self, ids: Ids) -> int | None:
        school, found = self._school(ids[0]), self._class(ids[1])
        if school is None or found is None or found not in self._roster.classes_of_school(school):
            return None
        return found

    # Below a school.

    def _courses_of_school(self, ids: Ids) -> Rows | None:
        school = self._school(ids[0])
        each = self._roster.size.subjects
        return (
            None if school is None else self._roster.courses().at(range(school * each, (school + 1) * each))
        )

    def _classes_of_school(self, ids: Ids) -> Rows | None:
        school = self._school(ids[0])
        return None if school is None else self._roster.classes(self._roster.classes_of_school(school))

    def _enrollments_of_school(self, ids: Ids) -> Rows | None:
        school = self._school(ids[0])
        if school is None:
            return None
        classes = self._roster.classes_of_school(school)
        return self._roster.enrollments(classes.start, len(classes))

    def _people_of_school(self, kind: Kind, ids: Ids) -> Rows | None:
        school = self._school(ids[0])
        if school is None:
            return None
        each = self._roster.students_each if kind is Kind.STUDENT else self._roster.size.teachers
        return self._roster.people(kind, range(school * each, (school + 1) * each))

    def _terms_of_school(self, ids: Ids) -> Rows | None:
        return None if self._school(ids[0]) is None else self._roster.sessions("term")

    def _scales_of_school(self, ids: Ids) -> Rows | None:
        school = self._school(ids[0])
        if school is None:
            return None
        return self.gradebook.score_scales_of_school(self._roster.classes_of_school(school))

    def _enrollments_of_class(self, ids: Ids) -> Rows | None:
        found = self._class_of_school(ids)
        return None if found is None else self._roster.enrollments(found, 1)

    def _in_class_of_school(self, kind: Kind, ids: Ids) -> Rows | None:
        return None if self._class_of_school(ids) is None else self._in_class(kind, ids[1:])

    # Below a class.

    def _in_class(self, kind: Kind, ids: Ids) -> Rows | None:
        found = self._class(ids[0])
        if found is None:
            return None
        if kind is Kind.STUDENT:
            return self._roster.people(kind, self._roster.cohort_of_class(found))
        return self._roster.people(kind, [self._roster.records.teacher_of_class(found)])

    def _resources_of_class(self, ids: Ids) -> Rows | None:
        found = self._class(ids[0])
        if found is None:
            return None
        return self._roster.resources([self._roster.records.course_of_class(found)])

    def _categories_of_class(self, ids: Ids) -> Rows | None:
        return None if self._class(ids[0]) is None else self.gradebook.rows("category")

    def _line_items_of_class(self, ids: Ids) -> Rows | None:
        found = self._class(ids[0])
        return None if found is None else self.gradebook.line_items_of_class(found)

    def _scales_of_class(self, ids: Ids) -> Rows | None:
        found = self._class(ids[0])
        return None if found is None else self.gradebook.score_scales_of_class(found)

    def _results_of_class(self, ids: Ids) -> Rows | None:
        found = self._class(ids[0])
        return None if found is None else self.gradebook.results_of_class(found)

    def _results_of_line_item(self, ids: Ids) -> Rows | None:
        found = self._class(ids[0])
        if found is None or self.gradebook.rows("lineItem").locate(ids[1]) is None:
            return None
        return self.gradebook.results_of_class(found, line_item=ids[1])

    def _results_of_student(self, ids: Ids) -> Rows | None:
        found = self._class(ids[0])
        if found is None or self._roster.users(Kind.STUDENT).locate(ids[1]) is None:
            return None
        return self.gradebook.results_of_class(found, student=ids[1])

    # Below anything else.

    def _classes_of_term(self, ids: Ids) -> Rows | None:
        return None if self._roster.sessions("term").locate(ids[0]) is None else self._roster.classes()

    def _periods_of_term(self, ids: Ids) -> Rows | None:
        place = self._roster.sessions("term").locate(ids[0])
        if place is None:
            return None
        return self._roster.sessions("gradingPeriod").at(list(self._roster.year.sessions[place].children))

    def _classes_of_course(self, ids: Ids) -> Rows | None:
        course = self._roster.courses().locate(ids[0])
        return None if course is None else self._roster.classes(self._roster.classes_of_course(course))

    def _resources_of_course(self, ids: Ids) -> Rows | None:
        course = self._roster.courses().locate(ids[0])
        return None if course is None else self._roster.resources([course])

    def _classes_of_user(self, ids: Ids) -> Rows | None:
        for kind in Kind:
            place = self._roster.users(kind).locate(ids[0])
            if place is not None:
                index = place - self._roster.first_place(kind)
                return self._roster.classes(self._roster.classes_of_person(kind, index))
        return None

    def _resources_of_user(self, ids: Ids) -> Rows | None:
        classes = self._classes_of_user(ids)
        if classes is None:
            return None
        course_of = self._roster.records.course_of_class
        courses = {course_of(classes.places[at]) for at in range(len(classes))}
        return self._roster.resources(sorted(courses))

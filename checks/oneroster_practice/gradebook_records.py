"""The records of the grade book that are there before a vendor writes, each made from its index."""

from __future__ import annotations

from collections.abc import Sequence

from .form import Columns, Each, Form, Record
from .people import Role
from .records import Records
from .references import Number, base
from .shape import COHORT

CATEGORIES = ("Homework", "Quizzes", "Tests")
LINE_ITEMS_EACH = 2
_SCALE = (("A", "90"), ("B", "80"), ("C", "70"), ("D", "60"), ("F", "0"))


class GradebookRecords:
    """The sources of the grade book's first records."""

    def __init__(self, records: Records):
        self._records = records
        self._new = records.version == "1.2"
        self.categories = Each(self._category)
        self.line_items = Form(self._line_item_columns, self._line_item)
        self.results = Form(self._result_columns, self._result)
        self.score_scales = Form(self._of_classes, self._score_scale)
        self.assessments = Form(self._of_classes, self._assessment)
        self.assessment_results = Form(self._assessment_result_columns, self._assessment_result)

    def _to(self, path: str, sourced_id: str, entity: str) -> Record:
        return self._records.refer.to(path, sourced_id, entity, "gradebook")

    def _student(self, number: Number) -> Record:
        return self._records.refer.user(f"{self._records.refer.prefix(Role.STUDENT)}{number}")

    def _students(self, indices: Sequence[int], items_each: int) -> list[int]:
        """The number of the student at each index, where every cohort has a run of results for each item."""
        first, subjects = Role.STUDENT.first_number, self._records.shape.size.subjects
        each = COHORT * items_each * subjects
        return [first + index // each * COHORT + index % COHORT for index in indices]

    def _category(self, position: int) -> Record:
        record = base(f"category-{position + 1}", self._records.modified((position,))[0])
        return record | {"title": CATEGORIES[position]} | ({"weight": 1.0} if self._new else {})

    def _line_item_columns(self, indices: Sequence[int]) -> Columns:
        each = self._records.shape.classes_each * LINE_ITEMS_EACH
        return (
            [index + 1 for index in indices],
            self._records.modified(indices),
            [index % LINE_ITEMS_EACH + 1 for index in indices],
            [index // LINE_ITEMS_EACH + 1 for index in indices],
            [index % len(CATEGORIES) + 1 for index in indices],
            [index // each + 2 for index in indices],
        )

    def _line_item(
        self,
        number: Number,
        modified: Number,
        exercise: Number,
        school_class: Number,
        category: Number,
        school: Number,
    ) -> Record:
        refer, year = self._records.refer, self._records.year
        record = base(f"lineItem-{number}", modified) | {
            "title": f"Exercise {exercise}",
            "description": "An invented exercise",
            "assignDate": f"{year.begins}T08:00:00.000Z",
            "dueDate": f"{year.begins}T15:00:00.000Z",
            "class": refer.school_class(school_class),
            "category": self._to("categories", f"category-{category}", "category"),
            "gradingPeriod": refer.session(year.positions("gradingPeriod")[0] + 1),
            "resultValueMin": 0.0,
            "resultValueMax": 100.0,
        }
        return record | ({"school": refer.org(school)} if self._new else {})

    def _result_columns(self, indices: Sequence[int]) -> Columns:
        return (
            [index + 1 for index in indices],
            self._records.modified(indices),
            [index // COHORT + 1 for index in indices],
            self._students(indices, LINE_ITEMS_EACH),
            [float(60 + index % 41) for index in indices],
            [index // (COHORT * LINE_ITEMS_EACH) + 1 for index in indices],
        )

    def _result(
        self,
        number: Number,
        modified: Number,
        item: Number,
        student: Number,
        score: float,
        school_class: Number,
    ) -> Record:
        record = base(f"result-{number}", modified) | {
            "lineItem": self._to("lineItems", f"lineItem-{item}", "lineItem"),
            "student": self._student(student),
            "scoreStatus": "fully graded",
            "score": score,
            "scoreDate": self._records.year.begins,
        }
        return record | ({"class": self._records.refer.school_class(school_class)} if self._new else {})

    def _of_classes(self, indices: Sequence[int]) -> Columns:
        return [index + 1 for index in indices], self._records.modified(indices)

    def _score_scale(self, number: Number, modified: Number) -> Record:
        return base(f"scoreScale-{number}", modified) | {
            "title": "Letters",
            "type": "letters",
            "class": self._records.refer.school_class(number),
            "scoreScaleValue": [{"itemValueLHS": letter, "itemValueRHS": least} for letter, least in _SCALE],
        }

    def _assessment(self, number: Number, modified: Number) -> Record:
        return base(f"assessment-{number}", modified) | {
            "title": "Invented assessment",
            "class": self._records.refer.school_class(number),
            "resultValueMin": 0.0,
            "resultValueMax": 100.0,
        }

    def _assessment_result_columns(self, indices: Sequence[int]) -> Columns:
        return (
            [index + 1 for index in indices],
            self._records.modified(indices),
            [index // COHORT + 1 for index in indices],
            self._students(indices, 1),
            [float(50 + index % 51) for index in indices],
        )

    def _assessment_result(
        self, number: Number, modified: Number, item: Number, student: Number, score: float
    ) -> Record:
        return base(f"assessmentResult-{number}", modified) | {
            "assessmentLineItem": self._to("assessmentLineItems", f"assessment-{item}", "assessmentLineItem"),
            "student": self._student(student),
            "score": score,
            "scoreDate": self._records.year.begins,
            "scoreStatus": "fully graded",
        }

"""The grade book: what is there from the start, counted out by index, and what a vendor writes over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .people import Kind
from .records import COHORT
from .roster import Roster
from .rows import Record, Rows, Without, number_after

_CATEGORIES = ("Homework", "Quizzes", "Tests")
LINE_ITEMS_EACH = 2
_SCALE = (("A", "90"), ("B", "80"), ("C", "70"), ("D", "60"), ("F", "0"))

# Collection names of the grade book with the entity of each.
ENTITIES = {
    "categories": "category",
    "lineItems": "lineItem",
    "results": "result",
    "scoreScales": "scoreScale",
    "assessmentLineItems": "assessmentLineItem",
    "assessmentResults": "assessmentResult",
}


@dataclass(slots=True)
class _Collection:
    """One collection: `count` generated records, and over them what was written and what was removed."""

    entity: str
    prefix: str
    count: int
    make: Callable[[int], Record]
    written: dict[int, Record] = field(default_factory=dict)
    added: dict[str, int] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)

    def locate(self, sourced_id: str) -> int | None:
        place = self.added.get(sourced_id, number_after(self.prefix, sourced_id, self.count))
        return None if place in self.gone else place

    def at(self, place: int) -> Record:
        written = self.written.get(place)
        return self.make(place) if written is None else dict(written)

    def rows(self) -> Rows:
        places = Without(self.count + len(self.added), tuple(sorted(self.gone)))
        return Rows(self.entity, places, self.at, self.locate)

    def put(self, sourced_id: str, record: Record) -> bool:
        """Write a record; True when it is new."""
        place = self.locate(sourced_id)
        new = place is None
        if place is None:
            place = number_after(self.prefix, sourced_id, self.count)
        if place is None:
            place = self.added.setdefault(sourced_id, self.count + len(self.added))
        self.gone.discard(place)
        self.written[place] = record
        return new

    def delete(self, sourced_id: str) -> bool:
        """Remove a record; False when there is none."""
        place = self.locate(sourced_id)
        if place is None:
            return False
        self.gone.add(place)
        self.written.pop(place, None)
        return True

    def near(self, first: int, count: int) -> list[int]:
        """The generated places from `first` on, and every place that was written, without those removed."""
        some = set(range(first, min(first + count, self.count))) | set(self.written)
        return sorted(some - self.gone)


class Gradebook:
    """The grade book of one district. Writing keeps what was sent; nothing is changed on the way."""

    def __init__(self, roster: Roster):
        self._roster = roster
        self._records = roster.records
        classes = roster.class_count
        line_items = classes * LINE_ITEMS_EACH
        shelves = (
            _Collection("category", "category-", len(_CATEGORIES), self._category),
            _Collection("lineItem", "lineItem-", line_items, self._line_item),
            _Collection("result", "result-", line_items * COHORT, self._result),
            _Collection("scoreScale", "scoreScale-", classes, self._score_scale),
            _Collection("assessmentLineItem", "assessment-", classes, self._assessment),
            _Collection("assessmentResult", "assessmentResult-", classes * COHORT, self._assessment_result),
        )
        empty = roster.rules.empty
        for shelf in shelves:
            if shelf.entity in empty or "*" in empty:
                shelf.count = 0
        self._shelves = {shelf.entity: shelf for shelf in shelves}

    def rows(self, entity: str) -> Rows:
        """All records of an entity."""
        return self._shelves[entity].rows()

    def put(self, entity: str, sourced_id: str, record: Record) -> bool:
        """Write a record; True when it is new."""
        return self._shelves[entity].put(sourced_id, record)

    def delete(self, entity: str, sourced_id: str) -> bool:
        """Remove a record; False when there is none."""
        return self._shelves[entity].delete(sourced_id)

    def free_id(self, entity: str) -> str:
        """A sourcedId that no record of this entity has."""
        added = self._shelves[entity].added
        number = len(added) + 1
        while f"{entity}-new-{number}" in added:
            number += 1
        return f"{entity}-new-{number}"

    # Parts of the lists, by what the records refer to.

    def _some(self, entity: str, first: int, count: int, fits: Callable[[Record], bool]) -> Rows:
        shelf = self._shelves[entity]
        return shelf.rows().at([place for place in shelf.near(first, count) if fits(shelf.at(place))])

    def line_items_of_class(self, index: int) -> Rows:
        """The line items of a class."""
        sid = f"class-{index + 1}"
        start = index * LINE_ITEMS_EACH
        return self._some("lineItem", start, LINE_ITEMS_EACH, lambda record: _refers(record, "class", sid))

    def score_scales_of_class(self, index: int) -> Rows:
        """The score scales of a class."""
        sid = f"class-{index + 1}"
        return self._some("scoreScale", index, 1, lambda record: _refers(record, "class", sid))

    def score_scales_of_school(self, classes: range) -> Rows:
        """The score scales of a run of classes."""
        ids = {f"class-{index + 1}" for index in classes}
        return self._some(
            "scoreScale", classes.start, len(classes), lambda record: record["class"]["sourcedId"] in ids
        )

    def results_of_class(self, index: int, *, line_item: str = "", student: str = "") -> Rows:
        """The results of a class, or those for one line item or one student in it."""
        items = self.line_items_of_class(index)
        ids = {record["sourcedId"] for record in items.page(0, len(items))}
        each = LINE_ITEMS_EACH * COHORT

        def fits(record: Record) -> bool:
            item = record["lineItem"]["sourcedId"]
            if line_item and item != line_item:
                return False
            return item in ids and (not student or _refers(record, "student", student))

        return self._some("result", index * each, each, fits)

    # The generated records.

    def _base(self, entity: str, place: int) -> Record:
        return self._records.base(f"{self._shelves[entity].prefix}{place + 1}", place)

    def _reference(self, path: str, entity: str, place: int) -> Record:
        sid = f"{self._shelves[entity].prefix}{place + 1}"
        return self._records.reference(path, sid, entity, "gradebook")

    def _student(self, school_class: int, slot: int) -> Record:
        return self._records.user_reference(Kind.STUDENT, self._records.cohort_of_class(school_class)[slot])

    def _category(self, place: int) -> Record:
        record = self._base("category", place) | {"title": _CATEGORIES[place]}
        return record | ({"weight": 1.0} if self._records.version == "1.2" else {})

    def _line_item(self, place: int) -> Record:
        school_class, number = divmod(place, LINE_ITEMS_EACH)
        begins = self._roster.year.begins
        record = self._base("lineItem", place) | {
            "title": f"Exercise {number + 1}",
            "description": "An invented exercise",
            "assignDate": f"{begins}T08:00:00.000Z",
            "dueDate": f"{begins}T15:00:00.000Z",
            "class": self._records.class_reference(school_class),
            "category": self._reference("categories", "category", place % len(_CATEGORIES)),
            "gradingPeriod": self._records.session_reference(self._roster.year.places("gradingPeriod")[0]),
            "resultValueMin": 0.0,
            "resultValueMax": 100.0,
        }
        if self._records.version == "1.2":
            record["school"] = self._records.org_reference(self._records.school_of_class(school_class))
        return record

    def _result(self, place: int) -> Record:
        item, slot = divmod(place, COHORT)
        school_class = item // LINE_ITEMS_EACH
        record = self._base("result", place) | {
            "lineItem": self._reference("lineItems", "lineItem", item),
            "student": self._student(school_class, slot),
            "scoreStatus": "fully graded",
            "score": float(60 + place % 41),
            "scoreDate": self._roster.year.begins,
        }
        if self._records.version == "1.2":
            record["class"] = self._records.class_reference(school_class)
        return record

    def _score_scale(self, place: int) -> Record:
        return self._base("scoreScale", place) | {
            "title": "Letters",
            "type": "letters",
            "class": self._records.class_reference(place),
            "scoreScaleValue": [{"itemValueLHS": letter, "itemValueRHS": least} for letter, least in _SCALE],
        }

    def _assessment(self, place: int) -> Record:
        return self._base("assessmentLineItem", place) | {
            "title": "Invented assessment",
            "class": self._records.class_reference(place),
            "resultValueMin": 0.0,
            "resultValueMax": 100.0,
        }

    def _assessment_result(self, place: int) -> Record:
        item, slot = divmod(place, COHORT)
        return self._base("assessmentResult", place) | {
            "assessmentLineItem": self._reference("assessmentLineItems", "assessmentLineItem", item),
            "student": self._student(item, slot),
            "score": float(50 + place % 51),
            "scoreDate": self._roster.year.begins,
            "scoreStatus": "fully graded",
        }


def _refers(record: Record, name: str, sourced_id: str) -> bool:
    reference = record.get(name)
    return isinstance(reference, dict) and reference.get("sourcedId") == sourced_id

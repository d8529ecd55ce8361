"""The grade book: its first records, made from an index, and what a vendor writes over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from oneroster_checks.standard.fields import ENTITY
from oneroster_checks.standard.operations import operations

from .lazy_list import LazyList, RangeWithout, Record, index_of_id
from .people import Role
from .records import COHORT
from .roster import Roster

_CATEGORIES = ("Homework", "Quizzes", "Tests")
LINE_ITEMS_EACH = 2
_SCALE = (("A", "90"), ("B", "80"), ("C", "70"), ("D", "60"), ("F", "0"))

# The collections of the grade book with the entity of each; 1.2 has all that 1.1 has, and more.
ENTITY_OF = {
    operation.path.strip("/"): ENTITY[operation.path]
    for operation in operations("1.2")
    if operation.service == "gradebook" and operation.path in ENTITY
}


@dataclass(slots=True)
class _Collection:
    """One collection: `count` generated records, and over them what was written and what was deleted."""

    entity: str
    prefix: str
    count: int
    make: Callable[[int], Record]
    written: dict[int, Record] = field(default_factory=dict)
    added: dict[str, int] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)

    def locate(self, sourced_id: str) -> int | None:
        position = self.added.get(sourced_id, index_of_id(self.prefix, sourced_id, self.count))
        return None if position in self.deleted else position

    def at(self, position: int) -> Record:
        written = self.written.get(position)
        return self.make(position) if written is None else dict(written)

    def all(self) -> LazyList:
        positions = RangeWithout(self.count + len(self.added), tuple(sorted(self.deleted)))
        return LazyList(self.entity, positions, self.at, self.locate)

    def put(self, sourced_id: str, record: Record) -> bool:
        """Write a record; True when it is new."""
        position = self.locate(sourced_id)
        new = position is None
        if position is None:
            position = index_of_id(self.prefix, sourced_id, self.count)
        if position is None:
            position = self.added.setdefault(sourced_id, self.count + len(self.added))
        self.deleted.discard(position)
        self.written[position] = record
        return new

    def delete(self, sourced_id: str) -> bool:
        """Delete a record; False when there is none."""
        position = self.locate(sourced_id)
        if position is None:
            return False
        self.deleted.add(position)
        self.written.pop(position, None)
        return True

    def near(self, first: int, count: int) -> list[int]:
        """The generated positions from `first` on and all that were written, without what was deleted."""
        some = set(range(first, min(first + count, self.count))) | set(self.written)
        return sorted(some - self.deleted)


class Gradebook:
    """The grade book of one district. What a vendor writes is kept as it was sent."""

    def __init__(self, roster: Roster):
        self._roster = roster
        self._records = roster.records
        classes = roster.class_count
        line_items = classes * LINE_ITEMS_EACH
        collections = (
            _Collection("category", "category-", len(_CATEGORIES), self._category),
            _Collection("lineItem", "lineItem-", line_items, self._line_item),
            _Collection("result", "result-", line_items * COHORT, self._result),
            _Collection("scoreScale", "scoreScale-", classes, self._score_scale),
            _Collection("assessmentLineItem", "assessment-", classes, self._assessment),
            _Collection("assessmentResult", "assessmentResult-", classes * COHORT, self._assessment_result),
        )
        empty = roster.rules.empty
        for collection in collections:
            if collection.entity in empty or "*" in empty:
                collection.count = 0
        self._collections = {collection.entity: collection for collection in collections}

    def all(self, entity: str) -> LazyList:
        """All records of an entity."""
        return self._collections[entity].all()

    def put(self, entity: str, sourced_id: str, record: Record) -> bool:
        """Write a record; True when it is new."""
        return self._collections[entity].put(sourced_id, record)

    def delete(self, entity: str, sourced_id: str) -> bool:
        """Delete a record; False when there is none."""
        return self._collections[entity].delete(sourced_id)

    def free_id(self, entity: str) -> str:
        """A sourcedId that no record of this entity has."""
        added = self._collections[entity].added
        number = len(added) + 1
        while f"{entity}-new-{number}" in added:
            number += 1
        return f"{entity}-new-{number}"

    # Parts of the lists, by what the records refer to.

    def _some(self, entity: str, first: int, count: int, fits: Callable[[Record], bool]) -> LazyList:
        collection = self._collections[entity]
        return collection.all().only([at for at in collection.near(first, count) if fits(collection.at(at))])

    def line_items_of_class(self, index: int) -> LazyList:
        """The line items of a class."""
        sid = f"class-{index + 1}"
        start = index * LINE_ITEMS_EACH
        return self._some("lineItem", start, LINE_ITEMS_EACH, lambda record: _refers(record, "class", sid))

    def score_scales_of_class(self, index: int) -> LazyList:
        """The score scales of a class."""
        sid = f"class-{index + 1}"
        return self._some("scoreScale", index, 1, lambda record: _refers(record, "class", sid))

    def score_scales_of_school(self, classes: range) -> LazyList:
        """The score scales of a run of classes."""
        ids = {f"class-{index + 1}" for index in classes}
        return self._some(
            "scoreScale", classes.start, len(classes), lambda record: record["class"]["sourcedId"] in ids
        )

    def results_of_class(self, index: int, *, line_item: str = "", student: str = "") -> LazyList:
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

    def _base(self, entity: str, position: int) -> Record:
        return self._records.base(f"{self._collections[entity].prefix}{position + 1}", position)

    def _reference(self, path: str, entity: str, position: int) -> Record:
        sid = f"{self._collections[entity].prefix}{position + 1}"
        return self._records.reference(path, sid, entity, "gradebook")

    def _student(self, school_class: int, slot: int) -> Record:
        return self._records.user_reference(Role.STUDENT, self._records.cohort_of_class(school_class)[slot])

    def _category(self, position: int) -> Record:
        record = self._base("category", position) | {"title": _CATEGORIES[position]}
        return record | ({"weight": 1.0} if self._records.version == "1.2" else {})

    def _line_item(self, position: int) -> Record:
        school_class, number = divmod(position, LINE_ITEMS_EACH)
        begins = self._roster.year.begins
        record = self._base("lineItem", position) | {
            "title": f"Exercise {number + 1}",
            "description": "An invented exercise",
            "assignDate": f"{begins}T08:00:00.000Z",
            "dueDate": f"{begins}T15:00:00.000Z",
            "class": self._records.class_reference(school_class),
            "category": self._reference("categories", "category", position % len(_CATEGORIES)),
            "gradingPeriod": self._records.session_reference(self._roster.year.positions("gradingPeriod")[0]),
            "resultValueMin": 0.0,
            "resultValueMax": 100.0,
        }
        if self._records.version == "1.2":
            record["school"] = self._records.org_reference(self._records.school_of_class(school_class))
        return record

    def _result(self, position: int) -> Record:
        item, slot = divmod(position, COHORT)
        school_class = item // LINE_ITEMS_EACH
        record = self._base("result", position) | {
            "lineItem": self._reference("lineItems", "lineItem", item),
            "student": self._student(school_class, slot),
            "scoreStatus": "fully graded",
            "score": float(60 + position % 41),
            "scoreDate": self._roster.year.begins,
        }
        if self._records.version == "1.2":
            record["class"] = self._records.class_reference(school_class)
        return record

    def _score_scale(self, position: int) -> Record:
        return self._base("scoreScale", position) | {
            "title": "Letters",
            "type": "letters",
            "class": self._records.class_reference(position),
            "scoreScaleValue": [{"itemValueLHS": letter, "itemValueRHS": least} for letter, least in _SCALE],
        }

    def _assessment(self, position: int) -> Record:
        return self._base("assessmentLineItem", position) | {
            "title": "Invented assessment",
            "class": self._records.class_reference(position),
            "resultValueMin": 0.0,
            "resultValueMax": 100.0,
        }

    def _assessment_result(self, position: int) -> Record:
        item, slot = divmod(position, COHORT)
        return self._base("assessmentResult", position) | {
            "assessmentLineItem": self._reference("assessmentLineItems", "assessmentLineItem", item),
            "student": self._student(item, slot),
            "score": float(50 + position % 51),
            "scoreDate": self._roster.year.begins,
            "scoreStatus": "fully graded",
        }


def _refers(record: Record, name: str, sourced_id: str) -> bool:
    reference = record.get(name)
    return isinstance(reference, dict) and reference.get("sourcedId") == sourced_id

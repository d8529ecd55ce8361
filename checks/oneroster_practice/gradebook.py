"""The grade book: its first records, made from an index, and what a vendor writes over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from oneroster_checks.standard.fields import ENTITY
from oneroster_checks.standard.operations import operations

from .form import Overlaid, Record, Source
from .gradebook_records import CATEGORIES, LINE_ITEMS_EACH, GradebookRecords
from .lazy_list import LazyList, RangeWithout, index_of_id
from .roster import Roster
from .shape import COHORT

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
    first: Source
    written: dict[int, Record] = field(default_factory=dict)
    added: dict[str, int] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)

    def locate(self, sourced_id: str) -> int | None:
        position = self.added.get(sourced_id, index_of_id(self.prefix, sourced_id, self.count))
        return None if position in self.deleted else position

    @property
    def source(self) -> Source:
        return Overlaid(self.first, self.written.get) if self.written else self.first

    def all(self) -> LazyList:
        count = self.count + len(self.added)
        positions = RangeWithout(count, tuple(sorted(self.deleted))) if self.deleted else range(count)
        return LazyList(self.entity, positions, self.source, self.locate)

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
        first = GradebookRecords(roster.records)
        classes = roster.shape.class_count
        line_items = classes * LINE_ITEMS_EACH
        collections = (
            _Collection("category", "category-", len(CATEGORIES), first.categories),
            _Collection("lineItem", "lineItem-", line_items, first.line_items),
            _Collection("result", "result-", line_items * COHORT, first.results),
            _Collection("scoreScale", "scoreScale-", classes, first.score_scales),
            _Collection("assessmentLineItem", "assessment-", classes, first.assessments),
            _Collection("assessmentResult", "assessmentResult-", classes * COHORT, first.assessment_results),
        )
        empty, planted = roster.rules.empty, roster.planted
        for collection in collections:
            for position, change in planted.changes.get(collection.entity, {}).items():
                collection.written[position] = change(collection.first.record(position))
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
        source = collection.source
        return collection.all().only([at for at in collection.near(first, count) if fits(source.record(at))])

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


def _refers(record: Record, name: str, sourced_id: str) -> bool:
    reference = record.get(name)
    return isinstance(reference, dict) and reference.get("sourcedId") == sourced_id

"""Faults that the trace of a grade shows: in the result, its line item, and its category."""

from __future__ import annotations

from collections.abc import Callable

from ..fault import Fault, Traced
from ..form import Record
from ..gradebook_records import LINE_ITEMS_EACH
from ..people import Role
from ..planting import DELETED, Change, Planting, with_fields
from ..records import Records
from ..shape import COHORT
from .traced import STUDENT, WITH_GRADEBOOK, classes_of_student, in_days, traced_fault

# A student of the next cohort, who is in no class of the one whose result this is.
_STRANGER = STUDENT + COHORT
# More points than any line item of the district has.
_TOO_MANY = 140.0


def _item_at(records: Records) -> int:
    """The position of the line item: the first one of the student's first class."""
    return classes_of_student(records)[0] * LINE_ITEMS_EACH


def _result_at(records: Records) -> int:
    """The position of the student's result for it."""
    return _item_at(records) * COHORT + STUDENT % COHORT


_RESULT = Traced("grade", lambda records: f"result-{_result_at(records) + 1}")
_ITEM = Traced("grade", lambda records: f"lineItem-{_item_at(records) + 1}")


def _of_result(change: Callable[[Records], Change]) -> Callable[[Records], Planting]:
    return lambda records: Planting({"result": {_result_at(records): change(records)}})


def _of_item(change: Callable[[Records], Change]) -> Callable[[Records], Planting]:
    return lambda records: Planting({"lineItem": {_item_at(records): change(records)}})


def _ungraded(record: Record) -> Record:
    kept = {name: value for name, value in record.items() if name != "score"}
    return {**kept, "scoreStatus": "not submitted"}


def _of_a_stranger(records: Records) -> Change:
    other = records.users.sourced_id(Role.STUDENT, _STRANGER)
    return with_fields(student=records.refer.user(other))


def _without_results(records: Records) -> Planting:
    first = _item_at(records) * COHORT
    return Planting(hidden={"results": range(first, first + COHORT)})


def _category_gone(records: Records) -> Change:
    return with_fields(category=records.refer.to("categories", "category-gone", "category", "gradebook"))


FAULTS: tuple[Fault, ...] = tuple(
    traced_fault(code, title, traced, plant, share=WITH_GRADEBOOK)
    for code, title, traced, plant in (
        (
            "trace.result-deleted",
            "The result is marked as deleted",
            _RESULT,
            _of_result(lambda records: DELETED),
        ),
        (
            "trace.result-exempt",
            "The student is exempt from the assignment",
            _RESULT,
            _of_result(lambda records: with_fields(scoreStatus="exempt")),
        ),
        (
            "trace.result-without-score",
            "The result has no score yet",
            _RESULT,
            _of_result(lambda records: _ungraded),
        ),
        ("trace.no-result", "The line item has no results", _ITEM, _without_results),
        (
            "trace.result-other-student",
            "The result names a student who is not in the class",
            _RESULT,
            _of_result(_of_a_stranger),
        ),
        (
            "trace.score-out-of-range",
            "The score is higher than the line item allows",
            _RESULT,
            _of_result(lambda records: with_fields(score=_TOO_MANY)),
        ),
        (
            "trace.line-item-missing",
            "The line item of the result is not returned",
            _RESULT,
            lambda records: Planting(hidden={"lineItems": {_item_at(records)}}),
        ),
        (
            "trace.line-item-deleted",
            "The line item of the result is marked as deleted",
            _RESULT,
            _of_item(lambda records: DELETED),
        ),
        (
            "trace.line-item-without-class",
            "The class of the line item is not returned",
            _RESULT,
            lambda records: Planting(hidden={"classes": {classes_of_student(records)[0]}}),
        ),
        (
            "trace.category-missing",
            "The category of the line item is not returned",
            _RESULT,
            _of_item(_category_gone),
        ),
        (
            "trace.due-outside-period",
            "The line item is due outside its grading period",
            _RESULT,
            _of_item(lambda records: with_fields(dueDate=f"{in_days(800)}T15:00:00.000Z")),
        ),
    )
)

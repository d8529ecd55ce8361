"""Causes that a trace finds in a result, its line item and its category."""

from __future__ import annotations

from .model import Cause, district, you
from .trace_steps import AWAIT_TRACE, TRACE_AGAIN, traced_cause
from .trace_steps import SECTION as SECTION

_TELL_GRADE = you(
    "Tell the district by phone which grade this is: messages of this tool have no names.",
    line="Tell the district by phone which grade this is.",
)
_LOOK_GRADE = district("Look at the grade in the grade book of the class.", reply="what you find")
_OWN_RECORD = you("Compare the record with what your software sent.")
_TASKS = district("Look for the assignment in the grade book of the class.", reply="what you find")
_SEND_ITEM = you("Have your software create the line item again.")

CAUSES: tuple[Cause, ...] = (
    traced_cause(
        "trace.grade-not-found",
        "No such grade",
        "There is neither a result nor a line item with [[-that_we_have|this]][[?that_we_have|the]] sourcedId"
        "[[ {that_we_have}]].",
        why="The write may have been refused, or the server may have given the record another sourcedId. Somebody may "
        "have deleted it.",
        detection="Neither a result nor a line item with the sourcedId is there alone or brought by a filter that "
        "brings others.",
        fix=(
            you("Look in the log of your software for the answer to the write."),
            you("Try a write test on that class."),
            TRACE_AGAIN,
        ),
        standard=True,
    ),
    traced_cause(
        "trace.result-deleted",
        "Deleted result",
        "The result is marked as deleted, so the grade is to be removed.",
        why="A result with the status tobedeleted was taken back by the software that wrote it, or in the grade book.",
        detection="The result has the status tobedeleted.",
        fix=(_OWN_RECORD, _TELL_GRADE, _LOOK_GRADE, AWAIT_TRACE),
        standard=True,
    ),
    traced_cause(
        "trace.result-exempt",
        "Exempt result",
        "The result is exempt, so its score does not count.",
        why="A teacher marked the student as exempt from the assignment, or the software that wrote the result did.",
        detection="scoreStatus of the result is exempt.",
        fix=(_OWN_RECORD, _TELL_GRADE, district("Take the exemption away if it is not meant."), AWAIT_TRACE),
        standard=True,
    ),
    traced_cause(
        "trace.result-without-score",
        "No score in the result",
        "The result has no score that counts[[ ({state})]].",
        why="The assignment was not graded yet, or only that it was handed in has been recorded.",
        detection="The result has neither score nor textScore, or its scoreStatus is not submitted or submitted.",
        fix=(_OWN_RECORD, _TELL_GRADE, _LOOK_GRADE, AWAIT_TRACE),
        standard=True,
    ),
    traced_cause(
        "trace.no-result",
        "No result for the line item",
        "The line item is there, but it has no result.",
        why="No grade was written for the assignment, or the write was refused.",
        detection="The list of results of the line item is empty, and a filter by the line item brings nothing.",
        fix=(
            you("Look in the log of your software for the answer to the write."),
            you("Try a write test on that class."),
            TRACE_AGAIN,
        ),
        standard=True,
    ),
    traced_cause(
        "trace.result-other-student",
        "Result of a student who is not in the class",
        "The student whom the result names is not in the class of its line item[[ ({of_class})]].",
        why="The result names another student than the one who did the work, or the student left the class.",
        because="The result may name the wrong student.",
        detection="The result names no student, or no enrollment of that student names the class of the line item.",
        fix=(_OWN_RECORD, _TELL_GRADE, district("Check whether the student is in that class."), AWAIT_TRACE),
        standard=True,
    ),
    traced_cause(
        "trace.score-out-of-range",
        "Score outside the range",
        "The score is outside the range of the line item, which goes from {lowest} to {highest}.",
        why="Extra credit can be meant. Otherwise the points of the assignment and those of the result differ.",
        detection="score of the result is below resultValueMin or above resultValueMax of its line item.",
        fix=(_OWN_RECORD, _TELL_GRADE, _LOOK_GRADE, AWAIT_TRACE),
        standard=True,
    ),
    traced_cause(
        "trace.line-item-missing",
        "Line item missing",
        "The result names a line item[[ ({record})]] that is not returned.",
        why="Without its line item, a grade belongs to no assignment and no class.",
        because="The assignment of the grade may have been deleted.",
        detection="The result names no line item, or one that is neither there alone nor in the list.",
        fix=(_TELL_GRADE, _TASKS, _SEND_ITEM, AWAIT_TRACE),
        standard=True,
    ),
    traced_cause(
        "trace.line-item-deleted",
        "Deleted line item",
        "The line item[[ ({record})]] is marked as deleted, and its grades go with it.",
        why="The assignment was deleted in the grade book, or by the software that wrote it.",
        because="The assignment may have been deleted.",
        detection="The line item has the status tobedeleted.",
        fix=(_TELL_GRADE, _TASKS, _SEND_ITEM, AWAIT_TRACE),
        standard=True,
    ),
    traced_cause(
        "trace.line-item-without-class",
        "Line item without a class",
        "The line item names no class that is returned[[ ({of_record})]].",
        why="An assignment without a class is in nobody's grade book.",
        because="The class of the assignment may not be shared.",
        detection="class of the line item is empty, or that class is neither there alone nor in the list.",
        fix=(_OWN_RECORD, _TELL_GRADE, _TASKS, AWAIT_TRACE),
        standard=True,
    ),
    traced_cause(
        "trace.category-missing",
        "Category missing",
        "[[?is_deleted|The category of the line item is marked as deleted]]"
        "[[-is_deleted|The line item names no category that is returned]][[ ({record})]].",
        why="Grade books that weigh categories cannot count an assignment without one. With OneRoster 1.1, Campus "
        "makes categories up, so this is only a hint there.",
        detection="category of the line item is empty, or that category is neither there alone nor in the list, or is "
        "deleted.",
        fix=(
            you(
                "Have your software use a category that is in the list of categories.",
                line="Use a category that is in the list of categories.",
            ),
            _TELL_GRADE,
            district("Look up which category the assignment should have.", reply="what you find"),
            AWAIT_TRACE,
        ),
        standard=True,
    ),
    traced_cause(
        "trace.due-outside-period",
        "Due date outside the grading period",
        "The line item is due on {day}, which is outside its grading period.",
        why="Partners of Campus report that grades are refused when the due date is outside an open grading period. "
        "Campus makes up the grading periods that it shares, so this is only a hint there.",
        detection="dueDate of the line item is before the start or after the end of the grading period that it names.",
        fix=(
            you("Have your software send a due date inside the grading period."),
            TRACE_AGAIN,
        ),
        standard=True,
    ),
)

"""The write test of the grade book: only where the user named a class for it, and removed again whatever happens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from .. import limits
from ..finding import Stage
from ..made_records import MadeRecord, new_records
from ..target import Target
from .context import RunContext
from .model import Check, Outcome, failed, passed, skipped
from .write_class import find_setting, maker_of, token_to_write
from .write_state import WriteTest, as_test
from .write_steps import (
    create_category,
    create_line_item,
    create_result,
    exempt,
    give_extra_credit,
    lengthen_title,
)
from .writing import Writing

OPTION, LEFTOVERS_OPTION = "write_test", "leftovers"
CLASS, REMOVAL, LEFTOVERS = "gradebook.write-class", "gradebook.write-removal", "gradebook.leftovers"
_FAILED = "gradebook.cleanup-failed"

Step = Callable[[RunContext, WriteTest], Awaitable[Outcome]]


def _not_expected(target: Target) -> str | None:
    return None if target.connection.shares("gradebook") else "you do not expect the grade book"


def _step_s(run: RunContext) -> float:
    return run.session.timeout * limits.RUN_REQUEST_TIMES


async def _class(run: RunContext) -> Outcome:
    with run.session.budget.apart(_step_s(run), limits.WRITE_STEP_REQUESTS):
        setting, proof = await find_setting(run, run.writes.class_id)
        if isinstance(setting, Outcome):
            return setting
        writing = Writing(run.session, run.data, setting.class_id, run.writes.journal)
        proof += await token_to_write(run, writing)
    run.write_test = as_test(new_records(), writing, maker_of(run, setting))
    run.closing.append(writing.close)
    return passed(*proof)


async def _step(step: Step, run: RunContext) -> Outcome:
    assert run.write_test is not None, "the class was found"
    with run.session.budget.apart(_step_s(run), limits.WRITE_STEP_REQUESTS):
        return await step(run, run.write_test)


async def _removal(run: RunContext) -> Outcome:
    assert run.write_test is not None, "the class was found"
    return await _remove(run, run.write_test.writing)


async def _leftovers(run: RunContext) -> Outcome:
    outcomes: list[Outcome] = []
    for left in run.writes.leftovers:
        writing = Writing(run.session, run.data, left.class_id, run.writes.journal, left.records)
        await token_to_write(run, writing)
        outcomes.append(await _remove(run, writing))
    # Several tests that were killed are told as one where they ended alike.
    worst = [each for each in outcomes if each.cause] or outcomes
    return worst[0] if worst else skipped("there is nothing to remove")


async def _remove(run: RunContext, writing: Writing) -> Outcome:
    made = tuple(writing.made)
    if not made:
        return skipped("nothing was written")
    seconds = max(_step_s(run), limits.CLEAN_UP_S)
    with run.session.budget.apart(seconds, limits.CLEAN_UP_REQUESTS):
        proof = await writing.remove_all()
    left = tuple(writing.made)
    if not left:
        return passed(*proof, count=len(made))
    return failed(
        _FAILED, *proof, count=len(left), of=len(made), examples=tuple(each.sourced_id for each in left),
        records=tuple(map(_named, left)),
    )  # fmt: skip


def _named(made: MadeRecord) -> str:
    """A record as a person finds it: below the grade book's address, its collection and its sourcedId."""
    return f"{made.path.strip('/')}/{made.sourced_id}"


def _check(id: str, title: str, description: str, step: Step, *requires: str, after: str = CLASS) -> Check:
    return Check(
        id, title, description, Stage.GRADEBOOK, partial(_step, step), requires=(CLASS, *requires),
        after=(after,), applies=_not_expected, option=OPTION,
    )  # fmt: skip


_CATEGORY, _LINE_ITEM, _TITLE = (f"gradebook.write-{name}" for name in ("category", "line-item", "title"))
_RESULT, _EXTRA, _EXEMPT = (f"gradebook.write-{name}" for name in ("result", "extra-credit", "exempt"))

CHECKS: tuple[Check, ...] = (
    Check(
        LEFTOVERS, "Removal of earlier test records",
        "Whether the records that an earlier write test may have left can be removed.",
        Stage.GRADEBOOK, _leftovers, requires=("gradebook.read",), applies=_not_expected,
        option=LEFTOVERS_OPTION, in_order="No record of an earlier write test is left.",
    ),
    Check(
        CLASS, "Class for the write test",
        "Whether the class that was named for the write test is there, with a student. Nothing is written yet.",
        Stage.GRADEBOOK, _class, requires=("gradebook.read",), after=(LEFTOVERS,), applies=_not_expected,
        option=OPTION,
    ),
    _check(
        _CATEGORY, "Writing a category",
        "Whether a category can be created and is read back as it was sent.", create_category,
    ),
    _check(
        _LINE_ITEM, "Writing a line item",
        "Whether a line item can be created in the class and is read back as it was sent.",
        create_line_item, _CATEGORY,
    ),
    _check(
        _TITLE, "Changing a title", "Whether the line item can be given a long title.", lengthen_title,
        _LINE_ITEM,
    ),
    _check(
        _RESULT, "Writing a result",
        "Whether a result of a student can be created and is read back as it was sent.", create_result,
        _LINE_ITEM, after=_TITLE,
    ),
    _check(
        _EXTRA, "Score above the maximum", "Whether the result can have a score above the maximum.",
        give_extra_credit, _RESULT,
    ),
    _check(
        _EXEMPT, "Exempt result", "Whether the result can be made exempt.", exempt, _RESULT, after=_EXTRA,
    ),
    Check(
        REMOVAL, "Removal of test records",
        "Whether everything that the write test made is removed again.",
        Stage.GRADEBOOK, _removal, requires=(CLASS,),
        after=(_CATEGORY, _LINE_ITEM, _TITLE, _RESULT, _EXTRA, _EXEMPT), applies=_not_expected, option=OPTION,
        in_order="No record of the write test is left.",
    ),
)  # fmt: skip

"""The steps of a write test, each a request to write and what is read back: the writing and changing of records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..finding import FactDict, Status
from ..labels import WRITE_STEPS
from ..standard.envelopes import Record, id_of
from ..standard.operations import posting
from .context import RunContext
from .failures import failed_by, redirect_words
from .model import Outcome, failed, known, passed
from .part_outcomes import broken
from .write_class import token_to_write
from .write_records import LONG_TITLE, differing, is_deleted
from .write_state import WriteTest

if TYPE_CHECKING:
    from ..client.reading import Reading

REFUSED, NOT_KEPT = "gradebook.write-refused", "gradebook.write-not-kept"
_NO_JOURNAL = (
    "the list of test records to remove could not be saved on this computer, so nothing more was written"
)
_NO_JOURNAL_LIMIT: FactDict = {"disk": "not writable", "journal": "not saved"}
# What a server says that does not take a PUT of a record that is not there yet.
_NO_PUT = (404, 405)


async def create_category(run: RunContext, test: WriteTest) -> Outcome:
    """A category of its own; where it cannot be made, a warning, and the line item goes into one that is there."""
    made = test.ids["category"]
    outcome = await _write(run, test, "category", test.maker.category(made.sourced_id), "category")
    if outcome.status is Status.PASS:
        test.category = made.sourced_id
        return outcome
    known_ids = (id_of(row) for row in run.rows("/categories") if not is_deleted(row))
    test.category = next((id for id in known_ids if id and not id.startswith(made.sourced_id[:5])), "")
    if test.category and outcome.cause in (REFUSED, NOT_KEPT):
        return replace(outcome, status=Status.WARN)
    return outcome


async def create_line_item(run: RunContext, test: WriteTest) -> Outcome:
    """A line item of the class."""
    record = test.maker.line_item(test.ids["lineItem"].sourced_id, test.category)
    return await _write(run, test, "lineItem", record, "line-item")


async def lengthen_title(run: RunContext, test: WriteTest) -> Outcome:
    """The same line item with a long title; where it is refused, the short one stays."""
    return await _write(run, test, "lineItem", test.sent["lineItem"] | {"title": LONG_TITLE}, "title")


async def create_result(run: RunContext, test: WriteTest) -> Outcome:
    """A result of a student of the class for the line item."""
    record = test.maker.result(test.ids["result"].sourced_id, test.ids["lineItem"].sourced_id)
    return await _write(run, test, "result", record, "result")


async def give_extra_credit(run: RunContext, test: WriteTest) -> Outcome:
    """The same result with a score above the maximum of the line item."""
    return await _write(
        run, test, "result", test.sent["result"] | {"score": test.extra_credit}, "extra-credit"
    )


async def exempt(run: RunContext, test: WriteTest) -> Outcome:
    """The same result as exempt; what becomes of its score is the server's own business."""
    record = test.sent["result"] | {"scoreStatus": "exempt"}
    return await _write(run, test, "result", record, "exempt", ("score",))


async def _write(
    run: RunContext, test: WriteTest, entity: str, record: Record, step: str, beside: tuple[str, ...] = ()
) -> Outcome:
    """Write a record and read it back; the fields `beside` are not compared."""
    made, writing = test.ids[entity], test.writing
    try:
        answer = await writing.put(made, record, WRITE_STEPS[step])
    except OSError:
        # The run says so: nobody should take a write test that did not happen for one that passed.
        return Outcome(Status.SKIP, reason=_NO_JOURNAL, limit=_NO_JOURNAL_LIMIT)
    if answer.status in (401, 403):
        # Perhaps the token reads and no more.
        tried = await token_to_write(run, writing, refused=True)
        if writing.authorizer is not None and tried:
            answer = await writing.put(made, record, f"{WRITE_STEPS[step]}, with the scopes to write")
    if not answer.accepted:
        return await _refused(run, answer, made.path, step, is_new=entity not in test.sent)
    compared = {name: value for name, value in record.items() if name not in beside}
    found = await writing.read_back(made, lambda came: not differing(compared, came))
    proof = (answer.evidence, *found.proof)
    facts = {"step": step, "path": made.path}
    if found.record is None:
        return failed(NOT_KEPT, *proof, **facts, lost=True)
    fields = differing(compared, found.record)
    if fields:
        return failed(NOT_KEPT, *proof, **facts, differing=fields)
    test.sent[entity] = record
    return passed(*proof)


async def _refused(run: RunContext, answer: Reading, path: str, step: str, *, is_new: bool) -> Outcome:
    from ..client.reading import Kind

    failure = answer.answer.failure
    if failure is not None:
        place, typed = run.target.base_place, run.connection.base_url
        return failed_by(failure, answer.evidence, place, field="base_url", typed=typed)
    if answer.kind is Kind.THROTTLED:
        return await broken(run, answer, "gradebook")
    status = answer.status or 0
    detail = None
    if answer.answer.redirect_target:
        detail = redirect_words(run, answer.answer)
    elif answer.kind in (Kind.LOGIN_PAGE, Kind.MAINTENANCE):
        detail = "a web page came back"
    # Records that are sent with POST get sourcedIds of the server's, by which nobody could tell them from others once
    # the answer is lost: it is named, and not tried.
    other = posting(run.connection.oneroster, path) if is_new and status in _NO_PUT else None
    facts = known(
        {
            "step": step,
            "path": path,
            "status": status,
            "detail": detail,
            "post": other.path if other else None,
        }
    )
    return failed(REFUSED, answer.evidence, **facts, broken=True if status >= 500 else None)

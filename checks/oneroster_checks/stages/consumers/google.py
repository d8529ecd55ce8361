"""What Google Classroom asks of a server, in the order of its published tests for OneRoster 1.2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ... import limits
from ...finding import Stage
from ...labels import CONSUMER_NAMES
from ...standard.envelopes import id_of
from ...standard.operations import collection, operation_of
from ...target import Target
from ..asked import ask, first_page, ids_of
from ..context import RunContext
from ..judged_pages import many_at_once
from ..model import Check, Consumer, Outcome, failed, passed, skipped
from ..operation_answers import Answered, answered
from ..query_rules import filterable, refused_query
from ..write_test import EXEMPT, EXTRA, LINE_ITEM, RESULT, TITLE
from .steps import lacking, not_working, step, without_records, writing

if TYPE_CHECKING:
    from ...client.reading import Reading

GOOGLE: Consumer = "google-classroom"
_PERSON = ("sourcedId", "email")
_PERIOD = ("sourcedId", "title", "startDate", "endDate", "schoolYear")
_NOBODY = "no {} was found to ask about"


async def _below(run: RunContext, name: str, word: str) -> Answered | Outcome:
    """The answer of an operation below a known record, or why it cannot be asked."""
    operation = operation_of(run.connection.oneroster, name)
    known = await ids_of(run)
    id = known.roster.get(word)
    return await ask(run, operation, id) if id else skipped(_NOBODY.format(word))


async def _version(run: RunContext) -> Outcome:
    if run.connection.oneroster == "1.2":
        return passed()
    return skipped(
        "Google's tests are only for OneRoster 1.2 (those for 1.1 are retired), and this connection uses 1.1"
    )


async def _teachers(run: RunContext) -> Outcome:
    operation = operation_of(run.connection.oneroster, "getAllTeachers")
    answer = await ask(run, operation)
    return lacking(GOOGLE, answer, _PERSON) or passed(answer.evidence, count=len(answer.rows))


async def _by_email(run: RunContext) -> Outcome:
    page = await first_page(run, "/teachers")
    row = next((row for row in page.rows if filterable(str(row.get("email") or ""))), None)
    if row is None:
        return skipped("no teacher on the first page has an email address")
    email = str(row["email"])
    text = f"email='{email}'"
    found = await run.page(
        page.path, limit=limits.CONFORMANCE_ROWS, params={"filter": text}, note="one teacher by email"
    )
    if not found.good and not refused_query(found):
        return skipped(f"the request with a filter failed ({found.kind})", found.evidence)
    if not found.good:
        return failed(
            "query.filter-unsupported", found.evidence, path=page.path, filter=text, status=found.status
        )
    others = [each for each in found.rows if str(each.get("email")).casefold() != email.casefold()]
    if others:
        return failed("query.filter-ignored", found.evidence, path=page.path, filter=text, count=len(others))
    if len(found.rows) > 1:
        ids = tuple(id for each in found.rows[: limits.RECORDS_SHOWN] if (id := id_of(each)))
        return failed(
            "consumer.not-unique", found.evidence, path=page.path, count=len(found.rows),
            consumer=CONSUMER_NAMES[GOOGLE], examples=ids or None,
        )  # fmt: skip
    if not found.rows:
        detail = "nothing came back for a teacher who exists"
        return failed(
            "query.filter-unsupported", found.evidence, path=page.path, filter=text, status=found.status,
            detail=detail,
        )  # fmt: skip
    return passed(found.evidence)


async def _classes_of_teacher(run: RunContext) -> Outcome:
    operation = operation_of(run.connection.oneroster, "getClassesForTeacher")
    teacher = (await ids_of(run)).roster.get("teachers")
    if not teacher:
        return skipped(_NOBODY.format("teacher"))
    text = "status='active'"
    page = await run.data.operation(
        operation, (teacher,), limit=run.rows_at_most(limits.PAGE_ROWS), params={"filter": text},
        note="the active classes of a teacher",
    )  # fmt: skip
    if refused_query(page) and (await ask(run, operation, teacher)).works:
        return failed(
            "query.filter-unsupported", page.evidence, path=operation.path, filter=text, status=page.status
        )
    answer = answered(operation, (teacher,), page)
    outcome = lacking(GOOGLE, answer, ("sourcedId", "school", "terms"))
    if outcome is not None:
        return outcome
    others = sum(row.get("status") != "active" for row in page.rows)
    if others:
        return failed("query.filter-ignored", page.evidence, path=operation.path, filter=text, count=others)
    return passed(page.evidence, count=len(page.rows))


async def _students_of_class(run: RunContext) -> Outcome:
    answer = await _below(run, "getStudentsForClass", "classes")
    if isinstance(answer, Outcome):
        return answer
    return lacking(GOOGLE, answer, _PERSON) or passed(answer.evidence, count=len(answer.rows))


async def _categories_of_class(run: RunContext) -> Outcome:
    if run.connection.oneroster == "1.1":
        # Its categories belong to no class.
        answer: Answered | Outcome = await ask(run, collection("1.1", "/categories"))
    else:
        answer = await _below(run, "getCategoriesForClass", "classes")
    if isinstance(answer, Outcome):
        return answer
    return without_records(GOOGLE, answer) or passed(answer.evidence, count=len(answer.rows))


async def _periods_of_term(run: RunContext) -> Outcome:
    answer = await _below(run, "getGradingPeriodsForTerm", "terms")
    if isinstance(answer, Outcome):
        return answer
    outcome = lacking(GOOGLE, answer, _PERIOD)
    if outcome is not None:
        return outcome
    others = sum(row.get("type") != "gradingPeriod" for row in answer.rows)
    if others:
        detail = f"{answer.operation.path} has records that are not gradingPeriod ({others})"
        return failed("operation.disagrees", answer.evidence, count=1, of=1, detail=detail)
    return passed(answer.evidence, count=len(answer.rows))


async def _page_size(run: RunContext) -> Outcome:
    page: Reading = await first_page(run, "/teachers")
    if not page.rows:
        return skipped("no teachers are shared", page.evidence)
    fault = await many_at_once(run, page)
    if fault is None:
        return skipped("the server did not say how many records it returns at once")
    if isinstance(fault, bool):
        return passed(asked=limits.ROWS_OF_CONSUMERS)
    return failed(fault.cause, *fault.evidence, path=fault.path, **fault.facts)


async def _line_items_of_class(run: RunContext) -> Outcome:
    known = await ids_of(run)
    id = known.grades.get("classes")
    if not id:
        return skipped(_NOBODY.format("class"))
    answer = await ask(run, operation_of(run.connection.oneroster, "getLineItemsForClass"), id)
    return not_working(GOOGLE, answer) or passed(answer.evidence)


def _grades(target: Target) -> str | None:
    return None if target.connection.shares("gradebook") else "you do not expect the grade book"


CHECKS: tuple[Check, ...] = (
    step(GOOGLE, "google.version", "Google: OneRoster version",
         "Whether the connection has the OneRoster version of Google's tests.", _version),
    step(GOOGLE, "google.teachers", "Google: teachers",
         "Whether there are teachers, each with an email address.", _teachers,
         in_order="[[Teachers checked: {count}.]]"),
    step(GOOGLE, "google.teacher-by-email", "Google: teacher by email",
         "Whether a filter by email finds exactly that teacher.", _by_email),
    step(GOOGLE, "google.classes-of-teacher", "Google: classes of a teacher",
         "Whether a teacher has active classes, each with its school and its terms.", _classes_of_teacher),
    step(GOOGLE, "google.students-of-class", "Google: students of a class",
         "Whether a class has students, each with an email address.", _students_of_class),
    step(GOOGLE, "google.categories-of-class", "Google: categories of a class",
         "Whether a class has categories for its line items.", _categories_of_class,
         stage=Stage.GRADEBOOK, applies=_grades),
    step(GOOGLE, "google.grading-periods", "Google: grading periods of a term",
         "Whether a term has grading periods with title, dates, and school year.", _periods_of_term),
    step(GOOGLE, "google.page-size", "Google: 10,000 records at once",
         "Whether a list can be requested with a limit of 10,000.", _page_size),
    step(GOOGLE, "google.line-items-of-class", "Google: line items of a class",
         "Whether the line items of a class can be read.", _line_items_of_class,
         stage=Stage.GRADEBOOK, applies=_grades),
    writing(GOOGLE, "google.line-item", "Google: new line item",
            "Whether a line item can be created and read back.", LINE_ITEM),
    writing(GOOGLE, "google.line-item-title", "Google: long title of a line item",
            "Whether a line item can be changed, and a long title comes back whole.", TITLE),
    writing(GOOGLE, "google.result", "Google: new result",
            "Whether a result can be created and read back.", RESULT),
    writing(GOOGLE, "google.extra-credit", "Google: extra credit",
            "Whether a score above the maximum comes back as it was sent.", EXTRA),
    writing(GOOGLE, "google.exempt", "Google: exempt result",
            "Whether the status exempt comes back as it was sent.", EXEMPT),
    writing(GOOGLE, "google.result-deleted", "Google: deleted result",
            "Whether a deleted result is gone.", "result"),
    writing(GOOGLE, "google.line-item-deleted", "Google: deleted line item",
            "Whether a deleted line item is gone.", "lineItem"),
)  # fmt: skip

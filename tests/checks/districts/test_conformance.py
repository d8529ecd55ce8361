"""Depth full: operations that do not work, lists that disagree, and queries that are followed in some places only."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from oneroster_checks.stages.model import Depth

from ...servers import Reply, Request, json_reply
from .district import Change, District, Override, data_says, is_data, token_says, with_document
from .records import Record, each, every_record, holding, many, nothing_in
from .replies import bare, error_1_1, error_1_2, oauth_says
from .row import AS_GIVEN, WITH_GRADES, Expected, Port, Row, Typed, fails, healthy, holds, ids, passes, warns
from .shapes import AERIES, CAMPUS, CAMPUS_1_1, ED_FI, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1, V12

campus, campus_1_1, generic, older = (District(shape) for shape in (CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1))


def full(name: str, district: District, expected: Expected, typed: Typed = AS_GIVEN) -> Row:
    """A row at depth full."""
    return Row(name, district, expected, typed, Port(), Depth.FULL)


def at(path: str, answer: Reply | Change) -> Override:
    """Requests for a path, with `*` for each sourcedId, are answered by this."""
    pattern = re.compile(".*" + path.replace("*", "[^/]+"))
    change: Change = answer if not isinstance(answer, Reply) else lambda request, honest: answer
    return Override(lambda request: is_data(request) and bool(pattern.fullmatch(request.path)), change)


def untyped(*places: int) -> Callable[[Record], Record]:
    """The orgs of the copies of courses at these places are told without a type."""

    def edit(row: Record) -> Record:
        if not str(row["sourcedId"]).endswith(tuple(f"-{place:04}" for place in places)):
            return row
        return {**row, "org": {key: value for key, value in row["org"].items() if key != "type"}}  # type: ignore[attr-defined]

    return edit


def filtered(word: str, answer: Reply | Change) -> Override:
    """Requests whose filter holds a word are answered by this."""
    change: Change = answer if not isinstance(answer, Reply) else lambda request, honest: answer
    return Override(lambda request: is_data(request) and word in (request.asks("filter") or ""), change)


def named(name: str) -> Change:
    """The list or the record under another name."""
    return with_document(lambda document: {name: next(iter(document.values()))})


def record_for_list(request: Request, reply: Reply) -> Reply:
    """The first record in place of the list."""
    return with_document(
        lambda document: {name: rows[0] for name, rows in document.items() if isinstance(rows, list)}
    )(request, reply)


def nobody(request: Request, reply: Reply) -> Reply:
    """No record at all."""
    return with_document(lambda document: {name: [] for name in document})(request, reply).without(
        "x-total-count"
    )


def all_orgs(request: Request, reply: Reply) -> Reply:
    """The district among its schools."""
    district: Record = {
        "sourcedId": "district-1", "status": "active", "dateLastModified": "2025-01-15T06:30:00.000Z",
        "name": "Elm Valley", "type": "district", "identifier": "D1",
    }  # fmt: skip
    if request.asks("limit") != "100" or request.asks("filter"):
        return reply
    return with_document(lambda document: {"orgs": [*document["orgs"], district]})(request, reply)  # type: ignore[misc]


def is_empty(change: Reply) -> Change:
    """An empty list is answered with something else."""
    return lambda request, reply: change if re.search(rb"\[\]", reply.body or b"") else reply


def of_type(types: str | None) -> Change:
    """References with another type, or without one."""

    def changed(value: object) -> object:
        if isinstance(value, list):
            return [changed(item) for item in value]
        if isinstance(value, dict) and "href" in value:
            return {**value, "type": types} if types else {n: v for n, v in value.items() if n != "type"}
        return {n: changed(v) for n, v in value.items()} if isinstance(value, dict) else value

    return with_document(changed)


ABSENT = (
    full("1.2: no students of a class", campus.where(at("/classes/*/students", bare(404))), warns("operation.absent")),
    full("1.1: no list of terms", older.where(at("/terms", error_1_1(404, "unknown object"))),
        warns("operation.absent")),
    full("1.2: classes of a teacher are a 405", generic.where(at("/teachers/*/classes", bare(405))),
        warns("operation.absent")),
    full("1.1: classes of a student are not implemented", campus_1_1.where(at("/students/*/classes", bare(501))),
        warns("operation.absent")),
    full("1.2: one class is sent bare", generic.where(at("/classes/*", with_document(
        lambda document: next(iter(document.values()))))), warns("operation.absent")),
    full("1.1: any user is the same one", older.where(at("/users/*", lambda request, reply: json_reply(200, {"user": {
        "sourcedId": "somebody"}}) if reply.status == 200 else reply)), warns("operation.absent")),
    full("1.2: classes of a school under another name", generic.where(at("/schools/*/classes", named("data"))),
        warns("operation.absent")),
    full("1.2: the teachers of a class are one record", campus.where(at("/classes/*/teachers", record_for_list)),
        warns("operation.absent")),
    full("1.1: an error in a 200 for the classes of a course", older.where(at("/courses/*/classes", replace(
        error_1_1(200, "unknown object"), status=200))), warns("operation.absent")),
    full("1.2: line items of a class are refused", campus.where(at("/classes/*/lineItems", error_1_2(403,
        "forbidden"))), warns("operation.absent"), WITH_GRADES),
)  # fmt: skip

# What others tell is not told as an absent operation.
OTHER_WORDS = (
    full("1.2: terms under the name in the path", generic.where(at("/terms", named("terms"))),
        warns("payload.other-key")),
    full("1.1: the teachers of a class under the name in the path", older.where(at("/classes/*/teachers", named(
        "teachers"))), warns("payload.other-key")),
    full("1.2: the second page repeats the last record of the first", generic.where(Override(lambda request:
        is_data(request) and request.path.endswith("/terms") and request.asks("offset") == "1", lambda request, reply:
        json_reply(200, {"academicSessions": [{"sourcedId": "term-1"}]}))), fails("paging.duplicates")),
    full("1.1: totals are too high, and nothing is behind", older.where(total=lambda request, total: total + 7),
        fails("paging.total-wrong", then=())),
    full("1.1: no account for a student who is enrolled first", older.where(lambda data: data.update(
        users=[row for row in data["users"] if row["sourcedId"] != "student-1"])),
        fails("accounts.students-missing", then=())),
)  # fmt: skip

DISAGREES = (
    full("1.2: the district is among the schools", generic.where(at("/schools", all_orgs)),
        warns("operation.disagrees")),
    full("1.1: nobody is in a class that has enrollments", older.where(at("/classes/*/students", nobody)),
        warns("operation.disagrees")),
    full("1.2: line items of every class", campus.where(each("lineItems", lambda row: row if row["sourcedId"] ==
        "item-1" else {**row, "class": {"href": "x", "sourcedId": "class-2", "type": "class"}}),
        at("/classes/*/lineItems", lambda request, reply: json_reply(200, {"lineItems": [{"sourcedId": "item-2",
        "class": {"sourcedId": "class-2"}}, {"sourcedId": "item-1", "class": {"sourcedId": "class-1"}}]}))),
        warns("operation.disagrees"), WITH_GRADES),
    full("1.1: the classes of a teacher lack the one that has the teacher", campus_1_1.where(
        at("/teachers/*/classes", nobody)), warns("operation.disagrees")),
)  # fmt: skip

DELTA = (
    full("1.2: every record, whatever the date", generic.where(filtered("dateLastModified", lambda request, reply:
        json_reply(200, {request.path.rpartition("/")[2]: [{"sourcedId": "old", "dateLastModified":
        "2001-01-01T00:00:00.000Z"}]}) if request.path.endswith(("/classes", "/orgs")) else reply)),
        warns("query.delta-ignored")),
    full("1.1: a filter by date is refused", older.where(filtered("dateLastModified", error_1_1(400,
        "invalid_filter_field"))), warns("query.delta-ignored")),
    full("1.2: a filter by date finds nothing", campus.where(filtered("dateLastModified", nobody)),
        warns("query.delta-ignored")),
)  # fmt: skip

NO_MATCH = (
    full("1.2: an empty list is a 404", generic.where(filtered("sourcedId='", is_empty(error_1_2(404,
        "unknownobject")))), warns("query.no-match")),
    full("1.1: an empty list is a 500", older.where(filtered("sourcedId='", is_empty(bare(500)))),
        warns("query.no-match")),
)  # fmt: skip

TYPES = (
    full("1.2: references without a type", generic.where(data_says(of_type(None))), warns("payload.reference-type")),
    full("1.2: references whose type is a list", generic.where(each("classes", holding(course={"href": "x",
        "sourcedId": "course-1", "type": ["course"]}))), warns("payload.reference-type")),
    full("1.2: one reference without a type, behind the first page", generic.where(many("courses", 300),
        each("courses", untyped(250))), warns("payload.reference-type")),
    full("1.1: two references without a type, behind the first page", campus_1_1.where(many("courses", 300),
        each("courses", untyped(250, 299))), warns("payload.reference-type")),
    full("1.1: references of another type", older.where(data_says(of_type("thing"))), warns("payload.reference-type")),
)  # fmt: skip

IN_SOME_PLACES = (
    full("1.2: a filter is ignored for courses alone", generic.where(Override(lambda request: is_data(request)
        and request.path.endswith("/courses") and "status" in (request.asks("filter") or ""), lambda request, reply:
        json_reply(200, {"courses": [{"sourcedId": "other"}]}))), fails("query.filter-ignored")),
    full("1.1: a filter by email is refused", older.where(filtered("email", error_1_1(400, "invalid_filter_field"))),
        warns("query.filter-unsupported")),
    full("1.2: sorting is ignored for users alone", generic.where(Override(lambda request: is_data(request)
        and request.path.endswith("/users") and bool(request.asks("sort")), lambda request, reply:
        with_document(lambda document: {"users": document["users"][::-1]})(request, reply))),  # type: ignore[index]
        warns("query.sort-ignored")),
    full("1.1: the offset is ignored for sessions alone", older.where(Override(lambda request: is_data(request)
        and request.path.endswith("/academicSessions") and request.asks("limit") == "1", lambda request, reply:
        json_reply(200, {"academicSessions": [{"sourcedId": "year-1"}]}))), fails("paging.offset-ignored")),
    full("1.2: ten thousand records at once are refused", generic.where(Override(lambda request: is_data(request)
        and request.asks("limit") == "10000", lambda request, reply: bare(413))), warns("load.page-too-large")),
    full("1.1: courses for whoever asks", older.where(Override(lambda request: is_data(request)
        and request.path.endswith("/courses") and "authorization" not in request.headers, lambda request, reply:
        json_reply(200, {"courses": [{"sourcedId": "course-1"}]}))), fails("error.unsafe")),
    full("1.2: errors of courses are pages", generic.where(at("/courses/*", lambda request, reply: bare(404)
        if reply.status == 404 else reply)), warns("error.shape")),
    full("1.1: single records as text", older.where(at("/orgs/*", lambda request, reply: reply.without(
        "content-type").but(("Content-Type", "text/plain")))), warns("payload.content-type")),
)  # fmt: skip

_GRADES = f"{V12}gradebook.readonly {V12}roster.readonly"


def reading_only(request: Request, reply: Reply) -> Reply:
    """No token for who asks for a scope to write."""
    return oauth_says(400, "invalid_scope") if "createput" in request.form.get("scope", "") else reply


WRITING = (
    full("1.2: the scopes to write are refused", generic.where(token_says(reading_only)),
        warns("token.write-scope-refused"), replace(WITH_GRADES, scope=_GRADES)),
    full("1.2: the scopes to write are not granted", generic.where(grants=_GRADES),
        warns("token.write-scope-refused"), replace(WITH_GRADES, scope=_GRADES)),
    full("1.2: no scope is asked for and none is named", campus.where(), passes(), WITH_GRADES),
)  # fmt: skip

HEALTHY = (
    full("1.2: everything is in order, with a grade book", campus, passes(), WITH_GRADES),
    full("1.1: everything is in order, with a grade book", campus_1_1, passes(), WITH_GRADES),
    full("1.2: another provider", generic, passes()),
    full("1.2: rosters alone, with a scope", District(ED_FI), passes()),
    full("1.1: a scope that is needed", District(AERIES), passes()),
    full("1.2: a grade book alone", campus.shaped(parts=frozenset({"gradebook"})), passes(), replace(WITH_GRADES,
        share=("gradebook",))),
    full("1.1: signed requests", District(GENERIC_OAUTH_1), passes(), WITH_GRADES),
    full("1.2: empty lists", generic.where(nothing_in("resources", "results", "lineItems", "categories")),
        healthy()),
    full("1.2: times that differ", generic.where(each("classes", lambda row: {**row, "dateLastModified":
        f"2025-01-1{str(row['sourcedId'])[-1]}T06:30:00.000Z"})), passes()),
    full("1.1: times with an offset", older.where(every_record(holding(
        dateLastModified="2025-01-15T15:30:00+09:00"))), passes()),
)  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [*ABSENT, *OTHER_WORDS, *DISAGREES, *DELTA, *NO_MATCH, *TYPES, *IN_SOME_PLACES, *WRITING, *HEALTHY],
    ids=ids,
)
async def test_conformance(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)

"""Lists that are not quite OneRoster's, pages that lose or repeat rows, queries that are not followed, errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import Reply, Request, html_reply, json_reply, text_reply
from .district import Change, District, data_says, with_document
from .records import each, every_record, holding, lacking, many
from .replies import YELLOW_PAGE, bare, one_space, problem_json
from .row import WITH_GRADES, Row, fails, holds, ids, warns
from .shapes import CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)


def called(**names: str) -> Change:
    """Answers to a collection stand under another key; the names go by collection."""

    def rename(request: Request, reply: Reply) -> Reply:
        collection = request.path.rpartition("/")[2]
        if collection not in names:
            return reply
        return with_document(lambda document: {names[collection]: next(iter(document.values()))})(
            request, reply
        )

    return rename


def bare_list(request: Request, reply: Reply) -> Reply:
    """The list without any key."""
    return with_document(lambda document: next(iter(document.values())))(request, reply)


def without_total(request: Request, reply: Reply) -> Reply:
    """The answer without its total."""
    return reply.without("x-total-count")


def at_first_page(change: Change) -> Change:
    """A change for requests without an offset."""
    return lambda request, reply: change(request, reply) if request.asks("offset") is None else reply


def total_of(number: int) -> Change:
    """The total says this number."""
    return lambda request, reply: reply.without("x-total-count").but(("X-Total-Count", str(number)))


ENVELOPE = (
    Row("students under students", generic.where(data_says(called(students="students", teachers="teachers"))),
        warns("payload.other-key")),
    Row("schools under schools", older.where(data_says(called(orgs="schools"))), warns("payload.other-key")),
    Row("terms under terms", generic.where(data_says(called(academicSessions="terms"))), warns("payload.other-key")),
    Row("lists without any key", older.where(data_says(bare_list)), warns("payload.other-key")),
    Row("keys in another case", generic.where(data_says(called(academicSessions="AcademicSessions", orgs="Orgs"))),
        warns("payload.other-key")),
    Row("orgs: a list of names", older.where(data_says(json_reply(200, {"orgs": ["Elm School 1"]}), "orgs"),
        data_says(json_reply(200, {"classes": 4}), "classes"), data_says(json_reply(200, {"page": 1}),
        "academicSessions")), fails("payload.not-oneroster")),
)  # fmt: skip

VERSION = (
    Row("records of 1.2 under a path of 1.1", older.where(records="1.2"), fails("payload.version-mismatch")),
    Row("records of 1.1 under a path of 1.2", generic.where(records="1.1"), fails("payload.version-mismatch")),
    Row("records of 1.2 under a path of 1.1, at Campus", District(CAMPUS_1_1).where(records="1.2"),
        fails("payload.version-mismatch")),
    Row("records of 1.1 under a path of 1.2, with null for what 1.2 has", generic.where(
        each("users", holding(userMasterIdentifier=None)), records="1.1"), fails("payload.version-mismatch")),
)  # fmt: skip

RECORDS = (
    Row("enrollments without their user", generic.where(each("enrollments", lacking("user"))),
        fails("payload.invalid")),
    Row("enrollments with null for their class", older.where(each("enrollments", holding(**{"class": None}))),
        fails("payload.invalid")),
    Row("classes without a sourcedId", older.where(each("academicSessions", lacking("sourcedId"))),
        fails("payload.invalid")),
    Row("orgs of a type that does not exist", generic.where(each("orgs", holding(type="campus"))),
        warns("payload.invalid")),
    Row("classes without a title", older.where(each("classes", lacking("title"))), warns("payload.invalid")),
    Row("sessions with dates of another form", generic.where(each("academicSessions", lambda row: {
        **row, "startDate": f"{row['startDate']}T00:00:00"})), warns("payload.invalid")),
    Row("users with true instead of the text", older.where(each("users", holding(enabledUser=True))),
        warns("payload.invalid")),
)  # fmt: skip

PAGES = (
    Row("offset ignored, and all fits on a page", generic.where(offset="ignored"), fails("paging.offset-ignored")),
    Row("offset ignored, and there are three pages", older.where(many("enrollments", 250), offset="ignored"),
        fails("paging.offset-ignored")),
    Row("offset ignored, without total or links", generic.where(many("users", 130), offset="ignored", total="none",
        link="none"), fails("paging.offset-ignored")),
    Row("pages of ten, whatever is asked", generic.where(cap=10), warns("paging.limit-capped")),
    Row("pages of ten, and no total", older.where(cap=10, total="none"), warns("paging.limit-capped")),
    Row("pages of ten, no total and no links", generic.where(cap=10, total="none", link="none"),
        warns("paging.limit-capped")),
    Row("next leads back to the first page", older.where(many("enrollments", 250), link="back to the first"),
        fails("paging.next-loops")),
    Row("next leads back to the first page, and no total", generic.where(many("users", 250), link="back to the first",
        total="none"), fails("paging.next-loops")),
    Row("every page begins with the last row of the one before", older.where(many("enrollments", 250),
        offset="one short"), fails("paging.duplicates")),
    Row("pages overlap by one row, without total or links", generic.where(
        many("enrollments", 250), offset="one short", total="none", link="none"), fails("paging.duplicates")),
)  # fmt: skip

TOTAL = (
    Row("no total", generic.where(total="none"), warns("paging.total-missing")),
    Row("neither total nor links", older.where(total="none", link="none"), warns("paging.total-missing")),
    Row("a total that is no number", older.where(total="none").where(data_says(
        lambda request, reply: reply.but(("X-Total-Count", "many")))), warns("paging.total-missing")),
    Row("a total of nought beside rows", generic.where(data_says(total_of(0))), fails("paging.total-wrong")),
    Row("a total that counts this page's asked rows", older.where(data_says(total_of(100))),
        fails("paging.total-wrong")),
    Row("a total that counts the rows of another table", generic.where(data_says(total_of(2), "enrollments")),
        fails("paging.total-wrong")),
)  # fmt: skip

QUERY = (
    Row("the filter is ignored", generic.where(filter="ignored"), fails("query.filter-ignored")),
    Row("the filter is ignored, in 1.1 without a total", older.where(filter="ignored", total="none"),
        fails("query.filter-ignored")),
    Row("the filter is refused with 400", generic.where(filter="refused"), warns("query.filter-unsupported")),
    Row("the filter breaks the server, which names the filter", older.where(filter="fails"),
        warns("query.filter-unsupported")),
    Row("whatever is filtered, nothing comes back", generic.where(filter="empty"), warns("query.filter-unsupported")),
    Row("orderBy ignored", older.where(sort="ignored"), warns("query.sort-ignored")),
    Row("sort refused with 400", generic.where(sort="refused"), warns("query.sort-ignored")),
    Row("fields ignored", generic.where(fields="ignored"), warns("query.fields-ignored")),
    Row("fields refused with 400", older.where(fields="refused"), warns("query.fields-ignored")),
)  # fmt: skip

ERRORS = (
    Row("an unknown record is a 404 of one space", generic.where(unknown_id=one_space(404)), warns("error.shape")),
    Row("an unknown record is a web page", older.where(unknown_id=html_reply(404, "Not Found")), warns("error.shape")),
    Row("an unknown record is problem+json", generic.where(unknown_id=problem_json(404, "Not Found")),
        warns("error.shape")),
    Row("an unknown record breaks the server", older.where(unknown_id=YELLOW_PAGE), warns("error.shape")),
    Row("an unknown record is 200 and null", generic.where(unknown_id=json_reply(200, {"org": None})),
        warns("error.shape")),
    Row("an unknown record is an empty 500", older.where(unknown_id=bare(500)), warns("error.shape")),
    Row("data for whoever asks", generic.where(open_doors=True), fails("error.unsafe")),
    Row("data for whoever asks, in 1.1", older.where(open_doors=True), fails("error.unsafe")),
    Row("data for any token, refused without one", generic.where(data_says(lambda request,
        reply: reply if "authorization" in request.headers else text_reply(401, "no token")), open_doors=True),
        fails("error.unsafe")),
    Row("data without a signature", District(GENERIC_OAUTH_1).where(open_doors=True), fails("error.unsafe")),
)  # fmt: skip

GRADES = (
    Row("results without their line item", campus.where(each("results", lacking("lineItem"))),
        fails("payload.invalid"), WITH_GRADES),
    Row("line items with texts where numbers belong", campus.where(each("lineItems", holding(resultValueMax="10"))),
        warns("payload.invalid"), WITH_GRADES),
    Row("every record of 1.1 without the day of its change",
        District(CAMPUS_1_1).where(every_record(lacking("dateLastModified"))), warns("payload.invalid"), WITH_GRADES),
)  # fmt: skip

# Records that nobody can use come before whatever else is wrong with lists and queries.
UNUSABLE = (
    Row("no record has a sourcedId", campus.where(every_record(lacking("sourcedId"))), fails("payload.invalid")),
    Row("no record has a sourcedId, 1.1", older.where(every_record(lacking("sourcedId"))), fails("payload.invalid")),
    Row("no record has a sourcedId, and totals are wrong", generic.where(every_record(lacking("sourcedId")),
        total=lambda request, total: total + 40), fails("payload.invalid")),
    Row("no record has a sourcedId, and queries are ignored", older.where(every_record(lacking("sourcedId")),
        filter="ignored", sort="ignored", total="none"), fails("payload.invalid")),
    Row("every record lacks its time, and no total is told", generic.where(every_record(lacking("dateLastModified")),
        total="none", link="none"), warns("payload.invalid")),
    Row("every record lacks its time, and sorting is ignored", older.where(every_record(lacking("dateLastModified")),
        sort="ignored"), warns("payload.invalid")),
    Row("some records have no sourcedId, and the offset is ignored", generic.where(each("courses",
        lacking("sourcedId")), each("orgs", lambda row: lacking("identifier")(row)), many("enrollments", 250),
        offset="ignored"), fails("paging.offset-ignored")),
)  # fmt: skip


@pytest.mark.parametrize(
    "row", [*ENVELOPE, *VERSION, *RECORDS, *PAGES, *TOTAL, *QUERY, *ERRORS, *GRADES, *UNUSABLE], ids=ids
)
async def test_protocol(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)

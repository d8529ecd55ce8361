"""Answers that show nothing of what was asked: no check passes on them, and none warns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oneroster_checks.finding import Status

from ...servers import Reply, Request, html_reply, json_reply
from .district import Change, District, Override, data_says
from .pages import behind, when, with_query
from .records import each, last_first, many, without
from .replies import (
    CLOSED,
    LOGIN_PAGE,
    MAINTENANCE_AS_200,
    SILENCE,
    TOO_MANY_AS_HTML,
    bare,
    error_1_2,
    leads_to,
)
from .row import Row, Typed, holds, ids, passes, warns
from .shapes import CAMPUS, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)
TOO_MANY = bare(429, ("Retry-After", "0"))
QUICKLY = Typed(timeout=0.5)
FEW = (without("class-3", "class-4"), without("student-3", "student-4", "student-5", "student-6"))


def asked(*names: str, answer: Reply | Change) -> Override:
    """The same answer to every request with one of these parameters."""
    return data_says(when(lambda request: any(request.asks(name) for name in names), answer))


def unknown(answer: Reply) -> Override:
    """The answer to requests for a record that does not exist."""
    return data_says(lambda request, reply: answer if reply.status == 404 else reply)


def strangers(answer: Reply) -> Override:
    """The answer to requests that are not let in."""
    return data_says(lambda request, reply: answer if reply.status == 401 else reply)


def two_rows(request: Request, reply: Reply) -> Reply:
    """The first two rows, in their own order."""
    name, rows = next(iter(reply_document(reply).items()))
    return json_reply(200, {name: rows[:2]})


def reply_document(reply: Reply) -> dict[str, list[dict[str, object]]]:
    """The JSON of a reply."""
    document: dict[str, list[dict[str, object]]] = json.loads(reply.body)
    return document


def without_ids(request: Request, reply: Reply) -> Reply:
    """Records that have lost their sourcedIds."""
    name, rows = next(iter(reply_document(reply).items()))
    return json_reply(200, {name: [{"title": row.get("title")} for row in rows]})


# A row, and the check that must be skipped.
SKIPPED: tuple[tuple[Row, str], ...] = (
    (Row("a filter is throttled", generic.where(asked("filter", answer=TOO_MANY)), passes()), "query.filter"),
    (Row("a filter breaks the server", older.where(asked("filter", answer=bare(500))), passes()), "query.filter"),
    (Row("a filter is not authorized", generic.where(asked("filter", answer=bare(401))), passes()), "query.filter"),
    (Row("a filter gets no answer", older.where(asked("filter", answer=SILENCE)), passes(), QUICKLY), "query.filter"),
    (Row("a filter closes the connection", campus.where(asked("filter", answer=CLOSED)), passes()), "query.filter"),
    (Row("a filter gets a page of the firewall", generic.where(asked("filter", answer=html_reply(403, "Blocked"))),
        passes()), "query.filter"),
    (Row("a filter gives records without sourcedIds", older.where(asked("filter", answer=without_ids)), passes()),
        "query.filter"),
    (Row("a sort order is throttled, as a web page", older.where(asked("sort", answer=TOO_MANY_AS_HTML)), passes()),
        "query.sort"),
    (Row("a sort order breaks the server", generic.where(asked("sort", answer=bare(500))), passes()), "query.sort"),
    (Row("a sort order leads to a login", older.where(asked("sort", answer=LOGIN_PAGE)), passes()), "query.sort"),
    (Row("two records are no order", generic.where(asked("sort", answer=two_rows), sort="ignored"), passes()),
        "query.sort"),
    (Row("fields are throttled", generic.where(asked("fields", answer=TOO_MANY)), passes()), "query.fields"),
    (Row("fields give no record", older.where(asked("fields", answer=json_reply(200, {"classes": []}))), passes()),
        "query.fields"),
    (Row("fields give records without sourcedIds", generic.where(asked("fields", answer=json_reply(200, {
        "classes": [{}]}))), passes()), "query.fields"),
    (Row("fields break the server", older.where(asked("fields", answer=bare(503, ("Retry-After", "0")))), passes()),
        "query.fields"),
    (Row("an unknown record is throttled", generic.where(unknown(TOO_MANY)), passes()), "error.shape"),
    (Row("an unknown record is not authorized", older.where(unknown(html_reply(401, "no"))), passes()),
        "error.shape"),
    (Row("an unknown record leads to a login", generic.where(unknown(leads_to(302, "/login"))), passes()),
        "error.shape"),
    (Row("an unknown record is a page about maintenance", older.where(unknown(MAINTENANCE_AS_200)), passes()),
        "error.shape"),
    (Row("strangers are throttled", generic.where(strangers(TOO_MANY)), passes()), "error.unsafe"),
    (Row("strangers break the server", older.where(strangers(bare(500))), passes()), "error.unsafe"),
    (Row("strangers get no answer", generic.where(strangers(SILENCE)), passes(), QUICKLY), "error.unsafe"),
    (Row("strangers close the connection, signed", District(GENERIC_OAUTH_1).where(strangers(CLOSED)), passes()),
        "error.unsafe"),
    (Row("the last record is throttled", generic.where(data_says(when(behind(1), TOO_MANY))), passes()),
        "paging.pages"),
    (Row("the page with the last record is empty", older.where(data_says(when(behind(1), json_reply(200, {
        "enrollments": []})))), passes()), "paging.pages"),
    (Row("the second page breaks the server", generic.where(many("enrollments", 250), data_says(when(behind(100),
        bare(500)))), passes()), "paging.pages"),
)  # fmt: skip

SHOWN = (
    Row("orderBy is ignored, and the natural order is already descending", generic.where(*(last_first(name)
        for name in ("classes", "users", "enrollments")), sort="ignored"), warns("query.sort-ignored")),
    Row("orderBy=desc is followed where the natural order is descending", older.where(last_first("classes")),
        passes()),
    Row("sourcedIds are sorted without their hyphens", generic.where(each("classes", lambda row: {**row,
        "sourcedId": {"class-1": "a-b", "class-2": "aa", "class-3": "a-c", "class-4": "ad"}[str(row["sourcedId"])]}),
        data_says(when(with_query("sort"), lambda request, reply: json_reply(200, {"classes": sorted(
        reply_document(reply)["classes"], key=lambda row: str(row["sourcedId"]).replace("-", ""), reverse=True)})))),
        passes()),
    Row("a filter compares without upper and lower case", older.where(asked("filter", answer=lambda request,
        reply: json_reply(200, {"classes": [{**row, "sourcedId": str(row["sourcedId"]).upper()}
        for row in reply_document(reply)["classes"]]}))), passes()),
    Row("a filter of the standard is a 501", generic.where(asked("filter", answer=error_1_2(501, "unsupported"))),
        warns("query.filter-unsupported")),
    Row("a sort order is a 422", older.where(asked("sort", answer=bare(422))), warns("query.sort-ignored")),
)  # fmt: skip

# For the tests of the whole table, which look for tuples of rows.
ROWS = tuple(row for row, _ in SKIPPED)


@pytest.mark.parametrize("row", SHOWN, ids=ids)
async def test_what_shows_is_named(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)


@pytest.mark.parametrize(
    ("row", "check"), SKIPPED, ids=lambda value: value.name if isinstance(value, Row) else value
)
async def test_what_shows_nothing_is_skipped(row: Row, check: str, tmp_path: Path) -> None:
    finding = (await holds(row, tmp_path)).finding(check)
    assert finding is not None
    assert finding.status is Status.SKIP
    assert finding.reason

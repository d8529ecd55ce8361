"""Districts that work, however oddly: none of them may get a failing finding."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from ...servers import html_reply
from .district import District, data_says, token_says, with_document
from .grants import renewed
from .oddities import (
    body_as,
    flat,
    growing,
    hrefs,
    in_chunks,
    no_words,
    numbered,
    two_links,
    typed_as,
    until_closed,
    with_nulls,
)
from .records import (
    each,
    every_record,
    holding,
    lacking,
    last_first,
    many,
    nobody_who_is,
    sessions_from,
)
from .replies import SERVICE_DESCRIPTION, bare, one_space
from .row import VENDOR_PAIR, WITH_GRADES, Row, Typed, healthy, holds, ids, passes, warns
from .shapes import (
    CAMPUS,
    CAMPUS_1_1,
    CAMPUS_LEGACY,
    CAMPUS_OAUTH_1,
    CAMPUS_WITHOUT_APP,
    GENERIC,
    GENERIC_1_1,
    GENERIC_OAUTH_1,
    V11,
)

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)
EVERYTHING = Typed(
    vendor=VENDOR_PAIR,
    share=("rostering", "demographics", "gradebook", "assessments", "resources"),
    timeout=20.0,
)

RECORDS = (
    Row("null for every absent field", older.where(every_record(with_nulls)), healthy()),
    Row("null for every absent field, 1.2", generic.where(every_record(with_nulls)), healthy()),
    Row("relative hrefs", older.where(data_says(hrefs("/ims/oneroster/v1p1/orgs/"))), passes()),
    Row("hrefs that begin undefined/", generic.where(data_says(hrefs("undefined/orgs/"))), passes()),
    Row("real booleans", older.where(each("users", holding(enabledUser=True))), healthy(noting="payload.invalid")),
    Row("the school year a number", generic.where(each("academicSessions", holding(schoolYear=2026))),
        healthy(noting="payload.invalid")),
    Row("times with +09:00", older.where(every_record(holding(dateLastModified="2025-01-15T15:30:00+09:00"))),
        passes()),
    Row("flat records: orgSourcedIds instead of references", older.where(every_record(flat)),
        healthy(noting="payload.invalid")),
    Row("flat records in 1.2", generic.where(each("enrollments", flat)), healthy(noting="payload.invalid")),
    Row("the status inactive", generic.where(each("users", holding(status="inactive"))), passes()),
    Row("fields that nobody knows", older.where(every_record(holding(extra={"deep": [1, 2, {"x": None}]}))),
        passes()),
    Row("roles of its own, ext:coach", generic.where(each("enrollments", lambda row: {**row,
        "role": "ext:coach"} if row["role"] == "teacher" else row)), healthy()),
    Row("names in every script, and a smiley", generic.where(each("classes",
        holding(title="Álgebra \U0001f600 代数 \u202e"))), passes()),
    Row("grades blank and zero-padded", campus.where(each("users", holding(grades=["", "03", "KG"]))), healthy()),
    Row("enrollments that end in the past are tobedeleted", older.where(each("enrollments", lambda row: {
        **row, "status": "tobedeleted"} if row["sourcedId"] == "class-1-student-1" else row)), passes()),
    Row("an extra list of warnings beside the rows", older.where(data_says(with_document(lambda document: {**document,
        "statusInfoSet": [{"imsx_codeMajor": "success", "imsx_severity": "warning",
        "imsx_codeMinor": "invalid_sort_field"}]}))), healthy()),
    Row("summer: every session has ended, and the people are there", campus.where(sessions_from(-300, -10)),
        healthy(noting="year.not-active")),
    Row("sourcedIds with slashes, spaces and percent signs",
        generic.where(data_says(with_document(lambda document: {name: [{**row,
        "sourcedId": f"a/b c%20{row['sourcedId']}"} for row in rows] if isinstance(rows, list) else rows for name,
        rows in document.items()}))), healthy()),
    Row("sourcedIds with apostrophes", older.where(every_record(lambda row: {**row,
        "sourcedId": f"o'{row['sourcedId']}"} if "title" in row else row)), healthy()),
    Row("sourcedIds that are numbers", generic.where(data_says(with_document(numbered))),
        healthy(noting="payload.invalid")),
)  # fmt: skip

PAGES = (
    Row("neither total nor links", older.where(total="none", link="none"), healthy(noting="paging.total-missing")),
    Row("the page is clamped to 500, whatever is asked", generic.where(many("enrollments", 700), cap=500), passes()),
    Row("the page is clamped to ten", older.where(cap=10), healthy(noting="paging.limit-capped")),
    Row("ten rows where no limit is asked", generic.where(default_limit=10), passes()),
    Row("next is still there on the last page", older.where(link="always next"), passes()),
    Row("next is still there on the last page, and no total", generic.where(link="always next", total="none"),
        healthy(noting="paging.total-missing")),
    Row("next is relative", older.where(many("enrollments", 250), link="relative"), passes()),
    Row("the total grows while pages are read", generic.where(many("enrollments", 250), total=growing), healthy()),
    Row("the whole school on one page of exactly a hundred", older.where(many("enrollments", 100)), passes()),
    Row("a hundred and one rows", generic.where(many("enrollments", 101)), passes()),
    Row("orderBy is ignored", generic.where(sort="ignored"), healthy(noting="query.sort-ignored")),
    Row("nonsense filters give an empty list, and limit=-1 everything", older, passes()),
    Row("a limit above 500 is refused with 400", generic.where(data_says(lambda request, reply: bare(400) if int(
        request.asks("limit") or 0) > 500 else reply)), healthy()),
    Row("behind the last page is a 404, and no total", older.where(data_says(lambda request, reply: bare(404) if int(
        request.asks("offset") or 0) >= 11 else reply), total="none", link="none"), healthy()),
    Row("behind the last page is a 204, and no total", generic.where(data_says(lambda request,
        reply: bare(204) if int(request.asks("offset") or 0) >= 11 else reply), total="none", link="none"),
        healthy()),
    Row("links name the host behind the proxy", generic.where(many("enrollments", 250), data_says(lambda request,
        reply: reply.without("link").but(("Link",
        '<http://sis-internal.example:8080/api/orgs?offset=100>; rel="next"')))),
        healthy(noting="paging.next-elsewhere")),
    Row("two Link headers, next in the second", older.where(many("enrollments", 250), data_says(two_links)),
        passes()),
    Row("rel=next without quotes", generic.where(many("enrollments", 250), data_says(lambda request,
        reply: replace(reply, headers=tuple((name, value.replace('"', "")) for name, value in reply.headers)))),
        passes()),
    Row("total with a thousands comma", older.where(many("enrollments", 1200), data_says(lambda request,
        reply: replace(reply, headers=tuple((name, value.replace("1200", "1,200")) for name,
        value in reply.headers)))), healthy()),
)  # fmt: skip

WORDS = (
    Row("chunks with words behind their sizes", generic.where(data_says(in_chunks), token_says(in_chunks)), passes()),
    Row("gzip", older.where(data_says(body_as(gzip.compress, ("Content-Encoding", "gzip")))), passes()),
    Row("a byte-order mark before the JSON", generic.where(data_says(body_as(lambda body: b"\xef\xbb\xbf" + body))),
        passes()),
    Row("white space around the JSON", older.where(data_says(body_as(lambda body: b"\r\n\n  " + body + b"\n\n"))),
        passes()),
    Row("JSON told as text/plain", older.where(data_says(typed_as("text/plain;charset=ISO-8859-1"))),
        warns("payload.content-type")),
    Row("JSON told as a web page", generic.where(data_says(typed_as("text/html"))), warns("payload.content-type")),
    Row("one list told as a web page, and no total", generic.where(data_says(typed_as("text/html"), "classes"),
        total="none"), healthy(noting="payload.content-type")),
    Row("JSON in another case, with a charset", older.where(data_says(typed_as("Application/JSON;charset=utf-8"))),
        passes()),
    Row("JSON with a suffix", generic.where(data_says(typed_as("application/vnd.oneroster+json"))), passes()),
    Row("no content type at all", older.where(data_says(lambda request, reply: reply.without("content-type"))),
        passes()),
    Row("HTTP/1.0, and the end of the connection ends the body", generic.where(data_says(until_closed),
        token_says(until_closed)), passes()),
    Row("a status line without words, headers in capitals", older.where(data_says(no_words), token_says(no_words)),
        passes()),
    Row("no Date", generic.where(data_says(lambda request, reply: replace(reply, dated=False)),
        token_says(lambda request, reply: replace(reply, dated=False))), passes()),
    Row("a Date that cannot be read", older.where(data_says(lambda request, reply: reply.but(("Date", "yesterday"))),
        token_says(lambda request, reply: reply.but(("Date", "yesterday")))), passes()),
    Row("cookies and a header twice", generic.where(data_says(lambda request, reply: reply.but(
        ("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2"), ("Vary", "Accept"), ("Vary", "Origin")))), passes()),
    Row("a little time for each answer", older.where(data_says(lambda request, reply: replace(reply, delay=0.02))),
        passes()),
    Row("201 for the token", generic.where(token_says(lambda request, reply: replace(reply, status=201))), passes()),
    Row("any unknown path is a description of the service", older.where(unknown_path=SERVICE_DESCRIPTION), passes()),
    Row("an unknown record is a 404 of one space", generic.where(unknown_id=one_space(404)),
        healthy(noting="error.shape")),
    Row("401 as a web page for strangers", older.where(error=lambda status: html_reply(status, "no")),
        healthy(noting="error.shape")),
    Row("403 for strangers where 401 belongs", generic.where(data_says(lambda request, reply: replace(reply,
        status=403) if reply.status == 401 else reply)), passes()),
    Row("an empty list for strangers", older.where(data_says(lambda request, reply: replace(reply, status=200,
        body=b'{"orgs": []}') if reply.status == 401 else reply)), passes()),
)  # fmt: skip

TOKENS = (
    Row("no expires_in", generic.where(token_says(renewed(expires_in=None))), passes()),
    Row("expires_in as a text", older.where(token_says(renewed(expires_in="3600"))), passes()),
    Row("expires_in that is no number", generic.where(token_says(renewed(expires_in="soon"))), healthy()),
    Row("token_type in capitals", older.where(token_says(renewed(token_type="BEARER"))), passes()),
    Row("no token_type", generic.where(token_says(renewed(token_type=None))), healthy()),
    Row("unknown scopes are dropped without a word", older.where(grants=f"{V11}roster.readonly"), passes(),
        Typed(scope=f"{V11}roster.readonly {V11}everything.readonly")),
    Row("a scope of another system beside the token", generic.where(grants="openid profile"), passes()),
    Row("scope as a list", older.where(token_says(renewed(scope=[f"{V11}roster.readonly"]))), healthy()),
    Row("a token URL that takes only the header", generic.shaped(takes=frozenset({"header"})), passes()),
    Row("a key with a colon that arrives only form-encoded", generic.shaped(client_id="elm:valley"), passes()),
    Row("a key with + and % and /", older.shaped(client_id="elm+50%/valley%2B"), passes()),
    Row("a key with a space inside", generic.shaped(client_id="elm valley"), healthy()),
    Row("a secret with every sign", older.where(secret="a:b+c%d/e=f&g?h#i~j"), passes(),
        Typed(secret="a:b+c%d/e=f&g?h#i~j")),
    Row("a secret in another script", generic.where(secret="pässwörd-\u4e2d"), passes(),
        Typed(secret="pässwörd-\u4e2d")),
    Row("OAuth 1 with a secret of every sign", District(GENERIC_OAUTH_1).where(secret="a:b+c%d/e=f&g?h#i~j"),
        passes(), Typed(secret="a:b+c%d/e=f&g?h#i~j")),
    Row("a secret of base64 at a server that does not decode the header, and takes the body", generic.where(
        secret="q83vEjRW+eJ/kg==", basic="as it is"), healthy(), Typed(secret="q83vEjRW+eJ/kg==")),
    Row("a secret of base64 at a server that does not decode the header, and takes no body",
        generic.where(secret="q83vEjRW+eJ/kg==", basic="as it is").shaped(takes=frozenset({"header"})), healthy(),
        Typed(secret="q83vEjRW+eJ/kg==")),
)  # fmt: skip

SHAPES = (
    Row("Campus 1.2", campus, passes()),
    Row("Campus 1.2 with grades", campus, passes(), WITH_GRADES),
    Row("Campus 1.2 without the app in its base URL", District(CAMPUS_WITHOUT_APP), passes()),
    Row("Campus 1.1", District(CAMPUS_1_1), passes()),
    Row("Campus 1.1 on its old path", District(CAMPUS_LEGACY), healthy(noting="address.legacy")),
    Row("/students and /teachers are not there, /users is", generic.where(data_says(bare(404), "students",
        "teachers")), healthy()),
    Row("no guardians in 1.2", generic.where(nobody_who_is("guardian"), each("users", lacking("agents"))), passes()),
    Row("a large district of 1.1 with everything shared, nobody enrolled on the first page",
        District(CAMPUS_1_1).where(many("users", 3000), many("enrollments", 3000), last_first("users")), healthy(),
        EVERYTHING),
    Row("the same without totals and links", District(CAMPUS_1_1).where(many("users", 3000), many("enrollments",
        3000), last_first("users"), total="none", link="none"), healthy(), EVERYTHING),
    Row("the same with pages of ten", District(CAMPUS_1_1).where(
        many("users", 3000), many("enrollments", 3000), last_first("users"), cap=10), healthy(), EVERYTHING),
    Row("a large district of 1.2 with everything shared", campus.where(many("users", 3000), many("enrollments", 3000),
        last_first("users"), total="none", link="none"), healthy(), EVERYTHING),
    Row("OAuth 1 with everything shared, HMAC-SHA1 alone",
        District(CAMPUS_OAUTH_1).shaped(signatures=frozenset({"HMAC-SHA1"})).where(many("users", 3000),
        many("enrollments", 3000), last_first("users"), total="none", link="none"), healthy(), EVERYTHING),
)  # fmt: skip


@pytest.mark.parametrize("row", [*RECORDS, *PAGES, *WORDS, *TOKENS, *SHAPES], ids=ids)
async def test_healthy(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)

"""Servers that work, odd in what they say and how they grant tokens: none of them may get a failing finding."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from ...servers import html_reply
from .between import (
    header_names,
    named,
    to_a_slash,
    unless_cookie,
    with_cookie,
)
from .district import District, data_says, is_token, token_says, with_document
from .grants import renewed, without_scope
from .oddities import body_as, flat, in_chunks, typed_as, until_closed
from .records import (
    every_record,
    many,
    without,
)
from .replies import (
    STACK_TRACE,
    TOO_MANY_AS_HTML,
    bare,
    error_1_1,
    error_1_2,
    oauth_says,
)
from .row import WITH_GRADES, Row, Typed, healthy, holds, ids
from .scope_rules import (
    CORE_1_1,
    CORE_1_2,
    GRADES_1_1,
    ROSTER_1_1,
    ROSTER_1_2,
    only_scope,
    roster_needs,
)
from .shapes import (
    AERIES,
    BLACKBAUD,
    CAMPUS,
    CAMPUS_1_1,
    CLASSLINK,
    GENERIC,
    GENERIC_1_1,
    GENERIC_OAUTH_1,
    POWERSCHOOL,
    POWERSCHOOL_1_2,
    SKYWARD,
    SYNERGY,
    VERACROSS,
)

campus, campus_1_1 = District(CAMPUS), District(CAMPUS_1_1)
generic, older, signed = District(GENERIC), District(GENERIC_1_1), District(GENERIC_OAUTH_1)
aeries, blackbaud, powerschool, skyward = (
    District(shape) for shape in (AERIES, BLACKBAUD, POWERSCHOOL, SKYWARD)
)

WORDS = (
    Row("gzip in chunks, OAuth 1", signed.where(data_says(body_as(gzip.compress, ("Content-Encoding", "gzip"))),
        data_says(in_chunks)), healthy()),
    Row("HTTP/1.0, the end of the connection ends the body, OAuth 1", signed.where(data_says(until_closed)),
        healthy()),
    Row("header names in small letters", older.where(data_says(header_names(str.lower)),
        token_says(header_names(str.lower)), many("enrollments", 130)), healthy()),
    Row("header names in capitals, PowerSchool 1.2", District(POWERSCHOOL_1_2).where(data_says(
        header_names(str.upper)), token_says(header_names(str.upper)), many("enrollments", 130)), healthy()),
    Row("a byte-order mark before the JSON of token and data", older.where(
        data_says(body_as(lambda body: b"\xef\xbb\xbf" + body)),
        token_says(body_as(lambda body: b"\xef\xbb\xbf" + body))), healthy()),
    Row("application/hal+json", generic.where(data_says(typed_as("application/hal+json"))), healthy()),
    Row("a vendor's own content type with a charset", older.where(data_says(
        typed_as('application/vnd.ims.oneroster.v1p1+json; charset="UTF-8"'))), healthy()),
    Row("text/json for data and text/html for the token", skyward.where(data_says(typed_as("text/json")),
        token_says(typed_as("text/html; charset=utf-8"))), healthy()),
    Row("fields of its own beside the list", generic.where(data_says(with_document(lambda document: {
        "count": 100, "page": 1, "hasMore": False, **document, "links": [], "generated": "2026-01-01"}))), healthy()),
    Row("the status of the answer beside the list, 1.2", campus.where(data_says(with_document(lambda document: {
        **document, "imsx_codeMajor": "success", "imsx_severity": "status", "imsx_CodeMinor": {
        "imsx_codeMinorField": [{"imsx_codeMinorFieldName": "TargetEndSystem",
        "imsx_codeMinorFieldValue": "fullsuccess"}]}}))), healthy()),
    Row("the status of the answer before the list, 1.1", older.where(data_says(with_document(lambda document: {
        "statusInfoSet": [{"imsx_codeMajor": "success", "imsx_severity": "status",
        "imsx_codeMinor": "full success"}], **document}))), healthy()),
    Row("/students under students and /teachers under teachers, OAuth 1", signed.where(envelope=lambda name,
        key: name if name in ("students", "teachers") else key), healthy(noting="payload.other-key")),
    Row("a 401 without a challenge as a web page for strangers", older.where(
        error=lambda status: html_reply(status, "<h1>Unauthorized</h1>")), healthy(noting="error.shape")),
    Row("a 401 with a Basic challenge for strangers", generic.where(data_says(lambda request, reply: reply.but(
        ("WWW-Authenticate", 'Basic realm="SIS"')) if reply.status == 401 else reply)), healthy()),
    Row("a balancer that calls itself other names in turn", older.where(data_says(lambda request, reply: reply.but(
        ("Server", f"node-{len(request.target) % 3}"), ("Via", "1.1 varnish")))), healthy()),
    Row("a content network in front of everything that works", generic.where(data_says(named("cloudflare")),
        token_says(named("cloudflare"))), healthy()),
    Row("data wants the cookie that came with the token, Aeries", aeries.where(token_says(with_cookie("AERIES=77")),
        data_says(unless_cookie("AERIES=77", bare(401)))), healthy()),
    Row("data wants the cookie that came with the token, a provider that nobody knows", generic.where(
        token_says(with_cookie("ARRAffinity=4711")), data_says(unless_cookie("ARRAffinity=4711", error_1_2(401,
        "unauthorisedrequest")))), healthy()),
    Row("/orgs leads to the same path with a slash", older.where(data_says(to_a_slash(), "orgs")),
        healthy(noting="access.redirected")),
    Row("/classes leads to the same path with a slash, 1.2, by a 308", generic.where(data_says(to_a_slash(308),
        "classes")), healthy(noting="access.redirected")),
    Row("every path leads to the same with a slash", District(VERACROSS).where(data_says(to_a_slash(302))),
        healthy(noting="access.redirected")),
    Row("/orgs leads to the same path with a slash, OAuth 1", signed.where(data_says(to_a_slash(307), "orgs")),
        healthy(noting="access.redirected")),
)  # fmt: skip

TOKENS = (
    Row("no expires_in and no token_type, Blackbaud", blackbaud.where(token_says(renewed(expires_in=None,
        token_type=None))), healthy()),
    Row("expires_in as a text, scope as a list", aeries.where(token_says(renewed(expires_in="21600",
        scope=[ROSTER_1_1]))), healthy()),
    Row("scope is null, 1.2", generic.where(token_says(lambda request, reply: with_document(lambda document: {
        **document, "scope": None})(request, reply))), healthy(), Typed(scope=ROSTER_1_2)),
    Row("fewer scopes than asked for, and enough", generic.where(grants=CORE_1_2), healthy(),
        Typed(scope=f"{ROSTER_1_2} {CORE_1_2}")),
    Row("a token is good for nothing until a scope is asked for: 403", generic.where(
        scope_of=roster_needs(CORE_1_2)), healthy(noting="token.scope-required")),
    Row("a token is good for nothing until a scope is asked for: 401 in the standard's form", older.where(data_says(
        lambda request, reply: error_1_1(401, "unauthorized") if reply.status == 403 else reply),
        scope_of=roster_needs(CORE_1_1)), healthy(noting="token.scope-required")),
    Row("a token is good for nothing until a scope is asked for: an empty 500", older.where(data_says(
        lambda request, reply: bare(500) if reply.status == 403 else reply), scope_of=roster_needs(CORE_1_1)),
        healthy(noting="token.scope-required")),
    Row("one scope only: every other, and none, is invalid_scope", generic.where(token_says(only_scope(CORE_1_2))),
        healthy(noting="token.scope-required")),
    Row("one scope only: every other is invalid_scope as 401, none is invalid_request", older.where(token_says(
        only_scope(CORE_1_1, other=oauth_says(401, "invalid_scope"), none=oauth_says(400, "invalid_request")))),
        healthy(noting="token.scope-required")),
    Row("one scope only, looked at before the key", older.where(token_says(only_scope(CORE_1_1,
        before_the_key=True))), healthy(noting="token.scope-required")),
    Row("no token without a scope: 401 without a body, PowerSchool", powerschool.where(
        token_says(without_scope(bare(401)))), healthy(noting="token.scope-required")),
    Row("a token URL with a query", generic.shaped(token="/oauth2/token?tenant=elm&v=2").where(token_says(bare(404),
        when=lambda request: is_token(request) and request.asks("tenant") != "elm")), healthy()),
    Row("slashes behind both addresses", older.shaped(token="/oauth/token/"), healthy(), Typed(base="{base}/")),
    Row("a key with every sign, OAuth 1", signed.shaped(client_id="elm:valley +50%/x"), healthy()),
    Row("a key with every sign, Aeries", aeries.shaped(client_id="elm:valley+50%/x"), healthy()),
    Row("a key of a provider with a space, in the body alone", generic.shaped(client_id="elm valley+1:2",
        takes=frozenset({"body"})), healthy(noting="token.body-only")),
    Row("a 503 with a second to wait, once, OAuth 1", signed.where(data_says(bare(503, ("Retry-After", "1")),
        "enrollments", times=1)), healthy(noting="load.unsteady")),
    Row("a 503 at the token URL with a second to wait, Aeries", aeries.where(token_says(bare(503, ("Retry-After",
        "1")), times=1)), healthy(noting="load.unsteady")),
    Row("a 500 with a stack trace, once, at the grade book", campus_1_1.where(data_says(STACK_TRACE, "results",
        times=1)), healthy(noting="load.unsteady"), WITH_GRADES),
    Row("a 429 as a web page, once, 1.2 at PowerSchool", District(POWERSCHOOL_1_2).where(data_says(TOO_MANY_AS_HTML,
        times=1, first=4)), healthy(noting="load.throttled")),
    Row("a token that ends in the middle of the run, and is had with a scope only", aeries.where(
        first_token_lasts=5), healthy(noting="load.unsteady")),
    Row("a token that ends in the middle of the grade book, Synergy", District(SYNERGY).where(first_token_lasts=10),
        healthy(noting="load.unsteady")),
    Row("HMAC-SHA1 alone, flat records and no total, ClassLink", District(CLASSLINK).where(every_record(flat),
        total="none", link="none"), healthy(noting="oauth1.signature-method")),
    Row("one guardian of three is not shared, and the grade book's scope is not granted, nor expected",
        older.where(without("guardian-3"), grants=f"{ROSTER_1_1} {GRADES_1_1}"), healthy()),
)  # fmt: skip


@pytest.mark.parametrize("row", [*WORDS, *TOKENS], ids=ids)
async def test_healthy_words(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)

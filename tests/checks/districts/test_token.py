"""Token URLs that refuse, break, redirect, or give something that is no token; at most four requests each."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import Reply, html_reply, json_reply, text_reply
from .district import District, in_body, in_header, token_says
from .grants import renewed, with_scope, without_scope
from .replies import (
    LOGIN_PAGE,
    MAINTENANCE,
    MAINTENANCE_AS_200,
    NO_APP,
    NOT_FOUND_PAGE,
    SERVICE_DESCRIPTION,
    STACK_TRACE,
    TOO_MANY_AS_HTML,
    YELLOW_PAGE,
    bare,
    error_1_1,
    error_1_2,
    leads_to,
    oauth_says,
    one_space,
    problem_json,
    spring_says,
    token_of,
)
from .row import Row, Typed, fails, holds, ids, warns
from .shapes import AERIES, CAMPUS, CAMPUS_LEGACY, GENERIC, GENERIC_1_1, V12

campus, legacy, generic, older = (District(shape) for shape in (CAMPUS, CAMPUS_LEGACY, GENERIC, GENERIC_1_1))
BASIC = ("WWW-Authenticate", 'Basic realm="oauth"')


NOT_AN_ENDPOINT = (
    Row("404 as a web page", generic.where(token_says(NOT_FOUND_PAGE)), fails("token.not-an-endpoint")),
    Row("404 of one space", older.where(token_says(one_space(404))), fails("token.not-an-endpoint")),
    Row("404 in the form of Spring", generic.where(token_says(spring_says(404, "Not Found"))),
        fails("token.not-an-endpoint")),
    Row("404 in the form of OneRoster", generic.where(token_says(error_1_2(404, "unknownobject"))),
        fails("token.not-an-endpoint")),
    Row("405 without a body", campus.where(token_says(bare(405, ("Allow", "GET")))), fails("token.not-an-endpoint")),
    Row("a login page as 200", campus.where(token_says(LOGIN_PAGE)), fails("token.not-an-endpoint")),
    Row("a description of the service as 200", generic.where(token_says(SERVICE_DESCRIPTION)),
        fails("token.not-an-endpoint")),
    Row("200 without a body", older.where(token_says(bare(200))), fails("token.not-an-endpoint")),
    Row("204", older.where(token_says(bare(204))), fails("token.not-an-endpoint")),
    Row("200 and the word OK", generic.where(token_says(text_reply(200, "OK"))), fails("token.not-an-endpoint")),
    Row("400 without an OAuth error", generic.where(token_says(problem_json(400, "Bad Request"))),
        fails("token.not-an-endpoint")),
    Row("400 as a web page", campus.where(token_says(html_reply(400, "Bad Request"))), fails("token.not-an-endpoint")),
    Row("410 gone", generic.where(token_says(html_reply(410, "Gone"))), fails("token.not-an-endpoint")),
    Row("the address of OneRoster's data as the token URL", older, fails("token.not-an-endpoint"),
        Typed(token="{origin}/ims/oneroster/token")),
    Row("the token URL of the wrong product", campus.where(token_says(NOT_FOUND_PAGE)),
        fails("token.not-an-endpoint"), Typed(token="{origin}/campus/oauth2/tokens?appName=elm")),
    Row("the data's own address as the token URL: 401 in the form of OneRoster", older.where(
        token_says(error_1_1(401, "unauthorized"))), fails("token.not-an-endpoint"), Typed(token="{base}/orgs")),
    Row("a discovery document as the token URL", generic.where(token_says(json_reply(200,
        {"issuer": "https://id.elm.example", "token_endpoint": "https://id.elm.example/token"}))),
        fails("token.not-an-endpoint")),
    Row("unsupported_grant_type: a token URL for people", generic.where(token_says(oauth_says(400,
        "unsupported_grant_type"))), fails("token.request-form")),
    Row("415: only JSON is taken", older.where(token_says(problem_json(415, "Unsupported Media Type"))),
        fails("token.request-form")),
    Row("a list of orgs as 200", older.where(token_says(json_reply(200, {"orgs": []}))),
        fails("token.not-an-endpoint")),
    Row("405 in the form of Spring", generic.where(token_says(spring_says(405, "Method Not Allowed"))),
        fails("token.not-an-endpoint")),
)  # fmt: skip

APP = (
    Row("unknown app: the text as 200 and a web page", campus.where(token_says(NO_APP)),
        fails("token.app-not-selected")),
    Row("unknown app: the text as 400 JSON", campus.where(token_says(json_reply(400,
        {"error": "No Campus Application selected"}))), fails("token.app-not-selected")),
    Row("unknown app: the text as 401 in plain text", legacy.where(token_says(text_reply(401,
        "No Campus Application selected."))), fails("token.app-not-selected")),
    Row("unknown app: the text inside a 500", campus.where(token_says(html_reply(500,
        "<b>No Campus  Application\nselected</b>"))), fails("token.app-not-selected")),
    Row("both addresses name an app that this server does not have",
        campus.shaped(token="/campus/oauth2/token?appName=elm"), fails("token.app-not-selected"),
        Typed(token="{origin}/campus/oauth2/token?appName=oak",
        base="{origin}/campus/api/oneroster/v1p2/oak/ims/oneroster")),
)  # fmt: skip

INVALID_CLIENT = (
    Row("a wrong secret", generic, fails("token.invalid-client"), Typed(secret="another-secret")),
    Row("a key that was deleted", campus, fails("token.invalid-client"), Typed(key="InfiniteCampus_gone")),
    Row("401 and invalid_client", campus.where(token_says(oauth_says(401, "invalid_client").but(BASIC))),
        fails("token.invalid-client")),
    Row("401 as a web page", generic.where(token_says(html_reply(401, "<h1>Unauthorized</h1>"))),
        fails("token.invalid-client")),
    Row("401 without a body", older.where(token_says(bare(401, BASIC))), fails("token.invalid-client")),
    Row("401 without a body or a challenge", older.where(token_says(bare(401))), fails("token.invalid-client")),
    Row("400 and invalid_client", generic.where(token_says(oauth_says(400, "invalid_client",
        error_description="Client authentication failed"))), fails("token.invalid-client")),
    Row("400 and invalid_request in the header and in the body", generic.where(token_says(oauth_says(400,
        "invalid_request"))), fails("token.invalid-client")),
    Row("400 and invalid_grant, as some say for a wrong key", older.where(token_says(oauth_says(400,
        "invalid_grant"))), fails("token.invalid-client")),
    Row("401 and unauthorized in the form of Spring", generic.where(token_says(spring_says(401, "Unauthorized"))),
        fails("token.invalid-client")),
    Row("401 of problem+json", older.where(token_says(problem_json(401, "Unauthorized"))),
        fails("token.invalid-client")),
    Row("invalid_client inside a 200", generic.where(token_says(oauth_says(200, "invalid_client"))),
        fails("token.invalid-client")),
    Row("401 and INVALID_CLIENT in capitals", older.where(token_says(oauth_says(401, "INVALID_CLIENT"))),
        fails("token.invalid-client")),
    Row("the header is told to be wrong, the body is refused", generic.where(token_says(oauth_says(400,
        "invalid_request"), when=in_header), token_says(oauth_says(401, "invalid_client"), when=in_body)),
        fails("token.invalid-client")),
    Row("invalid_client, but the body is not looked at", generic.where(token_says(oauth_says(401, "invalid_client"),
        when=in_header), token_says(oauth_says(400, "invalid_request"), when=in_body)),
        fails("token.invalid-client")),
    Row("400, invalid_client in words of the provider's own", generic.where(token_says(
        json_reply(401, {"code": 401, "message": "Bad credentials"}))), fails("token.invalid-client")),
    Row("401 in the form of OneRoster at a token URL that asks for Basic", older.where(
        token_says(error_1_1(401, "unauthorized").but(BASIC))), fails("token.invalid-client")),
    Row("401 in the form of OneRoster, without a challenge", older.where(token_says(error_1_1(401, "unauthorized"))),
        fails("token.invalid-client")),
    Row("a wrong key is told with error and a number", generic.where(token_says(json_reply(401, {"error": 401,
        "error_description": "no such client"}))), fails("token.invalid-client")),
    Row("AADSTS7000215: a wrong secret at a directory of Microsoft", generic.where(token_says(oauth_says(401,
        "invalid_client", error_description="AADSTS7000215: Invalid client secret provided.",
        error_codes="7000215"))), fails("token.invalid-client")),
    Row("Okta's errorCode in place of error", generic.where(token_says(json_reply(401, {"errorCode": "invalid_client",
        "errorSummary": "The client secret supplied for a confidential client is invalid."}))),
        fails("token.invalid-client")),
    Row("401 for the header, and 400 without a word for the body", older.where(token_says(bare(401), when=in_header),
        token_says(bare(400), when=in_body)), fails("token.invalid-client")),
    Row("401 for the header, and a login page for the body", generic.where(token_says(bare(401, BASIC),
        when=in_header), token_says(LOGIN_PAGE, when=in_body)), fails("token.invalid-client")),
    Row("401 with a scope and without", generic.where(token_says(oauth_says(401, "invalid_client"))),
        fails("token.invalid-client"), Typed(scope=f"{V12}roster.readonly")),
)  # fmt: skip

UNAUTHORIZED_CLIENT = (
    Row("400 and unauthorized_client", campus.where(token_says(oauth_says(400, "unauthorized_client"))),
        fails("token.unauthorized-client")),
    Row("401 and unauthorized_client", generic.where(token_says(oauth_says(401, "unauthorized_client"))),
        fails("token.unauthorized-client")),
    Row("403 and access_denied", generic.where(token_says(oauth_says(403, "access_denied"))),
        fails("token.unauthorized-client")),
    Row("403 without a body", older.where(token_says(bare(403))), fails("token.unauthorized-client")),
    Row("403 as a web page", campus.where(token_says(html_reply(403, "Forbidden"))),
        fails("token.unauthorized-client")),
    Row("403 in the form of Spring", older.where(token_says(spring_says(403, "Forbidden"))),
        fails("token.unauthorized-client")),
    Row("a disabled connection is told in the header, and the body is not looked at",
        generic.where(token_says(oauth_says(403, "access_denied"), when=in_header), token_says(oauth_says(401,
        "invalid_client"), when=in_body)), fails("token.unauthorized-client")),
    Row("AADSTS700016: the application is not in this directory", generic.where(token_says(oauth_says(400,
        "unauthorized_client", error_description="AADSTS700016: Application was not found in the directory."))),
        fails("token.unauthorized-client")),
    Row("access_denied inside a 200", older.where(token_says(oauth_says(200, "access_denied"))),
        fails("token.unauthorized-client")),
    Row("403 and invalid_client: the word about the client says more", generic.where(token_says(oauth_says(403,
        "invalid_client"))), fails("token.invalid-client")),
)  # fmt: skip

SCOPE = (
    Row("400 and invalid_scope with the scope that was typed", generic.where(token_says(with_scope(oauth_says(400,
        "invalid_scope")))), fails("token.invalid-scope"), Typed(scope=f"{V12}roster.readonly")),
    Row("401 and invalid_scope, whatever is asked", older.where(token_says(oauth_says(401, "invalid_scope"))),
        fails("token.invalid-scope"), Typed(scope="everything")),
    Row("403 and insufficient scope at the token URL", District(AERIES).where(token_says(oauth_says(403,
        "invalid_scope"))), fails("token.invalid-scope")),
    Row("a scope of 1.2 at a server of 1.1", District(AERIES), fails("token.invalid-scope"),
        Typed(scope=f"{V12}gradebook.readonly")),
    Row("refused without a scope as invalid_scope, granted with one",
        generic.where(token_says(without_scope(oauth_says(400, "invalid_scope")))), warns("token.scope-required")),
    Row("refused without a scope as invalid_request, granted with one",
        older.where(token_says(without_scope(oauth_says(400, "invalid_request")))), warns("token.scope-required")),
    Row("refused without a scope as 401, granted with one", generic.where(token_says(without_scope(bare(401)))),
        warns("token.scope-required")),
    Row("refused without a scope as a web page of 400, granted with one",
        generic.where(token_says(without_scope(html_reply(400, "Bad Request")))), warns("token.scope-required")),
)  # fmt: skip

REDIRECTED = (
    Row("307 to another host", campus.where(token_says(leads_to(307,
        "https://login.elm.example/campus/oauth2/token"))), fails("token.redirected")),
    Row("301 to another host", generic.where(token_says(leads_to(301, "https://new.elm.example/token"))),
        fails("token.redirected")),
    Row("302 to a login page of another host", older.where(token_says(leads_to(302,
        "https://sso.elm.example/login?back=1"))), fails("token.redirected")),
    Row("308 to another host without a scheme", generic.where(token_says(leads_to(308, "//other.elm.example/token"))),
        fails("token.redirected")),
    Row("301 to the same path with a slash", generic.where(token_says(lambda request, reply: leads_to(301,
        f"{request.path}/"))), fails("token.redirected", suggestion="{token}/")),
    Row("307 to the same path with a slash, and the query stays", campus.where(token_says(lambda request, reply:
        leads_to(307, request.target.replace("?", "/?")))), fails("token.redirected")),
    Row("302 to the login page of the same host: this is no token URL", generic.where(token_says(leads_to(302,
        "/login.jsp"))), fails("token.not-an-endpoint")),
)  # fmt: skip

SERVER_ERROR = (
    Row("an empty 500", generic.where(token_says(bare(500))), fails("token.server-error")),
    Row("500 with a stack trace", older.where(token_says(STACK_TRACE)), fails("token.server-error")),
    Row("500 with a yellow page", campus.where(token_says(YELLOW_PAGE)), fails("token.server-error")),
    Row("503 and maintenance", campus.where(token_says(MAINTENANCE)), fails("token.server-error")),
    Row("maintenance as 200", generic.where(token_says(MAINTENANCE_AS_200)), fails("token.server-error")),
    Row("502 of the balancer", older.where(token_says(html_reply(502, "<h1>502 Bad Gateway</h1>", ("Retry-After",
        "0")))), fails("token.server-error")),
    Row("server_error as 400", generic.where(token_says(oauth_says(400, "server_error"))),
        fails("token.server-error")),
    Row("503 for the rest of the night", generic.where(token_says(html_reply(503, "Down for maintenance",
        ("Retry-After", "28800")))), fails("token.server-error")),
    Row("temporarily_unavailable", older.where(token_says(oauth_says(400, "temporarily_unavailable"))),
        fails("token.server-error")),
    Row("a problem of the database in problem+json", generic.where(token_says(problem_json(500,
        "Database is locked"))), fails("token.server-error")),
)  # fmt: skip

THROTTLED = (
    Row("429 as a web page", generic.where(token_says(TOO_MANY_AS_HTML)), fails("token.throttled")),
    Row("429 as JSON, and an hour to wait", campus.where(token_says(json_reply(429, {"message": "slow down"},
        ("Retry-After", "3600")))), fails("token.throttled")),
    Row("429 without a body", older.where(token_says(bare(429, ("Retry-After", "0")))), fails("token.throttled")),
)  # fmt: skip

MALFORMED = (
    Row("no access_token", generic.where(token_says(renewed(access_token=None))), fails("token.malformed")),
    Row("an empty access_token", older.where(token_says(renewed(access_token=""))), fails("token.malformed")),
    Row("access_token is null", campus.where(token_says(token_of({"access_token": None, "token_type": "bearer",
        "expires_in": 60}))), fails("token.malformed")),
    Row("access_token is an object", generic.where(token_says(renewed(access_token={"value": "x"}))),
        fails("token.malformed")),
    Row("the token under another name", older.where(token_says(token_of({"token": "0123456789abcdef",
        "expires_in": 60}))), fails("token.malformed")),
    Row("an empty JSON object", generic.where(token_says(json_reply(200, {}))), fails("token.malformed")),
    Row("a token with a line break inside", generic.where(token_says(renewed(access_token="0123456\n789abcdef"))),
        fails("token.malformed")),
    Row("a token of another kind", generic.where(token_says(renewed(token_type="mac"))), fails("token.malformed")),
    Row("the token wrapped in data", older.where(token_says(json_reply(200,
        {"data": {"access_token": "0123456789abcdef"}}))), fails("token.malformed")),
    Row("JSON inside a JSON text", generic.where(token_says(json_reply(200, '{"access_token": "0123456789abcdef"}'))),
        fails("token.malformed")),
    Row("a list with the token in it", older.where(token_says(json_reply(200,
        [{"access_token": "0123456789abcdef"}]))), fails("token.malformed")),
    Row("null", generic.where(token_says(json_reply(200, None))), fails("token.malformed")),
    Row("access_token is a number", generic.where(token_says(renewed(access_token=1234567890))),
        fails("token.malformed")),
)  # fmt: skip

ONE_LONG_TEXT = b'{"export": "' + b"x" * 17_000_000 + b'"}'
TOO_LARGE = (
    Row("one text of 17 MB in place of a token", generic.where(token_says(Reply(200, ONE_LONG_TEXT))),
        fails("access.answer-too-large")),
)  # fmt: skip

WORKS_ANOTHER_WAY = (
    Row("only the body is taken, the header is invalid_client", generic.shaped(takes=frozenset({"body"})),
        warns("token.body-only")),
    Row("only the body is taken, the header is a 400 without an OAuth error",
        older.shaped(takes=frozenset({"body"})).where(token_says(problem_json(400, "client_id is required"),
        when=in_header)), warns("token.body-only")),
    Row("only the body is taken, the header breaks the server", generic.shaped(takes=frozenset({"body"})).where(
        token_says(bare(500), when=in_header)), warns("token.body-only")),
    Row("only the body is taken, the header is a 401 web page", older.shaped(takes=frozenset({"body"})).where(
        token_says(html_reply(401, "Unauthorized"), when=in_header)), warns("token.body-only")),
    Row("30 seconds to live", generic.where(token_says(renewed(expires_in=30))), warns("token.short-lived")),
    Row("59 seconds to live, as a text", older.where(token_says(renewed(expires_in="59"))),
        warns("token.short-lived")),
    Row("no second to live", generic.where(token_says(renewed(expires_in=0))), warns("token.short-lived")),
    Row("ten seconds to live, as a number with a point", older.where(token_says(renewed(expires_in=10.5))),
        warns("token.short-lived")),
)  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        *NOT_AN_ENDPOINT,
        *APP,
        *INVALID_CLIENT,
        *UNAUTHORIZED_CLIENT,
        *SCOPE,
        *REDIRECTED,
        *SERVER_ERROR,
        *THROTTLED,
        *MALFORMED,
        *TOO_LARGE,
        *WORKS_ANOTHER_WAY,
    ],
    ids=ids,
)
async def test_token(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)

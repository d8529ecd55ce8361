"""A token is there, and the data calls fail; and addresses whose suggested form answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_checks.limits import SUGGESTED_ADDRESSES

from ...servers import Reply, Request, html_reply, json_reply, text_reply
from ...servers.reply import HTML, JSON
from .district import District, data_says, is_data
from .replies import (
    LOGIN_PAGE,
    MAINTENANCE,
    MAINTENANCE_AS_200,
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
)
from .row import Row, Typed, fails, healthy, holds, ids, run, warns
from .shapes import CAMPUS, CAMPUS_1_1, CAMPUS_LEGACY, CAMPUS_WITHOUT_APP, GENERIC, GENERIC_1_1

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)


def own_words(request: Request, reply: Reply) -> Reply:
    """JSON that is another one at every address, and never a list of OneRoster."""
    return json_reply(200, {"resource": request.path, "items": [], "page": 1})


def in_value(request: Request, reply: Reply) -> Reply:
    """The rows under `value`, as OData does."""
    return json_reply(200, {"@odata.context": request.path, "value": [{"id": 1}, {"id": 2}]})


TOKEN_REJECTED = (
    Row("401 in the standard's form of 1.2", generic.where(data_says(error_1_2(401, "unauthorisedrequest"))),
        fails("access.token-rejected")),
    Row("401 in the standard's form of 1.1", older.where(data_says(error_1_1(401, "unauthorized"))),
        fails("access.token-rejected")),
    Row("401 without a body or a challenge", generic.where(data_says(bare(401))), fails("access.token-rejected")),
    Row("401 as a web page", older.where(data_says(html_reply(401, "<h1>401</h1>"))), fails("access.token-rejected")),
    Row("401 as a login form", campus.where(data_says(html_reply(401, '<form action="/login"></form>'))),
        fails("access.token-rejected")),
    Row("invalid_token inside a 401", generic.where(data_says(oauth_says(401, "invalid_token").but(
        ("WWW-Authenticate", 'Bearer error="invalid_token"')))), fails("access.token-rejected")),
    Row("unauthorised inside a 200", generic.where(data_says(error_1_2(200, "unauthorisedrequest"))),
        fails("access.token-rejected")),
    Row("a status of 401 inside a 200", older.where(data_says(json_reply(200, {"statusCode": 401,
        "message": "Unauthorized"}))), fails("access.token-rejected")),
)  # fmt: skip

FORBIDDEN = (
    Row("403 in the standard's form", campus.where(data_says(error_1_2(403, "forbidden"))),
        fails("access.forbidden")),
    Row("403 as a web page", generic.where(data_says(html_reply(403, "Forbidden"))), fails("access.forbidden")),
    Row("403 without a body, where others say 401", older.where(data_says(bare(403))), fails("access.forbidden")),
    Row("403 of problem+json", generic.where(data_says(problem_json(403, "Forbidden"))), fails("access.forbidden")),
    Row("forbidden inside a 200", older.where(data_says(error_1_1(200, "forbidden"))), fails("access.forbidden")),
    Row("403 in the form of Spring", campus.where(data_says(spring_says(403, "Forbidden"))),
        fails("access.forbidden")),
)  # fmt: skip

WRONG_BASE = (
    Row("404 in the standard's form", generic.where(data_says(error_1_2(404, "unknownobject"))),
        fails("access.base-url-wrong")),
    Row("404 of one space", older.where(data_says(one_space(404))), fails("access.base-url-wrong")),
    Row("404 as a web page", generic.where(data_says(NOT_FOUND_PAGE)), fails("access.base-url-wrong")),
    Row("404 without a body", campus.where(data_says(bare(404))), fails("access.base-url-wrong")),
    Row("405 everywhere", older.where(data_says(bare(405))), fails("access.base-url-wrong")),
    Row("not found inside a 200", older.where(data_says(error_1_1(200, "unknown object"))),
        fails("access.base-url-wrong")),
    Row("a description of the service at every path", generic.where(data_says(SERVICE_DESCRIPTION)),
        fails("access.base-url-wrong")),
    Row("the same greeting at every path", older.where(data_says(json_reply(200, {"message": "Welcome",
        "api": "v2"}))), fails("access.base-url-wrong")),
    Row("an empty JSON object at every path", generic.where(data_says(json_reply(200, {}))),
        fails("access.base-url-wrong")),
    Row("301 to another host", generic.where(data_says(leads_to(301, "https://new.elm.example/api"))),
        fails("access.redirected")),
)  # fmt: skip

SUGGESTION = (
    Row("/ims/oneroster is missing", generic, fails("access.base-url-wrong", suggestion="{base}"),
        Typed(base="{origin}/api")),
    Row("only /ims is there", generic, fails("access.base-url-wrong", suggestion="{base}"),
        Typed(base="{origin}/api/ims/")),
    Row("/oneroster without /ims", generic, fails("access.base-url-wrong", suggestion="{base}"),
        Typed(base="{origin}/api/oneroster")),
    Row("the version where the service belongs", generic, fails("access.base-url-wrong", suggestion="{base}"),
        Typed(base="{base}/v1p2")),
    Row("1.1 with the service in its path, typed without", older.shaped(roots=("/ims/oneroster/rostering/v1p1", )),
        fails("access.base-url-wrong", suggestion="{origin}/ims/oneroster/rostering/v1p1")),
    Row("1.1 without the service in its path, typed with", older, fails("access.base-url-wrong", suggestion="{base}"),
        Typed(base="{origin}/ims/oneroster/rostering/v1p1")),
    Row("Campus without the app, the server wants it", campus, fails("access.base-url-wrong", suggestion="{base}"),
        Typed(base="{origin}/campus/api/ims/oneroster")),
    Row("Campus with the app, the server knows only the form without", District(CAMPUS_WITHOUT_APP),
        fails("access.base-url-wrong", suggestion="{base}"),
        Typed(base="{origin}/campus/api/oneroster/v1p2/elm/ims/oneroster")),
    Row("Campus 1.1 on the current path, the server knows only the old one", District(CAMPUS_LEGACY),
        fails("access.base-url-wrong", suggestion="{base}"),
        Typed(base="{origin}/campus/api/ims/oneroster/rostering/v1p1")),
    Row("Campus 1.1 on the old path, the server knows only the current one", District(CAMPUS_1_1),
        fails("address.legacy", suggestion="{base}"), Typed(base="{origin}/campus/oneroster/elm/ims/oneroster/v1p1")),
    Row("the host alone", campus, fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}")),
    Row("a wrong path that looks alive, the suggested one is", generic.where(unknown_path=SERVICE_DESCRIPTION),
        fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}/api")),
    Row("a wrong path that is a login page, the suggested one is not", generic.where(unknown_path=LOGIN_PAGE),
        fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}/api/oneroster")),
    Row("a wrong path that leads to a login page, the suggested one does not", older.where(unknown_path=leads_to(302,
        "/login")), fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}/v1p1")),
    Row("a gateway that forbids whatever it does not know, the suggested path answers", generic.where(
        unknown_path=json_reply(403, {"message": "Missing Authentication Token"})),
        fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}/api")),
    Row("a server that breaks at paths it does not know, the suggested path answers",
        generic.where(unknown_path=YELLOW_PAGE), fails("access.base-url-wrong", suggestion="{base}"),
        Typed(base="{origin}/api")),
    Row("pasted from the address of a grade book that does not exist", older, fails("access.base-url-wrong",
        suggestion="{base}"), Typed(base="{origin}/ims/oneroster/gradebook/v1p1")),
    Row("a wrong path that is a 401 at the gateway, the suggested one is not", generic.where(unknown_path=bare(401)),
        fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}/api")),
)  # fmt: skip

TAKEN_AS_MEANT = (
    Row("a trailing slash", generic, healthy(), Typed(base="{base}/")),
    Row("two slashes in the path", generic, healthy(), Typed(base="{origin}/api//ims/oneroster")),
    Row("the suffix of the roster service", generic, healthy(), Typed(base="{base}/rostering/v1p2")),
    Row("the suffix of the grade book", campus, healthy(), Typed(base="{base}/gradebook/v1p2")),
    Row("1.1 without its version", older, healthy(), Typed(base="{origin}/ims/oneroster")),
    Row("spaces around both addresses", generic, healthy(), Typed(base="  {base} ", token=" {token}\n")),
    Row("endpoint pasted behind a base without the service", generic, warns("address.endpoint-pasted"),
        Typed(base="{base}/orgs")),
)  # fmt: skip

LOGIN = (
    Row("a login page as 200", generic.where(data_says(LOGIN_PAGE)), fails("access.login-page")),
    Row("302 to the login page", older.where(data_says(leads_to(302, "/login.jsp?back=%2Fims"))),
        fails("access.login-page")),
    Row("303 to single sign-on of another host", campus.where(data_says(leads_to(303,
        "https://id.elm.example/saml2/sso"))), fails("access.login-page")),
    Row("307 to the identity provider", generic.where(data_says(leads_to(307, "https://adfs.elm.example/adfs/ls/"))),
        fails("access.login-page")),
    Row("a web page without a form", older.where(data_says(html_reply(200, "<h1>Welcome to Elm Valley</h1>"))),
        fails("access.login-page")),
)  # fmt: skip

NOT_JSON = (
    Row("XML", generic.where(data_says(Reply(200, b"<?xml version='1.0'?><orgs/>", (("Content-Type", "text/xml"),
        )))), fails("access.not-json")),
    Row("CSV", older.where(data_says(text_reply(200, "sourcedId,status,name\n1,active,Elm\n"))),
        fails("access.not-json")),
    Row("200 without a body", generic.where(data_says(Reply(200, b"", (JSON,)))), fails("access.not-json")),
    Row("one space as 200", older.where(data_says(one_space(200))), fails("access.not-json")),
    Row("JSON that breaks off, with the length told right", generic.where(data_says(Reply(200,
        b'{"orgs": [{"sourcedId": "1", ', (JSON, )))), fails("access.not-json")),
    Row("gzip was told, and it is none", older.where(data_says(Reply(200, b'{"orgs": []}', (JSON, ("Content-Encoding",
        "gzip"))))), fails("access.not-json")),
    Row("JSON inside a function call", generic.where(data_says(Reply(200, b'callback({"orgs": []});', (JSON, )))),
        fails("access.not-json")),
    Row("bytes of nothing known", older.where(data_says(Reply(200, bytes(range(128, 255)), (HTML, )))),
        fails("access.not-json")),
)  # fmt: skip

ONE_LONG_TEXT = Reply(200, b'{"export": "' + b"x" * 17_000_000 + b'"}', (JSON,))
TOO_LARGE = (
    Row("one text of 17 MB", generic.where(data_says(ONE_LONG_TEXT)), fails("access.answer-too-large")),
    Row("brackets without end", older.where(data_says(Reply(200, b"[" * 2_000_000, (JSON,)))),
        fails("access.answer-too-large")),
    Row("a million numbers", campus.where(data_says(Reply(200, b'{"orgs": [' + b"1," * 1_000_000 + b"1]}",
        (JSON,)))), fails("access.answer-too-large")),
)  # fmt: skip

SERVER_ERROR = (
    Row("an empty 500", generic.where(data_says(bare(500))), fails("access.server-error")),
    Row("500 with a stack trace", older.where(data_says(STACK_TRACE)), fails("access.server-error")),
    Row("500 with a yellow page", campus.where(data_says(YELLOW_PAGE)), fails("access.server-error")),
    Row("503 and maintenance", generic.where(data_says(MAINTENANCE)), fails("access.server-error")),
    Row("maintenance as 200", older.where(data_says(MAINTENANCE_AS_200)), fails("access.server-error")),
    Row("502 of the balancer", generic.where(data_says(html_reply(502, "Bad Gateway", ("Retry-After", "0")))),
        fails("access.server-error")),
    Row("an error of the server inside a 200", generic.where(data_says(error_1_2(200, "internal_server_error"))),
        fails("access.server-error")),
    Row("500 in the form of Spring", older.where(data_says(spring_says(500, "Internal Server Error"))),
        fails("access.server-error")),
    Row("orgs alone break, the rest is there", generic.where(data_says(bare(500), "orgs")),
        fails("access.part-broken")),
)  # fmt: skip

THROTTLED = (
    Row("429 as a web page that does not end", generic.where(data_says(TOO_MANY_AS_HTML)), fails("access.throttled")),
    Row("429 and an hour to wait", older.where(data_says(json_reply(429, {"message": "quota"}, ("Retry-After",
        "3600")))), fails("access.throttled")),
    Row("429 without a body", campus.where(data_says(bare(429, ("Retry-After", "0")))), fails("access.throttled")),
)  # fmt: skip

NOT_ONEROSTER = (
    Row("JSON of another interface at every path", generic.where(data_says(own_words)),
        fails("payload.not-oneroster")),
    Row("the rows under value, as OData", older.where(data_says(in_value)), fails("payload.not-oneroster")),
)  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        *TOKEN_REJECTED,
        *FORBIDDEN,
        *WRONG_BASE,
        *SUGGESTION,
        *TAKEN_AS_MEANT,
        *LOGIN,
        *NOT_JSON,
        *TOO_LARGE,
        *SERVER_ERROR,
        *THROTTLED,
        *NOT_ONEROSTER,
    ],
    ids=ids,
)
async def test_access(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)


@pytest.mark.parametrize("row", WRONG_BASE, ids=ids)
async def test_mended_forms_are_few_gets_on_the_same_host(row: Row, tmp_path: Path) -> None:
    _, served = await run(row, tmp_path)
    roots = {request.path.rpartition("/")[0] for request in served.server.heard if is_data(request)}
    assert 1 < len(roots) <= 2 + SUGGESTED_ADDRESSES
    assert {request.method for request in served.server.heard} == {"POST", "GET"}
    assert {request.headers["host"] for request in served.server.heard} == {f"127.0.0.1:{served.server.port}"}

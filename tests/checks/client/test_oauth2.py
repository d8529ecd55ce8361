"""The token request as it is sent, and every form of its answer."""

from __future__ import annotations

import base64
from urllib.parse import unquote_plus

import pytest

from oneroster_checks.client.oauth2 import TokenClient, token_request
from oneroster_checks.client.token_answer import (
    TokenForm,
    TokenMeaning,
    oauth_error,
    read_token,
    read_token_answer,
    secrets_in,
)
from oneroster_checks.connection import Secret
from oneroster_checks.evidence import Evidence
from oneroster_checks.finding import Status
from oneroster_checks.http.answer import Answer
from oneroster_checks.target import make_target

from ...servers import LoopServer, Reply, Request, json_reply, token_reply
from ..http.sessions import session
from ..running import campus, outcome, secrets

ODD_PAIRS = [
    ("plain", "plain"),
    ("with:colon", "se:cret"),
    ("with space", "se cret"),
    ("with+plus", "se+cret"),
    ("with%percent", "se%63ret"),
    ("with/slash", "se/cret=="),
    ("with&and=equals", "se&cret=x"),
    ("Schüler", "geheim€"),
    ("InfiniteCampus_1:2+3%4/5 6", "~!*'()-._"),
]


@pytest.mark.parametrize(("client_id", "secret"), ODD_PAIRS)
async def test_the_pair_arrives_whole_in_the_header(client_id: str, secret: str) -> None:
    headers, body = token_request(TokenForm.HEADER, client_id, Secret(secret), "")
    scheme, _, value = headers["authorization"].partition(" ")
    assert scheme == "Basic"
    decoded = base64.b64decode(value, validate=True).decode("ascii")
    # Form-encoded first (RFC 6749 section 2.3.1), so exactly one colon parts the two.
    assert decoded.count(":") == 1
    assert [unquote_plus(half) for half in decoded.split(":")] == [client_id, secret]
    assert body == b"grant_type=client_credentials"
    assert headers["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(("client_id", "secret"), ODD_PAIRS)
async def test_the_pair_arrives_whole_in_the_body(client_id: str, secret: str) -> None:
    headers, body = token_request(TokenForm.BODY, client_id, Secret(secret), "one two")
    heard = Request("POST", "/", {}, body)
    assert "authorization" not in headers
    assert heard.form == {
        "grant_type": "client_credentials",
        "scope": "one two",
        "client_id": client_id,
        "client_secret": secret,
    }


async def test_a_refused_header_is_followed_by_the_body_on_the_wire() -> None:
    def answers(heard: Request) -> Reply:
        return json_reply(401, {"error": "invalid_client"})

    async with LoopServer(answers) as server:
        connection = campus(server.origin, client_id="InfiniteCampus_a:b+c")
        result = await outcome(connection, secrets("x:y%z"))
    assert result.verdict.cause == "token.invalid-client"
    first, second, *rest = server.heard
    assert {heard.method for heard in server.heard} == {"POST"}
    assert first.form == {"grant_type": "client_credentials"}
    assert first.headers["authorization"].startswith("Basic ")
    assert "authorization" not in second.headers
    assert second.form["client_id"] == "InfiniteCampus_a:b+c"
    assert second.form["client_secret"] == "x:y%z"
    # Refused at most four times, and no data call without a token.
    assert len(rest) <= 2
    assert {heard.path for heard in server.heard} == {"/campus/oauth2/token"}
    assert all("appName=school" in heard.target for heard in server.heard)


def answer(
    status: int | None, body: str | bytes = b"", *, url: str = "https://d.test/token", **headers: str
) -> Answer:
    """An answer of a token URL."""
    content = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(url, status, named, content, Evidence("POST", url, status, 1))


GOOD = '{"access_token": "abc", "token_type": "bearer", "expires_in": 3600}'
TOKENS: list[tuple[str, str, float | None, str | None]] = [
    (GOOD, "abc", 3600, None),
    ('{"access_token": " abc\\n"}', "abc", None, None),
    ('{"access_token": "abc", "token_type": "Bearer", "expires_in": "7200"}', "abc", 7200, None),
    ('{"access_token": "abc", "token_type": "BEARER", "expires_in": 1.5}', "abc", 1.5, None),
    ('{"access_token": "abc", "token_type": null, "expires_in": null}', "abc", None, None),
    ('{"access_token": "abc", "token_type": "BearerToken"}', "abc", None, None),
    ('{"access_token": "abc", "expires_in": "soon"}', "abc", None, None),
    ('{"access_token": "abc", "expires_in": true}', "abc", None, None),
    ('{"access_token": "abc", "expires_in": 1e300}', "abc", None, None),
    ('{"access_token": "abc", "expires_in": ' + "9" * 400 + "}", "abc", None, None),
    ('{"access_token": "abc", "expires_in": NaN}', "abc", None, None),
    ('{"access_token": "abc", "expires_in": []}', "abc", None, None),
    ('{"access_token": "abc", "expires_in": -5}', "abc", -5, None),
    ('{"access_token": "abc", "scope": "a b"}', "abc", None, "a b"),
    ('{"access_token": "abc", "scope": ["a", "b"]}', "abc", None, "a b"),
    ('{"access_token": "abc", "scope": null}', "abc", None, None),
    ('{"access_token": "abc", "scope": 7}', "abc", None, None),
    ("\ufeff" + GOOD, "abc", 3600, None),
    ('{"access_token": "a.b-c_d~e+f/g="}', "a.b-c_d~e+f/g=", None, None),
]


@pytest.mark.parametrize(("body", "text", "seconds", "scope"), TOKENS)
def test_a_token_is_read(body: str, text: str, seconds: float | None, scope: str | None) -> None:
    token = read_token(answer(200, body), TokenForm.BODY, "asked")
    assert token is not None
    assert token.text.reveal() == text
    assert (token.expires_in, token.scope) == (seconds, scope)
    assert (token.form, token.asked_scope) == (TokenForm.BODY, "asked")
    assert text not in repr(token).replace("asked_scope", "")


NO_TOKENS = [
    "",
    "null",
    "[]",
    "7",
    '"abc"',
    "{}",
    "<html></html>",
    '{"access_token": ""}',
    '{"access_token": "   "}',
    '{"access_token": null}',
    '{"access_token": 12345}',
    '{"access_token": ["abc"]}',
    '{"access_token": "two words"}',
    '{"access_token": "line\\nbreak"}',
    '{"access_token": "schlüssel"}',
    '{"access_token": "abc", "token_type": "mac"}',
    '{"access_token": "abc", "token_type": 7}',
    '[{"access_token": "abc"}]',
    '{"token": "abc"}',
]


@pytest.mark.parametrize("body", NO_TOKENS)
def test_what_is_no_usable_token_is_none(body: str) -> None:
    assert read_token(answer(200, body), TokenForm.HEADER, "") is None


@pytest.mark.parametrize("status", [None, 302, 400, 401, 500])
def test_a_token_beside_an_error_status_is_none(status: int | None) -> None:
    assert read_token(answer(status, GOOD), TokenForm.HEADER, "") is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"error": "invalid_client"}', "invalid_client"),
        ('{"error": " Invalid_Client "}', "invalid_client"),
        ('{"error": "invalid_scope", "error_description": "x"}', "invalid_scope"),
        ('{"error": "Ann Example is no client"}', ""),
        ('{"error": {"code": "invalid_client"}}', ""),
        ('{"error": null}', ""),
        ('["invalid_client"]', ""),
        ("invalid_client", ""),
        ("", ""),
    ],
)
def test_an_error_code_is_read_only_from_the_list_of_the_standard(body: str, code: str) -> None:
    assert oauth_error(answer(400, body)) == code


HTML = "<!doctype html><html><body>{}</body></html>"
DATA_ERROR = '{"imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_description": "x"}'
MEANINGS: list[tuple[Answer, TokenMeaning]] = [
    (answer(200, "No Campus Application selected"), TokenMeaning.NO_APP),
    (answer(400, HTML.format("no  campus\napplication SELECTED")), TokenMeaning.NO_APP),
    (answer(500, '{"error": "No Campus Application selected"}'), TokenMeaning.NO_APP),
    (answer(302, location="/campus/error?message=No Campus Application selected"), TokenMeaning.NO_APP),
    (answer(302, location="https://elsewhere.test/token"), TokenMeaning.REDIRECTED),
    (answer(307, location="http://d.test/token"), TokenMeaning.REDIRECTED),
    (answer(308, location="/other/token"), TokenMeaning.REDIRECTED),
    (answer(302, location="/campus/login.jsp"), TokenMeaning.NOT_A_TOKEN_URL),
    (answer(302, location="https://sso.elsewhere.test/login"), TokenMeaning.REDIRECTED),
    (answer(429), TokenMeaning.THROTTLED),
    (answer(429, '{"error": "invalid_client"}'), TokenMeaning.THROTTLED),
    (answer(400, '{"error": "invalid_scope"}'), TokenMeaning.BAD_SCOPE),
    (answer(403, '{"error": "insufficient_scope"}'), TokenMeaning.BAD_SCOPE),
    (answer(400, '{"error": "unauthorized_client"}'), TokenMeaning.NOT_ALLOWED),
    (answer(401, '{"error": "unauthorized_client"}'), TokenMeaning.NOT_ALLOWED),
    (answer(400, '{"error": "access_denied"}'), TokenMeaning.NOT_ALLOWED),
    (answer(403, '{"error": "invalid_request"}'), TokenMeaning.NOT_ALLOWED),
    (answer(403), TokenMeaning.NOT_ALLOWED),
    (answer(403, HTML.format("Forbidden")), TokenMeaning.NOT_ALLOWED),
    (answer(401), TokenMeaning.REFUSED),
    (answer(401, HTML.format("Unauthorized")), TokenMeaning.REFUSED),
    (answer(400, '{"error": "invalid_client"}'), TokenMeaning.REFUSED),
    (answer(403, '{"error": "invalid_client"}'), TokenMeaning.REFUSED),
    (answer(500, '{"error": "invalid_client"}'), TokenMeaning.REFUSED),
    (answer(400, '{"error": "invalid_grant"}'), TokenMeaning.REFUSED),
    (answer(401, DATA_ERROR), TokenMeaning.REFUSED),
    (answer(401, DATA_ERROR, www_authenticate="Bearer"), TokenMeaning.NOT_A_TOKEN_URL),
    (answer(401, DATA_ERROR, url="https://d.test/ims/oneroster/token"), TokenMeaning.NOT_A_TOKEN_URL),
    (answer(401, DATA_ERROR, www_authenticate='Basic realm="x"'), TokenMeaning.REFUSED),
    (answer(400, '{"error": "unsupported_grant_type"}'), TokenMeaning.WRONG_FORM),
    (answer(404), TokenMeaning.NOT_A_TOKEN_URL),
    (answer(405, HTML.format("Method not allowed")), TokenMeaning.NOT_A_TOKEN_URL),
    (answer(400, "nothing of the kind"), TokenMeaning.NOT_A_TOKEN_URL),
    (answer(200, HTML.format("Welcome")), TokenMeaning.NOT_A_TOKEN_URL),
    (answer(200, "ok"), TokenMeaning.NOT_A_TOKEN_URL),
    (answer(200), TokenMeaning.NOT_A_TOKEN_URL),
    (answer(200, "[1]"), TokenMeaning.NO_TOKEN),
    (answer(200, '{"orgs": []}'), TokenMeaning.NOT_A_TOKEN_URL),
    (answer(200, '{"openapi": "3.0"}'), TokenMeaning.NOT_A_TOKEN_URL),
    (answer(200, "{}"), TokenMeaning.NO_TOKEN),
    (answer(200, '{"accessToken": "abc"}'), TokenMeaning.NO_TOKEN),
    (answer(200, '{"access_token": null}'), TokenMeaning.NO_TOKEN),
    (answer(200, '{"error": "server_error"}'), TokenMeaning.BROKEN),
    (answer(200, HTML.format("Scheduled maintenance")), TokenMeaning.BROKEN),
    (answer(503, HTML.format("Down")), TokenMeaning.BROKEN),
    (answer(500), TokenMeaning.BROKEN),
    (answer(400, '{"error": "temporarily_unavailable"}'), TokenMeaning.BROKEN),
]


@pytest.mark.parametrize(
    ("reported", "meaning"), MEANINGS, ids=lambda value: str(getattr(value, "status", value))
)
def test_what_an_answer_of_the_token_url_means(reported: Answer, meaning: TokenMeaning) -> None:
    assert read_token_answer(reported, TokenForm.HEADER, "", names_app=True).meaning is meaning


def test_an_app_is_missed_only_where_token_urls_name_one() -> None:
    page = answer(200, "<html><p>No Campus Application selected</p></html>")
    assert read_token_answer(page, TokenForm.HEADER, "").meaning is TokenMeaning.NOT_A_TOKEN_URL


@pytest.mark.parametrize("status", [411, 415])
def test_a_status_that_asks_for_another_form(status: int) -> None:
    for text in ("", '{"error": "invalid_request"}'):
        assert (
            read_token_answer(answer(status, text), TokenForm.HEADER, "").meaning is TokenMeaning.WRONG_FORM
        )


@pytest.mark.parametrize("form", TokenForm)
async def test_the_client_sends_one_request_in_the_form_that_is_asked(form: TokenForm) -> None:
    token = "T0ken.of-the~test"
    async with LoopServer(lambda heard: token_reply(token)) as server, session() as over:
        target = make_target(
            campus(server.origin, client_id="\ufeff the:key ", scope=""), secrets(" the+secret\n")
        )
        told = await TokenClient(over, target, lambda error, evidence: None).ask(form, "a b", note="why")
    (heard,) = server.heard
    pair = ("the%3Akey:the%2Bsecret" if form is TokenForm.HEADER else "the:key:the+secret").encode()
    if form is TokenForm.BODY:
        assert (heard.form["client_id"], heard.form["client_secret"]) == ("the:key", "the+secret")
    else:
        assert heard.headers["authorization"] == f"Basic {base64.b64encode(pair).decode()}"
    assert heard.form["scope"] == "a b"
    assert (told.meaning, told.form, told.asked_scope) == (TokenMeaning.GRANTED, form, "a b")
    assert told.final
    assert told.token is not None
    assert told.token.text.reveal() == token
    assert told.evidence.note == "why"
    assert token not in repr(told) + repr(over.trace)


async def test_a_token_is_hidden_before_its_own_answer_is_shown() -> None:
    reported = json_reply(200, {"access_token": "tok-en-17", "refresh_token": "re-fresh-18"},
                          ("X-Request-Id", "tok-en-17"))  # fmt: skip
    async with LoopServer(lambda heard: reported) as server, session() as over:
        target = make_target(campus(server.origin), secrets())
        await TokenClient(over, target, lambda error, evidence: None).ask(TokenForm.HEADER, "")
    (seen,) = over.trace
    assert seen.request_id == "[hidden]"
    assert "tok-en-17" not in repr(seen)


@pytest.mark.parametrize("document", [None, [], "text", {"access_token": 7}, {"access_token": None}])
def test_a_document_without_a_token_holds_no_secret(document: object) -> None:
    assert secrets_in(document) == ()


async def test_a_token_is_used_as_it_was_granted() -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply("T0ken.of-the~test", expires_in=20)
        return json_reply(200, {"orgs": [{"sourcedId": "o1"}]})

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin), secrets(), only=("access.data", "token.lifetime"))
    calls = [heard for heard in server.heard if heard.method == "GET"]
    assert [heard.headers["authorization"] for heard in calls] == ["Bearer T0ken.of-the~test"]
    assert result.verdict.cause == "token.short-lived"
    lifetime = result.finding("token.lifetime")
    assert lifetime is not None
    assert lifetime.status is Status.WARN
    assert lifetime.facts["seconds"] == 20

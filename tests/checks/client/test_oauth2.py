"""The token request as it is sent, and every form of its answer."""

from __future__ import annotations

import base64
from urllib.parse import unquote_plus

import pytest

from oneroster_checks.authorized import TokenForm
from oneroster_checks.client.oauth2 import TokenClient, token_request
from oneroster_checks.client.token_answer import secrets_in
from oneroster_checks.client.token_meaning import TokenMeaning
from oneroster_checks.connection import Secret
from oneroster_checks.finding import Status
from oneroster_checks.target import make_target

from ...servers import LoopServer, Reply, Request, json_reply, token_reply
from ..engine import campus, outcome, secrets
from ..http.sessions import session

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

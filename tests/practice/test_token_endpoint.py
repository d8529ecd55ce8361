"""The token endpoint of the practice district, over real sockets."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

import httpx
import pytest

from oneroster_practice import PracticeDistrict

from .caller import GRANT, Caller


@pytest.fixture(scope="module")
def district() -> Iterator[PracticeDistrict]:
    with PracticeDistrict() as district:
        yield district


@pytest.fixture
def caller(district: PracticeDistrict) -> Iterator[Caller]:
    with Caller(district) as caller:
        yield caller


def test_credentials_in_the_header_give_a_token(caller: Caller) -> None:
    answer = caller.token_by_header()
    assert answer.status_code == 200
    members = answer.json()
    assert members["token_type"].lower() == "bearer"
    assert members["expires_in"] == 3600
    assert members["access_token"].count(".") == 2
    assert "roster-core.readonly" in members["scope"]


def test_credentials_in_the_body_give_a_token(caller: Caller) -> None:
    answer = caller.token_by_body()
    assert answer.status_code == 200
    assert answer.json()["access_token"]


def test_each_token_is_another(caller: Caller) -> None:
    first, second = caller.token_by_header().json(), caller.token_by_header().json()
    assert first["access_token"] != second["access_token"]


@pytest.mark.parametrize("way", ["header", "body"])
def test_a_wrong_secret_is_an_invalid_client(district: PracticeDistrict, way: str) -> None:
    with Caller(district, secret="wrong") as caller:
        answer = caller.token_by_header() if way == "header" else caller.token_by_body()
    assert answer.status_code == 401
    assert answer.json() == {"error": "invalid_client"}
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize("header", ["Basic !!!", "Basic bm9jb2xvbg==", "Basic /w==", "Basic", "Digest x"])
def test_a_header_that_is_no_credentials_is_an_invalid_client(caller: Caller, header: str) -> None:
    url = caller.connection.token_url
    answer = caller.http.post(url, data=GRANT, headers={"Authorization": header})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("query", ["", "?appName=", "?appName=somebody-else"])
def test_an_unknown_application_is_told_in_the_text_that_campus_uses(caller: Caller, query: str) -> None:
    url = caller.connection.token_url.partition("?")[0] + query
    answer = caller.http.post(url, data=GRANT, headers={"Authorization": caller.basic()})
    assert answer.status_code != 200
    assert "No Campus Application selected" in answer.text


def test_another_grant_type_is_refused(caller: Caller) -> None:
    answer = caller.http.post(
        caller.connection.token_url,
        data={"grant_type": "password"},
        headers={"Authorization": caller.basic()},
    )
    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


def test_get_is_not_allowed(caller: Caller) -> None:
    assert caller.http.get(caller.connection.token_url).status_code == 405


def test_an_unknown_scope_is_refused_and_a_known_one_limits_the_token(district: PracticeDistrict) -> None:
    prefix = "https://purl.imsglobal.org/spec/or/v1p2/scope/"
    with Caller(district) as caller:
        assert caller.token_by_header("something").json()["error"] == "invalid_scope"
        answer = caller.token_by_header(prefix + "roster-core.readonly").json()
        assert answer["scope"] == prefix + "roster-core.readonly"
        headers = {"Authorization": f"Bearer {answer['access_token']}"}
        assert caller.http.get(caller.url("orgs"), headers=headers).status_code == 200
        below = caller.http.get(caller.url("schools/org-2/classes"), headers=headers)
    assert below.status_code == 403
    assert "insufficient_scope" in below.headers["WWW-Authenticate"]


def test_data_needs_a_token_that_was_issued_here(district: PracticeDistrict) -> None:
    with Caller(district) as caller, PracticeDistrict() as other, Caller(other) as stranger:
        url = caller.url("orgs")
        without = caller.http.get(url)
        forged = caller.http.get(url, headers={"Authorization": f"Bearer {stranger.token()}"})
        issued = caller.get("orgs")
    assert (without.status_code, forged.status_code, issued.status_code) == (401, 401, 200)
    assert without.headers["WWW-Authenticate"] == 'Bearer realm="practice"'
    assert "invalid_token" in forged.headers["WWW-Authenticate"]
    minor = forged.json()["imsx_CodeMinor"]["imsx_codeMinorField"][0]
    assert minor["imsx_codeMinorFieldValue"] == "unauthorisedrequest"


def test_an_old_token_is_refused() -> None:
    from oneroster_checks.connection import Secret
    from oneroster_practice.exchange import Request
    from oneroster_practice.fault import TokenRules
    from oneroster_practice.tokens import TokenEndpoint

    endpoint = TokenEndpoint(
        "key", Secret("secret"), "1.2", frozenset({"roster.readonly"}), TokenRules(lifetime=0)
    )
    body = b"grant_type=client_credentials&client_id=key&client_secret=secret"
    request = Request("POST", "", "/campus/oauth2/token", "appName=practice", "127.0.0.1", {}, body)
    answer = endpoint.respond(request)
    assert answer.status == 200
    token = httpx.Response(200, content=answer.body).json()["access_token"]
    assert endpoint.grant(token) is None


def test_a_secret_with_a_plus_is_taken_raw_and_form_encoded() -> None:
    def header(pair: str) -> dict[str, str]:
        return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}

    # Secrets are random; about every other one has a plus.
    for _ in range(200):
        with PracticeDistrict() as district, Caller(district) as caller:
            if "+" not in caller.secret:
                continue
            client, url = caller.connection.client_id, caller.connection.token_url
            for secret in (caller.secret, quote_plus(caller.secret), quote(caller.secret, safe="")):
                answer = caller.http.post(url, data=GRANT, headers=header(f"{client}:{secret}"))
                assert answer.status_code == 200, secret
            spoiled = caller.secret.replace("+", " ")
            assert caller.http.post(url, data=GRANT, headers=header(f"{client}:{spoiled}")).status_code == 401
            assert caller.token_by_body().status_code == 200
            return
    pytest.fail("No secret of two hundred had a plus.")

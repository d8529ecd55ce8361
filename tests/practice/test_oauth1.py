"""OAuth 1 at the practice district: what is accepted and what is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from oauthlib.oauth1 import SIGNATURE_HMAC_SHA1, SIGNATURE_HMAC_SHA256, SIGNATURE_PLAINTEXT

from oneroster_practice import PracticeDistrict

from .caller import Caller, filtered


@pytest.fixture(scope="module")
def caller() -> Iterator[Caller]:
    with PracticeDistrict(oauth=1) as district, Caller(district) as caller:
        yield caller


def status(caller: Caller, url: str, header: str) -> int:
    return caller.http.get(url, headers={"Authorization": header}).status_code


@pytest.mark.parametrize("method", [SIGNATURE_HMAC_SHA256, SIGNATURE_HMAC_SHA1])
def test_both_signature_methods_are_accepted(caller: Caller, method: str) -> None:
    url = caller.url("users?limit=5&sort=familyName")
    assert status(caller, url, caller.signed("GET", url, method)) == 200


def test_plaintext_is_refused(caller: Caller) -> None:
    url = caller.url("orgs")
    assert status(caller, url, caller.signed("GET", url, SIGNATURE_PLAINTEXT)) == 401


def test_an_encoded_filter_is_signed_with_its_spaces_and_apostrophes(caller: Caller) -> None:
    url = caller.url(filtered("users", "role='student' AND familyName~'o'"))
    assert "%20" in url
    assert "%27" in url
    answer = caller.http.get(url, headers={"Authorization": caller.signed("GET", url)})
    assert answer.status_code == 200
    assert {user["role"] for user in answer.json()["users"]} == {"student"}


@pytest.mark.parametrize(("seconds", "expected"), [(-590, 200), (-620, 401), (280, 200), (320, 401)])
def test_the_clock_window(caller: Caller, seconds: int, expected: int) -> None:
    url = caller.url("orgs")
    header = caller.signed("GET", url, timestamp=int(time.time()) + seconds)
    assert status(caller, url, header) == expected


def test_a_request_is_accepted_once(caller: Caller) -> None:
    url = caller.url("orgs")
    header = caller.signed("GET", url)
    assert [status(caller, url, header), status(caller, url, header)] == [200, 401]


def test_a_signature_for_another_address_is_refused(caller: Caller) -> None:
    header = caller.signed("GET", caller.url("orgs?limit=1"))
    assert status(caller, caller.url("orgs?limit=2"), header) == 401


@pytest.mark.parametrize(
    "header", ["", "OAuth", "OAuth nonsense", 'OAuth oauth_nonce="a"', "Bearer x", "OAuth a=b,"]
)
def test_what_is_no_signature_is_refused_in_the_standards_form(caller: Caller, header: str) -> None:
    answer = caller.http.get(caller.url("orgs"), headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("OAuth")
    assert answer.json()["statusInfoSet"][0]["imsx_codeMinor"] == "unauthorized"


def test_a_wrong_secret_or_key_is_refused() -> None:
    with PracticeDistrict(oauth=1) as district:
        with Caller(district, secret="wrong") as caller:
            assert caller.get("orgs").status_code == 401
        with Caller(district) as caller:
            caller.connection = caller.connection.but(client_id="InfiniteCampus_nobody")
            assert caller.get("orgs").status_code == 401


def test_an_oauth_1_connection_gets_no_token(caller: Caller) -> None:
    assert caller.connection.token_url == ""
    url = caller.connection.base_url.partition("/campus/")[0] + "/campus/oauth2/token?appName=practice"
    form = {
        "grant_type": "client_credentials",
        "client_id": caller.connection.client_id,
        "client_secret": caller.secret,
    }
    assert caller.http.post(url, data=form).json() == {"error": "invalid_client"}


def test_writing_is_signed_too() -> None:
    with PracticeDistrict(oauth=1, share=["rostering", "gradebook"]) as district, Caller(district) as caller:
        record = caller.get("categories/category-1", service="gradebook").json()["category"]
        put = caller.call("PUT", "categories/category-1", service="gradebook", json={"category": record})
    assert put.status_code == 200

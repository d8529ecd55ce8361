"""The problems of addresses, network, TLS, clock and token, each seen from outside."""

from __future__ import annotations

import socket
import ssl
import stat
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from oneroster_practice import PracticeDistrict

from .caller import GRANT, Caller


def port_of(district: PracticeDistrict) -> int:
    return urlsplit(district.connection.base_url).port or 0


@pytest.mark.parametrize(
    ("problem", "field", "part"),
    [
        ("address.malformed", "base_url", ":99999/"),
        ("address.plain-http", "token_url", "http://practice.example/"),
        ("address.credentials-in-url", "base_url", "user:password@127.0.0.1"),
        ("address.doubled-path", "base_url", "/campus/campus/"),
        ("address.endpoint-pasted", "base_url", "/rostering/v1p2/orgs"),
        ("address.version-mismatch", "base_url", "/v1p1/practice/ims/oneroster/v1p1"),
        ("address.legacy", "base_url", "/campus/oneroster/practice/"),
        ("address.app-name-missing", "token_url", "/campus/oauth2/token"),
        ("address.app-name-mismatch", "token_url", "appName=elsewhere"),
        ("address.host-mismatch", "token_url", "http://localhost:"),
        ("address.fields-swapped", "client_id", "http://127.0.0.1"),
        ("address.fields-swapped", "base_url", "InfiniteCampus_"),
        ("key.stray-characters", "client_id", " InfiniteCampus_practice "),
        ("network.name-not-found", "base_url", "https://practice-district.invalid/"),
        ("tls.not-tls", "base_url", "https://127.0.0.1"),
        ("tls.protocol", "token_url", "https://127.0.0.1"),
    ],
)
def test_what_is_handed_out(problem: str, field: str, part: str) -> None:
    with PracticeDistrict(problem) as district:
        assert part in district.ready_line()[field]  # type: ignore[operator]
        if problem == "address.app-name-missing":
            assert "appName" not in district.connection.token_url


def test_the_older_address_is_gone_and_the_current_one_works() -> None:
    with PracticeDistrict("address.legacy") as district, Caller(district) as caller:
        assert caller.get("orgs").status_code == 404
        current = caller.connection.base_url.replace("/campus/oneroster/", "/campus/api/oneroster/v1p1/")
        caller.connection = caller.connection.but(base_url=current)
        assert caller.get("orgs").status_code == 200


@pytest.mark.parametrize("problem", ["address.app-name-mismatch", "address.host-mismatch"])
def test_a_token_of_another_application_or_host_is_issued_and_refused_for_data(problem: str) -> None:
    with PracticeDistrict(problem) as district, Caller(district) as caller:
        assert caller.token_by_header().status_code == 200
        assert caller.get("orgs").status_code == 401


def test_a_foreign_key_is_refused() -> None:
    with PracticeDistrict("key.unexpected-format") as district, Caller(district) as caller:
        assert not caller.connection.client_id.startswith("InfiniteCampus_")
        assert caller.token_by_header().json() == {"error": "invalid_client"}


def test_refused_silent_and_closed_ports() -> None:
    for problem, errors in (
        ("network.refused", (httpx.ConnectError,)),
        ("network.closed", (httpx.RemoteProtocolError, httpx.ReadError)),
    ):
        with PracticeDistrict(problem) as district, pytest.raises(errors), Caller(district) as caller:
            caller.token_by_header()
    with PracticeDistrict("network.timeout") as district:
        assert district.connection.timeout < 5
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(district.connection.token_url, data=GRANT, timeout=0.2, trust_env=False)


def shake_hands(district: PracticeDistrict) -> None:
    given = district.connection.ca_file
    context = ssl.create_default_context(cafile=given or None)
    with (
        socket.create_connection(("127.0.0.1", port_of(district)), timeout=5.0) as raw,
        context.wrap_socket(raw, server_hostname="127.0.0.1"),
    ):
        pass


@pytest.mark.parametrize(
    ("problem", "verify_code"), [("tls.expired", 10), ("tls.wrong-host", 64), ("tls.untrusted", 20)]
)
def test_certificates(problem: str, verify_code: int) -> None:
    with PracticeDistrict(problem) as district, pytest.raises(ssl.SSLCertVerificationError) as caught:
        shake_hands(district)
    assert caught.value.verify_code == verify_code


@pytest.mark.parametrize("problem", ["tls.expired", "tls.wrong-host"])
def test_the_authoritys_file_is_private_and_removed(problem: str) -> None:
    with PracticeDistrict(problem) as district:
        folder = Path(district.connection.ca_file).parent
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()


def test_nobody_vouches_for_an_unknown_authority() -> None:
    with PracticeDistrict("tls.untrusted") as district:
        assert district.connection.ca_file == ""


@pytest.mark.parametrize(
    ("problem", "reason"),
    [("tls.protocol", "ALERT_PROTOCOL_VERSION"), ("tls.not-tls", "WRONG_VERSION_NUMBER|HTTP|record layer")],
)
def test_handshakes_that_fail(problem: str, reason: str) -> None:
    with PracticeDistrict(problem) as district, pytest.raises(ssl.SSLError, match=f"(?i){reason}"):
        shake_hands(district)


@pytest.mark.parametrize("oauth", [1, 2])
def test_an_hour_of_skew(oauth: int) -> None:
    with PracticeDistrict("clock.skew", oauth=1 if oauth == 1 else 2) as district, Caller(district) as caller:
        answer = caller.get("orgs")
    ahead = parsedate_to_datetime(answer.headers["Date"]) - datetime.now(UTC)
    assert 3500 < ahead.total_seconds() < 3700
    assert answer.status_code == (401 if oauth == 1 else 200)


@pytest.mark.parametrize(
    ("problem", "status", "part"),
    [
        ("token.not-an-endpoint", 404, "<h1>404</h1>"),
        ("token.app-not-selected", 400, "No Campus Application selected"),
        ("token.invalid-client", 401, "invalid_client"),
        ("token.unauthorized-client", 400, "unauthorized_client"),
        ("token.invalid-scope", 400, "invalid_scope"),
        ("token.scope-required", 400, "invalid_scope"),
        ("token.redirected", 307, ""),
        ("token.server-error", 503, "maintenance"),
        ("token.throttled", 429, "temporarily_unavailable"),
        ("token.malformed", 200, '"access_token":null'),
        ("token.short-lived", 200, '"expires_in":30'),
        ("token.body-only", 401, "invalid_client"),
    ],
)
def test_token_answers(problem: str, status: int, part: str) -> None:
    with PracticeDistrict(problem) as district, Caller(district) as caller:
        answer = caller.token_by_header()
        assert answer.status_code == status
        assert part in answer.text
        by_body = caller.token_by_body().status_code
        assert by_body == (200 if problem == "token.body-only" else status)


def test_details_of_token_answers() -> None:
    with PracticeDistrict("token.redirected") as district, Caller(district) as caller:
        assert caller.token_by_header().headers["Location"].startswith("https://elsewhere.invalid/")
    with PracticeDistrict("token.throttled") as district, Caller(district) as caller:
        assert caller.token_by_header().headers["Retry-After"] == "1"
    scope = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly"
    with PracticeDistrict("token.scope-required") as district, Caller(district) as caller:
        assert caller.token_by_header(scope).status_code == 200
    with PracticeDistrict("token.invalid-scope") as district, Caller(district) as caller:
        assert caller.token_by_header(scope).status_code == 400

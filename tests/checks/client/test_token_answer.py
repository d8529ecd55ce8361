"""Reading an answer of the token URL: the token in it, or what the server says in its place."""

from __future__ import annotations

import pytest

from oneroster_checks.authorized import TokenForm
from oneroster_checks.client.token_answer import read_token, read_token_answer
from oneroster_checks.client.token_meaning import TokenMeaning, oauth_error
from oneroster_checks.evidence import Evidence
from oneroster_checks.http.answer import Answer
from oneroster_checks.http.content import Content


def answer(
    status: int | None, body: str | bytes = b"", *, url: str = "https://d.test/token", **headers: str
) -> Answer:
    """An answer of a token URL."""
    content = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(url, status, named, Content.of(content), Evidence("POST", url, status, 1))


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
        ('{"error": {"code": "invalid_client"}}', "invalid_client"),
        ('{"errorCode": "invalid_client"}', "invalid_client"),
        ('{"error": {"code": "Ann Example"}}', ""),
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

"""A server's own words in an answer: what real servers write is found, and what a record holds never is."""

from __future__ import annotations

import json

import pytest

from oneroster_checks.client.said import words_in
from oneroster_checks.evidence import Evidence
from oneroster_checks.http.answer import Answer
from oneroster_checks.http.content import Content
from oneroster_checks.http.failure import Failure, FailureKind, Phase
from oneroster_checks.limits import SAID_CHARACTERS, SAID_VALUES
from oneroster_checks.redaction import Redactor
from oneroster_checks.standard.fields import ENTITY, fields


def answer(status: int | None, body: object = b"", **headers: str) -> Answer:
    """An answer; a body that is neither bytes nor text is sent as JSON."""
    content = body if isinstance(body, bytes) else body if isinstance(body, str) else json.dumps(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    encoded = content.encode() if isinstance(content, str) else content
    return Answer("https://d.test/x", status, named, Content.of(encoded), Evidence("GET", "", status, 1))


def said(status: int | None, body: object = b"", **headers: str) -> str:
    """The words of an answer as they are shown."""
    return Redactor().said(words_in(answer(status, body, **headers)))


FAULT = """<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
<soap:Fault><faultcode>soap:Server</faultcode><faultstring>Policy Falsified</faultstring>
<detail><l7:policyResult status="Authentication required"/></detail></soap:Fault></soap:Body></soap:Envelope>"""
AWS = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>"
SPRING_XML = (
    "<Oauth2Error><error>unauthorized</error><error_description>No token</error_description></Oauth2Error>"
)
FIREWALL = """<!DOCTYPE html><html><head><meta charset="utf-8"><style>h1 { color: red }</style>
<title>Web Page Blocked!</title></head><body><h2>FortiGuard Intrusion Prevention</h2><h1>Access &amp; Policy</h1>
<p>The page you have requested has been blocked.</p></body></html>"""
CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body><h2>Checking your browser</h2></body></html>"
)

# What servers have been seen to answer: status, body, headers, and what is quoted.
REAL: dict[str, tuple[int, object, dict[str, str], str]] = {
    "Azure AD": (
        401,
        {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided.\r\nTrace ID: "
         "0a5e\r\nTimestamp: 2024-11-26 10:00:00Z", "error_codes": [7000215], "timestamp": "2024-11-26 10:00:00Z",
         "trace_id": "0a5e", "error_uri": "https://login.example/error?code=7000215"},
        {},
        "invalid_client; AADSTS7000215: Invalid client secret provided. Trace ID: 0a5e Timestamp: 2024-11-26 10:00:00Z",
    ),
    "Okta": (
        401,
        {"errorCode": "E0000011", "errorSummary": "Invalid token provided", "errorLink": "E0000011", "errorId": "oae",
         "errorCauses": []},
        {},
        "E0000011; Invalid token provided",
    ),
    "Okta with causes": (
        400,
        {"errorCode": "E0000001", "errorSummary": "Api validation failed", "errorCauses": [
            {"errorSummary": "scope: The field is required"}]},
        {},
        "E0000001; Api validation failed; scope: The field is required",
    ),
    "Spring": (
        403,
        {"timestamp": "2026-01-01T00:00:00Z", "status": 403, "error": "Forbidden", "message": "Access Denied",
         "path": "/ims/oneroster/v1p1/orgs"},
        {},
        "Forbidden; Access Denied",
    ),
    "Spring's resource server": (
        401,
        b"",
        {"www_authenticate": 'Bearer error="invalid_token", error_description="Jwt expired", error_uri="https://x"'},
        'WWW-Authenticate: Bearer error="invalid_token" error_description="Jwt expired"',
    ),
    "the same in body and challenge": (
        401,
        {"error": "invalid_token", "error_description": "Expired"},
        {"www_authenticate": 'Bearer realm="oauth2", error="invalid_token", error_description="Expired"'},
        'invalid_token; Expired; WWW-Authenticate: Bearer realm="oauth2"',
    ),
    "Keycloak": (
        401,
        {"error": "unauthorized_client", "error_description": "Invalid client or Invalid client credentials"},
        {},
        "unauthorized_client; Invalid client or Invalid client credentials",
    ),
    "problem+json": (
        403,
        {"type": "https://d.test/probs/scope", "title": "Forbidden", "status": 403, "detail": "Scope is missing.",
         "instance": "/orgs", "traceId": "00-84c1fd-01"},
        {},
        "Forbidden; Scope is missing.",
    ),
    "ASP.NET's validation": (
        400,
        {"title": "One or more validation errors occurred.", "status": 400,
         "errors": {"scope": ["The scope field is required."]}},
        {},
        "The scope field is required. One or more validation errors occurred.",
    ),
    "ASP.NET's old form": (401, {"Message": "Authorization has been denied for this request."}, {},
                           "Authorization has been denied for this request."),
    "insufficient scope": (
        403,
        {"message": "Insufficient scope: your token must have roster-core.readonly"},
        {"www_authenticate": 'Bearer realm="oneroster", error="insufficient_scope"'},
        "Insufficient scope: your token must have roster-core.readonly; "
        'WWW-Authenticate: Bearer realm="oneroster" error="insufficient_scope"',
    ),
    "OneRoster 1.1": (
        400,
        {"statusInfoSet": [{"imsx_codeMajor": "failure", "imsx_severity": "error",
                            "imsx_codeMinor": "invalid_filter_field", "imsx_description": "No field of this name"}]},
        {},
        "invalid_filter_field; No field of this name",
    ),
    "OneRoster 1.2": (
        401,
        {"imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_description": "District not provisioned",
         "imsx_CodeMinor": {"imsx_codeMinorField": [{"imsx_codeMinorFieldName": "TargetEndSystem",
                                                     "imsx_codeMinorFieldValue": "unauthorisedrequest"}]}},
        {},
        "unauthorisedrequest; District not provisioned",
    ),
    "OneRoster inside a 200": (
        200,
        {"imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_description": "License expired"},
        {},
        "License expired",
    ),
    "an OAuth error inside a 200": (200, {"error": "invalid_token"}, {}, "invalid_token"),
    "a status inside a 200": (200, {"statusCode": 403, "message": "Not a subscriber"}, {}, "Not a subscriber"),
    "Google": (
        403,
        {"error": {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED",
                   "errors": [{"message": "The caller does not have permission", "domain": "global"}]}},
        {},
        "403; The caller does not have permission",
    ),
    "a list of errors": (400, {"errors": [{"code": "E1", "detail": "Bad limit"}, "And more"]}, {},
                         "E1; And more; Bad limit"),
    "Apigee": (401, {"fault": {"faultstring": "Invalid ApiKey", "detail": {"errorcode": "oauth.v2.InvalidApiKey"}}},
               {}, "oauth.v2.InvalidApiKey; Invalid ApiKey"),
    "Kong": (401, {"message": "No API key found in request"}, {"www_authenticate": 'Key realm="kong"'},
             'No API key found in request; WWW-Authenticate: Key realm="kong"'),
    "Azure API Management": (401, {"statusCode": 401, "message": "Access denied due to missing subscription key."}, {},
                             "Access denied due to missing subscription key."),
    "ServiceNow": (403, {"error": {"message": "User Not Authorized", "detail": "ACL"}, "status": "failure"}, {},
                   "User Not Authorized; ACL"),
    "a text in JSON": (401, '"Unauthorized"', {}, "Unauthorized"),
    "SOAP": (500, FAULT, {}, "soap:Server; Policy Falsified"),
    "AWS": (403, AWS, {}, "AccessDenied; Access Denied"),
    "Spring in XML": (401, SPRING_XML, {}, "unauthorized; No token"),
    "a firewall": (403, FIREWALL, {}, "Web Page Blocked! FortiGuard Intrusion Prevention"),
    "a challenge in a 200": (200, CHALLENGE, {}, "Just a moment... Checking your browser"),
    "nginx": (502, "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center>"
              "<hr><center>nginx</center></body></html>", {}, "502 Bad Gateway"),
    "a marked section that no reader knows": (403, "<html><title>Blocked</title><![x[y]]><h1>No</h1>", {}, "Blocked"),
    "plain text": (403, "Forbidden: IP not on the list\nsee the log", {}, "Forbidden: IP not on the list"),
    "plain text behind lines": (500, "\r\n\r\n  Application error\r\n", {}, "Application error"),
    "a sentence inside a 200": (200, "No Campus Application selected", {}, "No Campus Application selected"),
    "Basic": (401, b"", {"www_authenticate": 'Basic realm="Campus"'}, 'WWW-Authenticate: Basic realm="Campus"'),
    "Digest": (401, b"", {"www_authenticate": 'Digest realm="a", nonce="4f3a", opaque="5ccc", qop="auth"'},
               'WWW-Authenticate: Digest realm="a"'),
    "two challenges": (401, b"", {"www_authenticate": 'Negotiate YIIZ, Basic realm="d", Bearer'},
                       'WWW-Authenticate: Negotiate Basic realm="d" Bearer'),
    "OAuth 1": (401, b"", {"www_authenticate": 'OAuth realm="https://d.test/", oauth_problem=timestamp_refused'},
                'WWW-Authenticate: OAuth realm="https://d.test/" oauth_problem="timestamp_refused"'),
    "OAuth 1 as a form": (401, "oauth_problem=signature_invalid&oauth_problem_advice=x", {},
                          "oauth_problem=signature_invalid&oauth_problem_advice=x"),
    "OAuth 1 in JSON": (401, {"oauth_problem": "nonce_used"}, {}, "nonce_used"),
}  # fmt: skip


@pytest.mark.parametrize("seen", REAL.values(), ids=list(REAL))
def test_what_real_servers_say_is_quoted(seen: tuple[int, object, dict[str, str], str]) -> None:
    status, body, headers, words = seen
    assert said(status, body, **headers) == words


WORDS = "A secret of the family"
RECORD: dict[str, object] = {
    "sourcedId": "u-1",
    "title": WORDS,
    "message": WORDS,
    "error": WORDS,
    "detail": WORDS,
}
PERSON: dict[str, object] = {"givenName": "Zerlina", "message": WORDS}
WITH_RECORDS: dict[str, object] = {
    "a record": RECORD,
    "a list of records": [RECORD],
    "an envelope": {"users": [RECORD]},
    "an envelope beside an error": {"error": "x", "message": WORDS, "orgs": [{"name": WORDS}]},
    "an envelope of texts": {"message": WORDS, "students": [WORDS]},
    "one record": {"user": PERSON, "message": WORDS},
    "a record without an id": PERSON,
    "another key": {"message": WORDS, "person": {"firstName": "Zerlina"}},
    "deep inside": {"error": {"message": WORDS, "context": {"request": {"body": [{"familyName": "Q"}]}}}},
    "beside an envelope of the standard": {
        "imsx_codeMajor": "failure", "imsx_description": WORDS, "users": [{"sourcedId": "1"}]},
    "demographics": {"message": WORDS, "demographics": {"birthDate": "2011-03-17"}},
    "written into a text": {"message": json.dumps({"givenName": "Zerlina", "title": WORDS})},
    "written into a sentence": {"message": f'could not save {{"sourcedId":"1"}} {WORDS}'},
    "written as pairs": {"message": f"User(givenName=Zerlina, familyName=Q) {WORDS}"},
    "a key of a database": {"detail": f"Key (username)=(zq) exists. {WORDS}", "message": f"email: a@b.c {WORDS}"},
    "too much for an error": {"message": WORDS, "more": list(range(5000))},
    "half of a list": '{"users": [{"givenName": "' + WORDS,
    "half of a list without a beginning": f'"givenName": "{WORDS}"',
    "a table": f"u-1,active,2024,{WORDS}\nu-2,active,2024,x",
    "a table with tabs": f"u-1\tactive\t2024\t{WORDS}",
    "XML": f"<error><users><user><givenName>Z</givenName></user></users><message>{WORDS}</message></error>",
    "XML that is no error": f"<orgs><org><title>{WORDS}</title></org></orgs>",
    "bytes": b"\x89PNG\r\n\xff\xfe\xfd\xfc" + WORDS.encode(),
}  # fmt: skip


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 500])
@pytest.mark.parametrize("body", WITH_RECORDS.values(), ids=list(WITH_RECORDS))
def test_nothing_of_a_record_is_quoted(body: object, status: int) -> None:
    assert said(status, body) == ""


@pytest.mark.parametrize(("path", "entity"), ENTITY.items())
@pytest.mark.parametrize("status", [200, 500])
def test_no_field_of_any_record_is_quoted(path: str, entity: str, status: int) -> None:
    for version in ("1.1", "1.2"):
        names = [field.name for field in fields(version, entity)]
        if names:
            record: dict[str, object] = dict.fromkeys(names, WORDS)
            for body in (
                record,
                [record],
                {path.strip("/"): [record]},
                {entity: record},
                {"error": {"x": record}},
            ):
                assert said(status, body) == ""


HEALTHY: dict[str, object] = {
    "a list": {"orgs": [{"sourcedId": "1", "name": "Elm"}]},
    "an empty list": {"orgs": []},
    "a bare list": [],
    "a token": {"access_token": "abc", "token_type": "bearer", "message": "welcome", "error": "none"},
    "a service": {"title": "OneRoster", "description": "Welcome", "openapi": "3.0.0"},
    "success": {"imsx_codeMajor": "success", "imsx_severity": "status", "imsx_description": "Fine"},
    "no error": {"error": None, "errors": [], "message": "fine"},
    "a text": '"hello"',
    "a token as plain text": "kP83hFq02mLxPq7Rt5Vw",
    "a token in a sentence": "token kP83hFq02mLxPq7Rt5Vw issued",
    "a token as a form": "access_token=kP83hFq02mLxPq7Rt5Vw&token_type=bearer",
    "XML": "<orgs/>",
    "nothing": "",
}  # fmt: skip


@pytest.mark.parametrize("body", HEALTHY.values(), ids=list(HEALTHY))
def test_nothing_of_an_answer_without_an_error_is_quoted(body: object) -> None:
    assert said(200, body, www_authenticate='Bearer realm="x"') == ""


@pytest.mark.parametrize("status", [301, 302, 307, None])
def test_a_redirect_and_silence_have_no_words(status: int | None) -> None:
    assert said(status, {"error": "x"}) == ""


def test_an_answer_that_broke_off_has_no_words() -> None:
    failure, body = Failure(FailureKind.CLOSED, Phase.READING, "closed"), Content.of(b"Forbidden by policy")
    broken = Answer("https://d.test/x", None, {}, body, Evidence("GET", "", None, 1), failure)
    assert words_in(broken) == []


@pytest.mark.parametrize(
    "header",
    [",,,", "", "=", 'Bearer realm="', "Bearer =", '"', "Bearer realm=,error=", "\x80" * 50, "a" * 5000],
)
def test_an_odd_challenge_is_no_trouble(header: str) -> None:
    assert "realm" not in said(401, b"", www_authenticate=header)


def test_few_values_are_quoted_and_none_is_long() -> None:
    many = {"errors": [{"message": f"number {place} " + "x" * 5000} for place in range(50)]}
    words = words_in(answer(400, many))
    assert len(words) == SAID_VALUES
    assert max(map(len, words)) <= SAID_CHARACTERS

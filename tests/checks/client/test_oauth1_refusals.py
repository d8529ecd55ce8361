"""What a refused signature may have been made of: problem codes, other origins, and signatures for them."""

from __future__ import annotations

import json
import time

import pytest

from oneroster_checks.client.oauth1 import METHODS, SignatureMethod, SignedAs, authorization
from oneroster_checks.client.oauth1_origins import origins_named, other_origins
from oneroster_checks.client.oauth1_problem import OAuthProblem, problem_of, wants_bearer
from oneroster_checks.connection import Secret
from oneroster_checks.evidence import Evidence
from oneroster_checks.http.answer import Answer
from oneroster_checks.http.content import Content

from .rfc5849 import encoded, header_parameters, signature, verifies_url

URL = "https://sis.elm.example/ims/oneroster/v1p1/orgs?limit=100&filter=name%3D%27a%20b%27"
SECRET = "s3cret/of+the&test"


def refusal(body: bytes = b"", url: str = URL, **headers: str) -> Answer:
    """A 401 with these headers and this body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(url, 401, named, Content.of(body), Evidence("GET", "", 401, 1))


def signed(url: str, method: SignatureMethod, signed_as: SignedAs) -> str:
    """The Authorization header of a request."""
    return authorization(url, "key", Secret(SECRET), method, signed_as)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("origin", ["http://sis.elm.example", "http://inside.elm.example:8080"])
def test_another_address_is_signed(method: SignatureMethod, origin: str) -> None:
    header = signed(URL, method, SignedAs(origin))
    elsewhere = URL.replace("https://sis.elm.example", origin)
    assert verifies_url(elsewhere, header, SECRET)
    assert not verifies_url(elsewhere, header, "another")
    assert "sis.elm" not in header
    assert "inside" not in header


@pytest.mark.parametrize("method", METHODS)
def test_a_port_that_the_scheme_implies_is_signed_where_it_is_asked_for(method: SignatureMethod) -> None:
    parameters = header_parameters(
        signed("https://sis.elm.example/orgs", method, SignedAs("https://sis.elm.example:443"))
    )
    given = parameters.pop("oauth_signature")
    normal = "&".join(f"{name}={encoded(value)}" for name, value in sorted(parameters.items()))
    base = "&".join(("GET", encoded("https://sis.elm.example:443/orgs"), encoded(normal)))
    assert signature(base, method, SECRET) == given


@pytest.mark.parametrize("seconds", [-3600, -70, 70, 86400])
def test_another_time_is_signed(seconds: int) -> None:
    header = signed(URL.replace("https", "http"), "HMAC-SHA1", SignedAs(offset_s=seconds))
    stamp = int(header_parameters(header)["oauth_timestamp"])
    assert abs(stamp - time.time() - seconds) < 5
    assert verifies_url(URL.replace("https", "http"), header, SECRET)


@pytest.mark.parametrize(
    ("url", "named", "expected"),
    [
        ("https://a.example/x", (), ("http://a.example", "https://a.example:443", "http://a.example:443")),
        ("https://a.example:443/x", (), ("http://a.example", "https://a.example:443", "http://a.example:443")),
        ("https://a.example:8443/x", (), ("http://a.example:8443", "https://a.example", "http://a.example")),
        ("http://a.example/x", (), ("https://a.example", "http://a.example:80", "https://a.example:80")),
        ("http://127.0.0.1:81/x", (), ("https://127.0.0.1:81", "http://127.0.0.1", "https://127.0.0.1")),
        ("https://[::1]:8443/x", (), ("http://[::1]:8443", "https://[::1]", "http://[::1]")),
        ("https://a.example/x", ("https://a.example", "http://b.example"),
         ("http://b.example", "http://a.example", "https://a.example:443", "http://a.example:443")),
        ("https://a.example/x", ("http://b.example", "http://c.example", "http://d.example"),
         ("http://b.example", "http://a.example", "http://c.example", "https://a.example:443", "http://a.example:443")),
    ],
)  # fmt: skip
def test_the_likely_origins_come_first(url: str, named: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert other_origins(url, named) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refusal(), ()),
        (refusal(www_authenticate='OAuth realm="http://in.example:8080/ims"'), ("http://in.example:8080",)),
        (refusal(www_authenticate='OAuth realm="in.example"'), ("https://in.example",)),
        (refusal(www_authenticate='OAuth realm="OneRoster 1.1"'), ()),
        (refusal(www_authenticate='OAuth realm="v1.1"'), ()),
        (refusal(link='<http://in.example/docs>; rel="help"'), ("http://in.example",)),
        (refusal(link='</docs>; rel="help"'), ("https://sis.elm.example",)),
        (refusal(content_location="//in.example/orgs"), ("https://in.example",)),
        (
            refusal(json.dumps({"error": [{"href": "HTTP://In.Example:80/x"}]}).encode()),
            ("http://in.example",),
        ),
        (refusal(json.dumps({"type": "https://tools.ietf.org/html/rfc7235", "title": "x"}).encode()), ()),
        (refusal(json.dumps({"href": "/orgs", "url": "javascript:alert(1)"}).encode()), ()),
        (refusal(b"<a href='https://vendor.example/help'>Help</a>"), ()),
        (refusal(link="<http://[::1>; rel=help", www_authenticate='OAuth realm="http://x:99999"'), ()),
    ],
)
def test_the_origins_that_an_answer_names(answer: Answer, expected: tuple[str, ...]) -> None:
    assert origins_named(answer) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refusal(), OAuthProblem()),
        (refusal(www_authenticate='OAuth realm="x", oauth_problem="nonce_used"'), OAuthProblem("nonce_used")),
        (refusal(b"oauth_problem=consumer_key_unknown&oauth_problem_advice=no"), OAuthProblem("consumer_key_unknown")),
        (refusal(b'{"error": "signature_invalid"}'), OAuthProblem("signature_invalid")),
        (refusal(b'{"errorCode": "timestamp_refused"}'), OAuthProblem("timestamp_refused")),
        (refusal(b'{"message": "timestamp_refused"}'), OAuthProblem()),
        (refusal(b"The signature_invalid problem"), OAuthProblem()),
        (refusal(b"oauth_problem=my_own_words"), OAuthProblem()),
        (refusal(b"oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1700000000-1700000600"),
         OAuthProblem("timestamp_refused", 1700000300)),
        (refusal(b"oauth_problem=timestamp_refused&oauth_acceptable_timestamps=now"),
         OAuthProblem("timestamp_refused")),
    ],
)  # fmt: skip
def test_a_problem_is_read_by_its_published_code(answer: Answer, expected: OAuthProblem) -> None:
    assert problem_of(answer) == expected


@pytest.mark.parametrize(
    ("challenge", "expected"),
    [("", False), ("Bearer", True), ('Basic realm="x", Bearer', True), ("Bearer, OAuth", False),
     ('OAuth realm="Bearer"', False), ("Basic", False)],
)  # fmt: skip
def test_a_token_is_asked_for_where_no_signature_is(challenge: str, expected: bool) -> None:
    assert wants_bearer(refusal(www_authenticate=challenge)) is expected

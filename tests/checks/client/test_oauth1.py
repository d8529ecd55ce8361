"""OAuth 1: the vectors of RFC 5849, and what arrives at the server against a verifier of the test's own."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from oneroster_checks.client.address import address
from oneroster_checks.client.authorization import Signed
from oneroster_checks.client.oauth1 import METHODS, SignatureMethod, authorization
from oneroster_checks.connection import Secret
from oneroster_checks.http.address import as_sent

from ...servers import LoopServer, Request, json_reply
from ..http.sessions import data_client, session
from .rfc5849 import base_string, header_parameters, signature, verifies, verifies_url

KEY, SECRET = "InfiniteCampus_key", "a secret/with+odd%signs&~ü"
NO_ORGS = json_reply(200, {"orgs": []})
# Parameters as filters have them, and what no filter should have.
AWKWARD = {
    "space": "a b  c",
    "apostrophe": "familyName='O'Brien'",
    "percent": "100% of %20 and %2520",
    "plus": "a+b",
    "tilde": "familyName~'a'",
    "unicode": "Søren Kierkegård 東京 🎓",
    "reserved": "a&b=c;d/e?f#g:h@i[j]k|l!m$n(o)p*q,r",
    "empty": "",
    "a3": "2 q",
}


class TestVectors:
    """The verifier itself agrees with the RFC; only then does it prove anything about the engine."""

    def test_the_base_string_of_section_3_4_1(self) -> None:
        header = (
            'OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7", '
            'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", '
            'oauth_signature="bYT5CMsGcbgUdFHObYMEfcx6bsw%3D"'
        )
        target = "/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b"
        assert base_string("POST", "EXAMPLE.com:80", target, header_parameters(header), "c2&a3=2+q") == (
            "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D"
            "%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a"
            "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201"
            "%26oauth_token%3Dkkk9d7dh3k39sjv7"
        )

    def test_the_signed_request_of_section_1_2(self) -> None:
        header = (
            'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", '
            'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH", '
            'oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"'
        )
        found = header_parameters(header)
        target = "/photos?file=vacation.jpg&size=original"
        base = base_string("GET", "photos.example.net", target, found)
        assert (
            signature(base, "HMAC-SHA1", "kd94hf93k423kf44", "pfkkdhi9sl3r4s00") == found["oauth_signature"]
        )

    def test_another_secret_and_another_target_do_not_verify(self) -> None:
        url = "http://127.0.0.1:8080/ims/oneroster/v1p1/orgs?limit=1"
        header = authorization(url, KEY, Secret(SECRET), "HMAC-SHA256")
        assert verifies_url(url, header, SECRET)
        assert not verifies_url(url, header, SECRET + "x")
        assert not verifies_url(url.replace("limit=1", "limit=2"), header, SECRET)
        assert not verifies_url(url.replace("8080", "8081"), header, SECRET)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("parameter", AWKWARD)
def test_an_awkward_parameter_is_signed_rightly(method: SignatureMethod, parameter: str) -> None:
    url = address("http://127.0.0.1:8080/ims/oneroster/v1p1", "/users", {parameter: AWKWARD[parameter]})
    assert verifies_url(url, authorization(url, KEY, Secret(SECRET), method), SECRET)


@pytest.mark.parametrize("method", METHODS)
def test_the_header_holds_what_two_legs_need_and_nothing_else(method: SignatureMethod) -> None:
    url = "http://127.0.0.1:8080/orgs"
    first = header_parameters(authorization(url, KEY, Secret(SECRET), method))
    second = header_parameters(authorization(url, KEY, Secret(SECRET), method))
    names = {"oauth_consumer_key", "oauth_signature_method", "oauth_timestamp", "oauth_nonce"}
    assert set(first) - {"oauth_version"} == names | {"oauth_signature"}
    assert first["oauth_consumer_key"] == KEY
    assert first["oauth_signature_method"] == method
    assert first.get("oauth_version", "1.0") == "1.0"
    assert first["oauth_nonce"] != second["oauth_nonce"]
    assert SECRET not in str(first)


@pytest.mark.parametrize("method", METHODS)
async def test_what_arrives_is_what_was_signed(method: SignatureMethod) -> None:
    async with LoopServer(lambda heard: NO_ORGS) as server, session() as over:
        client = data_client(over, f"{server.origin}/ims/oneroster/v1p1")
        client.authorizer = Signed(KEY, Secret(SECRET), method)
        for name, value in AWKWARD.items():
            await client.list("/orgs", params={name: value})
        await client.list("/orgs", params=AWKWARD)
        await client.one("/orgs", "an odd/id with 'signs' + ü")
    assert len(server.heard) == len(AWKWARD) + 2
    for heard in server.heard:
        assert _arrived_as_signed(heard, method)
        query = heard.target.partition("?")[2]
        assert "+" not in query
        assert "'" not in heard.target
        assert heard.target.isascii()
    whole = server.heard[-2].target
    assert "a%20b%20%20c" in whole
    assert "%27O%27Brien%27" in whole
    assert "a%2Bb" in whole
    assert "familyName~" in whole
    assert "/orgs/an%20odd%2Fid%20with%20%27signs%27%20%2B%20%C3%BC" in server.heard[-1].target


def _arrived_as_signed(heard: Request, method: SignatureMethod) -> bool:
    sent = heard.headers["authorization"]
    return header_parameters(sent)["oauth_signature_method"] == method and verifies(
        heard.method, heard.headers["host"], heard.target, sent, SECRET
    )


# A server writes its next links as it likes; the address is encoded again before it is signed.
NEXT_LINKS = [
    "/ims/oneroster/v1p1/orgs?limit=2&offset=2",
    "/ims/oneroster/v1p1/orgs?limit=2&offset=2&filter=name%3D%27a%20b%27",
    "/ims/oneroster/v1p1/orgs?limit=2&offset=2&filter=name='a'",
    "/ims/oneroster/v1p1/orgs?limit=2&offset=2&filter=name%3D'a|b'",
    "/ims/oneroster/v1p1/orgs?limit=2&page[offset]=2",
    "/ims/oneroster/v1p1/orgs?limit=2&offset=2&filter=name~'ü'",
    "/ims/oneroster/v1p1/orgs?limit=2&offset=2&filter=a b",
    "/ims/oneroster/v1p1/orgs?limit=2&offset=2&filter=a+b",
    "/ims/oneroster/v1p1/orgs?offset=2&offset=2&flag",
    '/ims/oneroster/v1p1/orgs?offset=2&odd={a}^`"\\',
]


@pytest.mark.parametrize("link", NEXT_LINKS)
@pytest.mark.parametrize("method", METHODS)
async def test_a_next_link_is_sent_as_it_was_signed(link: str, method: SignatureMethod) -> None:
    async with LoopServer(lambda heard: NO_ORGS) as server, session() as over:
        client = data_client(over, f"{server.origin}/ims/oneroster/v1p1")
        client.authorizer = Signed(KEY, Secret(SECRET), method)
        page = await client.follow("/orgs", f"{server.origin}{link}", limit=2)
    assert page.good
    (heard,) = server.heard
    assert _arrived_as_signed(heard, method)
    assert "offset" in heard.target
    assert not set("'+ |") & set(heard.target)


# Paths as people type them: what is sent is encoded, and the encoded form is signed.
PATHS = {
    "/{app}": "/%7Bapp%7D",
    "/%7Bapp%7D": "/%7Bapp%7D",
    "/%7bapp%7d": "/%7bapp%7d",
    "/schüler": "/sch%C3%BCler",
    "/a school": "/a%20school",
    "/a|b": "/a|b",
    "/it's~(1);x=2": "/it's~(1);x=2",
    "/a/../b/.": "/b/",
    "/50%": "/50%",
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", METHODS)
async def test_an_odd_path_is_signed_as_it_is_sent(path: str, method: SignatureMethod) -> None:
    async with LoopServer(lambda heard: NO_ORGS) as server, session() as over:
        client = data_client(over, f"{server.origin}{path}")
        client.authorizer = Signed(KEY, Secret(SECRET), method)
        page = await client.list("/orgs", limit=3)
    assert page.good
    (heard,) = server.heard
    assert heard.target.startswith(PATHS[path].rstrip("/"))
    assert _arrived_as_signed(heard, method)


@pytest.mark.parametrize("method", METHODS)
async def test_a_name_outside_ascii_is_signed_as_it_is_sent(
    method: SignatureMethod, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = socket.getaddrinfo

    def here(host: Any, *rest: Any, **named: Any) -> Any:
        return look_up("127.0.0.1" if "xn--schler-5ya" in str(host) else host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", here)
    async with LoopServer(lambda heard: NO_ORGS) as server, session() as over:
        client = data_client(over, f"http://Schüler.test:{server.port}/ä")
        client.authorizer = Signed(KEY, Secret(SECRET), method)
        page = await client.list("/orgs")
    assert page.good
    (heard,) = server.heard
    assert heard.headers["host"] == f"xn--schler-5ya.test:{server.port}"
    assert _arrived_as_signed(heard, method)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://D.test:443/a", "https://d.test/a"),
        ("http://d.test:80/a", "http://d.test/a"),
        ("https://d.test:80/a", "https://d.test:80/a"),
        ("https://user:pa55word@d.test/a#part", "https://d.test/a"),
        ("https://schüler.test/{x}?q=%C3%BC&r=ü", "https://xn--schler-5ya.test/%7Bx%7D?q=%C3%BC&r=%C3%BC"),
        ("http://[::1]:8080/a b", "http://[::1]:8080/a%20b"),
    ],
)
def test_what_is_sent_is_encoded_once(url: str, sent: str) -> None:
    assert as_sent(url) == sent
    assert as_sent(sent) == sent


async def test_a_signed_call_has_no_token_to_renew() -> None:
    assert await Signed(KEY, Secret(SECRET), "HMAC-SHA1").renew() is False

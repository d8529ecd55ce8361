"""Data requests: their addresses, their headers, and the vendor header on grade-book requests alone."""

from __future__ import annotations

import pytest

from oneroster_checks.authorized import VENDOR_HEADER
from oneroster_checks.client.address import address
from oneroster_checks.client.authorization import Bearer
from oneroster_checks.connection import SHARES, OAuthVersion, OneRosterVersion, Secret, Share
from oneroster_checks.finding import Status
from oneroster_checks.standard.operations import operations

from ...servers import LoopServer, Reply, Request, json_reply, reply, token_reply
from ..engine import campus, outcome, secrets
from ..http.sessions import data_client, session

GRADE_BOOK = {"categories", "lineItems", "results", "scoreScales", "assessmentLineItems", "assessmentResults"}
PAIR = secrets("the-secret", " vendor-key ", "vendor:secret")


def _everything(heard: Request) -> Reply:
    """A server that shares one record of whatever is asked."""
    if heard.method == "POST":
        return token_reply()
    name = heard.path.rstrip("/").rpartition("/")[2]
    key = {"students": "users", "teachers": "users", "schools": "orgs", "terms": "academicSessions"}.get(
        name, name
    )
    return json_reply(200, {key: [{"sourcedId": "1"}]}, ("X-Total-Count", "1"))


def _is_grade_book(heard: Request) -> bool:
    return bool(GRADE_BOOK & set(heard.path.split("/")))


@pytest.mark.parametrize(
    ("oauth", "oneroster", "share"),
    [(1, "1.1", ("rostering", "demographics", "gradebook", "resources")),
     (2, "1.1", ("rostering", "demographics", "gradebook", "resources")), (2, "1.2", SHARES)],
)  # fmt: skip
async def test_the_vendor_header_is_on_every_grade_book_call_and_no_other(
    oauth: OAuthVersion, oneroster: OneRosterVersion, share: tuple[Share, ...]
) -> None:
    async with LoopServer(_everything) as server:
        root = "/campus/api/oneroster/v1p1/school/ims/oneroster/v1p1"
        connection = campus(server.origin, oauth=oauth, oneroster=oneroster, share=share)
        if oneroster == "1.1":
            connection = connection.but(base_url=f"{server.origin}{root}")
        await outcome(connection, PAIR)
    graded = [heard for heard in server.heard if _is_grade_book(heard)]
    others = [heard for heard in server.heard if not _is_grade_book(heard)]
    assert len(graded) >= 3
    assert len(others) >= 5
    # The pair is cleaned, and the colon between its halves is sent as it is.
    assert {heard.headers.get(VENDOR_HEADER) for heard in graded} == {"vendor-key:vendor:secret"}
    assert {heard.headers.get(VENDOR_HEADER) for heard in others} == {None}
    if oneroster == "1.2":
        assert all("/gradebook/v1p2/" in heard.path for heard in graded)


@pytest.mark.parametrize("secret", ["geheim-ü", "秘密", "with space", "colon:inside"])
async def test_a_vendor_secret_is_sent_as_it_is_in_utf_8(secret: str) -> None:
    nothing = json_reply(200, {"lineItems": []})
    async with LoopServer(lambda heard: nothing) as server, session() as over:
        client = data_client(over, server.origin, credentials=secrets("s", "key", secret))
        page = await client.list("/lineItems")
    assert page.good
    (heard,) = server.heard
    assert heard.headers[VENDOR_HEADER].encode("latin-1") == f"key:{secret}".encode()


async def test_without_a_pair_no_vendor_header_is_sent() -> None:
    async with LoopServer(_everything) as server:
        connection = campus(server.origin, share=("rostering", "gradebook"))
        await outcome(connection, secrets("the-secret", "only-a-key", ""))
    assert any(_is_grade_book(heard) for heard in server.heard)
    assert all(VENDOR_HEADER not in heard.headers for heard in server.heard)


async def test_a_rejected_pair_is_tried_once_without() -> None:
    def answers(heard: Request) -> Reply:
        return reply(401, "") if _is_grade_book(heard) else _everything(heard)

    async with LoopServer(answers) as server:
        connection = campus(server.origin, share=("rostering", "gradebook"))
        result = await outcome(connection, PAIR, only=("gradebook.read",))
    assert result.verdict.cause == "gradebook.vendor-credentials-rejected"
    graded = [VENDOR_HEADER in heard.headers for heard in server.heard if _is_grade_book(heard)]
    assert graded.count(False) == 1


async def test_every_call_of_a_run_names_this_tool_and_asks_for_json() -> None:
    async with LoopServer(_everything) as server:
        result = await outcome(campus(server.origin), secrets())
    assert result.verdict.status is not Status.ERROR
    assert {heard.headers["accept"] for heard in server.heard} == {"application/json"}
    assert all(heard.headers["user-agent"].startswith("oneroster-wizard/") for heard in server.heard)
    assert {heard.headers["host"] for heard in server.heard} == {f"127.0.0.1:{server.port}"}
    # The run only reads.
    assert {heard.method for heard in server.heard} == {"POST", "GET"}
    assert [heard.path for heard in server.heard if heard.method == "POST"] == ["/campus/oauth2/token"]


@pytest.mark.parametrize("oneroster", ["1.1", "1.2"])
async def test_every_collection_is_asked_for_under_its_service(oneroster: OneRosterVersion) -> None:
    paths = sorted(
        {each.path for each in operations(oneroster) if each.method == "GET" and each.path.count("/") == 1}
    )
    async with LoopServer(_everything) as server, session() as over:
        client = data_client(over, f"{server.origin}/ims/oneroster", oneroster)
        client.authorizer = Bearer(Secret("t"))
        for path in paths:
            await client.list(path, limit=1)
    services = {each.path: each.service for each in operations(oneroster) if each.method == "GET"}
    expected = [
        f"/ims/oneroster/v1p1{path}" if oneroster == "1.1" else f"/ims/oneroster/{services[path]}/v1p2{path}"
        for path in paths
    ]
    assert len(paths) > 10
    assert [heard.path for heard in server.heard] == expected


@pytest.mark.parametrize(
    ("params", "query"),
    [
        (None, ""),
        ({}, ""),
        ({"limit": 5, "offset": 10}, "?limit=5&offset=10"),
        ({"filter": "role='student'"}, "?filter=role%3D%27student%27"),
        ({"filter": "givenName~'a b'"}, "?filter=givenName~%27a%20b%27"),
        ({"fields": "sourcedId,name"}, "?fields=sourcedId%2Cname"),
        ({"odd name": "a+b&c=d%"}, "?odd%20name=a%2Bb%26c%3Dd%25"),
        ({"filter": "familyName='Ñandú'"}, "?filter=familyName%3D%27%C3%91and%C3%BA%27"),
    ],
)
def test_parameters_are_encoded_as_every_verifier_takes_them(
    params: dict[str, str | int] | None, query: str
) -> None:
    assert address("https://d.test/v1p1", "/users", params) == f"https://d.test/v1p1/users{query}"


def test_no_repr_shows_a_token_or_a_secret() -> None:
    assert "s3cret" not in repr(Bearer(Secret("s3cret"))) + repr(Secret("s3cret")) + str(Secret("s3cret"))

"""Redirects of data requests: followed once on the same host, port and scheme, and learned from."""

from __future__ import annotations

import pytest

from oneroster_checks.client.authorization import Bearer, Signed
from oneroster_checks.client.reading import Kind, Reading
from oneroster_checks.connection import Secret

from ...servers import LoopServer, Reply, Request, html_reply, json_reply, reply
from ..http.sessions import data_client, session
from .rfc5849 import verifies

ORGS = json_reply(200, {"orgs": [{"sourcedId": "1"}]})
ROOT = "/ims/oneroster/v1p1"


def moved(heard: Request, status: int = 302) -> Reply:
    """The service is below /api, and says so."""
    if heard.target.startswith("/api/"):
        return ORGS
    return reply(status, "", ("Location", f"/api{heard.target}"))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_on_the_same_host_is_followed_and_learned(status: int) -> None:
    async with LoopServer(lambda heard: moved(heard, status)) as server, session() as over:
        client = data_client(over, f"{server.origin}{ROOT}")
        client.authorizer = Bearer(Secret("the-token"))
        first, second = await client.list("/orgs"), await client.list("/users", limit=5)
        record = await client.one("/users", "a b")
    there = f"/api{ROOT}/orgs?limit=100"
    assert [heard.target for heard in server.heard] == [
        f"{ROOT}/orgs?limit=100", there, f"/api{ROOT}/users?limit=5", f"/api{ROOT}/users/a%20b",
    ]  # fmt: skip
    assert {heard.headers["authorization"] for heard in server.heard} == {"Bearer the-token"}
    assert first.good
    assert first.answer.followed == f"{server.origin}{there}"
    assert second.answer.followed == record.answer.followed == ""
    (redirect,) = client.redirects
    assert (redirect.path, redirect.root, redirect.slash) == ("/orgs", f"{server.origin}/api{ROOT}", False)
    assert [seen.status for seen in over.trace] == [status, 200, 200, 200]
    assert over.trace[1].note == "the redirect was followed"


async def test_a_signature_is_made_again_for_the_new_address() -> None:
    async with LoopServer(moved) as server, session() as over:
        client = data_client(over, f"{server.origin}{ROOT}")
        client.authorizer = Signed("key", Secret("secret"), "HMAC-SHA1")
        assert (await client.list("/orgs")).good
    signed = [(heard.headers["host"], heard.target, heard.headers["authorization"]) for heard in server.heard]
    assert [verifies("GET", *each, "secret") for each in signed] == [True, True]
    assert signed[0][2] != signed[1][2]


async def test_a_slash_at_the_end_is_learned_for_collections() -> None:
    def answers(heard: Request) -> Reply:
        path, _, query = heard.target.partition("?")
        return ORGS if path.endswith("/") else reply(301, "", ("Location", f"{path}/?{query}"))

    async with LoopServer(answers) as server, session() as over:
        client = data_client(over, f"{server.origin}{ROOT}")
        pages = [await client.list(path, limit=2) for path in ("/orgs", "/users")]
    assert [page.good for page in pages] == [True, False]
    assert [heard.target for heard in server.heard] == [
        f"{ROOT}/orgs?limit=2", f"{ROOT}/orgs/?limit=2", f"{ROOT}/users/?limit=2",
    ]  # fmt: skip
    assert client.redirects[0].slash


@pytest.mark.parametrize("status", [200, 401, 500])
async def test_a_slash_is_learned_from_any_answer_and_for_records_too(status: int) -> None:
    def answers(heard: Request) -> Reply:
        path, _, query = heard.target.partition("?")
        with_slash = f"{path}/?{query}" if query else f"{path}/"
        return json_reply(status, {}) if path.endswith("/") else reply(301, "", ("Location", with_slash))

    async with LoopServer(answers) as server, session() as over:
        client = data_client(over, f"{server.origin}{ROOT}")
        for name in ("1", "2"):
            await client.one("/users", name)
        await client.list("/orgs", limit=2)
        await client.list("/users", limit=2)
    asked = list(dict.fromkeys(heard.target for heard in server.heard))
    assert asked == [
        f"{ROOT}/users/1", f"{ROOT}/users/1/", f"{ROOT}/users/2/", f"{ROOT}/orgs?limit=2", f"{ROOT}/orgs/?limit=2",
        f"{ROOT}/users/?limit=2",
    ]  # fmt: skip


async def _asked(location: str) -> tuple[Reading, list[str]]:
    async with LoopServer(lambda heard: ORGS) as elsewhere:

        def answers(heard: Request) -> Reply:
            where = location.format(port=server.port, other=elsewhere.port)
            return reply(302, "", ("Location", where))

        async with LoopServer(answers) as server, session() as over:
            page = await data_client(over, f"{server.origin}{ROOT}").list("/orgs")
    assert elsewhere.connections == 0
    return page, [heard.target for heard in server.heard]


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{other}/ims/oneroster/v1p1/orgs",
        "http://localhost:{port}/ims/oneroster/v1p1/orgs",
        "https://127.0.0.1:{port}/ims/oneroster/v1p1/orgs",
        "//127.0.0.1:{other}/orgs",
        "http://127.0.0.1:{port}@127.0.0.1:{other}/orgs",
        "/login?back=orgs",
        "/sso/start",
        "/ims/oneroster/v1p1/orgs?limit=100",
        "http://[::1",
        "javascript:alert(1)",
    ],
)
async def test_what_is_not_followed(location: str) -> None:
    page, heard = await _asked(location)
    assert heard == [f"{ROOT}/orgs?limit=100"]
    assert not page.good
    assert page.answer.followed == ""


async def test_no_redirect_behind_a_redirect_is_followed() -> None:
    page, heard = await _asked("/one/more/turn")
    assert heard == [f"{ROOT}/orgs?limit=100", "/one/more/turn"]
    assert page.kind is Kind.REDIRECT
    assert page.answer.followed.endswith("/one/more/turn")


@pytest.mark.parametrize("there", [reply(404), html_reply(200, "Welcome"), reply(405)])
async def test_what_leads_nowhere_stays_a_redirect_and_is_followed_once(there: Reply) -> None:
    def answers(heard: Request) -> Reply:
        return there if heard.target == "/start" else reply(302, "", ("Location", "/start"))

    async with LoopServer(answers) as server, session() as over:
        client = data_client(over, f"{server.origin}{ROOT}")
        pages = [await client.list(path) for path in ("/orgs", "/users", "/classes")]
    assert {page.kind for page in pages} == {Kind.REDIRECT}
    assert [heard.target for heard in server.heard].count("/start") == 1
    assert client.redirects == []


async def test_what_is_not_there_with_its_slash_is_not_there() -> None:
    def answers(heard: Request) -> Reply:
        return reply(404) if heard.path.endswith("/") else reply(301, "", ("Location", f"{heard.path}/"))

    async with LoopServer(answers) as server, session() as over:
        client = data_client(over, f"{server.origin}{ROOT}")
        page = await client.one("/orgs", "nobody")
        other = await client.one("/orgs", "somebody")
    assert (page.kind, other.kind) == (Kind.NOT_FOUND, Kind.NOT_FOUND)
    assert [heard.target for heard in server.heard] == [
        f"{ROOT}/orgs/nobody", f"{ROOT}/orgs/nobody/", f"{ROOT}/orgs/somebody", f"{ROOT}/orgs/somebody/",
    ]  # fmt: skip


@pytest.mark.parametrize("status", [401, 403, 429, 500])
async def test_a_refusal_behind_a_redirect_is_the_answer(status: int) -> None:
    def answers(heard: Request) -> Reply:
        there = heard.target.startswith("/api/")
        return reply(status, "", ("Retry-After", "99")) if there else moved(heard)

    async with LoopServer(answers) as server, session() as over:
        client = data_client(over, f"{server.origin}{ROOT}")
        page = await client.list("/orgs")
    assert page.status == status
    assert client.roots["rostering"] == f"{server.origin}{ROOT}"
    assert len(client.redirects) >= 1

"""A session follows no redirect, and keeps a trace."""

from __future__ import annotations

from contextlib import suppress

import pytest

from oneroster_checks.client.authorization import Bearer
from oneroster_checks.connection import Secret

from ...servers import LoopServer, Reply, Request, json_reply, reply, token_reply
from ..engine import campus, outcome, secrets
from .sessions import data_client, session


class TestTrace:
    async def test_it_holds_what_a_support_case_needs(self) -> None:
        date = "Mon, 03 Aug 2026 10:00:00 GMT"
        reported = json_reply(200, {"orgs": []}, ("Date", date), ("X-Request-Id", "req-123"))
        async with (
            LoopServer(lambda heard: reported) as server,
            session(secrets=("a-secret-in-the-url",)) as over,
        ):
            url = f"{server.origin}/orgs?limit=1&filter=name%3D%27a%27&key=a-secret-in-the-url"
            await over.send("GET", url, note="a note")
        (seen,) = over.trace
        assert seen.method == "GET"
        assert seen.url == f"{server.origin}/orgs?limit=1&filter=name%3D%27a%27&key=[hidden]"
        assert seen.status == 200
        assert 0 <= seen.elapsed_ms < 5000
        assert (seen.server_date, seen.request_id, seen.note) == (date, "req-123", "a note")
        assert server.heard[0].target.endswith("key=a-secret-in-the-url")

    @pytest.mark.parametrize(
        "header",
        ["X-Request-ID", "x-correlation-id", "Request-Id", "X-Amzn-RequestId", "X-Trace-Id", "CF-Ray"],
    )
    async def test_a_request_id_is_found_under_its_usual_names(self, header: str) -> None:
        async with LoopServer(lambda heard: reply(200, "", (header, "id-7"))) as server, session() as over:
            answer = await over.send("GET", f"{server.origin}/")
        assert answer.evidence.request_id == "id-7"

    async def test_a_request_without_an_answer_is_traced_too(self) -> None:
        async with LoopServer(lambda heard: None) as server, session() as over:
            await over.send("POST", f"{server.origin}/token", note="secret in the body")
        (seen,) = over.trace
        assert seen.status is None
        assert seen.note.startswith("secret in the body; no answer: ")


REDIRECTS = [301, 302, 303, 307, 308]


@pytest.mark.parametrize("status", REDIRECTS)
async def test_a_data_call_is_not_redirected(status: int) -> None:
    async with LoopServer(lambda heard: token_reply()) as elsewhere:
        there = ("Location", f"{elsewhere.origin}/ims/oneroster/v1p1/orgs")
        async with LoopServer(lambda heard: reply(status, "", there)) as server, session() as over:
            client = data_client(over, f"{server.origin}/ims/oneroster/v1p1")
            client.authorizer = Bearer(Secret("the-token"))
            page = await client.list("/orgs")
    assert not page.good
    assert page.answer.location == there[1]
    assert len(server.heard) == 1
    assert elsewhere.connections == 0


@pytest.mark.parametrize("status", REDIRECTS)
async def test_no_credential_reaches_the_host_that_a_redirect_names(status: int) -> None:
    async with LoopServer(lambda heard: token_reply()) as elsewhere:
        # Another host by its name, though it is this machine.
        target = f"http://localhost:{elsewhere.port}/campus/oauth2/token"
        async with LoopServer(lambda heard: reply(status, "", ("Location", target))) as server:
            result = await outcome(campus(server.origin), secrets())
    assert result.verdict.cause == "token.redirected"
    assert elsewhere.heard == []
    assert elsewhere.connections == 0
    assert len(server.heard) == 1
    issue = result.finding("token.issue")
    assert issue is not None
    assert str(issue.facts["location"]).startswith(f"http://localhost:{elsewhere.port}/")


async def test_data_that_moved_elsewhere_is_named_and_not_followed() -> None:
    async with LoopServer(lambda heard: json_reply(200, {"orgs": [{"sourcedId": "1"}]})) as elsewhere:

        def answers(heard: Request) -> Reply:
            if heard.method == "POST":
                return token_reply()
            return reply(302, "", ("Location", f"http://localhost:{elsewhere.port}{heard.target}"))

        async with LoopServer(answers) as server:
            result = await outcome(campus(server.origin), secrets())
    assert result.verdict.cause == "access.redirected"
    assert elsewhere.connections == 0


async def test_a_session_that_is_closed_twice_stays_closed() -> None:
    async with LoopServer(lambda heard: reply(200, "")) as server, session() as over:
        await over.send("GET", f"{server.origin}/")
        await over.aclose()
        with suppress(RuntimeError):
            await over.send("GET", f"{server.origin}/")
    assert len(server.heard) == 1

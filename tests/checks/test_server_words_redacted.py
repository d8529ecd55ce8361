"""Where a server redirects and what it calls itself are its words: a person whom it showed stays out of them."""

from __future__ import annotations

from oneroster_checks.report import FORMATS, render

from ..canaries import EMAIL, GIVEN, OTHER, USERNAME
from ..servers import LoopServer, Reply, Request, json_reply, reply, token_reply
from .engine import campus, outcome, secrets


async def test_a_person_in_the_address_of_a_followed_redirect_is_not_shown() -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        if heard.path.endswith("/orgs"):
            people = [{"sourcedId": "u1", "givenName": GIVEN, "username": USERNAME}]
            return json_reply(200, {"orgs": [{"sourcedId": "o1"}], "users": people})
        if heard.path.startswith("/seen"):
            return json_reply(404, {})
        return reply(302, "", ("Location", f"/seen/{GIVEN}?user={USERNAME}&mail={EMAIL}"))

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin, timeout=5.0), secrets())
    shown = "\n".join([*(render([result], form) for form in FORMATS), repr(result)])
    assert any("/seen/" in heard.target for heard in server.heard)
    assert [name for name in (GIVEN, USERNAME, EMAIL) if name.lower() in shown.lower()] == []


async def test_a_person_in_the_name_of_a_server_is_not_shown() -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        if heard.path.endswith("/orgs"):
            people = [{"sourcedId": "u1", "givenName": GIVEN}]
            return json_reply(200, {"orgs": [{"sourcedId": "o1"}], "users": people})
        return reply(401, "", ("Server", GIVEN), ("WWW-Authenticate", "MutualKey realm=x"))

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin, timeout=5.0), secrets())
    causes = [reported.finding.cause for reported in result.findings]
    assert "access.gateway-key" in causes, causes
    shown = "\n".join([*(render([result], form) for form in FORMATS), repr(result)])
    assert not {name for name in (GIVEN, OTHER) if name.lower() in shown.lower()}


async def test_a_person_in_a_sourced_id_is_not_shown_as_a_filter() -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        name = heard.path.rstrip("/").rpartition("/")[2]
        key = {"students": "users", "teachers": "users"}.get(name, name)
        people = [{"sourcedId": each, "givenName": each} for each in (GIVEN, OTHER)]
        rows = [] if heard.asks("filter") else people
        return json_reply(200, {key: rows}, ("X-Total-Count", "2"))

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin, timeout=5.0), secrets())
    filtered = result.finding("query.filter")
    assert filtered is not None
    assert filtered.facts.get("filter"), filtered
    shown = "\n".join([*(render([result], form) for form in FORMATS), repr(result)])
    assert not {name for name in (GIVEN, OTHER) if name.lower() in shown.lower()}

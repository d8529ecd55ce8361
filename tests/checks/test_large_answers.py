"""Answers that this tool does not read to their end: what they are is said, and what is not known is its own limit."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from oneroster_checks import limits
from oneroster_checks.result import Result
from oneroster_checks.stages.model import Depth
from oneroster_practice import PracticeDistrict

from ..servers import LoopServer, Reply, Request, json_reply, token_reply
from .engine import campus, outcome, secrets

# The whole list of the enrollments of a small district is longer, a page of a hundred is not.
FEW_BYTES = 150_000
FEW_VALUES = 6000


@pytest.fixture(params=["bytes", "values"])
def small_limits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A limit of this tool that a small district is beyond: every test is done with each."""
    if request.param == "bytes":
        monkeypatch.setattr(limits, "ANSWER_BYTES", FEW_BYTES)
    else:
        monkeypatch.setattr(limits, "JSON_VALUES", FEW_VALUES)
    return str(request.param)


def found(result: Result, check: str) -> tuple[str | None, str]:
    """The cause of a check and its sentence."""
    reported = next(each for each in result.findings if each.finding.check == check)
    return reported.finding.cause, reported.summary


async def test_a_server_that_ignores_limit_is_called_that(small_limits: str) -> None:
    with PracticeDistrict(problem="paging.limit-ignored") as district:
        result = await outcome(district.connection, district.credentials)
    assert (result.verdict.status, result.verdict.cause) == ("warn", "paging.limit-ignored")
    assert [each.finding.cause for each in result.findings if each.finding.failed] == []
    assert result.requests <= 30


def ignoring(request: Request, *, total: bool, offset: bool) -> Reply:
    """A district with many orgs, whatever limit says."""
    if request.method == "POST":
        return token_reply()
    if not request.path.endswith("/orgs"):
        return json_reply(404, {})
    start = int(request.asks("offset") or 0) if offset else 0
    rows = [
        {"sourcedId": f"org-{number}", "status": "active", "dateLastModified": "2026-08-03T10:00:00Z",
         "name": f"School {number}", "type": "school", "identifier": f"{number}"}
        for number in range(start, 3000)
    ]  # fmt: skip
    return json_reply(200, {"orgs": rows}, *([("X-Total-Count", "3000")] if total else []))


@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("offset", [True, False])
async def test_how_many_came_is_said_from_below(small_limits: str, total: bool, offset: bool) -> None:
    async with LoopServer(lambda heard: ignoring(heard, total=total, offset=offset)) as server:
        result = await outcome(campus(server.origin), secrets())
    cause, sentence = found(result, "paging.limit")
    assert cause == "paging.limit-ignored"
    assert sentence.startswith("/orgs returned at least ")
    assert sentence.endswith(" records although the limit was 100.")
    # What the part that was read does not show is nobody's fault.
    causes = {each.finding.cause for each in result.findings}
    assert not causes & {"paging.total-wrong", "paging.limit-capped", "paging.duplicates", "access.not-json"}
    assert not causes & {"access.answer-too-large", "load.page-too-large", "tool.fault"}


async def test_a_list_that_is_decoded_is_counted_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "KEPT_ENTRIES", 500)
    async with LoopServer(lambda heard: ignoring(heard, total=True, offset=True)) as server:
        result = await outcome(campus(server.origin), secrets())
    assert found(result, "paging.limit")[1] == "/orgs returned 3,000 records although the limit was 100."
    assert found(result, "paging.total")[0] is None


async def test_at_depth_full_the_run_goes_on_with_what_was_read(small_limits: str) -> None:
    with PracticeDistrict(problem="paging.limit-ignored") as district:
        result = await outcome(district.connection, district.credentials, depth=Depth.FULL)
    assert result.verdict.cause == "paging.limit-ignored"
    whole = result.finding("paging.whole")
    assert whole is not None
    assert whole.cause is None


async def test_pages_of_large_records_are_asked_for_smaller(small_limits: str) -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        name = heard.path.rpartition("/")[2]
        key = {"students": "users", "teachers": "users"}.get(name, name)
        rows = min(int(heard.asks("limit") or 100), 100)
        many = [
            {"sourcedId": f"{name}-{number}", "metadata": {"a": ["x" * 30] * 80}} for number in range(rows)
        ]
        return json_reply(200, {key: many})

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin), secrets())
    cause, sentence = found(result, "load.page-size")
    assert cause == "load.page-too-large"
    assert "it was larger than this tool reads" in sentence
    assert found(result, "paging.limit")[0] is None


NO_LIST: dict[str, Callable[[], bytes]] = {
    "one text": lambda: b'{"orgs": "' + b"x" * 200_000 + b'"}',
    "one record": lambda: b'{"orgs": [{"sourcedId": "' + b"x" * 2_000_000 + b'"}]}',
    "numbers": lambda: b'{"orgs": [' + b"1," * 100_000 + b"1]}",
    "brackets": lambda: b"[" * 200_000,
    "the beginning of JSON": lambda: b'{"orgs": ' + b" " * 200_000 + b"}",
    "plain text": lambda: b"word " * 50_000,
    "another list": lambda: b'{"cars": [' + b'{"sourcedId": "1"},' * 20_000 + b'{"sourcedId": "1"}]}',
}


@pytest.mark.parametrize("body", NO_LIST.values(), ids=list(NO_LIST))
@pytest.mark.parametrize("place", ["token", "data", "a part"])
async def test_what_is_no_list_is_said_to_be_beyond_a_limit_of_this_tool(
    monkeypatch: pytest.MonkeyPatch, body: Callable[[], bytes], place: str
) -> None:
    monkeypatch.setattr(limits, "ANSWER_BYTES", FEW_BYTES)
    monkeypatch.setattr(limits, "BEGINNING_BYTES", FEW_BYTES)
    content = body()

    def answers(heard: Request) -> Reply:
        is_hit = (
            place == "data" or heard.path.endswith("/classes") if heard.method == "GET" else place == "token"
        )
        if is_hit:
            return Reply(200, content, (("Content-Type", "application/json"),))
        if heard.method == "POST":
            return token_reply()
        name = heard.path.rpartition("/")[2]
        key = {"students": "users", "teachers": "users"}.get(name, name)
        return json_reply(200, {key: [{"sourcedId": f"{name}-1"}]}, ("X-Total-Count", "1"))

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin), secrets())
    told = [each for each in result.findings if each.finding.cause == "access.answer-too-large"]
    assert told
    assert "This tool did not read the answer from 127.0.0.1" in told[0].summary
    assert not [each for each in result.findings if each.finding.cause == "access.not-json"]
    assert "this tool reads no more" in json.dumps([each.outline for each in result.trace])


async def test_a_web_page_is_one_however_long_it_is() -> None:
    page = b"<!DOCTYPE html><html><body>" + b"<p>Welcome</p>" * 2_000_000

    def answers(heard: Request) -> Reply:
        return token_reply() if heard.method == "POST" else Reply(200, page, (("Content-Type", "text/html"),))

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin), secrets())
    assert result.verdict.cause == "access.login-page"


@pytest.mark.parametrize("values", [150, 1500])
async def test_a_page_of_a_full_read_is_too_much_for_this_tool_alone(
    monkeypatch: pytest.MonkeyPatch, values: int
) -> None:
    monkeypatch.setattr(limits, "JSON_VALUES", 200_000)
    asked: list[int] = []

    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        name = heard.path.rpartition("/")[2]
        key = {"students": "users", "teachers": "users"}.get(name, name)
        limit, offset = int(heard.asks("limit") or 100), int(heard.asks("offset") or 0)
        many = 2400 if name == "users" else 3
        rows = [
            {"sourcedId": f"{name}-{number}", "metadata": {"a": ["x"] * values}}
            for number in range(offset, min(many, offset + limit))
        ]
        asked.append(limit)
        return json_reply(200, {key: rows}, ("X-Total-Count", str(many)))

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin), secrets(), depth=Depth.FULL)
    rows = 1000 if values == 150 else 100
    cause, sentence = found(result, "load.page-size")
    assert cause is None
    assert sentence.endswith(f"Larger pages are too large for this tool; it read {rows:,} records at a time.")
    # Of records that fit, as many are asked for as make a page of the right size.
    assert asked.count(7500) == (1 if values == 150 else 0)
    assert asked.count(rows) >= 2400 // rows
    assert result.counts["users"] == 2400

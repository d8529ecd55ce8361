"""A run ends within its own limits, whatever a server does, and says so as this tool's limit."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest

from oneroster_checks import limits
from oneroster_checks.connection import Connection
from oneroster_checks.diagnosis.runner import run
from oneroster_checks.errors import UnknownCheck
from oneroster_checks.finding import Status
from oneroster_checks.report import district_message, render
from oneroster_checks.result import Result

from ..servers import Answer, LoopServer, Reply, Request, json_reply, reply, token_reply
from .districts.district import District, Living, Override, data_says
from .districts.replies import bare
from .districts.row import Served, Typed, connection_of, credentials_of
from .districts.shapes import GENERIC
from .engine import campus, outcome, secrets, wrong_facts

TIMEOUT_S = 0.6
ANSWER_S = 0.3  # A run has time for a few answers only.
# A run has 1.6 seconds here; without limits most of these take 3 to 12.
MOST_S = 3.5

RUN_LIMIT = "tool.run-limit"


def _org(number: int) -> dict[str, str]:
    return {
        "sourcedId": f"org-{number}", "status": "active", "name": "A school", "type": "school",
        "identifier": f"{number}", "dateLastModified": "2026-08-15T12:00:00.000Z",
    }  # fmt: skip


def _data(request: Request) -> Reply:
    rows = [_org(number) for number in range(100)] if request.path.endswith("/orgs") else []
    name = request.path.rsplit("/", 1)[-1]
    envelope = "users" if name in ("students", "teachers") else name
    return json_reply(200, {envelope: rows}, ("X-Total-Count", f"{len(rows) * 40}"))


async def _trickled(whole: bytes, seconds: float) -> AsyncIterator[bytes]:
    """An answer in pieces over some seconds."""
    pieces = 8
    size = len(whole) // pieces + 1
    for start in range(0, len(whole), size):
        await asyncio.sleep(seconds / pieces)
        yield whole[start : start + size]


def _late(answer: Reply) -> Answer:
    return answer.but(delay=ANSWER_S)


def _trickling(answer: Reply) -> Answer:
    return _trickled(answer.to_bytes(), ANSWER_S)


def _at_token(
    answer: Callable[[Request], Reply], how: Callable[[Reply], Answer]
) -> Callable[[Request], Answer]:
    return lambda request: how(answer(request)) if request.method == "POST" else _data(request)


def _at_data(
    answer: Callable[[Request], Reply], how: Callable[[Reply], Answer]
) -> Callable[[Request], Answer]:
    return lambda request: token_reply() if request.method == "POST" else how(answer(request))


async def _timed(answers: Callable[[Request], Answer], **changes: object) -> tuple[Result, float]:
    async with LoopServer(answers) as server:
        started = time.monotonic()
        result = await outcome(campus(server.origin, timeout=TIMEOUT_S, **changes), secrets())
        return result, time.monotonic() - started


DATA = {
    "data": _data,
    "401": lambda request: reply(401, ""),
    "403": lambda request: reply(403, ""),
    "404": lambda request: reply(404, ""),
    "500": lambda request: reply(500, ""),
    "a 429 that names no time": lambda request: reply(429, ""),
}
TOKEN = {
    "401": lambda request: json_reply(401, {"error": "invalid_client"}),
    "401 without a word": lambda request: reply(401, ""),
    "400 for the scope": lambda request: json_reply(400, {"error": "invalid_scope"}),
    "500": lambda request: reply(500, ""),
    "no token": lambda request: json_reply(200, {}),
}
HOW = {"late": _late, "trickling": _trickling}


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("kind", DATA)
async def test_a_server_that_answers_data_just_in_time_ends(kind: str, how: str) -> None:
    result, took = await _timed(_at_data(DATA[kind], HOW[how]))
    assert took < MOST_S
    _is_fair(result)


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("kind", TOKEN)
async def test_a_server_that_answers_token_requests_just_in_time_ends(kind: str, how: str) -> None:
    result, took = await _timed(_at_token(TOKEN[kind], HOW[how]))
    assert took < MOST_S
    _is_fair(result)
    assert result.verdict.status is Status.FAIL
    assert str(result.verdict.cause).startswith("token.")


@pytest.mark.parametrize("status", [200, 401, 500])
async def test_a_server_that_answers_signed_requests_just_in_time_ends(status: int) -> None:
    result, took = await _elsewhere(status, oauth=1, oneroster="1.1", client_id="a-key")
    assert took < MOST_S
    assert result.requests > 1
    _is_fair(result)


@pytest.mark.parametrize("status", [200, 401, 500])
async def test_a_server_that_answers_a_fixed_token_just_in_time_ends(status: int) -> None:
    result, took = await _elsewhere(status, fixed_token=True)
    assert took < MOST_S
    assert result.requests > 1
    _is_fair(result)


async def _elsewhere(status: int, **changes: object) -> tuple[Result, float]:
    """A connection without a token URL, whose server answers each request late and with this status."""

    def answers(request: Request) -> Answer:
        return _late(_data(request) if status == 200 else reply(status, ""))

    async with LoopServer(answers) as server:
        started = time.monotonic()
        root = f"{server.origin}/ims/oneroster{'/v1p1' if changes.get('oauth') else ''}"
        connection = Connection(provider="generic", base_url=root, timeout=TIMEOUT_S)
        result = await outcome(connection.but(**changes), secrets())
        return result, time.monotonic() - started


def _is_fair(result: Result) -> None:
    """What was cut is a limit of this tool, never a fault of it nor a silence of the server."""
    causes = [each.finding.cause for each in result.findings]
    assert "tool.fault" not in causes
    assert "network.timeout" not in causes
    skipped = [each for each in result.findings if each.finding.limit]
    assert all(each.finding.status is Status.SKIP for each in skipped)
    told = [
        each
        for each in result.findings
        if each.finding.status is Status.WARN and each.finding.cause == RUN_LIMIT
    ]
    assert len(told) == bool(skipped)
    if skipped:
        assert result.verdict.status in (Status.WARN, Status.FAIL)
        assert all("this tool's limit for one run was reached" in each.summary for each in skipped)
    for kind in ("text", "json", "markdown", "junit", "html"):
        assert render([result], kind)


async def _late_district(*faults: Override, answer_s: float = ANSWER_S, timeout: float = TIMEOUT_S) -> Result:
    """The result of a healthy district but for these faults, whose answers to most data requests are late."""
    district = District(GENERIC).where(*faults)
    living = Living(district, time.time)

    def answers(request: Request) -> Reply:
        at_once = request.method == "POST" or request.path.endswith(("/orgs", "/students", "/users"))
        return living(request).but(delay=0.0 if at_once else answer_s)

    async with LoopServer(answers) as server:
        served = Served(server, 1, False, living, district)
        typed = Typed(timeout=timeout, share=("rostering", "demographics", "gradebook"))
        return await run(connection_of(typed, served), credentials_of(typed, served))


async def test_the_limit_is_told_in_the_verdict_where_nothing_else_is_wrong() -> None:
    result = await _late_district()
    told = result.finding("tool.limits")
    assert told is not None
    assert (told.status, told.cause) == (Status.WARN, RUN_LIMIT)
    assert (result.verdict.status, result.verdict.cause) == (Status.WARN, RUN_LIMIT)
    assert not wrong_facts(result)
    # Nothing says that all of what is expected is shared.
    shared = next(item for item in result.checklist if item.item == "data-to-share")
    assert (shared.status, shared.note) == (
        Status.ASK,
        "Not known yet: this tool's limit for one run was reached first.",
    )
    assert told.facts["seconds"] == round(TIMEOUT_S * limits.RUN_REQUEST_TIMES, 1)
    text = render([result], "text")
    assert "not everything was checked" in text
    assert "The connection works" not in text


async def test_a_cause_that_was_found_before_stays_the_root_cause() -> None:
    result = await _late_district(data_says(bare(404), "students", "users"))
    assert result.verdict.status is Status.FAIL
    assert result.verdict.cause == "access.part-broken"
    assert result.finding("tool.limits") is not None
    _is_fair(result)


async def test_an_honest_but_slow_server_gets_a_full_diagnosis() -> None:
    # A fifteenth of the limit of one request, as 2 seconds of 30.
    result = await _late_district(answer_s=0.1, timeout=1.5)
    assert result.verdict.status in (Status.PASS, Status.WARN)
    assert len(result.trace) > 15
    assert not any(each.finding.limit for each in result.findings)


async def test_a_run_of_one_check_keeps_what_was_not_checked_before() -> None:
    async with LoopServer(_at_data(_data, _late)) as server:
        connection = campus(server.origin, timeout=TIMEOUT_S)
        first = await outcome(connection, secrets())
        unmade = [each for each in first.findings if each.finding.limit]
        server.answers = _at_data(_data, lambda answer: answer)
        again = await run(connection, secrets(), only=("network.base-host",), previous=first)
        whole = await outcome(connection, secrets())
    assert len(unmade) > 2
    assert again.finding("tool.limits") is not None
    assert sum(each.finding.check == "tool.limits" for each in again.findings) == 1
    assert whole.finding("tool.limits") is None


async def test_to_run_the_limits_again_is_to_run_what_was_left_out() -> None:
    async with LoopServer(_at_data(_data, _late)) as server:
        connection = campus(server.origin, timeout=TIMEOUT_S)
        first = await outcome(connection, secrets())
        unmade = {each.finding.check for each in first.findings if each.finding.limit}
        server.answers = _at_data(_data, lambda answer: answer)
        again = await run(connection, secrets(), only=("tool.limits",), previous=first)
        with pytest.raises(UnknownCheck):
            await run(connection, secrets(), only=("tool.limits",), previous=again)
    before = {each.finding.check: each for each in first.findings if not each.finding.limit}
    assert len(unmade) > 2
    assert again.finding("tool.limits") is None
    assert not any(each.finding.limit for each in again.findings)
    assert {each.finding.check for each in again.findings} == unmade | before.keys() - {"tool.limits"}
    # What was made and is needed by none of them is not run again.
    assert any(before.get(each.finding.check) is each for each in again.findings)


async def test_requests_have_a_limit_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RUN_REQUESTS", 5)
    async with LoopServer(_at_data(_data, lambda answer: answer)) as server:
        result = await outcome(campus(server.origin), secrets())
        assert len(server.heard) == result.requests == 5
    told = result.finding("tool.limits")
    assert told is not None
    assert told.facts["requests"] == 5
    _is_fair(result)


async def test_a_wait_that_the_server_asks_for_is_not_counted() -> None:
    refused = 0

    def answers(request: Request) -> Answer:
        nonlocal refused
        if request.method == "GET" and refused < 2:
            refused += 1
            return reply(429, "", ("Retry-After", "1"))
        return token_reply() if request.method == "POST" else _data(request)

    result, took = await _timed(answers)
    # Longer than the run's own limit.
    assert took > TIMEOUT_S * limits.RUN_REQUEST_TIMES
    assert result.finding("tool.limits") is None


async def test_a_request_is_cut_by_the_run_and_told_from_one_that_timed_out() -> None:
    async with LoopServer(_at_data(_data, _late)) as server:
        result = await outcome(campus(server.origin, timeout=TIMEOUT_S), secrets())
    cut = [each for each in result.trace if each.failed]
    assert [each.status for each in cut] == [None]
    assert "this tool's limit for one run was reached" in cut[0].note
    assert len(result.trace) >= result.requests


async def test_the_message_to_the_district_does_not_say_that_all_of_it_works() -> None:
    async with LoopServer(
        lambda heard: _late(token_reply() if heard.method == "POST" else _data(heard))
    ) as server:
        result = await outcome(campus(server.origin, timeout=TIMEOUT_S), secrets())
    assert (result.verdict.status, result.verdict.cause) == (Status.WARN, RUN_LIMIT)
    message = district_message(result)
    assert "and it works" not in message
    assert (
        "and what we checked works. Our test did not check everything: it reached a limit of our own."
        in message
    )
    assert "There is nothing for you to do." in message

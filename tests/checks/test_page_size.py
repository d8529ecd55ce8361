"""Pages that are too large: a smaller one is asked for where it decides something, and no more often."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from oneroster_checks import limits
from oneroster_checks.result import Result
from oneroster_practice import PracticeDistrict

from ..servers import LoopServer, Reply, Request, json_reply, reply, token_reply
from .engine import campus, outcome, secrets

CERTAINLY_ENOUGH = 20


async def asked(answers: Callable[[Request], Reply]) -> tuple[Result, list[tuple[str, str | None]]]:
    """A run, and its data requests: the collection, and the limit that was asked for."""

    def serve(heard: Request) -> Reply:
        return token_reply() if heard.method == "POST" else answers(heard)

    async with LoopServer(serve) as server:
        result = await outcome(campus(server.origin), secrets())
    sizes = [
        (heard.path.rpartition("/")[2], heard.asks("limit"))
        for heard in server.heard
        if heard.method == "GET" and heard.asks("offset") is None
    ]
    return result, sizes


def rows(heard: Request, number: int = 3) -> Reply:
    """A list of the collection that was asked for."""
    name = heard.path.rpartition("/")[2]
    key = {"students": "users", "teachers": "users"}.get(name, name)
    return json_reply(200, {key: [{"sourcedId": f"{name}-{each}"} for each in range(number)]})


async def test_where_everything_fails_one_collection_is_asked_for_less() -> None:
    for status, smaller in ((500, ["10"]), (400, ["50", "10"]), (413, ["10"])):
        result, sizes = await asked(lambda heard, status=status: reply(status, ""))  # type: ignore[misc]
        fewer = [(name, limit) for name, limit in sizes if limit not in ("100", None)]
        # A server error is tried again once.
        assert list(dict.fromkeys(limit for _, limit in fewer)) == smaller, status
        assert {name for name, _ in fewer} == {"orgs"}
        assert result.verdict.cause != "load.page-too-large"


@pytest.mark.parametrize("status", [401, 403, 404, 405, 429])
async def test_a_refusal_is_not_asked_for_less(status: int) -> None:
    _, sizes = await asked(lambda heard: reply(status, "", ("Retry-After", "0")))
    assert {limit for _, limit in sizes} <= {"100", None}


async def test_one_error_that_may_have_passed_is_not_put_down_to_the_size() -> None:
    first = [reply(429, "", ("Retry-After", "0")), reply(503, "", ("Retry-After", "0"))]
    result, sizes = await asked(lambda heard: first.pop(0) if first else rows(heard))
    assert "10" not in [limit for _, limit in sizes[:3]]
    found = result.finding("load.page-size")
    assert found is not None
    assert found.cause is None


async def test_one_broken_collection_costs_one_smaller_page() -> None:
    def answers(heard: Request) -> Reply:
        return reply(500, "") if heard.path.endswith("/enrollments") else rows(heard)

    _, sizes = await asked(answers)
    assert {limit for name, limit in sizes if name == "enrollments"} == {"100", "10"}


async def test_what_was_learned_holds_for_the_rest_of_the_run() -> None:
    def answers(heard: Request) -> Reply:
        return reply(400, "") if int(heard.asks("limit") or 0) > 50 else rows(heard)

    result, sizes = await asked(answers)
    assert sizes[:2] == [("orgs", "100"), ("orgs", "50")]
    assert all(int(limit) <= 50 for _, limit in sizes[1:] if limit)
    found = result.finding("load.page-size")
    assert found is not None
    assert (found.cause, found.facts["asked"], found.facts["works"]) == ("load.page-too-large", 100, 50)


async def test_an_answer_that_is_larger_than_this_tool_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ANSWER_BYTES", 2000)

    def answers(heard: Request) -> Reply:
        many = heard.path.endswith("/enrollments")
        return rows(heard, min(200 if many else 3, int(heard.asks("limit") or 100)))

    result, _ = await asked(answers)
    found = result.finding("load.page-size")
    assert found is not None
    assert found.cause == "load.page-too-large"
    assert found.facts["detail"] == "it was larger than this tool reads"


async def test_a_healthy_district_is_asked_no_more_often_than_before() -> None:
    for size in ("small", "large"):
        with PracticeDistrict(size=size) as district:
            result = await outcome(district.connection, district.credentials)
        assert result.verdict.cause is None
        assert result.requests < CERTAINLY_ENOUGH
        assert not [each for each in result.trace if "smaller page" in each.note]

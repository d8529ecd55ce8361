"""What is tried again, how often, and how long a server may make the run wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic

import pytest

from oneroster_checks.client.data import Bearer, DataClient
from oneroster_checks.connection import Secret
from oneroster_checks.evidence import Evidence
from oneroster_checks.finding import Status
from oneroster_checks.http.answer import Answer
from oneroster_checks.http.retry import LONGEST_WAIT

from ...servers import LoopServer, Reply, Request, json_reply, reply, token_reply
from ..running import campus, outcome, secrets
from .sessions import data_client, session

ROWS = json_reply(200, {"orgs": [{"sourcedId": "o1"}]})
BUSY = reply(429, "", ("Retry-After", "0"))


async def _asked(*reported: Reply | bytes | None) -> tuple[int | None, int, tuple[str, ...], float]:
    """Status, number of requests, the story and the seconds of one call whose answers are these in turn."""
    turns = iter(reported)
    async with LoopServer(lambda heard: next(turns)) as server, session() as over:
        client = data_client(over, f"{server.origin}/ims/oneroster/v1p1")
        started = monotonic()
        page = await client.list("/orgs")
        seconds = monotonic() - started
    assert over.requests == len(server.heard)
    return page.answer.status, len(server.heard), page.answer.retried, seconds


@pytest.mark.parametrize(
    ("said", "status", "requests"),
    [
        ((ROWS,), 200, 1),
        ((BUSY, ROWS), 200, 2),
        ((BUSY, BUSY, ROWS), 200, 3),
        ((BUSY, BUSY, BUSY, ROWS), 429, 3),
        ((reply(503, "", ("Retry-After", "0")), ROWS), 200, 2),
        ((reply(502, "", ("Retry-After", "0")), reply(502, ""), ROWS), 502, 2),
        ((reply(500, ""), ROWS), 200, 2),
        ((reply(500, ""), reply(500, ""), ROWS), 500, 2),
        ((reply(501, ""), ROWS), 501, 1),
        ((None, ROWS), 200, 2),
        ((None, None, ROWS), None, 2),
        ((reply(403, ""), ROWS), 403, 1),
        ((reply(404, ""), ROWS), 404, 1),
    ],
)
async def test_what_is_tried_again(
    reported: tuple[Reply | bytes | None, ...], status: int | None, requests: int
) -> None:
    found, asked, story, seconds = await _asked(*reported)
    assert (found, asked) == (status, requests)
    assert len(story) == requests - 1
    assert seconds < 2


@pytest.mark.parametrize(
    "wait", [str(int(LONGEST_WAIT) + 1), "86400", "9" * 400, "Wed, 01 Jan 2120 00:00:00 GMT"]
)
async def test_a_wait_without_reason_is_not_honoured(wait: str) -> None:
    status, requests, _, seconds = await _asked(reply(429, "", ("Retry-After", wait)), ROWS)
    assert (status, requests) == (429, 1)
    assert seconds < 2


async def test_the_wait_that_a_server_asks_for_is_kept() -> None:
    status, requests, story, seconds = await _asked(reply(429, "", ("Retry-After", "0.3")), ROWS)
    assert (status, requests, story) == (200, 2, ("429, waited 0.3 s",))
    assert seconds >= 0.3


def _answer(value: str) -> Answer:
    return Answer("http://d.test/", 429, {"retry-after": value}, b"", Evidence("GET", "", 429, 1))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("0", 0), ("7", 7), ("0.5", 0.5), ("Mon, 01 Jan 2001 00:00:00 GMT", 0), ("", None), ("soon", None),
     ("-5", None), ("1e3", None), ("٣", None), ("inf", None), ("nan", None), (".", None), ("1.2.3", None)],
)  # fmt: skip
def test_how_a_wait_is_read(value: str, seconds: float | None) -> None:
    assert _answer(value).retry_after == seconds


def test_a_wait_until_a_moment_is_read_from_now() -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    found = _answer(moment).retry_after
    assert found is not None
    assert 50 < found <= 60


async def test_a_token_that_ends_in_the_middle_is_renewed_once_and_told() -> None:
    transient_errors: list[str] = []
    granted = iter(["second", "third"])

    async def renew() -> Secret | None:
        return Secret(next(granted))

    def answers(heard: Request) -> Reply:
        good = {"Bearer first", "Bearer second"} if len(server.heard) < 2 else {"Bearer second"}
        return ROWS if heard.headers["authorization"] in good else reply(401, "")

    async with LoopServer(answers) as server, session() as over:
        client = DataClient(over, "1.1", secrets(), lambda words, seen: transient_errors.append(words))
        client.roots = {"rostering": server.origin}
        client.authorizer = Bearer(Secret("first"), renew)
        pages = [await client.list("/orgs") for _ in range(3)]
    assert [page.answer.status for page in pages] == [200, 200, 200]
    assert [heard.headers["authorization"].removeprefix("Bearer ") for heard in server.heard] == [
        "first",
        "first",
        "second",
        "second",
    ]
    assert len(transient_errors) == 1


async def test_a_first_call_that_is_refused_is_not_renewed() -> None:
    def answers(heard: Request) -> Reply:
        return token_reply() if heard.method == "POST" else reply(401, "")

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin), secrets())
    assert result.verdict.cause == "access.token-rejected"
    assert sum(heard.method == "POST" for heard in server.heard) == 1


async def test_a_call_that_was_waited_out_is_a_warning() -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        gets = sum(each.method == "GET" for each in server.heard)
        return BUSY if gets == 1 else ROWS

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin), secrets(), only=("access.data", "load.pace"))
    assert (result.verdict.status, result.verdict.cause) == (Status.WARN, "load.throttled")

"""What is sent again, how often, and how long a server may make a run wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import repeat

import pytest

from oneroster_checks import limits
from oneroster_checks.client.authorization import Bearer
from oneroster_checks.connection import Secret
from oneroster_checks.evidence import Evidence
from oneroster_checks.finding import Status
from oneroster_checks.http.answer import Answer
from oneroster_checks.http.content import Content
from oneroster_checks.http.transient import TransientError, TransientErrorKind

from ...servers import LoopServer, Reply, Request, json_reply, reply, token_reply
from ..engine import campus, outcome, secrets
from .sessions import SwiftClock, Traced, data_client, session

ROWS = json_reply(200, {"orgs": [{"sourcedId": "o1"}]})
BUSY = reply(429, "", ("Retry-After", "0"))
THROTTLED, SERVER_ERROR = TransientErrorKind.THROTTLED, TransientErrorKind.SERVER_ERROR


async def _asked(*replies: Reply | None) -> tuple[Answer, int, Traced, SwiftClock]:
    """The answer of one request whose replies are these in turn, and how many arrived."""
    turns = iter(replies)
    clock = SwiftClock()
    async with LoopServer(lambda heard: next(turns)) as server, session(clock=clock) as over:
        page = await data_client(over, f"{server.origin}/ims/oneroster/v1p1").list("/orgs")
    assert over.requests == len(server.heard)
    return page.answer, len(server.heard), over, clock


@pytest.mark.parametrize(
    ("replies", "status", "requests"),
    [
        ((ROWS,), 200, 1),
        ((BUSY, ROWS), 200, 2),
        ((BUSY, BUSY, ROWS), 200, 3),
        ((BUSY, BUSY, BUSY, ROWS), 429, 3),
        ((reply(503, "", ("Retry-After", "0")), ROWS), 200, 2),
        ((reply(503, "", ("Retry-After", "0")), reply(503, "", ("Retry-After", "0")), ROWS), 200, 3),
        ((*[reply(503, "", ("Retry-After", "0"))] * 3, ROWS), 503, 3),
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
    replies: tuple[Reply | None, ...], status: int | None, requests: int
) -> None:
    answer, arrived, over, clock = await _asked(*replies)
    assert (answer.status, arrived) == (status, requests)
    assert len(answer.retries) == requests - 1
    # Nobody hears of a wait of no time.
    assert clock.slept == []
    assert over.reported.waits == []


@pytest.mark.parametrize(
    ("first", "error"),
    [
        (reply(429, "", ("Retry-After", "0.3")), TransientError(THROTTLED, 429, 0.3)),
        (reply(429, ""), TransientError(THROTTLED, 429, limits.DEFAULT_WAIT_S)),
        (reply(500, ""), TransientError(SERVER_ERROR, 500, 0.0)),
        (reply(503, ""), TransientError(SERVER_ERROR, 503, 0.5)),
        (reply(503, "", ("Retry-After", "7")), TransientError(SERVER_ERROR, 503, 7.0)),
        (None, TransientError(TransientErrorKind.CLOSED, None, 0.0)),
    ],
)
async def test_an_answer_tells_what_came_before_it(first: Reply | None, error: TransientError) -> None:
    answer, _, over, clock = await _asked(first, ROWS)
    assert (answer.status, answer.retries) == (200, (error,))
    waits = [error.waited_s] if error.waited_s else []
    assert clock.slept == waits
    assert over.reported.waits == [(error.kind, seconds) for seconds in waits]


@pytest.mark.parametrize(
    "wait",
    [str(int(limits.LONGEST_WAIT_S) + 1), "86400", "9" * 400, "Wed, 01 Jan 2120 00:00:00 GMT"],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_a_wait_without_reason_is_not_kept(status: int, wait: str) -> None:
    answer, requests, _, clock = await _asked(reply(status, "", ("Retry-After", wait)), ROWS)
    assert (answer.status, requests) == (status, 1)
    assert clock.slept == []


@pytest.mark.parametrize("status", [429, 503])
async def test_all_waiting_of_a_run_has_one_limit(status: int) -> None:
    slow = reply(status, "", ("Retry-After", "9"))
    clock = SwiftClock()

    def answers(heard: Request) -> Reply:
        # Every second request gets through, so that no retry is in vain.
        return slow if len(server.heard) % 2 else ROWS

    async with LoopServer(answers) as server, session(clock=clock) as over:
        client = data_client(over, f"{server.origin}/ims/oneroster/v1p1")
        pages = [await client.list("/orgs") for _ in range(10)]
    kept = int(limits.WAITING_IN_A_RUN_S // 9)
    assert clock.slept == [9.0] * kept
    assert sum(clock.slept) <= limits.WAITING_IN_A_RUN_S
    # What comes after is taken as it is.
    assert [page.status for page in pages[:kept]] == [200] * kept
    assert pages[kept].status == status


async def test_a_server_that_always_asks_to_wait_makes_no_run_wait_longer() -> None:
    clock = SwiftClock()
    slow = repeat(reply(429, "", ("Retry-After", "20")))
    async with LoopServer(lambda heard: next(slow)) as server, session(clock=clock) as over:
        client = data_client(over, f"{server.origin}/ims/oneroster/v1p1")
        pages = [await client.list("/orgs") for _ in range(6)]
    assert {page.status for page in pages} == {429}
    assert clock.slept == [20.0] * 3


async def test_a_run_waits_by_the_clock_and_says_so_before() -> None:
    order: list[str] = []

    class Noting(SwiftClock):
        async def sleep(self, seconds: float) -> None:
            order.append(f"slept {seconds:g}")

    turns = iter((reply(429, "", ("Retry-After", "3")), ROWS))
    async with LoopServer(lambda heard: next(turns)) as server, session(clock=Noting()) as over:
        over.reported.waits = _Appending(lambda wait: order.append(f"said {wait[1]:g}"))
        await data_client(over, f"{server.origin}/ims/oneroster/v1p1").list("/orgs")
    assert order == ["said 3", "slept 3"]


class _Appending(list[tuple[TransientErrorKind, float]]):
    """A list that calls back at each entry."""

    def __init__(self, then: Callable[[tuple[TransientErrorKind, float]], None]) -> None:
        super().__init__()
        self._then = then

    def append(self, entry: tuple[TransientErrorKind, float]) -> None:
        self._then(entry)


def _answer(value: str) -> Answer:
    return Answer("http://d.test/", 429, {"retry-after": value}, Content.of(b""), Evidence("GET", "", 429, 1))


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


def test_a_wait_until_a_moment_is_read_by_the_servers_own_clock() -> None:
    headers = {"retry-after": "Mon, 01 Jan 2001 00:00:07 GMT", "date": "Mon, 01 Jan 2001 00:00:00 GMT"}
    assert (
        Answer("http://d.test/", 503, headers, Content.of(b""), Evidence("GET", "", 503, 1)).retry_after == 7
    )


async def test_a_token_that_ends_in_the_middle_is_renewed_once_and_told() -> None:
    overcome: list[TransientError] = []
    granted = iter(["second", "third"])

    async def renew() -> Secret | None:
        return Secret(next(granted))

    def answers(heard: Request) -> Reply:
        good = {"Bearer first", "Bearer second"} if len(server.heard) < 2 else {"Bearer second"}
        return ROWS if heard.headers["authorization"] in good else reply(401, "")

    async with LoopServer(answers) as server, session() as over:
        client = data_client(over, server.origin, overcome=overcome)
        client.authorizer = Bearer(Secret("first"), renew)
        pages = [await client.list("/orgs") for _ in range(3)]
    assert [page.answer.status for page in pages] == [200, 200, 200]
    assert [heard.headers["authorization"].removeprefix("Bearer ") for heard in server.heard] == [
        "first",
        "first",
        "second",
        "second",
    ]
    assert overcome == [TransientError(TransientErrorKind.TOKEN_RENEWED, 401, 0.0)]


async def test_a_first_call_that_is_refused_is_not_renewed() -> None:
    def answers(heard: Request) -> Reply:
        return token_reply() if heard.method == "POST" else reply(401, "")

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin), secrets())
    assert result.verdict.cause == "access.token-rejected"
    # Another scope is asked for; the same token is not.
    assert [heard.form.get("scope") for heard in server.heard if heard.method == "POST"].count(None) == 1


async def test_a_call_that_was_waited_out_is_a_warning() -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        gets = sum(each.method == "GET" for each in server.heard)
        return BUSY if gets == 1 else ROWS

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin), secrets(), only=("access.data", "load.pace"))
    assert (result.verdict.status, result.verdict.cause) == (Status.WARN, "load.throttled")
    pace = result.finding("load.pace")
    assert pace is not None
    assert (pace.facts["count"], pace.facts["detail"]) == (1, "429, waited 0 s")


async def test_what_was_throttled_is_counted_apart() -> None:
    first = [reply(503, "", ("Retry-After", "0")), BUSY]

    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        return first.pop(0) if first else ROWS

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin), secrets(), only=("access.data", "load.pace"))
    pace = result.finding("load.pace")
    assert pace is not None
    assert pace.cause == "load.throttled"
    assert pace.facts["count"] == 1
    assert "HTTP 503" in str(pace.facts["detail"])

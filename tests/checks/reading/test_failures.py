"""A page that fails is tried again where it was, with longer and longer waits, smaller where its size is why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from oneroster_checks import limits
from oneroster_checks.client.reading import Kind
from oneroster_checks.http.transient import TransientErrorKind

from ...servers import Reply, Request
from ...servers.server import Answer
from ..districts.pages import broken_off
from ..districts.replies import bare
from .collections import LongList, names, read_list

Fault = Callable[[Request, Reply], Reply]
ROWS = names(450)

FAULTS: dict[str, Fault] = {
    "429": lambda request, page: bare(429),
    "429 with a time": lambda request, page: bare(429, ("Retry-After", "3")),
    "500": lambda request, page: bare(500),
    "502": lambda request, page: bare(502),
    "503": lambda request, page: bare(503),
    "503 with a time": lambda request, page: bare(503, ("Retry-After", "3")),
    "504": lambda request, page: bare(504),
    "a reset": lambda request, page: Reply(resets=True),
    "closed": lambda request, page: Reply(closes=True),
    "half a body": broken_off,
}


def failing(fault: Fault, at: int, times: int) -> Callable[[int, Request, Reply], Answer]:
    """The page at an offset fails so often."""
    left = [times]

    def answer(number: int, request: Request, page: Reply) -> Answer:
        if int(request.asks("offset") or 0) == at and left[0] > 0:
            left[0] -= 1
            return fault(request, page)
        return page

    return answer


@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
@pytest.mark.parametrize("at", [100, 400])
@pytest.mark.parametrize("times", [1, 4, 5])
async def test_a_page_is_tried_again_where_it_was(fault: Fault, at: int, times: int) -> None:
    served = LongList(ROWS, answer=failing(fault, at, times))
    read = await read_list(served, most=100)
    assert read.ids == ROWS
    assert read.state.ended
    assert served.requests == 5 + times
    assert len(read.waits) == times
    assert not read.large


async def test_waits_grow_and_are_told() -> None:
    read = await read_list(LongList(ROWS, answer=failing(FAULTS["500"], 200, 5)), most=100)
    assert read.waits == [(TransientErrorKind.SERVER_ERROR, seconds) for seconds in limits.WAITS_FOR_A_PAGE_S]


async def test_answers_that_never_come_are_tried_again() -> None:
    served = LongList(ROWS, answer=failing(lambda request, page: Reply(raw=b"", stalls=True), 200, 2))
    read = await read_list(served, most=100, timeout=0.2)
    assert read.ids == ROWS
    assert [reason for reason, _ in read.waits] == [TransientErrorKind.TIMED_OUT] * 2


async def test_failures_of_many_pages_do_not_add_up() -> None:
    def each(number: int, request: Request, page: Reply) -> Reply:
        return page if number % 4 == 0 else bare(503)

    read = await read_list(LongList(names(2000), answer=each), most=100)
    assert read.ids == names(2000)


async def test_a_page_that_never_comes_ends_the_reading() -> None:
    served = LongList(ROWS, answer=failing(FAULTS["500"], 300, 1000))
    read = await read_list(served, most=100)
    assert read.ids == ROWS[:300]
    assert not read.state.ended
    assert read.state.stopped is not None
    assert read.state.stopped.kind is Kind.SERVER_ERROR
    assert served.requests >= 3 + 1 + 5


@pytest.mark.parametrize("status", [400, 413, 422, 500, 503, 504])
@pytest.mark.parametrize("works", [1000, 300, 100, 50])
async def test_large_pages_that_are_refused_are_asked_for_smaller(status: int, works: int) -> None:
    rows = names(12 * works)
    asked: list[int] = []

    def refuse(number: int, request: Request, page: Reply) -> Reply:
        asked.append(int(request.asks("limit") or 0))
        return page if asked[-1] <= works else bare(status)

    read = await read_list(LongList(rows, answer=refuse), most=50_000)
    assert read.ids == rows
    assert read.state.ended
    (large,) = read.large[-1:]
    assert large.failed.limit > large.worked.limit
    # It stays there.
    assert set(asked[-5:]) == {large.worked.limit}


async def test_an_outage_at_a_larger_page_is_not_taken_for_its_size() -> None:
    state = {"left": 4}

    def outage(number: int, request: Request, page: Reply) -> Reply:
        if number > 1 and state["left"]:
            state["left"] -= 1
            return bare(503)
        return page

    read = await read_list(LongList(names(20_000), answer=outage), most=5000)
    assert read.ids == names(20_000)
    assert not read.large


async def test_pages_that_are_too_large_for_this_tool_are_asked_for_smaller(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "TYPED_BYTES", 1500)
    monkeypatch.setattr(limits, "RAW_JSON_VALUES", 1500)
    monkeypatch.setattr(limits, "JSON_VALUES", 1500)
    read = await read_list(LongList(names(3000)), most=1000)
    assert read.ids == names(3000)
    assert [(page.failed.limit, page.worked.limit, page.is_our_own) for page in read.large] == [
        (1000, 100, True)
    ]


async def test_an_error_inside_a_200_ends_the_reading() -> None:
    def inside(number: int, request: Request, page: Reply) -> Reply:
        return page if number < 3 else page.but(body=b'{"error": "server_error", "message": "no"}')

    read = await read_list(LongList(ROWS, answer=inside), most=100)
    assert read.ids == ROWS[:200]
    assert read.state.stopped is not None
    assert read.state.stopped.kind is Kind.ERROR
    assert not read.state.ended

"""A collection is read to its end, each record once, whatever the server makes of pages, totals and links."""

from __future__ import annotations

import pytest

from oneroster_checks import limits

from ...servers import Reply, Request, json_reply, reply
from .collections import LongList, names, read_list
from .plain_judge import PlainJudge


@pytest.mark.parametrize("link", ["none", "right", "always", "cursor", "elsewhere"])
@pytest.mark.parametrize("total", ["told", "none"])
@pytest.mark.parametrize("number", [0, 1, 99, 100, 101, 350])
@pytest.mark.parametrize("cap", [None, 30])
async def test_every_record_comes_once(link: str, total: str, number: int, cap: int | None) -> None:
    rows = names(number)
    read = await read_list(LongList(rows, cap, total, link), most=100)  # type: ignore[arg-type]
    assert read.ids == rows
    state = read.state
    assert (state.ended, state.records, state.repeats, state.stuck, state.loops) == (
        True, number, 0, False, False,
    )  # fmt: skip
    assert state.total == (number if total == "told" else None)
    assert state.stopped is None
    assert state.bytes > 0 or not state.pages


@pytest.mark.parametrize("is_strict", [True, False])
async def test_pages_that_are_not_strict_are_read_as_well(is_strict: bool) -> None:
    read = await read_list(LongList(names(250)), most=100, judge=PlainJudge(is_strict=is_strict))
    assert read.ids == names(250)
    assert read.state.pages == 3


async def test_a_short_page_that_reaches_the_total_is_the_end() -> None:
    served = LongList(names(250))
    await read_list(served, most=100)
    assert served.requests == 3


async def test_a_full_page_that_reaches_the_total_is_not_trusted() -> None:
    served = LongList(names(250), total=100)
    read = await read_list(served, most=100)
    assert read.ids == names(250)
    assert (read.state.ended, read.state.total) == (True, 100)


async def test_a_cap_that_changes_is_followed() -> None:
    served = LongList(names(400), cap=70)

    def lower(number: int) -> None:
        served.cap = 70 if number < 3 else 20

    served.before = lower
    read = await read_list(served, most=100)
    assert read.ids == names(400)


async def test_a_next_link_on_the_last_page_is_no_loop() -> None:
    read = await read_list(LongList(names(100), link="itself"), most=100)
    assert (read.state.ended, read.state.loops, read.ids) == (True, False, names(100))


@pytest.mark.parametrize("link", ["back", "itself"])
async def test_a_next_link_that_leads_back_is_a_loop_and_the_rest_is_read(link: str) -> None:
    read = await read_list(LongList(names(250), link=link), most=100)  # type: ignore[arg-type]
    assert (read.state.ended, read.state.loops, read.ids) == (True, True, names(250))


async def test_a_link_on_a_later_page_that_brings_nothing_new_is_a_loop() -> None:
    def circle(number: int, request: Request, page: Reply) -> Reply:
        if number != 2:
            return page
        other = f"http://{request.headers['host']}{request.target.partition('?')[0]}?again=1&limit=100"
        return page.but(("Link", f'<{other}>; rel="next"'))

    read = await read_list(LongList(names(350), answer=circle), most=100)
    assert (read.state.ended, read.state.loops, read.ids) == (True, True, names(350))


async def test_a_link_that_leads_nowhere_is_left_for_the_offset() -> None:
    def nowhere(number: int, request: Request, page: Reply) -> Reply:
        if request.path.endswith("/gone"):
            return reply(404, "no such page")
        gone = f"http://{request.headers['host']}/gone?offset=100"
        return page.but(("Link", f'<{gone}>; rel="next"'))

    read = await read_list(LongList(names(250), answer=nowhere), most=100)
    assert (read.state.ended, read.state.loops, read.ids) == (True, False, names(250))


@pytest.mark.parametrize("total", ["told", "none"])
async def test_an_offset_that_is_ignored(total: str) -> None:
    read = await read_list(LongList(names(250), total=total, offset_of=lambda offset: 0), most=100)  # type: ignore[arg-type]
    assert (read.state.stuck, read.state.ended, read.ids) == (True, False, names(100))


async def test_an_offset_that_is_ignored_by_pages_that_grow() -> None:
    read = await read_list(LongList(names(9000), offset_of=lambda offset: 0), most=5000)
    assert (read.state.stuck, read.state.repeats, read.ids) == (True, 0, names(1000))


async def test_pages_in_a_circle() -> None:
    served = LongList(names(1000), total="none", offset_of=lambda offset: offset % 300)
    read = await read_list(served, most=100)
    assert read.state.stuck
    assert served.requests == 4


@pytest.mark.parametrize("total", ["told", "none"])
async def test_a_list_that_ignores_limit_and_offset_comes_whole(total: str) -> None:
    def whole(number: int, request: Request, page: Reply) -> Reply:
        rows = [{"sourcedId": id} for id in names(250)]
        return json_reply(200, {"users": rows}, *([("X-Total-Count", "250")] if total == "told" else []))

    read = await read_list(LongList([], answer=whole), most=100)
    assert (read.state.ended, read.state.stuck, read.ids) == (True, False, names(250))


@pytest.mark.parametrize("status", [404, 400])
async def test_a_refusal_behind_the_last_page_is_an_end(status: int) -> None:
    def refused(number: int, request: Request, page: Reply) -> Reply:
        if int(request.asks("offset") or 0) < 200:
            return page
        error = {"imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_description": "no such page"}
        return json_reply(status, error)

    read = await read_list(LongList(names(200), total="none", answer=refused), most=100)
    assert (read.state.ended, read.state.stopped, read.ids) == (True, None, names(200))


async def test_records_on_two_pages_are_counted() -> None:
    read = await read_list(LongList(names(250), offset_of=lambda offset: max(0, offset - 1)), most=100)
    assert read.state.repeats == 1
    assert read.ids == names(250)


async def test_the_last_record_of_each_page_again_is_counted_at_every_seam() -> None:
    def repeat(number: int, request: Request, page: Reply) -> Reply:
        offset = int(request.asks("offset") or 0)
        rows = names(500)[offset : offset + 100]
        if offset and rows:
            rows[0] = names(500)[offset - 1]
        return json_reply(200, {"users": [{"sourcedId": id} for id in rows]}, ("X-Total-Count", "500"))

    read = await read_list(LongList([], answer=repeat), most=100)
    assert read.state.repeats == 4
    assert len(read.ids) == len(set(read.ids)) == 496


async def test_pages_grow_to_a_number_of_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGE_BYTES", 200_000)
    asked: list[int] = []

    def note(number: int, request: Request, page: Reply) -> Reply:
        asked.append(int(request.asks("limit") or 0))
        return page

    read = await read_list(LongList(names(12_000), answer=note), most=50_000)
    assert read.ids == names(12_000)
    assert asked[0] == limits.FIRST_ROWS
    assert all(150_000 < rows * 50 < 250_000 for rows in asked[1:])
    assert not read.large


async def test_pages_never_grow_beyond_what_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[int] = set()

    def note(number: int, request: Request, page: Reply) -> Reply:
        asked.add(int(request.asks("limit") or 0))
        return page

    await read_list(LongList(names(9000), answer=note), most=1500)
    assert asked == {1000, 1500}

"""Records that come and go while a collection is read are no fault, and none is missed; a broken pager is one."""

from __future__ import annotations

import random

import pytest

from .collections import LongList, names, read_list

NUMBER = 500


@pytest.mark.parametrize("total", ["told", "none"])
@pytest.mark.parametrize("at", [0, 50, 120, 199])
@pytest.mark.parametrize("count", [1, 7, 99])
async def test_inserts_before_the_place_repeat_nothing(total: str, at: int, count: int) -> None:
    served = LongList(names(NUMBER), total=total)  # type: ignore[arg-type]

    def insert(number: int) -> None:
        if number == 3:
            served.rows[at:at] = names(count, "new")

    served.before = insert
    read = await read_list(served, most=100)
    assert (read.state.ended, read.state.repeats, read.state.stuck) == (True, 0, False)
    assert len(read.ids) == len(set(read.ids))
    assert set(names(NUMBER)) <= set(read.ids)
    assert read.state.moving
    if at >= 100:
        # They are on the page before, which was read again.
        assert set(names(count, "new")) & set(read.ids)


@pytest.mark.parametrize("at", [0, 50, 120, 190])
@pytest.mark.parametrize("count", [1, 7, 60])
async def test_deletes_before_the_place_hide_nothing(at: int, count: int) -> None:
    served = LongList(names(NUMBER))
    gone = set(names(NUMBER)[at : at + count])

    def delete(number: int) -> None:
        if number == 3:
            del served.rows[at : at + count]

    served.before = delete
    read = await read_list(served, most=100)
    assert (read.state.ended, read.state.repeats, read.state.stuck) == (True, 0, False)
    assert len(read.ids) == len(set(read.ids))
    assert set(names(NUMBER)) - gone <= set(read.ids)


async def test_deletes_that_empty_the_last_page_hide_nothing() -> None:
    served = LongList(names(210))

    def delete(number: int) -> None:
        if number == 3:
            del served.rows[5:20]

    served.before = delete
    read = await read_list(served, most=100)
    assert (read.state.ended, read.state.repeats) == (True, 0)
    assert set(names(210)) - set(names(210)[5:20]) <= set(read.ids)
    assert len(read.ids) == len(set(read.ids))


@pytest.mark.parametrize("seed", range(25))
async def test_a_busy_list_is_read_without_a_fault(seed: int) -> None:
    chance = random.Random(seed)
    served = LongList(names(800))
    stays = set(names(800))

    def busy(number: int) -> None:
        for each in range(chance.randrange(4) if number % 3 == 0 else 0):
            if chance.random() < 0.5:
                served.rows.insert(chance.randrange(len(served.rows)), f"new-{number}-{each}")
            else:
                stays.discard(served.rows.pop(chance.randrange(len(served.rows))))

    served.before = busy
    read = await read_list(served, most=100)
    assert (read.state.ended, read.state.repeats, read.state.stuck, read.state.loops) == (
        True,
        0,
        False,
        False,
    )
    assert len(read.ids) == len(set(read.ids))
    # A record that came and one that went between two requests leave the total as it was: few may be missed.
    assert len(stays - set(read.ids)) <= 8


async def test_records_that_only_come_or_only_go_are_all_read() -> None:
    served = LongList(names(800))
    chance = random.Random(7)
    gone: set[str] = set()

    def busy(number: int) -> None:
        for _ in range(3):
            gone.add(served.rows.pop(chance.randrange(len(served.rows))))

    served.before = busy
    read = await read_list(served, most=100)
    assert read.state.repeats == 0
    assert set(names(800)) - gone <= set(read.ids)
    assert len(read.ids) == len(set(read.ids))


async def test_a_record_that_moves_to_the_front_is_read_once() -> None:
    served = LongList(names(300))

    def move(number: int) -> None:
        if number == 2:
            served.rows.insert(0, served.rows.pop(250))

    served.before = move
    read = await read_list(served, most=100)
    assert read.state.repeats == 0
    assert len(read.ids) == len(set(read.ids))


@pytest.mark.parametrize("seed", range(5))
async def test_an_order_that_changes_with_every_request_is_a_broken_pager(seed: int) -> None:
    chance = random.Random(seed)
    served = LongList(names(300))
    served.before = lambda number: chance.shuffle(served.rows)
    read = await read_list(served, most=100)
    assert read.state.repeats > 0


async def test_a_total_that_moves_excuses_no_broken_pager() -> None:
    served = LongList(names(300), offset_of=lambda offset: max(0, offset - 5))
    served.before = lambda number: served.rows.append(f"late-{number}")
    read = await read_list(served, most=100)
    assert read.state.repeats == 5


async def test_what_is_read_again_is_judged_once_though_it_changed() -> None:
    served = LongList(names(300), cap=1)

    def insert(number: int) -> None:
        if number == 2:
            served.rows.insert(0, "new")

    served.before = insert
    read = await read_list(served, most=100)
    assert (read.state.ended, read.state.stuck, read.state.repeats) == (True, False, 0)
    assert set(names(300)) <= set(read.ids)

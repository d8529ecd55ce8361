"""A comparison says of both sides only what was read of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from oneroster_checks.connection import Secret
from oneroster_checks.finding import Status
from oneroster_checks.moving.migrating import migrate
from oneroster_practice import PracticePair

from .odd_front import OddFront, Oddity, Record
from .pairs import comparison, side, wrong


async def test_what_is_safe_is_named_by_what_was_compared() -> None:
    moved = await comparison()
    assert moved.result.verdict.summary == (
        "It is safe to move: all schools, users, classes, and enrollments of the old connection are in the new one."
    )
    moved = await comparison(share=("rostering", "gradebook"))
    assert "enrollments, line items, and results of the old" in moved.result.verdict.summary


async def test_what_the_old_side_refuses_is_not_known_to_be_on_the_new_one() -> None:
    with PracticePair(share=("rostering", "gradebook")) as pair:
        old = side(pair.old, "before")
        nobody = replace(old.credentials, vendor_key=Secret(""), vendor_secret=Secret(""))
        moved = await migrate(replace(old, credentials=nobody), side(pair.new, "after"))
    assert moved.result.verdict.status is Status.FAIL
    assert moved.result.verdict.cause == "migrate.not-read"
    assert "grade book (HTTP 401)" in moved.result.verdict.summary


async def test_nobody_is_lost_of_a_list_that_was_not_read_whole() -> None:
    pages = 0

    def first_page_of_users(rows: list[Record]) -> list[Record]:
        nonlocal pages
        if not (rows and "username" in rows[0]):
            return rows
        pages += 1
        return rows if pages == 1 else []

    with PracticePair() as pair:
        async with OddFront(pair.new.connection, Oddity(page=first_page_of_users, cap=100)) as front:
            new = replace(side(pair.new, "after"), connection=front.connection)
            moved = await migrate(side(pair.old, "before"), new)
    assert set(wrong(moved)) == {"migrate.not-read"}
    assert "users" not in {each.kind for each in moved.report.kinds}


async def test_days_in_another_form_are_no_other_year() -> None:
    def american(row: Record) -> Record:
        changed = dict(row)
        for name in ("startDate", "endDate"):
            if name in row:
                changed[name] = date.fromisoformat(row[name]).strftime("%m/%d/%Y")
        return changed

    odd = Oddity(record=american)
    with PracticePair() as pair:
        async with (
            OddFront(pair.old.connection, odd) as old_front,
            OddFront(pair.new.connection, odd) as new_front,
        ):
            old = replace(side(pair.old, "before"), connection=old_front.connection)
            new = replace(side(pair.new, "after"), connection=new_front.connection)
            moved = await migrate(old, new)
    assert "migrate.other-year" not in wrong(moved)
    assert moved.result.verdict.status is Status.PASS

"""Odd servers on either side of a move give the same answers as the practice district itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from oneroster_checks.connection import Share
from oneroster_checks.finding import Status
from oneroster_checks.moving.migrating import migrate
from oneroster_checks.moving.model import Moved
from oneroster_practice import PracticeDistrict, PracticePair

from ..districts.oddities import flat
from .odd_front import OddFront, Oddity, Record
from .pairs import compared, side, wrong

# Every field that the standard has beside those that are there.
ABSENT = (
    "metadata", "identifier", "parent", "children", "grades", "agents", "orgs", "primaryOrg", "roles", "role", "phone",
    "courseCode", "classCode", "org", "school", "course", "schoolYear", "startDate", "category", "title",
)  # fmt: skip


def nulls(row: Record) -> Record:
    """Null for every field that is absent."""
    return {**dict.fromkeys(ABSENT), **row}


def flat_everywhere(row: Record) -> Record:
    """References as bare sourcedIds, those inside roles as well."""
    changed = flat(row)
    if isinstance(row.get("roles"), list):
        changed["roles"] = [flat(role) for role in row["roles"]]
    return dict(changed)


def each_twice(rows: list[Record]) -> list[Record]:
    """Each record twice on its page."""
    return [row for row in rows for _ in range(2)]


def odd_values(row: Record) -> Record:
    """Words in other letters, spaces around ids, and numbers for texts."""
    changed = {**row, "status": str(row["status"]).upper()}
    if row.get("identifier", "").isdigit():
        changed["identifier"] = int(row["identifier"])
    return changed


ODDITIES: dict[str, Oddity] = {
    "no total": Oddity(without=("X-Total-Count",)),
    "neither total nor links": Oddity(without=("X-Total-Count", "Link")),
    "pages of 100 at most": Oddity(cap=100),
    "pages of 30 without a total": Oddity(cap=30, without=("X-Total-Count", "Link")),
    "null for what is absent": Oddity(record=nulls),
    "flat references": Oddity(record=flat_everywhere),
    "each record twice": Oddity(page=each_twice),
    "odd values": Oddity(record=odd_values),
    # The quick reader takes no page with such a name, so each is read value by value.
    "lists by another name": Oddity(key=str.upper),
    "lists by another name, flat": Oddity(key=str.upper, record=lambda row: flat_everywhere(nulls(row))),
    "all of it": Oddity(
        record=lambda row: flat_everywhere(nulls(row)), cap=50, without=("X-Total-Count", "Link")
    ),
}  # fmt: skip


async def through(pair: PracticePair, odd: Oddity) -> Moved:
    """The comparison of a pair of which both sides are odd."""
    old, new = side(pair.old), side(pair.new)
    async with OddFront(old.connection, odd) as before, OddFront(new.connection, odd) as after:
        moved = await migrate(
            replace(old, connection=before.connection), replace(new, connection=after.connection)
        )
        assert before.most_at_once == after.most_at_once == 1
    return moved


@pytest.mark.parametrize("oddity", ODDITIES)
@pytest.mark.parametrize(
    "problem", [None, "migrate.users-lost", "migrate.legacy-duplicate", "migrate.enrollments-lost"]
)
async def test_an_odd_server_gives_the_same_answer(problem: str | None, oddity: str) -> None:
    with PracticePair(problem) as pair:
        usual = await compared(pair)
        odd = await through(pair, ODDITIES[oddity])
    assert odd.result.verdict.cause == usual.result.verdict.cause == problem
    assert list(wrong(odd)) == list(wrong(usual))
    for code, finding in wrong(usual).items():
        facts = wrong(odd)[code].facts
        assert (facts["count"], facts["of"]) == (finding.facts["count"], finding.facts["of"])
    assert odd.report.kinds == usual.report.kinds


@pytest.mark.parametrize("problem", ["paging.duplicates", "paging.total-missing", "paging.limit-capped"])
async def test_a_pager_with_a_fault_of_its_own_loses_nobody(problem: str) -> None:
    with PracticeDistrict(problem, oneroster="1.1") as old, PracticeDistrict(oneroster="1.2") as new:
        moved = await migrate(side(old), side(new))
    assert wrong(moved) == {}


@pytest.mark.parametrize("problem", ["paging.offset-ignored", "access.server-error", "token.invalid-client"])
@pytest.mark.parametrize("place", ["old", "new"])
async def test_a_side_that_cannot_be_read_gives_no_word_of_safety(problem: str, place: str) -> None:
    make: Callable[[str], PracticeDistrict] = lambda at: PracticeDistrict(  # noqa: E731
        problem if at == place else None, oneroster="1.1" if at == "old" else "1.2", size="medium"
    )
    with make("old") as old, make("new") as new:
        moved = await migrate(side(old), side(new))
    assert moved.result.verdict.cause == "migrate.not-read"
    assert wrong(moved)["migrate.not-read"].facts["side"] == place
    assert "migrate.users-lost" not in wrong(moved)


async def test_records_that_come_twice_without_a_total_may_hide_others() -> None:
    odd = Oddity(page=each_twice, cap=100, without=("X-Total-Count", "Link"))
    with PracticePair() as pair:
        moved = await through(pair, odd)
    assert moved.result.verdict.cause == "migrate.not-read"
    assert "came twice" in moved.result.verdict.summary


@pytest.mark.parametrize("place", ["old", "new"])
async def test_a_side_without_rostering_gives_no_word_of_safety(place: str) -> None:
    names = {at: "sharing.rostering-off" if at == place else None for at in ("old", "new")}
    with (
        PracticeDistrict(names["old"], oneroster="1.1") as old,
        PracticeDistrict(names["new"], oneroster="1.2") as new,
    ):
        moved = await migrate(side(old), side(new))
    assert moved.result.verdict.status is Status.FAIL
    assert moved.result.verdict.cause in ("migrate.not-read", "migrate.part-missing")


async def test_an_old_side_without_anybody_gives_no_word_of_safety() -> None:
    with PracticeDistrict("sharing.nothing", oneroster="1.1") as old, PracticeDistrict() as new:
        moved = await migrate(side(old), side(new))
    assert moved.result.verdict.cause == "migrate.not-read"
    assert "no users came" in moved.result.verdict.summary


async def test_a_part_that_is_not_expected_is_told_apart_from_one_that_is_not_shared() -> None:
    share: tuple[Share, ...] = ("rostering", "demographics", "gradebook")
    with (
        PracticeDistrict(oneroster="1.1", share=share) as old,
        PracticeDistrict("sharing.demographics-off", share=share) as new,
    ):
        after = side(new)
        after = replace(after, connection=after.connection.but(share=("rostering", "demographics")))
        moved = await migrate(side(old), after)
    told = {each.finding.check: each for each in moved.result.findings if each.finding.failed}
    assert list(told) == ["move.parts", "move.expected"]
    assert told["move.parts"].summary == (
        "The old connection shares what the new one does not: Demographics (HTTP 403)."
    )
    assert told["move.expected"].summary == (
        "The old connection shares what the new one was not asked for, since its profile does not expect it: "
        "Grade Book."
    )
    # Nobody at the district has to do anything about a profile of the vendor.
    assert [str(step.who) for step in told["move.expected"].fix] == ["vendor", "vendor"]

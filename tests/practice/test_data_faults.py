"""A healthy district breaks no rule of the data; a fault breaks its own, exactly as often as it was asked for."""

from __future__ import annotations

from datetime import date

import pytest

from oneroster_checks.causes import sections
from oneroster_checks.connection import OneRosterVersion, Share
from oneroster_practice import PracticeDistrict, PracticeError, problems_alone
from oneroster_practice.faults import fault_of
from oneroster_practice.records import Records
from oneroster_practice.roster import Roster
from oneroster_practice.school_year import school_year
from oneroster_practice.shape import Shape
from oneroster_practice.site import Site
from oneroster_practice.sizes import Size

from .caller import Caller
from .data_rules import LISTS, broken, read

SHARED: tuple[Share, ...] = ("rostering", "demographics", "gradebook")
VERSIONS: tuple[OneRosterVersion, ...] = ("1.1", "1.2")
FAULTS = [problem for problem in problems_alone() if problem.count is not None]
CODES = [problem.code for problem in FAULTS]


def found(problem: str | None, version: OneRosterVersion, *, size: str, count: int | None) -> dict[str, int]:
    district = PracticeDistrict(problem, oneroster=version, share=SHARED, size=size, count=count)
    with district, Caller(district) as caller:
        return broken(read(caller), version, by_table=size == "small" or problem is None)


def test_every_code_of_the_section_can_be_planted() -> None:
    (section,) = [causes for title, causes in sections() if title.startswith("Data")]
    assert sorted(CODES) == sorted(cause.code for cause in section)
    assert all(problem.full_depth for problem in FAULTS)


@pytest.mark.parametrize("size", ["small", "medium"])
@pytest.mark.parametrize("version", VERSIONS)
def test_a_healthy_district_breaks_no_rule(version: OneRosterVersion, size: str) -> None:
    assert found(None, version, size=size, count=None) == {}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("code", CODES)
def test_a_fault_is_there_as_often_as_usual_and_nothing_else(code: str, version: OneRosterVersion) -> None:
    (usual,) = [problem.count for problem in FAULTS if problem.code == code]
    assert found(code, version, size="small", count=None) == {code: usual}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("code", CODES)
def test_a_fault_is_there_as_often_as_asked_for(code: str, version: OneRosterVersion) -> None:
    for count in (1, most(code)):
        assert found(code, version, size="small", count=count) == {code: count}


def most(code: str) -> int:
    """How often a fault can be in the small district, as the refusal of more says it."""
    with pytest.raises(PracticeError) as refused:
        PracticeDistrict(code, count=10**6)
    words = str(refused.value)
    start = f"{code} cannot be planted 1,000,000 times. A district of this size has room for "
    assert words.startswith(start)
    return int(words.rpartition(" ")[2].rstrip(".").replace(",", ""))


@pytest.mark.parametrize("code", ["data.dangling-reference", "data.class-without-students"])
def test_a_larger_district_has_as_many(code: str) -> None:
    assert found(code, "1.2", size="medium", count=37) == {code: 37}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("code", CODES)
def test_a_district_of_another_shape_has_as_many(code: str, version: OneRosterVersion) -> None:
    """Without a server, as many records are read: eleven subjects, and teachers of several classes."""
    rules = fault_of(code).roster
    year = school_year(date.today(), last_year=rules.last_year)
    site = Site("http", "127.0.0.1", 80, version)
    count = {"data.term-dates": 5, "data.org-cycle": 4}.get(code, 23)
    roster = Roster(Records(version, Shape(Size(3, 4, 11, 7)), year, site), rules, count)
    lists = (
        roster.orgs(),
        roster.sessions(),
        roster.courses(),
        roster.classes(),
        roster.users(),
        roster.enrollments(),
        roster.demographics(),
    )
    rows = {path: every.page(0, len(every)) for path, every in zip(LISTS, lists, strict=True)}
    assert broken(rows, version, by_table=False) == {code: count}


@pytest.mark.parametrize(
    ("problem", "count"),
    [(None, 3), ("paging.total-wrong", 2), ("data.missing-email", 0), ("data.org-cycle", 4)],
)
def test_a_count_that_cannot_be_is_said_in_a_sentence(problem: str | None, count: int) -> None:
    with pytest.raises(PracticeError, match=r"^[A-Za-z].*\.$"):
        PracticeDistrict(problem, count=count)


@pytest.mark.parametrize("code", ["data.duplicate-enrollment", "data.reference-to-deleted"])
def test_records_that_a_fault_adds_are_found_like_any_other(code: str) -> None:
    with PracticeDistrict(code, count=2) as district, Caller(district) as caller:
        for path, envelope in (("enrollments", "enrollment"), ("classes", "class"), ("courses", "course")):
            last = caller.records(path)[-1]
            assert caller.get(f"{path}/{last['sourcedId']}").json() == {envelope: last}

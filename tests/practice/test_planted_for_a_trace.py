"""What a fault for a trace does to a district: the record that it tells, and the lists that lack or change one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from random import Random
from unittest.mock import patch

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_practice import PracticeDistrict, Problem, problems
from oneroster_practice.fault import DataRules, ListRules, RosterRules
from oneroster_practice.faults import FAULTS, fault_of
from oneroster_practice.form import Each
from oneroster_practice.gradebook import Gradebook
from oneroster_practice.lazy_list import LazyList, Pattern, PatternRange, Positions
from oneroster_practice.lists import Lists
from oneroster_practice.people import Role
from oneroster_practice.planting import Planting
from oneroster_practice.query import Comparison, Query, page
from oneroster_practice.records import Records
from oneroster_practice.roster import Roster
from oneroster_practice.school_year import school_year
from oneroster_practice.shape import Shape
from oneroster_practice.site import Site
from oneroster_practice.sizes import SIZES

from .caller import Caller, filtered

VERSIONS: tuple[OneRosterVersion, ...] = ("1.1", "1.2")
TRACED = [problem for problem in problems() if problem.traced is not None]
SERVICES = {
    "student": ("users", "rostering"),
    "teacher": ("users", "rostering"),
    "class": ("classes", "rostering"),
}


def lists_of(plant: Planting, size: str = "small", rules: RosterRules | None = None) -> Lists:
    """The lists of a district in which something is planted."""
    site = Site("http", "127.0.0.1", 8080, "1.2")
    records = Records("1.2", Shape(SIZES[size]), school_year(date.today()), site)
    roster = Roster(records, rules or RosterRules(plant=lambda records, count: plant))
    return Lists(roster, Gradebook(roster))


def test_a_healthy_district_has_nothing_to_trace() -> None:
    with PracticeDistrict() as district:
        assert district.traced is None
        assert district.ready_line()["trace"] is None


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("problem", TRACED, ids=lambda problem: problem.code)
def test_the_ready_line_tells_what_to_trace(problem: Problem, version: OneRosterVersion) -> None:
    code = problem.code
    with PracticeDistrict(code, oneroster=version) as district, Caller(district) as caller:
        assert district.traced is not None
        kind, id = district.traced
        assert json.loads(json.dumps(district.ready_line()))["trace"] == {"kind": kind, "id": id}
        collection, service = SERVICES.get(kind, (f"{id.partition('-')[0]}s", "gradebook"))
        answer = caller.get(f"{collection}/{id}", service=service)
    is_there = not code.endswith(("not-found", ".without-account", ".several-users"))
    assert answer.status_code == (200 if is_there else 404)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_id_has_the_letter_of_its_role_in_1p1_only(version: OneRosterVersion) -> None:
    letters = {"student": "s", "teacher": "t"}
    for problem in TRACED:
        with PracticeDistrict(problem.code, oneroster=version) as district:
            assert district.traced is not None
            kind, id = district.traced
        if kind in letters and problem.code != "trace.several-users":
            assert id.startswith(letters[kind]) == (version == "1.1")


def test_a_record_that_one_list_lacks_is_in_none_of_its_answers() -> None:
    with PracticeDistrict("trace.lists-differ", oneroster="1.2") as district, Caller(district) as caller:
        assert district.traced is not None
        id = district.traced[1]
        every = caller.get("students?limit=7&offset=7")
        ids = [row["sourcedId"] for row in caller.records("students")]
        assert every.headers["x-total-count"] == str(len(ids)) == "119"
        assert id not in ids
        assert every.json()["users"][0]["sourcedId"] == ids[7]
        assert caller.get(f"students/{id}").status_code == 404
        assert caller.get(f"students/{id}/classes").status_code == 404
        assert caller.records(filtered("students", f"sourcedId='{id}'")) == []
        assert caller.records(filtered("users", f"sourcedId='{id}'"))[0]["sourcedId"] == id
        assert id in [row["sourcedId"] for row in caller.records("users")]
        assert id not in [row["sourcedId"] for row in caller.records("schools/org-2/students")]
        assert id not in [row["sourcedId"] for row in caller.records("classes/class-1/students")]
        assert caller.get(f"users/{id}/classes").status_code == 200


def test_a_record_that_one_list_has_otherwise() -> None:
    with PracticeDistrict("trace.stale", oneroster="1.1") as district, Caller(district) as caller:
        assert district.traced is not None
        id = district.traced[1]
        old, new = (caller.get(f"{path}/{id}").json()["user"] for path in ("students", "users"))
        (listed,) = caller.records(filtered("students", f"sourcedId='{id}'"))
    assert old == listed
    assert old["dateLastModified"] < new["dateLastModified"]
    assert {**old, "dateLastModified": ""} == {**new, "dateLastModified": ""}


def test_records_that_no_filter_brings() -> None:
    with PracticeDistrict("trace.hidden-by-filter", oneroster="1.2") as district, Caller(district) as caller:
        assert district.traced is not None
        id = district.traced[1]
        assert caller.records(filtered("enrollments", f"user.sourcedId='{id}'")) == []
        whole = [row for row in caller.records("enrollments") if row["user"]["sourcedId"] == id]
        own = caller.records("schools/org-2/classes/class-1/enrollments")
        other = caller.records(filtered("enrollments", "user.sourcedId='1000009'"))
    assert len(whole) == len(other) == 6
    assert whole[0] in own


def test_without_enrollments_a_student_has_no_classes() -> None:
    with PracticeDistrict("trace.no-enrollment", oneroster="1.1") as district, Caller(district) as caller:
        assert district.traced is not None
        assert caller.records(f"students/{district.traced[1]}/classes") == []
        assert len(caller.records("students/s1000009/classes")) == 6
        assert len(caller.records("schools/org-2/classes/class-1/enrollments")) == 20


def test_a_term_that_is_added_is_among_the_terms() -> None:
    with PracticeDistrict("trace.term-over", oneroster="1.2") as district, Caller(district) as caller:
        terms = [row["sourcedId"] for row in caller.records("terms")]
        (term,) = caller.get("classes/class-1").json()["class"]["terms"]
    assert terms == ["session-2", "session-3", "session-8"]
    assert term["sourcedId"] == "session-8"


def test_a_change_of_the_grade_book_is_in_every_list_of_it() -> None:
    with PracticeDistrict("trace.result-exempt", oneroster="1.2") as district, Caller(district) as caller:
        alone = caller.get("results/result-8", service="gradebook").json()["result"]
        below = caller.records("classes/class-1/lineItems/lineItem-1/results", service="gradebook")
    assert alone["scoreStatus"] == "exempt"
    assert alone in below
    assert len(below) == 20


def test_an_edit_sees_what_was_planted() -> None:
    plant = Planting({"class": {1: lambda record: {**record, "title": "planted"}}})
    rules = RosterRules(
        plant=lambda records, count: plant,
        edit=lambda entity, at, record: {**record, "edited": record.get("title")},
    )
    record = lists_of(plant, rules=rules).top("classes").find("class-2")
    assert record is not None
    assert record["edited"] == "planted"


def test_a_record_may_be_sent_in_another_form_and_without_links() -> None:
    known = fault_of("trace.not-found")
    data = DataRules(edit=lambda record: {"sourcedId": record["sourcedId"], "sent": True})
    fault = replace(known, data=data, lists=ListRules(links_missing=True))
    with (
        patch.dict(FAULTS, {"trace.not-found": fault}),
        PracticeDistrict("trace.not-found") as district,
        Caller(district) as caller,
    ):
        answer = caller.get(filtered("classes", "title='Science, group 1'"))
        alone = caller.get("classes/class-3")
        page = caller.get("classes?limit=2")
    assert answer.json() == {"classes": [{"sourcedId": "class-3", "sent": True}]}
    assert alone.json() == {"class": {"sourcedId": "class-3", "sent": True}}
    assert "link" not in page.headers
    assert page.headers["x-total-count"] == "36"


@pytest.mark.parametrize("seed", range(40))
def test_a_list_without_some_is_the_list_of_the_others(seed: int) -> None:
    random = Random(seed)
    choices: list[Positions] = [
        range(5, 40),
        PatternRange(3, 50, Pattern((0, 2), 3)),
        sorted(random.sample(range(60), 25)),
        range(0),
    ]
    positions = random.choice(choices)
    hidden = frozenset(random.sample(range(60), random.randrange(12)))
    every = LazyList("user", positions, Each(lambda at: {"sourcedId": f"id-{at}"}), lambda id: int(id[3:]))
    left = every.without(hidden)
    expected = [
        {"sourcedId": f"id-{at}"}
        for at in map(positions.__getitem__, range(len(positions)))
        if at not in hidden
    ]
    assert len(left) == len(expected)
    assert left.page(0, 100) == expected
    assert [row for at in range(0, 60, 7) for row in left.page(at, 7)] == expected
    assert json.loads(f"[{left.text(2, 9)}]") == expected[2:11]
    assert all((left.find(f"id-{at}") is None) == (at in hidden) for at in range(60))


def found(lists: Lists, collection: str, field: str, value: str) -> list[str]:
    """The ids of the records that a filter brings."""
    query = Query(limit=1000, comparisons=(Comparison(field, "=", value),))
    rows = json.loads(f"[{page(lists.top(collection), query, ListRules()).text}]")
    return [row["sourcedId"] for row in rows]


def test_a_filter_by_person_or_class_brings_all_of_a_large_district() -> None:
    lists = lists_of(Planting(), "large")
    student = Role.STUDENT.first_number + 70_000
    teacher = Role.TEACHER.first_number + 5_000
    assert len(found(lists, "enrollments", "user.sourcedId", str(student))) == 11
    assert len(found(lists, "enrollments", "user.sourcedId", str(teacher))) in (7, 8)
    assert len(found(lists, "enrollments", "class.sourcedId", "class-40000")) == 21
    assert found(lists, "users", "identifier", f"2{teacher}") == [str(teacher)]
    user = lists.top("users").find(str(teacher))
    assert user is not None
    assert found(lists, "teachers", "username", user["username"]) == [str(teacher)]
    assert found(lists, "students", "identifier", f"2{teacher}") == []
    assert found(lists, "users", "username", "nobody") == []


@pytest.mark.parametrize(
    "code", ["data.duplicate-username", "data.duplicate-enrollment", "trace.several-users"]
)
def test_a_filter_finds_what_a_scan_finds(code: str) -> None:
    site = Site("http", "127.0.0.1", 8080, "1.2")
    records = Records("1.2", Shape(SIZES["small"]), school_year(date.today()), site)
    roster = Roster(records, fault_of(code).roster, 3)
    lists = Lists(roster, Gradebook(roster))
    for collection, name in (("users", "username"), ("users", "identifier"), ("students", "identifier")):
        every = lists.top(collection)
        rows = every.page(0, len(every))
        for row in rows[::7] + rows[:12]:
            expected = [each["sourcedId"] for each in rows if each[name] == row[name]]
            assert found(lists, collection, name, row[name]) == expected
    every = lists.top("enrollments")
    rows = every.page(0, len(every))
    for name in ("user", "class"):
        for row in rows[::31]:
            id = row[name]["sourcedId"]
            expected = [each["sourcedId"] for each in rows if each[name]["sourcedId"] == id]
            assert found(lists, "enrollments", f"{name}.sourcedId", id) == expected

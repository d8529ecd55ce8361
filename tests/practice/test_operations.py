"""Every operation that reads is answered as the standard says, and lists below a record agree with the whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from oneroster_checks.connection import Share
from oneroster_checks.standard.operations import Operation, operations
from oneroster_practice import PracticeDistrict

from .caller import Caller, filtered
from .standard_form import faults

Row = dict[str, Any]

# The entity behind each word of a path.
ENTITIES = {
    "orgs": "org",
    "schools": "org",
    "academicSessions": "academicSession",
    "terms": "academicSession",
    "gradingPeriods": "academicSession",
    "courses": "course",
    "classes": "class",
    "users": "user",
    "students": "user",
    "teachers": "user",
    "enrollments": "enrollment",
    "demographics": "demographics",
    "resources": "resource",
    "categories": "category",
    "lineItems": "lineItem",
    "results": "result",
    "scoreScales": "scoreScale",
    "assessmentLineItems": "assessmentLineItem",
    "assessmentResults": "assessmentResult",
}
CLASS, SCHOOL = "class-8", "org-2"


@pytest.fixture(scope="module", params=["1.1", "1.2"])
def caller(request: pytest.FixtureRequest) -> Iterator[Caller]:
    parts: list[Share] = ["rostering", "demographics", "gradebook", "resources"]
    if request.param == "1.2":
        parts.append("assessments")
    with PracticeDistrict(oneroster=request.param, share=parts) as district, Caller(district) as caller:
        yield caller


def reading(version: str) -> list[Operation]:
    return [each for each in operations("1.1" if version == "1.1" else "1.2") if each.method == "GET"]


def known_ids(caller: Caller) -> dict[str, str]:
    """An id for each word of a path that an id can follow, all of one class, its school and its people."""
    return {
        "schools": SCHOOL,
        "orgs": "org-1",
        "classes": CLASS,
        "courses": "course-2",
        "terms": "session-2",
        "academicSessions": "session-1",
        "gradingPeriods": "session-4",
        "enrollments": "enrollment-150",
        "users": caller.records(f"classes/{CLASS}/teachers")[0]["sourcedId"],
        "students": caller.records(f"classes/{CLASS}/students")[3]["sourcedId"],
        "teachers": caller.records(f"classes/{CLASS}/teachers")[0]["sourcedId"],
        "demographics": caller.records("students")[5]["sourcedId"],
        "resources": "resource-2",
        "categories": "category-2",
        "lineItems": "lineItem-15",
        "results": "result-290",
        "scoreScales": "scoreScale-8",
        "assessmentLineItems": "assessment-8",
        "assessmentResults": "assessmentResult-150",
    }


def test_there_are_as_many_operations_as_in_the_standard() -> None:
    assert (len(operations("1.1")), len(operations("1.2"))) == (61, 81)


def test_every_operation_that_reads(caller: Caller) -> None:
    version, ids = caller.connection.oneroster, known_ids(caller)
    for operation in reading(version):
        path = re.sub(r"(\w+)/\{\w+\}", lambda found: f"{found[1]}/{ids[found[1]]}", operation.path).strip(
            "/"
        )
        answer = caller.get(path, service=operation.service)
        assert answer.status_code == 200, path
        assert answer.headers["Content-Type"] == "application/json"
        assert list(answer.json()) == [operation.envelope], path
        value = answer.json()[operation.envelope]
        is_list = not operation.path.endswith("}")
        rows = value if is_list else [value]
        assert rows, path
        word = [part for part in operation.path.split("/") if part and not part.startswith("{")][-1]
        for row in rows:
            assert faults(version, ENTITIES[word], row) == [], path
        if is_list:
            assert int(answer.headers["X-Total-Count"]) >= len(rows)
            assert 'rel="first"' in answer.headers["Link"]
        else:
            assert value["sourcedId"] == path.rpartition("/")[2]


def test_an_id_that_nothing_has_is_404_in_every_operation(caller: Caller) -> None:
    for operation in reading(caller.connection.oneroster):
        if "{" in operation.path:
            path = re.sub(r"\{\w+\}", "nobody", operation.path).strip("/")
            assert caller.get(path, service=operation.service).status_code == 404, path


def sids(rows: list[Row]) -> list[str]:
    return [row["sourcedId"] for row in rows]


def to(name: str, sourced_id: str) -> Callable[[Row], bool]:
    return lambda row: bool(row[name]["sourcedId"] == sourced_id)


def test_grade_book_lists_below_a_class_agree_with_the_whole(caller: Caller) -> None:
    def graded(path: str) -> list[Row]:
        return caller.records(path, service="gradebook")

    student = caller.records(f"classes/{CLASS}/students")[3]["sourcedId"]
    items = [row for row in graded("lineItems") if to("class", CLASS)(row)]
    assert graded(f"classes/{CLASS}/lineItems") == items
    results = [row for row in graded("results") if row["lineItem"]["sourcedId"] in sids(items)]
    assert graded(f"classes/{CLASS}/results") == results
    assert len(results) == 40
    of_item = [row for row in results if to("lineItem", "lineItem-15")(row)]
    assert graded(f"classes/{CLASS}/lineItems/lineItem-15/results") == of_item
    of_student = [row for row in results if to("student", student)(row)]
    assert graded(f"classes/{CLASS}/students/{student}/results") == of_student
    assert (len(of_item), len(of_student)) == (20, 2)
    enrolled = {row["sourcedId"] for row in caller.records(f"classes/{CLASS}/students")}
    assert {row["student"]["sourcedId"] for row in results} == enrolled
    if caller.connection.oneroster == "1.2":
        assert graded(f"classes/{CLASS}/categories") == graded("categories")
        scales = [row for row in graded("scoreScales") if to("class", CLASS)(row)]
        assert graded(f"classes/{CLASS}/scoreScales") == scales
        of_school = {row["sourcedId"] for row in caller.records(f"schools/{SCHOOL}/classes")}
        assert graded(f"schools/{SCHOOL}/scoreScales") == [
            row for row in graded("scoreScales") if row["class"]["sourcedId"] in of_school
        ]


def test_lists_of_one_kind_agree_with_the_whole(caller: Caller) -> None:
    def role(row: Row) -> str:
        return str(row["role"] if "role" in row else row["roles"][0]["role"])

    users, orgs = caller.records("users"), caller.records("orgs")
    sessions = caller.records("academicSessions")
    assert caller.records("students") == [row for row in users if role(row) == "student"]
    assert caller.records("teachers") == [row for row in users if role(row) == "teacher"]
    assert caller.records("schools") == [row for row in orgs if row["type"] == "school"]
    for path, kind in (("terms", "term"), ("gradingPeriods", "gradingPeriod")):
        assert caller.records(path) == [row for row in sessions if row["type"] == kind]
    classes = caller.records("classes")
    assert caller.records("courses/course-2/classes") == [
        row for row in classes if to("course", "course-2")(row)
    ]
    assert caller.records(f"schools/{SCHOOL}/classes") == [
        row for row in classes if to("school", SCHOOL)(row)
    ]
    assert sids(caller.records("demographics")) == sids(caller.records("students"))


def test_students_and_their_guardians_name_each_other(caller: Caller) -> None:
    users = {row["sourcedId"]: row for row in caller.records("users")}
    students = sids(caller.records("students"))
    guardians = {
        sid
        for sid, row in users.items()
        if "guardian" in (row.get("role"), *(role["role"] for role in row.get("roles", ())))
    }
    assert (len(students), len(guardians)) == (120, 60)
    named = {sid: [agent["sourcedId"] for agent in row.get("agents", ())] for sid, row in users.items()}
    for student in students:
        (guardian,) = named[student]
        assert guardian in guardians
        assert student in named[guardian]
        assert users[student]["familyName"] == users[guardian]["familyName"]
    assert all(len(named[guardian]) == 2 for guardian in guardians)
    assert sum(map(len, named.values())) == 240


@pytest.mark.parametrize(
    ("path", "expression", "total"),
    [
        *((path, "status='active'", None) for path in ("orgs", "users", "classes", "enrollments", "courses")),
        *((path, "status='tobedeleted'", 0) for path in ("orgs", "users", "classes", "enrollments")),
        ("users", "username~'NEVERWAS'", 17),
        ("users", "username='t7000001.neverwas'", 1),
        ("users", "email='t7000001.neverwas@practice.example'", 1),
        ("users", "email~'.example' AND username~'t700000'", 9),
        ("users", "username='t7000001.neverwas' OR username='t7000002.madeupson'", 2),
        ("users", "username='t7000001.neverwas' AND username='t7000002.madeupson'", 0),
        ("users", "email='nobody@practice.example'", 0),
        ("teachers", "familyName='Neverwas' OR familyName='Madeupson'", 2),
        ("enrollments", "role='teacher' AND primary='true'", 36),
        ("enrollments", "role='teacher' OR role='student'", 756),
        ("classes", "title~'music'", 6),
        ("demographics", "sex='male' OR sex='female'", 120),
    ],
)
def test_filters_by_status_role_email_and_username(
    caller: Caller, path: str, expression: str, total: int | None
) -> None:
    answer = caller.get(f"{filtered(path, expression)}&limit=10000")
    assert answer.status_code == 200
    (rows,) = answer.json().values()
    expected = len(caller.records(path)) if total is None else total
    assert answer.headers["X-Total-Count"] == str(expected)
    assert len(rows) == expected


def test_a_role_is_filtered_as_each_version_writes_it(caller: Caller) -> None:
    field = "role" if caller.connection.oneroster == "1.1" else "roles.role"
    for word, total in (("student", 120), ("guardian", 60), ("teacher", 10), ("proctor", 0)):
        assert len(caller.records(filtered("users", f"{field}='{word}'"))) == total


@pytest.mark.parametrize("path", ["orgs", "academicSessions", "courses", "classes", "users", "enrollments"])
def test_a_delta_gives_what_changed_after_a_moment(caller: Caller, path: str) -> None:
    rows = caller.records(path)
    times = sorted({row["dateLastModified"] for row in rows})
    for since in (times[0], times[len(times) // 2], times[-1]):
        changed = caller.records(filtered(path, f"dateLastModified>'{since}'"))
        assert changed == [row for row in rows if row["dateLastModified"] > since]


def test_ten_thousand_records_come_in_one_request() -> None:
    with PracticeDistrict(size="medium") as district, Caller(district) as caller:
        for path in ("users", "enrollments"):
            answer = caller.get(f"{path}?limit=10000")
            rows = answer.json()[path]
            assert len({row["sourcedId"] for row in rows}) == 10_000
            assert "offset=10000" in answer.headers["Link"]
            assert answer.headers["X-Total-Count"] in ("12000", "87780")

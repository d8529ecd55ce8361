"""Lists of the practice district: paging, filter, sort, fields, by id, and the errors of both versions."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from .caller import Caller, filtered


def links(header: str) -> dict[str, str]:
    return {name: url for url, name in re.findall(r'<([^>]*)>; rel="(\w+)"', header)}


def code(answer: Any) -> str:
    body = answer.json()
    if "statusInfoSet" in body:
        return str(body["statusInfoSet"][0]["imsx_codeMinor"])
    return str(body["imsx_CodeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"])


@pytest.mark.parametrize(
    ("path", "envelope", "total"),
    [
        ("orgs", "orgs", 3),
        ("schools", "orgs", 2),
        ("academicSessions", "academicSessions", 7),
        ("terms", "academicSessions", 2),
        ("gradingPeriods", "academicSessions", 4),
        ("courses", "courses", 12),
        ("classes", "classes", 36),
        ("users", "users", 192),
        ("students", "users", 120),
        ("teachers", "users", 10),
        ("enrollments", "enrollments", 756),
        ("demographics", "demographics", 120),
    ],
)
def test_every_list_has_its_envelope_and_its_total(
    caller: Caller, path: str, envelope: str, total: int
) -> None:
    answer = caller.get(path)
    assert answer.status_code == 200
    assert list(answer.json()) == [envelope]
    assert answer.headers["X-Total-Count"] == str(total)
    assert len(answer.json()[envelope]) == min(total, 100)


def test_the_next_links_lead_through_a_list_and_end(caller: Caller) -> None:
    seen: list[str] = []
    answer = caller.get("users?limit=50&fields=sourcedId")
    while True:
        seen += [record["sourcedId"] for record in answer.json()["users"]]
        found = links(answer.headers["Link"])
        if "next" not in found:
            break
        answer = caller.http.get(found["next"], headers={"Authorization": f"Bearer {caller.token()}"})
    assert len(seen) == len(set(seen)) == 192
    assert parse_qs(urlsplit(found["last"]).query)["offset"] == ["150"]
    assert parse_qs(urlsplit(found["prev"]).query) == {
        "fields": ["sourcedId"],
        "limit": ["50"],
        "offset": ["100"],
    }


def test_links_keep_an_encoded_filter(caller: Caller) -> None:
    answer = caller.get(filtered("enrollments", "role='teacher'") + "&limit=5")
    assert "filter=role%3D%27teacher%27" in links(answer.headers["Link"])["next"]
    assert answer.headers["X-Total-Count"] == "36"


def test_an_offset_past_the_end_gives_an_empty_list(caller: Caller) -> None:
    answer = caller.get("orgs?offset=500")
    assert (answer.status_code, answer.json()) == (200, {"orgs": []})


@pytest.mark.parametrize("query", ["limit=0", "limit=-1", "limit=ten", "offset=-1", "offset=1e3"])
def test_a_limit_or_offset_that_is_no_number_is_refused(caller: Caller, query: str) -> None:
    assert caller.get(f"orgs?{query}").status_code == 400


@pytest.mark.parametrize(
    ("path", "expression", "total"),
    [
        ("orgs", "type='school'", 2),
        ("orgs", "type!='school'", 1),
        ("orgs", "identifier>'0000'", 2),
        ("orgs", "identifier>='0000'", 3),
        ("orgs", "identifier<'0001'", 1),
        ("orgs", "identifier<='0001'", 2),
        ("orgs", "name~'SCHOOL'", 2),
        ("orgs", "type='school' AND identifier='0002'", 1),
        ("orgs", "identifier='0000' OR identifier='0002'", 2),
        ("orgs", "parent.sourcedId='org-1'", 2),
        ("classes", "school.sourcedId='org-2'", 18),
        ("classes", "periods='1'", 6),
        ("enrollments", "class.sourcedId='class-7'", 21),
        ("enrollments", "role='student'", 720),
        ("enrollments", "role='proctor'", 0),
        ("users", "enabledUser='true'", 192),
        ("terms", "sourcedId='session-2'", 1),
        ("terms", "sourcedId='session-1'", 0),
    ],
)
def test_filters(caller: Caller, path: str, expression: str, total: int) -> None:
    answer = caller.get(filtered(path, expression))
    assert answer.status_code == 200
    assert answer.headers["X-Total-Count"] == str(total)


def test_filter_by_the_time_of_the_last_change_splits_the_list(caller: Caller) -> None:
    times = sorted(record["dateLastModified"] for record in caller.records("users"))
    middle = times[len(times) // 2]
    later = caller.records(filtered("users", f"dateLastModified>='{middle}'"))
    assert len(later) == sum(1 for time in times if time >= middle)
    assert 0 < len(later) < len(times)


@pytest.mark.parametrize("expression", ["nothing='x'", "type", "type='a' AND name='b' AND name='c'", ""])
def test_a_filter_that_cannot_be_is_refused(caller: Caller, expression: str) -> None:
    answer = caller.get(filtered("orgs", expression))
    assert answer.status_code == 400
    assert code(answer) == "invalid_filter_field"


def test_role_is_a_filter_of_users_in_1p1_and_not_in_1p2(caller_1p1: Caller, caller_1p2: Caller) -> None:
    path = filtered("users", "role='guardian'")
    kept = caller_1p1.get(path)
    assert {record["role"] for record in kept.json()["users"]} == {"guardian"}
    assert kept.headers["X-Total-Count"] == "60"
    refused = caller_1p2.get(path)
    assert (refused.status_code, code(refused)) == (400, "invalid_filter_field")


def test_sort_and_order(caller: Caller) -> None:
    up = [record["title"] for record in caller.records("courses?sort=title")]
    down = [record["title"] for record in caller.records("courses?sort=title&orderBy=desc")]
    assert up == sorted(up)
    assert down == sorted(down, reverse=True)
    assert up != down


def test_a_sorted_list_is_one_list_over_its_pages(caller: Caller) -> None:
    whole = [record["sourcedId"] for record in caller.records("users?sort=familyName")]
    paged = []
    for offset in range(0, 192, 60):
        answer = caller.get(f"users?sort=familyName&limit=60&offset={offset}").json()["users"]
        paged += [record["sourcedId"] for record in answer]
    assert paged == whole
    assert len(set(whole)) == 192


def test_fields_choose_what_is_shown(caller: Caller) -> None:
    (record, *_) = caller.records("orgs?fields=sourcedId,name")
    assert set(record) == {"sourcedId", "name"}
    assert caller.get("orgs?fields=").status_code == 400


def test_unknown_names_to_sort_or_select_by(caller_1p1: Caller, caller_1p2: Caller) -> None:
    for query in ("sort=nothing", "fields=nothing"):
        warned = caller_1p1.get(f"orgs?{query}").json()
        assert len(warned["orgs"]) == 3
        assert warned["statusInfoSet"][0]["imsx_severity"] == "warning"
    assert caller_1p2.get("orgs?fields=nothing").status_code == 400
    assert caller_1p2.get("orgs?sort=nothing").status_code == 200


@pytest.mark.parametrize(
    ("path", "envelope"),
    [("orgs/org-1", "org"), ("terms/session-3", "academicSession"), ("classes/class-36", "class")],
)
def test_one_record_by_its_id(caller: Caller, path: str, envelope: str) -> None:
    answer = caller.get(path)
    assert answer.status_code == 200
    assert answer.json()[envelope]["sourcedId"] == path.partition("/")[2]


@pytest.mark.parametrize(
    "path",
    [
        "orgs/nobody",
        "orgs/org-0",
        "orgs/org-01",
        "orgs/org-4",
        "terms/session-1",
        "schools/org-1",
        "classes/class-99/students",
        "schools/org-2/classes/class-30/students",
        "nothing",
    ],
)
def test_what_does_not_exist_is_404_in_the_standards_form(caller: Caller, path: str) -> None:
    answer = caller.get(path)
    assert answer.status_code == 404
    expected = {"1.1": "unknown object", "1.2": "unknownobject"}[caller.connection.oneroster]
    assert code(answer) == expected


def test_a_student_is_no_teacher(caller: Caller) -> None:
    student = caller.records("students")[0]["sourcedId"]
    assert caller.get(f"users/{student}").json()["user"]["sourcedId"] == student
    assert caller.get(f"students/{student}").status_code == 200
    assert caller.get(f"teachers/{student}").status_code == 404


def test_writing_to_the_roster_is_not_allowed(caller: Caller) -> None:
    assert caller.call("PUT", "orgs/org-1", json={"org": {}}).status_code == 405


def test_parts_that_are_not_shared_are_forbidden(caller_1p2: Caller) -> None:
    assert caller_1p2.get("demographics").status_code == 403
    assert caller_1p2.get("resources", service="resources").status_code == 403
    assert caller_1p2.get("lineItems", service="gradebook").status_code == 403


def test_older_addresses_work_too(caller: Caller) -> None:
    path = {
        "1.1": "/campus/oneroster/practice/ims/oneroster/v1p1/orgs",
        "1.2": "/campus/api/ims/oneroster/rostering/v1p2/orgs",
    }[caller.connection.oneroster]
    parts = urlsplit(caller.connection.base_url)
    answer = caller.http.get(
        f"{parts.scheme}://{parts.netloc}{path}", headers={"Authorization": f"Bearer {caller.token()}"}
    )
    assert len(answer.json()["orgs"]) == 3


def test_every_answer_tells_its_time_and_its_number(caller: Caller) -> None:
    first, second = caller.get("orgs"), caller.get("orgs")
    assert first.headers["Date"].endswith("GMT")
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]

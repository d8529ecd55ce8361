"""The problems of protocol and load, each seen from outside."""

from __future__ import annotations

import time
from typing import Any

import pytest

from oneroster_practice import PracticeDistrict

from .caller import Caller, filtered
from .standard_form import faults


def ids(caller: Caller, path: str) -> list[str]:
    (found,) = [value for value in caller.get(path).json().values() if isinstance(value, list)]
    return [record["sourcedId"] for record in found]


def test_envelopes() -> None:
    with PracticeDistrict("payload.not-oneroster") as district, Caller(district) as caller:
        assert list(caller.get("orgs").json()) == ["data"]
    with PracticeDistrict("payload.other-key") as district, Caller(district) as caller:
        for path in ("students", "teachers", "schools", "terms", "users"):
            assert list(caller.get(path).json()) == [path]


def test_a_list_without_records_is_left_out() -> None:
    with PracticeDistrict("payload.list-missing") as district, Caller(district) as caller:
        answer = caller.get(filtered("users", "sourcedId='nobody'"))
        assert (answer.text, answer.headers["X-Total-Count"]) == ("{}", "0")
        assert len(ids(caller, "users?limit=10")) == 10


@pytest.mark.parametrize(("path_version", "record_version"), [("1.1", "1.2"), ("1.2", "1.1")])
def test_records_of_the_other_version(path_version: Any, record_version: str) -> None:
    district = PracticeDistrict("payload.version-mismatch", oneroster=path_version)
    with district, Caller(district) as caller:
        for user in caller.records("users"):
            assert faults(record_version, "user", user) == []
            assert faults(path_version, "user", user) != []


def test_some_records_break_the_standard() -> None:
    with PracticeDistrict("payload.invalid") as district, Caller(district) as caller:
        for path, entity in (("users", "user"), ("enrollments", "enrollment"), ("classes", "class")):
            records = caller.records(path)
            broken = [record for record in records if faults("1.2", entity, record)]
            assert len(broken) == len(records) // 4
        assert [org for org in caller.records("orgs") if faults("1.2", "org", org)] == []


def test_paging() -> None:
    with PracticeDistrict("paging.offset-ignored") as district, Caller(district) as caller:
        assert ids(caller, "users?limit=10&offset=50") == ids(caller, "users?limit=10")
    with PracticeDistrict("paging.limit-capped") as district, Caller(district) as caller:
        assert len(ids(caller, "users?limit=100")) == 50
        assert "limit=50&offset=50" in caller.get("users?limit=100").headers["Link"]
    with PracticeDistrict("paging.total-missing") as district, Caller(district) as caller:
        answer = caller.get("users?limit=10")
        assert "X-Total-Count" not in answer.headers
        assert "next" in answer.headers["Link"]
    with PracticeDistrict("paging.total-wrong") as district, Caller(district) as caller:
        assert caller.get("users").headers["X-Total-Count"] == "199"
        assert len(ids(caller, "users?limit=1000")) == 192
    with PracticeDistrict("paging.next-loops") as district, Caller(district) as caller:
        link = caller.get("users?limit=10&offset=50").headers["Link"]
        assert 'limit=10&offset=0>; rel="next"' in link
        assert "next" not in caller.get("users?limit=10&offset=190").headers["Link"]
    with PracticeDistrict("paging.next-elsewhere") as district, Caller(district) as caller:
        link = caller.get("users?limit=10&offset=50").headers["Link"]
        assert "<https://sis.internal.example/campus/" in link
        assert 'limit=10&offset=60>; rel="next"' in link
        assert link.count("sis.internal.example") == 1
    with PracticeDistrict("paging.limit-ignored") as district, Caller(district) as caller:
        assert len(ids(caller, "users?limit=10")) == 192
        assert len(ids(caller, "users?limit=10&offset=190")) == 2
    with PracticeDistrict("load.page-too-large") as district, Caller(district) as caller:
        assert caller.get("users?limit=51").status_code == 400
        assert len(ids(caller, "users?limit=50")) == 50
    with PracticeDistrict("paging.duplicates") as district, Caller(district) as caller:
        first, second = ids(caller, "users?limit=10"), ids(caller, "users?limit=10&offset=10")
        assert len(second) == 10
        assert set(first) & set(second) == {first[-1]}


def test_query() -> None:
    with PracticeDistrict("query.filter-ignored") as district, Caller(district) as caller:
        assert len(caller.records(filtered("orgs", "type='school'"))) == 3
    with PracticeDistrict("query.filter-unsupported") as district, Caller(district) as caller:
        assert caller.get(filtered("orgs", "type='school'")).status_code == 400
    with PracticeDistrict("query.sort-ignored") as district, Caller(district) as caller:
        assert ids(caller, "users?sort=familyName&orderBy=desc") == ids(caller, "users")
    with PracticeDistrict("query.fields-ignored") as district, Caller(district) as caller:
        assert len(caller.records("orgs?fields=sourcedId")[0]) > 3


def test_a_delta_that_is_ignored() -> None:
    late = filtered("users", "dateLastModified>'2100-01-01T00:00:00.000Z'")
    with PracticeDistrict() as district, Caller(district) as caller:
        assert caller.records(late) == []
    with PracticeDistrict("query.delta-ignored") as district, Caller(district) as caller:
        assert len(caller.records(late)) == 192
        both = filtered("users", "dateLastModified>'2100-01-01T00:00:00.000Z' AND sourcedId='1000001'")
        assert len(caller.records(both)) == 1
        assert len(caller.records(filtered("orgs", "type='school'"))) == 2


def test_a_filter_without_a_match_that_is_an_error() -> None:
    with PracticeDistrict("query.no-match") as district, Caller(district) as caller:
        assert caller.get(filtered("orgs", "name='Nobody'")).status_code == 404
        assert len(caller.records(filtered("orgs", "type='school'"))) == 2
        assert caller.get("orgs?offset=500").json() == {"orgs": []}


def test_an_operation_that_is_absent() -> None:
    with PracticeDistrict("operation.absent") as district, Caller(district) as caller:
        assert caller.get("classes/class-1/students").status_code == 404
        assert caller.get("classes/class-1/teachers").status_code == 200
        assert caller.get("schools/org-2/classes/class-1/students").status_code == 200
        assert caller.get("classes/class-1").status_code == 200


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_references_without_their_type(version: Any) -> None:
    with (
        PracticeDistrict("payload.reference-type", oneroster=version) as district,
        Caller(district) as caller,
    ):
        for enrollment in caller.records("enrollments"):
            assert all(set(enrollment[name]) == {"href", "sourcedId"} for name in ("user", "class", "school"))
        for user in caller.records("users"):
            assert user["userIds"][0]["type"] == "district"
        assert all(org["type"] in ("district", "school") for org in caller.records("orgs"))


def test_errors() -> None:
    with PracticeDistrict("error.shape") as district, Caller(district) as caller:
        assert set(caller.get("orgs/nobody").json()) == {"error", "message"}
        refused = caller.http.get(caller.url("orgs"))
        assert refused.status_code == 401
        assert "WWW-Authenticate" in refused.headers
    with PracticeDistrict("error.unsafe") as district, Caller(district) as caller:
        assert caller.http.get(caller.url("orgs")).status_code == 200
        forged = caller.http.get(caller.url("orgs"), headers={"Authorization": "Bearer forged"})
        assert forged.status_code == 200


def test_one_call_of_each_token_is_throttled() -> None:
    with PracticeDistrict("load.throttled") as district:
        for _ in range(2):
            with Caller(district) as caller:
                answers = [caller.get("orgs?limit=1") for _ in range(6)]
            assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 200, 200]
            assert answers[3].headers["Retry-After"] == "1"


def test_data_is_slow_and_the_token_is_not() -> None:
    with PracticeDistrict("load.slow") as district, Caller(district) as caller:
        started = time.monotonic()
        assert caller.token()
        assert time.monotonic() - started < 2.0
        assert caller.get("orgs").status_code == 200
        assert time.monotonic() - started > 5.0

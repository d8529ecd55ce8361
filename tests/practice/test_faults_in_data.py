"""The problems of access, OAuth 1, sharing, accounts, grade book and protocol, each seen from outside."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

import pytest
from oauthlib.oauth1 import SIGNATURE_HMAC_SHA1, SIGNATURE_HMAC_SHA256

from oneroster_practice import PracticeDistrict

from .caller import Caller, filtered
from .standard_form import faults


@pytest.mark.parametrize(
    ("problem", "status", "part"),
    [
        ("access.token-rejected", 401, "unauthorisedrequest"),
        ("access.forbidden", 403, "forbidden"),
        ("access.base-url-wrong", 404, "<h1>404</h1>"),
        ("access.login-page", 200, 'type="password"'),
        ("access.not-json", 200, "The service is running."),
        ("access.server-error", 500, "<h1>500</h1>"),
        ("access.throttled", 429, "server_busy"),
    ],
)
def test_every_data_call_answers_alike(problem: str, status: int, part: str) -> None:
    with PracticeDistrict(problem) as district, Caller(district) as caller:
        for path in ("orgs", "users?limit=5", "classes/class-1"):
            answer = caller.get(path)
            assert answer.status_code == status
            assert part in answer.text
        if status == 429:
            assert answer.headers["Retry-After"] == "1"


def signed_status(caller: Caller, path: str, method: str = SIGNATURE_HMAC_SHA256) -> int:
    url = caller.url(path)
    return caller.http.get(url, headers={"Authorization": caller.signed("GET", url, method)}).status_code


@pytest.mark.parametrize(
    ("problem", "sha256", "sha1", "with_query"),
    [
        ("oauth1.expired", 401, 401, 401),
        ("oauth1.rejected", 401, 401, 401),
        ("oauth1.signature-method", 401, 200, 401),
        ("oauth1.query-signature", 200, 200, 401),
        ("oauth1.discontinued", 200, 200, 200),
        ("oauth1.expires-soon", 200, 200, 200),
    ],
)
def test_oauth_1_requests(problem: str, sha256: int, sha1: int, with_query: int) -> None:
    with PracticeDistrict(problem) as district, Caller(district) as caller:
        assert signed_status(caller, "orgs") == sha256
        assert signed_status(caller, "orgs", SIGNATURE_HMAC_SHA1) == sha1
        assert signed_status(caller, "orgs?limit=1") == with_query


@pytest.mark.parametrize(
    ("problem", "days"), [("oauth1.expired", 400), ("oauth1.expires-soon", 350), ("oauth1.discontinued", 100)]
)
def test_the_age_of_oauth_1_credentials(problem: str, days: int) -> None:
    with PracticeDistrict(problem) as district:
        assert district.connection.created == date.today() - timedelta(days=days)
    with PracticeDistrict("oauth1.rejected") as district:
        assert district.connection.created is None


def statuses(caller: Caller, *paths: str, service: str = "rostering") -> list[int]:
    return [caller.get(path, service=service).status_code for path in paths]


def test_nothing_is_shared() -> None:
    with PracticeDistrict("sharing.nothing") as district, Caller(district) as caller:
        for path in ("orgs", "schools", "academicSessions", "users", "students", "classes", "enrollments"):
            assert caller.records(path) == []


def test_parts_that_are_refused() -> None:
    with PracticeDistrict("sharing.rostering-off") as district, Caller(district) as caller:
        assert statuses(caller, "orgs", "schools", "orgs/org-1") == [200, 200, 200]
        assert set(statuses(caller, "users", "classes", "enrollments", "academicSessions", "courses")) == {
            403
        }
    with PracticeDistrict("sharing.demographics-off") as district, Caller(district) as caller:
        assert statuses(caller, "users", "demographics") == [200, 403]
        assert "roster-demographics.readonly" in caller.token_by_header().json()["scope"]
    with PracticeDistrict("sharing.assessments-off") as district, Caller(district) as caller:
        assert statuses(caller, "assessmentLineItems", "assessmentResults", service="gradebook") == [403, 403]
    with PracticeDistrict("sharing.resources-off") as district, Caller(district) as caller:
        assert statuses(caller, "resources", service="resources") == [403]
    with PracticeDistrict("sharing.scope-missing") as district, Caller(district) as caller:
        assert statuses(caller, "users", "demographics") == [200, 403]
        assert "demographics" not in caller.token_by_header().json()["scope"]


def test_school_years() -> None:
    today = date.today().isoformat()
    with PracticeDistrict("year.not-active") as district, Caller(district) as caller:
        sessions = caller.records("academicSessions")
        assert len(sessions) == 7
        assert all(session["endDate"] < today for session in sessions)
    with PracticeDistrict("year.no-terms") as district, Caller(district) as caller:
        assert caller.records("academicSessions") == caller.records("terms") == []
        assert len(caller.records("classes")) == 36


def users_enrolled(caller: Caller, role: str) -> set[str]:
    return {record["user"]["sourcedId"] for record in caller.records("enrollments") if record["role"] == role}


@pytest.mark.parametrize(
    ("problem", "role", "missing"),
    [("accounts.students-missing", "student", 48), ("accounts.staff-missing", "teacher", 7)],
)
def test_people_without_accounts(problem: str, role: str, missing: int) -> None:
    with PracticeDistrict(problem) as district, Caller(district) as caller:
        shared = {user["sourcedId"] for user in caller.records("users")}
        gone = users_enrolled(caller, role) - shared
        assert len(gone) == missing
        assert caller.get(f"users/{min(gone)}").status_code == 404
        listed = caller.records(f"{role}s")
        assert {user["sourcedId"] for user in listed} == {
            user["sourcedId"] for user in caller.records(filtered("users", f"role='{role}'"))
        }
        other = {"student": "teacher", "teacher": "student"}[role]
        assert users_enrolled(caller, other) <= shared


def test_guardians_without_accounts() -> None:
    with PracticeDistrict("accounts.guardians-missing") as district, Caller(district) as caller:
        users = caller.records("users")
        assert {user["role"] for user in users} == {"student", "teacher", "administrator"}
        agents = {agent["sourcedId"] for user in users for agent in user.get("agents", ())}
        assert len(agents) == 60
        assert agents.isdisjoint(user["sourcedId"] for user in users)


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        ("gradebook.vendor-credentials-missing", 401),
        ("gradebook.vendor-credentials-rejected", 401),
        ("gradebook.not-enabled", 403),
    ],
)
def test_the_grade_book_is_refused(problem: str, status: int) -> None:
    with PracticeDistrict(problem) as district, Caller(district) as caller:
        assert set(statuses(caller, "lineItems", "categories", "results", service="gradebook")) == {status}
        assert caller.get("users").status_code == 200
        assert bool(district.credentials.vendor_key and district.credentials.vendor_secret) is (
            problem != "gradebook.vendor-credentials-missing"
        )


def test_the_grade_book_is_empty() -> None:
    with PracticeDistrict("sharing.gradebook-off") as district, Caller(district) as caller:
        for path in ("categories", "lineItems", "results", "scoreScales"):
            assert caller.records(path, service="gradebook") == []
        assert len(caller.records("classes")) == 36


def ids(caller: Caller, path: str) -> list[str]:
    (found,) = [value for value in caller.get(path).json().values() if isinstance(value, list)]
    return [record["sourcedId"] for record in found]


def test_envelopes() -> None:
    with PracticeDistrict("payload.not-oneroster") as district, Caller(district) as caller:
        assert list(caller.get("orgs").json()) == ["data"]
    with PracticeDistrict("payload.other-key") as district, Caller(district) as caller:
        for path in ("students", "teachers", "schools", "terms", "users"):
            assert list(caller.get(path).json()) == [path]


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

"""The problems of access, OAuth 1, sharing, accounts and grade book, each seen from outside."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from oauthlib.oauth1 import SIGNATURE_HMAC_SHA1, SIGNATURE_HMAC_SHA256

from oneroster_practice import PracticeDistrict

from .caller import Caller, filtered


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

"""Requests that no client should send: the practice district refuses them and goes on."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from oneroster_practice import PracticeDistrict

from .caller import Caller


@pytest.fixture(scope="module")
def caller() -> Iterator[Caller]:
    with PracticeDistrict(share=["rostering", "gradebook"]) as district, Caller(district) as caller:
        yield caller


@pytest.mark.parametrize(
    ("expression", "status"),
    [
        ("metadata.ic.legacySourcedId='1000001'", 200),
        ("roles.role='student' OR roles.org.sourcedId='org-2'", 200),
        ("agents.sourcedId~''", 200),
        ("familyName='o''neverwas'", 200),
        ("familyName='", 400),
        ("'='", 400),
        ("\x00", 400),
        ("a" * 5000, 400),
    ],
)
def test_filters_of_users(caller: Caller, expression: str, status: int) -> None:
    assert caller.get(f"users?filter={quote(expression, safe='')}").status_code == status


@pytest.mark.parametrize(
    ("query", "status"), [("score>'abc'", 200), ("score>='nan'", 200), ("score<'1e400'", 200)]
)
def test_numbers_that_are_none(caller: Caller, query: str, status: int) -> None:
    answer = caller.get(f"results?filter={quote(query, safe='')}", service="gradebook")
    assert answer.status_code == status


@pytest.mark.parametrize(
    "query", ["&&", "=", "%", "filter=%ff", "limit=%31", "fields=a,,b", "orderBy=sideways"]
)
def test_queries_that_are_cut_off(caller: Caller, query: str) -> None:
    assert caller.get(f"users?{query}").status_code in (200, 400)


@pytest.mark.parametrize(
    "path", ["users/%2F", "users/%00", "users/%ff", "users//classes", "%2e%2e/users", "users/"]
)
def test_paths_that_lead_nowhere(caller: Caller, path: str) -> None:
    assert caller.get(path).status_code == 404


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"result":{"sourcedId":"x","lineItem":{"sourcedId":[]}}}']
)
def test_bodies_that_are_no_records(caller: Caller, body: bytes) -> None:
    assert caller.call("PUT", "results/x", service="gradebook", content=body).status_code == 400


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PATCH"])
def test_methods_that_oneroster_does_not_have(caller: Caller, method: str) -> None:
    headers = {"Authorization": f"Bearer {caller.token()}"}
    assert caller.http.request(method, caller.url("orgs"), headers=headers).status_code == 405

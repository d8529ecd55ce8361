"""Response times by operation: from the requests of a run, in its result and its reports."""

from __future__ import annotations

import json

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.diagnosis.runner import run
from oneroster_checks.diagnosis.times import operation_of, operation_times
from oneroster_checks.evidence import Evidence, EvidenceKind
from oneroster_checks.report import render
from oneroster_checks.result import OperationTimes
from oneroster_checks.stages.model import Depth
from oneroster_practice import PracticeDistrict

ROOT = "https://d.example/campus/api/oneroster/v1p2/elm/ims/oneroster/rostering/v1p2"


@pytest.mark.parametrize(
    ("path", "version", "operation"),
    [
        ("/orgs?limit=100", "1.2", "/orgs"),
        ("/orgs/17/?a=b", "1.1", "/orgs/{id}"),
        ("/classes/c…1/students?limit=10", "1.2", "/classes/{classSourcedId}/students"),
        ("/schools/1/classes/2/enrollments", "1.1", "/schools/{school_id}/classes/{class_id}/enrollments"),
        (
            "/classes/1/lineItems/2/results",
            "1.2",
            "/classes/{classSourcedId}/lineItems/{lineItemSourcedId}/results",
        ),
        ("/assessmentLineItems", "1.1", ""),
        ("/token", "1.2", ""),
        ("", "1.2", ""),
    ],
)
def test_an_address_is_one_of_an_operation(path: str, version: OneRosterVersion, operation: str) -> None:
    assert operation_of("GET", f"{ROOT}{path}", version) == operation


def test_an_address_that_cannot_be_read_is_of_none() -> None:
    assert operation_of("GET", "https://[d.example/orgs", "1.2") == ""


def test_requests_without_an_answer_and_of_tokens_do_not_count() -> None:
    trace = [
        Evidence("GET", f"{ROOT}/orgs", 200, 30),
        Evidence("GET", f"{ROOT}/orgs", 500, 10),
        Evidence("GET", f"{ROOT}/orgs", 200, 90),
        Evidence("GET", f"{ROOT}/orgs", None, 5000),
        Evidence("GET", f"{ROOT}/users/1", 200, 91),
        Evidence("POST", "https://d.example/orgs", 200, 7),
        Evidence("CONNECT", "d.example:443", None, 3, kind=EvidenceKind.CONNECTION),
    ]
    assert operation_times(trace, "1.2") == (
        OperationTimes("/users/{sourcedId}", 1, 91, 91),
        OperationTimes("/orgs", 3, 30, 90),
    )


@pytest.mark.parametrize("depth", Depth)
async def test_a_result_has_them_at_any_depth_and_the_text_where_it_is_full(depth: Depth) -> None:
    with PracticeDistrict() as district:
        result = await run(district.connection, district.credentials, depth=depth)
    times = {each.operation: each for each in result.times}
    assert times["/orgs"].requests >= 2
    assert all(0 <= each.median_ms <= each.worst_ms for each in result.times)
    assert ("/classes/{classSourcedId}/students" in times) is (depth is Depth.FULL)
    (entry,) = [
        each
        for each in json.loads(render([result], "json"))["runs"][0]["times"]
        if each["operation"] == "/orgs"
    ]
    assert entry.keys() == {"operation", "requests", "median_ms", "worst_ms"}
    assert ("Response times by operation" in render([result], "text")) is (depth is Depth.FULL)

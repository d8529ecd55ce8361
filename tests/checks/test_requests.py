"""Every request of a run: as rows, also of a run that was kept, and as HAR 1.2."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from oneroster_checks.authorized import AuthorizedBy
from oneroster_checks.evidence import Evidence
from oneroster_checks.plain import result_from_bytes, result_to_bytes
from oneroster_checks.report import render
from oneroster_checks.report.requests import request_rows
from oneroster_checks.result import Result
from oneroster_practice import PracticeDistrict

from ..hostile_results import PLAIN, in_every_place
from .engine import outcome

Rule = Callable[[Any], bool]


async def run_of(problem: str | None = None) -> Result:
    with PracticeDistrict(problem, share=("rostering", "gradebook")) as district:
        return await outcome(district.connection, district.credentials)


async def test_every_request_has_its_row() -> None:
    result = await run_of("access.forbidden")
    rows = request_rows(result)
    assert [row.number for row in rows] == list(range(1, len(result.trace) + 1))
    assert sum(row.is_request for row in rows) == result.requests
    checks = {each.finding.check: each.finding.title for each in result.findings}
    assert all(row.title == checks[row.check] for row in rows)
    assert next(row.check for row in rows if row.evidence.method == "POST") == "token.issue"
    moments = [row.evidence.started for row in rows if row.evidence.started]
    assert len(moments) == len(rows)
    assert moments == sorted(moments)
    refused = next(row for row in rows if row.evidence.status == 403)
    assert refused.answer == "HTTP 403"
    assert refused.evidence.said
    assert refused.evidence.size
    assert refused.evidence.content_type == "application/json"
    assert refused.evidence.authorized is not None
    assert refused.evidence.authorized.by is AuthorizedBy.TOKEN


async def test_a_kept_run_has_the_same_rows() -> None:
    result = await run_of()
    assert request_rows(result_from_bytes(result_to_bytes(result))) == request_rows(result)


def test_a_run_of_an_earlier_version_has_rows() -> None:
    proven, other = PLAIN.trace
    rows = request_rows(PLAIN)
    assert [row.evidence for row in rows] == [proven, other]
    assert [row.check for row in rows] == [PLAIN.findings[0].finding.check, ""]
    assert rows[1].title == ""


def text(value: Any) -> bool:
    return isinstance(value, str)


def whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def positive(value: Any) -> bool:
    return whole(value) and value >= 0


def moment(value: Any) -> bool:
    return datetime.fromisoformat(value).utcoffset() is not None


def named(value: Any) -> bool:
    return all(
        set(each) >= {"name", "value"} and text(each["name"]) and text(each["value"]) for each in value
    )


def url(value: Any) -> bool:
    return text(value) and value.startswith(("http://", "https://"))


def fields(**rules: Rule) -> Rule:
    def check(value: Any) -> bool:
        for name, rule in rules.items():
            assert name in value, f"{name} is missing"
            assert rule(value[name]), f"{name}: {value[name]!r}"
        return True

    return check


def several(rule: Rule) -> Rule:
    return lambda value: isinstance(value, list) and all(rule(each) for each in value)


# What HAR 1.2 asks for, field by field.
POST_DATA = fields(mimeType=text, params=named)
REQUEST = fields(
    method=text, url=url, httpVersion=text, cookies=several(named), headers=named, queryString=named,
    headersSize=whole, bodySize=whole,
)  # fmt: skip
CONTENT = fields(size=positive, mimeType=text)
RESPONSE = fields(
    status=positive, statusText=text, httpVersion=text, cookies=several(named), headers=named, content=CONTENT,
    redirectURL=text, headersSize=whole, bodySize=whole,
)  # fmt: skip
TIMINGS = fields(send=positive, wait=positive, receive=positive)
ENTRY = fields(
    pageref=text, startedDateTime=moment, time=positive, request=REQUEST, response=RESPONSE,
    cache=lambda value: value == {}, timings=TIMINGS,
)  # fmt: skip
PAGE = fields(startedDateTime=moment, id=text, title=text, pageTimings=lambda value: value == {})
LOG = fields(
    version=lambda value: value == "1.2", creator=fields(name=text, version=text), pages=several(PAGE),
    entries=several(ENTRY),
)  # fmt: skip


def har_of(*results: Result) -> dict[str, Any]:
    document = json.loads(render(results, "har"))
    assert set(document) == {"log"}
    log: dict[str, Any] = document["log"]
    assert LOG(log)
    pages = [page["id"] for page in log["pages"]]
    assert len(set(pages)) == len(results)
    for entry in log["entries"]:
        assert entry["pageref"] in pages
        assert entry["time"] == sum(entry["timings"].values())
        if "postData" in entry["request"]:
            assert POST_DATA(entry["request"]["postData"])
    return log


@pytest.mark.parametrize("problem", [None, "access.forbidden", "token.body-only", "network.refused"])
async def test_the_har_of_a_run_is_valid(problem: str | None) -> None:
    result = await run_of(problem)
    log = har_of(result, replace(result, profile="lakeside"))
    own = [entry for entry in log["entries"] if entry["pageref"] == "run_1"]
    assert len(own) == len(result.trace)
    for entry, evidence in zip(own, result.trace, strict=True):
        assert entry["response"]["status"] == (evidence.status or 0)
        assert entry["response"]["content"].get("text", "") == evidence.said
        assert entry["_check"] == evidence.check
        assert ("_error" in entry) == evidence.failed


async def test_the_har_holds_no_secret_and_no_record() -> None:
    with PracticeDistrict(share=("rostering", "gradebook")) as district:
        result = await outcome(district.connection, district.credentials)
        written = render([result], "har")
        assert not [each for each in district.credentials.texts() if each in written]
    assert "givenName" not in written
    entries = har_of(result)["entries"]
    asked = next(entry["request"] for entry in entries if entry["request"]["method"] == "POST")
    assert {"name": "Authorization", "value": "Basic [hidden]"} in asked["headers"]
    assert {"name": "grant_type", "value": "client_credentials"} in asked["postData"]["params"]
    data = next(entry["request"] for entry in entries if entry["request"]["method"] == "GET")
    assert {"name": "Authorization", "value": "Bearer [hidden]"} in data["headers"]
    assert {"name": "limit", "value": "100"} in data["queryString"]


def test_a_hostile_run_and_one_of_an_earlier_version_are_valid() -> None:
    hostile = in_every_place("'\x1b]0;x\x07\u202e<script>\ud800")
    har_of(replace(hostile, trace=tuple(replace(each, url=PLAIN.trace[0].url) for each in hostile.trace)))
    first, second = har_of(PLAIN)["entries"]
    assert first["startedDateTime"] == PLAIN.started.isoformat(timespec="milliseconds")
    assert second["startedDateTime"] > first["startedDateTime"]
    odd = Evidence("GET", "https://d.example/x", 799, 1, started=datetime(2026, 1, 2, tzinfo=UTC))
    (entry,) = har_of(replace(PLAIN, trace=(odd,)))["entries"]
    assert entry["response"]["statusText"] == ""

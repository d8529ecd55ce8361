"""Pages that a stranger made to break the decoder: never an error, never much memory."""

from __future__ import annotations

import asyncio
import json
import threading
from datetime import date

import pytest

from oneroster_checks import limits
from oneroster_checks.records.judge import Judge
from oneroster_checks.records.typing_pages import PageTypist
from oneroster_checks.records.values import RunValues

from .judging import body_of, district, judge_of, to

GOOD = json.dumps(district("1.2")["classes"][0]).encode()


def typist() -> PageTypist:
    """A typist of 1.2."""
    return PageTypist("1.2", RunValues(date.today()))


def in_page(record: bytes) -> bytes:
    """A page of classes with one record."""
    return b'{"classes": [' + record + b"]}"


def having(member: bytes) -> bytes:
    """A page whose record has one more member."""
    return in_page(GOOD[:-1] + b", " + member + b"}")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"{}", b'"classes"', b'{"classes": null}', b'{"classes": {}}', b'{"classes": [null]}',
        b'{"classes": [[]]}', b'{"classes": []', b"<html>", b"\xff\xfe\x00", b'{"Classes": []}',
        having(b'"x": ' + b"[" * 100_000 + b"]" * 100_000), having(b'"x": ' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000),
        having(b'"x": "\\ud800"'), having(b'"x": NaN'), having(b'"x": 01'), having(b'"x": "a\tb"'),
        in_page(GOOD[:-1]), in_page(b"{}"), having(b'"terms": [{"sourcedId": "\\ud83d"}]'),
        having(b'"course": {"sourcedId": ' + b"9" * 100_000 + b"}"), having(b'"status": "ACTIVE"'),
    ],
)  # fmt: skip
def test_what_is_no_page_is_none(body: bytes) -> None:
    assert typist().strict(body, "/classes") is None


@pytest.mark.parametrize(
    "body",
    [
        having(b'"x": ' + b"9" * 4000), having(b'"x": {"y": [1, 2, {"z": null}]}'),
        having(b'"title": "a", "title": "b"'),
        having(b'"title": "' + b"\xf0\x9f\x98\x80" * 1000 + b'"'), having(b'"title": "\\u0000\\"\\\\"'),
        having(b'"metadata": {"a": {"b": [{}, {}]}}'), b'{"other": [1, 2], "classes": [' + GOOD + b"]}",
    ],
)  # fmt: skip
def test_what_is_only_odd_is_typed(body: bytes) -> None:
    page = typist().strict(body, "/classes")
    assert page is not None
    assert page.ids == ("class-1",)


def test_a_page_of_very_many_values_is_not_decoded() -> None:
    values = b'["",' + b'"",' * (limits.TYPED_VALUES + limits.TYPED_BYTES // 3) + b'""]'
    assert typist().strict(having(b'"grades": ' + values), "/classes") is None


@pytest.mark.parametrize(
    "record",
    [
        {}, {"sourcedId": None}, {"sourcedId": {"a": []}}, {"sourcedId": True}, {"sourcedId": "\ud800"},
        {"sourcedId": "x" * 100_000, "username": "y" * 100_000, "email": "@" * 100_000},
        {"sourcedId": "a", "roles": [[[]], None, 3, {"org": [], "role": {}}], "orgs": {"a": 1}, "agents": [{}, None]},
        {"sourcedId": "a", "username": [], "email": {}, "givenName": {"a": 1}, "userIds": [[], {"identifier": []}]},
        {"sourcedId": "a", "dateLastModified": {"a": []}, "status": [], "enabledUser": [], "grades": {}},
        {"sourcedId": "a", "dateLastModified": "9999-12-31T23:59:59-23:59", "grades": [1e308, True, None, [], {}]},
        {"sourcedId": "a", "dateLastModified": "0001-01-01T00:00:00+23:59", "email": "\ud800@a.b"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("version", ["1.1", "1.2"])
async def test_any_record_is_read_leniently(version: str, record: dict[str, object]) -> None:
    judge = Judge("1.2" if version == "1.2" else "1.1", date.today(), lambda names: None)
    try:
        page = await judge.lenient([record, {**record}], "/users")
        assert len(page) == 2
        assert page.violations
        await judge.add(page)
        for code in (
            "data.duplicate-id",
            "data.unknown-vocabulary",
            "data.timestamps",
            "data.malformed-email",
        ):
            await judge.found(code)
    finally:
        await judge.aclose()


async def test_a_list_of_strange_orgs_is_climbed_to_an_end() -> None:
    data = district("1.2")
    one = data["orgs"][1]
    data["orgs"] = [
        {
            **one,
            "sourcedId": f"o-{number % 700}",
            "name": f"n{number}",
            "parent": to(f"o-{(number * 7 + 1) % 700}"),
        }
        for number in range(3000)
    ]
    async with judge_of(data, "1.2") as judge:
        found = await judge.found("data.org-cycle")
    assert found.count <= 700


async def test_closing_ends_what_is_under_way_and_the_thread() -> None:
    before = threading.active_count()
    judge = Judge("1.2", date.today(), lambda names: None)
    rows = [{**district("1.2")["enrollments"][0], "sourcedId": f"e-{number}"} for number in range(20_000)]
    page = await judge.strict(body_of("enrollments", rows), "/enrollments")
    assert page is not None
    adding = asyncio.ensure_future(judge.add(page))
    await asyncio.sleep(0)
    await judge.aclose()
    await judge.aclose()
    await asyncio.gather(adding, return_exceptions=True)
    assert threading.active_count() <= before
    with pytest.raises(RuntimeError):
        await judge.found("data.duplicate-id")

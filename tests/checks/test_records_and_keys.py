"""The tables of operations and fields, records held against them, and pasted keys."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.standard.fields import ENTITY, fields, problems
from oneroster_checks.standard.keys import clean_key, looks_like_url
from oneroster_checks.standard.operations import collection, collections, operations


@pytest.mark.parametrize(("version", "count"), [("1.1", 61), ("1.2", 81)])
def test_the_table_of_operations_is_whole(version: OneRosterVersion, count: int) -> None:
    assert len(operations(version)) == count
    assert {each.method for each in operations(version)} <= {"GET", "PUT", "POST", "DELETE"}
    assert {"orgs", "users", "classes", "enrollments", "lineItems", "results"} <= collections(version)
    with pytest.raises(KeyError):
        collection(version, "/nothing")


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_every_entity_has_its_fields(version: OneRosterVersion) -> None:
    missing = {entity for entity in ENTITY.values() if not fields(version, entity)}
    assert missing <= (
        {"scoreScale", "assessmentLineItem", "assessmentResult"} if version == "1.1" else set()
    )
    assert {field.name for field in fields(version, "org")} >= {"sourcedId", "status", "name", "type"}


ORG = {"sourcedId": "1", "status": "active", "dateLastModified": "2026-08-03T10:00:00.000Z",
       "name": "North", "type": "school", "identifier": "7"}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, []),
        ({"metadata": None}, []),
        ({"status": "inactive"}, []),
        ({"dateLastModified": "2026-08-03T10:00:00+09:00"}, []),
        ({"name": None}, ["name"]),
        ({"name": ""}, ["name"]),
        ({"name": 7}, ["name"]),
        ({"type": "planet"}, ["type"]),
        ({"status": "gone"}, ["status"]),
        ({"dateLastModified": "yesterday"}, ["dateLastModified"]),
        ({"dateLastModified": "2026-08-03"}, ["dateLastModified"]),
        ({"sourcedId": 1}, ["sourcedId"]),
        ({"sourcedId": None}, ["sourcedId"]),
        ({"parent": {"sourcedId": "2"}}, []),
        ({"parent": "2"}, ["parent"]),
        ({"parent": {}}, ["parent"]),
        ({"children": [{"sourcedId": "2"}]}, []),
        ({"children": ["2"]}, ["children"]),
        ({"children": {"sourcedId": "2"}}, ["children"]),
    ],
)
def test_a_record_is_held_against_the_table(change: dict[str, object], wrong: list[str]) -> None:
    assert [each.field for each in problems({**ORG, **change}, "1.1", "org")] == wrong


@pytest.mark.parametrize(
    ("text", "whole", "strange"),
    [
        ("abc", "abc", ""),
        ("", "", ""),
        (" abc\t", "abc", "spaces around it"),
        ("abc\r\n", "abc", "line breaks around it"),
        ('"abc"', "abc", "quotes around it"),
        ("\u201cabc\u201d", "abc", "quotes around it"),
        ("'abc", "abc", "a quote in front of it"),
        ("ab\nc", "abc", "line breaks inside it"),
        ("ab c", "ab c", "spaces inside it"),
        ("ab\u200bc", "abc", "invisible characters"),
        ("\ufeffabc", "abc", "invisible characters"),
        ("ab\x00c", "abc", "invisible characters"),
        ("a'b\"c", "a'b\"c", ""),
        ("p@ss:w+r/d%=", "p@ss:w+r/d%=", ""),
    ],
)
def test_a_pasted_key_is_cleaned(text: str, whole: str, strange: str) -> None:
    clean = clean_key(text)
    assert (clean.text, clean.strange) == (whole, strange)
    assert clean_key(whole).text == whole


@pytest.mark.parametrize(
    ("text", "url"),
    [("https://d.test", True), (" HTTP://d", True), ("d.test/ims/oneroster/v1p1", True), ("abc", False), ("", False)],
)  # fmt: skip
def test_what_is_an_address_in_a_key_field(text: str, url: bool) -> None:
    assert looks_like_url(text) is url

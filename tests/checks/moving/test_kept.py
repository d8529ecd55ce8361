"""What is kept of the two sides of a move while they are compared: no name, and no number by which people are known."""

from __future__ import annotations

import json

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.records.move_layout import TABLES
from oneroster_checks.records.move_typing import MoveTypist
from oneroster_checks.records.page import TypedPage

from ...canaries import PEOPLE, WHO, found_in
from .records import Record, after, before, ref

PERSONAL: Record = {
    "givenName": PEOPLE[0], "familyName": PEOPLE[1], "username": PEOPLE[4], "email": PEOPLE[3], "phone": PEOPLE[6],
    "identifier": PEOPLE[4], "userIds": [{"type": "LDAP", "identifier": PEOPLE[4]}],
}  # fmt: skip


def rows_of(version: OneRosterVersion) -> dict[str, list[Record]]:
    """Records with a person in each of them."""
    user = before("s1") if version == "1.1" else after("1", "1")
    item = {"sourcedId": "i", "status": "active", "class": ref("c"), "title": WHO, "description": WHO}
    return {"users": [{**user, **PERSONAL}], "lineItems": [item]}


def typed(version: OneRosterVersion, collection: str, *, strict: bool, key: str = "k") -> TypedPage:
    """The page of a collection, by the quick reader or by the other one."""
    rows = rows_of(version)[collection]
    typist = MoveTypist(version, key)
    if not strict:
        return typist.lenient(rows, f"/{collection}")
    page = typist.strict(json.dumps({collection: rows}).encode(), f"/{collection}")
    assert page is not None
    return page


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("collection", ["users", "lineItems"])
def test_both_readers_keep_the_same_and_no_person(version: OneRosterVersion, collection: str) -> None:
    pages = [typed(version, collection, strict=strict) for strict in (True, False)]
    assert pages[0].rows == pages[1].rows
    assert (pages[0].ids, pages[0].links, pages[0].names) == (pages[1].ids, pages[1].links, pages[1].names)
    assert found_in(repr(pages[0].columns)) == []
    assert found_in(repr(pages[0].links)) == []
    if collection == "users":
        assert {PEOPLE[0], PEOPLE[1], PEOPLE[3], PEOPLE[4]} <= pages[0].names


def test_the_numbers_are_those_of_one_comparison() -> None:
    place = TABLES["/users"].columns.index("identifier") + 2
    old = typed("1.1", "users", strict=True).columns[place]
    new, other = (typed("1.2", "users", strict=True, key=key).columns[place] for key in ("k", "another"))
    assert old == new != other

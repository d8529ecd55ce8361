"""No name, user name, email address or birth date of anybody is in the database, in what is found, or in a repr."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.records.database import RecordDatabase
from oneroster_checks.records.rules_read import rules
from oneroster_checks.records.typing_pages import PageTypist
from oneroster_checks.records.values import RunValues

from ..districts.records import each, holding
from .judging import VERSIONS, body_of, change, district, judge_of

NAMES = (
    "Zyprexia",
    "Quandrell",
    "zq.user",
    "zq@mail.example",
    "2011-12-13",
    "Blimfrid",
    "555-0142",
    "zq-identifier",
)
PERSONAL = {
    "givenName": NAMES[0], "familyName": NAMES[1], "username": NAMES[2], "email": NAMES[3], "middleName": NAMES[5],
    "sms": NAMES[6], "phone": NAMES[6], "identifier": NAMES[7], "password": "zq-password",
    "userIds": [{"type": "x", "identifier": NAMES[7]}],
}  # fmt: skip
EDITS = (each("users", holding(**PERSONAL)), each("demographics", holding(birthDate=NAMES[4])))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("sloppy", [False, True])
def test_the_database_knows_nobody(version: OneRosterVersion, sloppy: bool) -> None:
    typist, database = PageTypist(version, RunValues(date.today())), RecordDatabase(version, date.today())
    edits = (*EDITS, each("users", holding(enabledUser=True))) if sloppy else EDITS
    data = district(version, *edits)
    learnt = set[str]()
    for name in ("orgs", "users", "demographics", "enrollments"):
        strict = typist.strict(body_of(name, data[name]), f"/{name}")
        assert (strict is None) is (sloppy and name == "users")
        page = strict or typist.lenient(data[name], f"/{name}")
        learnt |= page.names
        assert not any(name in repr(page) for name in NAMES)
        database.add(page)
    for code in rules():
        found = database.found(code, ("orgs", "users", "enrollments"))
        assert not any(name in repr(found) for name in NAMES)
    dump = "\n".join(database._db.iterdump())
    assert "student-1" in dump
    assert not [name for name in (*NAMES, "zq-password") if name.lower() in dump.lower()]
    # The redaction learns them all.
    assert learnt >= {*NAMES, "zq-password"}
    database.close()


def test_two_runs_keep_different_numbers_for_one_name() -> None:
    one, other = RunValues(date.today()), RunValues(date.today())
    assert one.hashed("Some.Body ") == one.hashed("some.body") != other.hashed("some.body")
    assert one.hashed(" ") is None


async def test_ids_that_may_be_names_are_learnt() -> None:
    told = set[str]()
    data = district("1.2", change("users", "student-1", sourcedId="quandrell.zyprexia"))
    data["users"][1]["sourcedId"] = "20111213"
    data["users"][2]["sourcedId"] = "0b0e7a52-8d2f-4d0e-9f3e-0d6a4a1c9a11"
    async with judge_of(data, "1.2", learn=told.update):
        pass
    assert {"quandrell.zyprexia", "20111213", "Pernilla3"} <= told
    assert "0b0e7a52-8d2f-4d0e-9f3e-0d6a4a1c9a11" not in told


def test_the_database_has_no_file_that_anybody_can_open() -> None:
    database = RecordDatabase("1.2", date.today())
    assert [row[2] for row in database._db.execute("PRAGMA database_list")] == [""]
    database.close()
    with pytest.raises(sqlite3.ProgrammingError):
        database._db.execute("SELECT 1")

"""A small district given to the judge, page by page, and what its rules find."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import date

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.records.found import Found
from oneroster_checks.records.judge import Judge
from oneroster_checks.records.rules_read import rules

from ..districts.records import Data, Edit, data_of

Record = dict[str, object]
VERSIONS: tuple[OneRosterVersion, ...] = ("1.1", "1.2")
DATA_RULES = tuple(code for code in rules() if code.startswith("data."))


def body_of(name: str, rows: list[Record]) -> bytes:
    """A page of a collection as a server sends it."""
    return json.dumps({name: rows}).encode()


def district(version: OneRosterVersion, *edits: Edit) -> Data:
    """A small district in which everything is in order, with some changes."""
    data = data_of(version)
    for edit in edits:
        edit(data)
    return data


@asynccontextmanager
async def judge_of(
    data: Data,
    version: OneRosterVersion,
    *,
    today: date | None = None,
    learn: Callable[[Iterable[str]], None] | None = None,
) -> AsyncGenerator[Judge]:
    """The judge of every record of a district; a page that breaks the standard is read leniently."""
    judge = Judge(version, today or date.today(), learn or (lambda names: None))
    try:
        for name, rows in data.items():
            if version == "1.1" and name in ("assessmentLineItems", "assessmentResults", "scoreScales"):
                continue
            page = await judge.strict(body_of(name, rows), f"/{name}")
            await judge.add(page or await judge.lenient(rows, f"/{name}"))
        yield judge
    finally:
        await judge.aclose()


async def found_in(version: OneRosterVersion, *edits: Edit, today: date | None = None) -> dict[str, Found]:
    """What the rules of Data find in a changed district, by their codes; those that find nothing are left out."""
    async with judge_of(district(version, *edits), version, today=today) as judge:
        found = {code: await judge.found(code) for code in DATA_RULES}
    return {code: each for code, each in found.items() if each.count}


def change(name: str, id: str, /, **values: object) -> Edit:
    """One record has other values; None takes a field away."""

    def edit(data: Data) -> None:
        data[name] = [_changed(row, values) if row["sourcedId"] == id else row for row in data[name]]

    return edit


def copy(name: str, id: str, new: str, /, **values: object) -> Edit:
    """A further record, like one that is there."""

    def edit(data: Data) -> None:
        one = next(row for row in data[name] if row["sourcedId"] == id)
        data[name] = [*data[name], _changed({**one, "sourcedId": new}, values)]

    return edit


def _changed(row: Record, values: Record) -> Record:
    return {name: value for name, value in {**row, **values}.items() if value is not None}


def to(id: str) -> Record:
    """A reference."""
    return {"href": f"https://district.example/{id}", "sourcedId": id, "type": "any"}


def deleted(name: str, id: str) -> Edit:
    """A record is marked as deleted."""
    return change(name, id, status="tobedeleted")

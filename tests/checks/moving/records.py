"""Small sides of a move given to the keeper as bodies of pages, and what it finds between them."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.records.found import Found
from oneroster_checks.records.move_database import SIDES, MoveDatabase
from oneroster_checks.records.move_found import RULES
from oneroster_checks.records.move_keeper import MoveKeeper

Record = dict[str, Any]
Side = Mapping[str, list[Record]]


def ref(sourced_id: str) -> Record:
    """A reference."""
    return {"sourcedId": sourced_id}


def school(sourced_id: str, **more: Any) -> Record:
    """A school."""
    return {"sourcedId": sourced_id, "status": "active", "type": "school", **more}


def before(sourced_id: str, role: str = "student", *orgs: str, **more: Any) -> Record:
    """A user of OneRoster 1.1."""
    places = [ref(org) for org in orgs or ("school-1",)]
    return {"sourcedId": sourced_id, "status": "active", "role": role, "orgs": places, **more}


def after(sourced_id: str, legacy: str | None, role: str = "student", *orgs: str, **more: Any) -> Record:
    """A user of OneRoster 1.2 with one role at each org."""
    places = orgs or ("school-1",)
    metadata = {} if legacy is None else {"metadata": {"ic.legacySourcedId": legacy}}
    roles = [{"role": role, "org": ref(org)} for org in places]
    return {"sourcedId": sourced_id, "status": "active", "roles": roles, **metadata, **more}


@asynccontextmanager
async def kept(
    old: Side, new: Side, *, versions: tuple[OneRosterVersion, OneRosterVersion] = ("1.1", "1.2")
) -> AsyncGenerator[MoveKeeper]:
    """The keeper with all records of both sides, matched."""
    keeper = MoveKeeper()
    try:
        pages = [keeper.side(*each, lambda names: None) for each in zip(SIDES, versions, strict=True)]
        for side, data in zip(pages, (old, new), strict=True):
            for collection, rows in data.items():
                path = f"/{collection}"
                page = await side.strict(json.dumps({collection: rows}).encode(), path)
                await side.add(page or await side.lenient(rows, path))
        await keeper.match(names_old=versions == ("1.1", "1.2"))
        yield keeper
    finally:
        await keeper.aclose()


def _found(code: str, database: MoveDatabase) -> tuple[Found, dict[str, int]]:
    return database.found(code)


async def found(old: Side, new: Side, **more: Any) -> dict[str, tuple[str, ...]]:
    """The examples of every rule that finds something."""
    async with kept(old, new, **more) as keeper:
        rules = {code: await keeper.asked(partial(_found, code)) for code in RULES}
    return {code: each.examples for code, (each, _) in rules.items() if each.count}


async def pairs(old: Side, new: Side, **more: Any) -> set[tuple[str, str, str]]:
    """Everything that matches: the old sourcedId, the new one, and the kind."""
    async with kept(old, new, **more) as keeper:
        return {pair async for some in keeper.pairs(2) for pair in some}

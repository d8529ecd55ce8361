"""People in the answers of a run: who is among the users, by the lists that were read or asked for one by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..evidence import Evidence
from ..standard.envelopes import REPLACED, Record, id_of, roles_of
from ..target import Target
from .context import RunContext
from .part_outcomes import expects_rostering

if TYPE_CHECKING:
    from ..client.reading import Reading

LISTS = ("/users", "/students", "/teachers")


def needs_accounts(target: Target) -> str | None:
    """Why user accounts have no place in a connection: they decide who is shared in OneRoster 1.1 alone."""
    if target.connection.oneroster != "1.1":
        return "only OneRoster 1.1 requires user accounts"
    return expects_rostering(target)


def listed(run: RunContext) -> set[str]:
    """The sourcedIds of everybody on a page of people that was read."""
    return {user for path in LISTS for user in (run.readings[path].ids() if path in run.readings else ())}


def records(run: RunContext) -> list[Record]:
    """The records of everybody on a page of people that was read, each once, without deleted ones."""
    found: dict[str, Record] = {}
    for path in LISTS:
        for row in run.rows(path):
            if row.get("status") != "tobedeleted":
                found.setdefault(id_of(row), row)
    return list(found.values())


async def look_up(run: RunContext, unseen: Iterable[str], most: int) -> tuple[list[str], list[Evidence]]:
    """Who of these people is not among the users, asked for one by one, and the requests that show it."""
    missing: list[str] = []
    looked: list[Evidence] = []
    for user in [user for user in unseen if REPLACED not in user][:most]:
        reading = await run.data.one("/users", user, note="looked up by sourcedId")
        if _is_there(reading, user):
            looked.append(reading.evidence)
        elif reading.answer.status == 404 or (reading.good and not reading.rows) or _unknown(reading):
            looked.append(reading.evidence)
            missing.append(user)
    return missing, looked


def _unknown(reading: Reading) -> bool:
    """Whether the answer says in the standard's way that there is no such record."""
    return reading.error is not None and reading.error.says("unknown object")


def _is_there(reading: Reading, user: str) -> bool:
    """Whether the record of this very person came, in the standard's envelope or without one."""
    if user in reading.ids():
        return True
    document = reading.answer.document
    if reading.answer.status != 200 or not isinstance(document, dict):
        return False
    inner = [document, *(value for value in document.values() if isinstance(value, dict))]
    return any(id_of(item) == user for item in inner)


GUARDIAN_ROLES = frozenset({"guardian", "parent", "relative"})


def is_guardian(row: Record) -> bool:
    """Whether a user is a guardian, a parent or another relative."""
    return bool(roles_of(row) & GUARDIAN_ROLES)


def is_enabled(row: Record) -> bool | None:
    """Whether a user is enabled, however a server writes true and false; None when it does not say."""
    value = row.get("enabledUser")
    if isinstance(value, str):
        return {"true": True, "1": True, "false": False, "0": False}.get(value.strip().lower())
    return bool(value) if isinstance(value, (bool, int)) else None

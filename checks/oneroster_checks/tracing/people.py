"""The first link of a person: is there such a user, and what does a consumer need of the record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from ..evidence import Evidence
from ..limits import TRACE_LOOKS
from ..standard.envelopes import Record, id_of, reference, references, roles_of
from .asking import Asker, Look
from .fields import IDENTIFIER, OF_USER, SOURCED_ID, USERNAME, called
from .node import Node, changed_at, is_deleted, is_true, soften
from .schools import school_node

# The list in which the people of a role are, too; for others there is none in both versions.
_LISTS = {"student": "/students", "teacher": "/teachers"}
_NOTE = "the user that is traced"
# Two copies of one record that differ by more than this are not of the same day.
_STALE = timedelta(days=1)
# A sourcedId of Campus in OneRoster 1.1, behind the letter of the role (Infinite Campus help).
_WITH_LETTER = re.compile(r"[a-z][0-9]+")
# The fields by which a person calls a user, the likeliest first.
_CALLED_BY = (IDENTIFIER, USERNAME, SOURCED_ID)
_BY = {
    IDENTIFIER: "found by its identifier",
    USERNAME: "found by its username",
    "userIds": "found by one of its userIds",
    "ic.legacySourcedId": "found by its legacy id",
}


@dataclass(frozen=True, slots=True)
class FoundUsers:
    """The users that a text calls; `is_absent` says that it was shown that there is none."""

    records: tuple[Record, ...] = ()
    is_absent: bool = False
    evidence: tuple[Evidence, ...] = ()


async def find_users(ask: Asker, text: str, role: str) -> FoundUsers:
    """The users that a text calls by sourcedId, identifier, or username."""
    alone = await ask.alone("/users", text, _NOTE)
    if alone.record is not None:
        return await _and_by_number(ask, text, alone.record, alone.evidence)
    old = await _by_old_id(ask, text)
    if old.record is not None:
        return FoundUsers((old.record,), evidence=old.evidence)
    proof = [*alone.evidence, *old.evidence]
    for field in _CALLED_BY:
        found = await ask.filtered("/users", field, text)
        proof += found.evidence
        if found.rows:
            return FoundUsers(_once(found.rows), evidence=(*alone.evidence, *found.evidence))
    new = await _by_new_id(ask, text, role)
    if new.record is not None:
        return FoundUsers((new.record,), evidence=new.evidence)
    # Nobody is there only where the same filters bring somebody else.
    if all([await ask.follows("/users", field) for field in _CALLED_BY]):
        return FoundUsers(is_absent=True, evidence=tuple(dict.fromkeys(proof)))
    whole = await ask.whole("/users", lambda row: bool(called(row, text)))
    if whole is None:
        return FoundUsers(evidence=tuple(dict.fromkeys(proof)))
    evidence = (*alone.evidence, *whole.evidence)
    return FoundUsers(_once(whole.rows), whole.is_complete and not whole.rows, evidence)


async def _and_by_number(ask: Asker, text: str, record: Record, evidence: tuple[Evidence, ...]) -> FoundUsers:
    """The user of a sourcedId, and whoever has it as an identifier: a number can be both, of two people."""
    if not text.isdigit():
        return FoundUsers((record,), evidence=evidence)
    others = await ask.filtered("/users", IDENTIFIER, text)
    return FoundUsers(_once((record, *others.rows)), evidence=(*evidence, *others.evidence))


async def _by_old_id(ask: Asker, text: str) -> Look:
    """Look in OneRoster 1.2 of Campus for a sourcedId of 1.1, which the letter of the role leads."""
    is_old = (
        ask.run.provider.role_letters
        and ask.run.connection.oneroster == "1.2"
        and _WITH_LETTER.fullmatch(text)
    )
    return await ask.alone("/users", text[1:], "without the letter of OneRoster 1.1") if is_old else Look()


async def _by_new_id(ask: Asker, text: str, role: str) -> Look:
    """Look in OneRoster 1.1 of Campus for a sourcedId of 1.2; other people's identifiers are numbers, too."""
    is_new = ask.run.provider.role_letters and ask.run.connection.oneroster == "1.1" and text.isdigit()
    return (
        await ask.alone("/users", f"{role[0]}{text}", "with the letter of OneRoster 1.1")
        if is_new
        else Look()
    )


def _once(rows: Sequence[Record]) -> tuple[Record, ...]:
    return tuple({id_of(row): row for row in rows}.values())


async def user_node(ask: Asker, record: Record, role: str, text: str) -> Node:
    """The link of a user that was found, with the schools that it names."""
    node = Node("user", id_of(record), record)
    by = called(record, text)
    if by in _BY:
        node.told.append(_BY[by])
    elif not by:
        node.told.append("found by its id in the other OneRoster version")
    proof = (await ask.record("/users", node.id)).evidence[:1] if by == SOURCED_ID else ()
    roles = sorted({each.lower() for each in roles_of(record) if each})
    enabled = is_true(record.get("enabledUser"))
    node.told += [f"role {', '.join(map(ask.run.redactor.server_text, roles))}" if roles else "no role"]
    if is_deleted(record):
        node.told.append("deleted")
        node.breaks("trace.user-deleted", proof, traced=role)
    if enabled is False:
        node.told.append("disabled")
        node.breaks("trace.user-disabled", proof, traced=role)
    if role and role not in roles:
        node.breaks("trace.other-role", proof, traced=role, roles=tuple(roles) or None)
    elif role and not node.is_broken:
        await _in_list_of_role(ask, node, record, role)
    if not node.is_broken:
        await _schools(ask, node, record, role)
    return node


async def _in_list_of_role(ask: Asker, node: Node, record: Record, role: str) -> None:
    """Whether the list of the role has the user as well, and as it is now."""
    path = _LISTS[role]
    other = await ask.record(path, node.id, f"the same in {path}")
    if other.is_absent:
        node.breaks("trace.lists-differ", other.evidence, traced=role, path=path)
        return
    if other.record is None:
        node.told.append(f"{path} not seen")
        return
    node.told.append(f"in {path}, too")
    here, there = changed_at(record), changed_at(other.record)
    if here and there and abs(here - there) > _STALE:
        node.breaks(
            "trace.stale", other.evidence, traced=role, path=path if there < here else "/users",
            older=min(here, there).date().isoformat(), newer=max(here, there).date().isoformat(),
        )  # fmt: skip


def _orgs_of(record: Record) -> list[str]:
    """The sourcedIds of the orgs that a user names, of the roles first, in the form of either version."""
    several = record.get("roles")
    of_roles = [
        reference(each, "org")
        for each in (several if isinstance(several, list) else ())
        if isinstance(each, dict)
    ]
    named = [*of_roles, *references(record, "orgs"), reference(record, "primaryOrg")]
    return [org for org in dict.fromkeys(named) if org]


async def _schools(ask: Asker, node: Node, record: Record, role: str) -> None:
    """Look the schools of a user up until one is in order: that is enough for the person to be there."""
    orgs = _orgs_of(record)
    if not orgs:
        node.breaks("trace.no-school", (), traced=role)
        return
    for org in orgs[:TRACE_LOOKS]:
        school = await school_node(ask, org, f"the {role}")
        node.below.append(school)
        if school.is_seen and not school.is_broken:
            break
    more = len(orgs) - len(node.below)
    node.told += [f"names {more} more school{'' if more == 1 else 's'}"] if more else []
    soften(node.below)


async def enrollments_of(ask: Asker, id: str) -> tuple[list[Record], bool, tuple[Evidence, ...]]:
    """The enrollments that name a user, whether these are all of them, and the requests that show it."""
    found = await ask.matching("/enrollments", OF_USER, id)
    return list(found.rows), found.is_complete, found.evidence

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
from .fields import IDENTIFIER, LEGACY_ID, SOURCED_ID, USERNAME, called
from .node import Node, changed_at, is_deleted, is_true, soften
from .schools import school_node

# The list in which the people of a role are, too; for others there is none in both versions.
_LISTS = {"student": "/students", "teacher": "/teachers"}
_NOTE = "the user that is traced"
# Two copies of one record that differ by more than this are not of the same day.
_STALE = timedelta(days=1)
# A sourcedId of Campus in OneRoster 1.1, behind the letter of the role (Infinite Campus help).
_WITH_LETTER = re.compile(r"[a-z][0-9]+")
# The fields by which a text may call a user, the first first.
_FIELDS = (SOURCED_ID, IDENTIFIER, USERNAME, "userIds", LEGACY_ID)
_BY = {
    IDENTIFIER: "found by its identifier",
    USERNAME: "found by its username",
    "userIds": "found by one of its userIds",
    LEGACY_ID: "found by its legacy id",
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
    proof, is_absent = [*alone.evidence], True
    some: tuple[Record, ...] = ()
    # Most filters are followed: they are tried on somebody who is there only where none brings a user.
    for tried in (False, True):
        for field in (IDENTIFIER, USERNAME, SOURCED_ID):
            found = await ask.filtered("/users", field, text, tried=tried)
            # Nobody else has a sourcedId, but an identifier may be that of several people.
            if found.rows and (found.is_complete or field == SOURCED_ID):
                return FoundUsers(_once(found.rows), evidence=(*alone.evidence, *found.evidence))
            some = some or found.rows
            proof += found.evidence
            is_absent &= found.is_complete or not tried
        other = await _by_other_id(ask, text, role)
        if other.record is not None and not some:
            return FoundUsers((other.record,), evidence=other.evidence)
    if not is_absent:
        whole = await ask.whole("/users", lambda row: bool(called(row, text)))
        if whole is not None:
            evidence = (*alone.evidence, *whole.evidence)
            return FoundUsers(_foremost(whole.rows, text), whole.is_complete and not whole.rows, evidence)
    return FoundUsers(_once(some), is_absent and not some, tuple(dict.fromkeys(proof)))


async def _and_by_number(ask: Asker, text: str, record: Record, evidence: tuple[Evidence, ...]) -> FoundUsers:
    """The user of a sourcedId, and whoever has it as an identifier: a number can be both, of two people."""
    if not text.isdigit():
        return FoundUsers((record,), evidence=evidence)
    others = await ask.filtered("/users", IDENTIFIER, text, tried=False)
    return FoundUsers(_once((record, *others.rows)), evidence=(*evidence, *others.evidence))


async def _by_other_id(ask: Asker, text: str, role: str) -> Look:
    """Look at Campus for a sourcedId of the other version: in 1.1 the letter of the role leads it, in 1.2 none does.

    Identifiers and usernames are looked for first, since those of other people can look the same.
    """
    if not ask.run.provider.role_letters:
        return Look()
    if ask.run.connection.oneroster == "1.1" and text.isdigit():
        return await ask.alone("/users", f"{role[0]}{text}", "with the letter of OneRoster 1.1")
    if ask.run.connection.oneroster == "1.2" and text[:1] == role[0] and _WITH_LETTER.fullmatch(text):
        return await ask.alone("/users", text[1:], "without the letter of OneRoster 1.1")
    return Look()


def _foremost(rows: Sequence[Record], text: str) -> tuple[Record, ...]:
    """Of the users that a text calls those that it calls by the field that comes first."""
    first = min((_FIELDS.index(called(row, text)) for row in rows), default=0)
    return _once([row for row in rows if called(row, text) == _FIELDS[first]])


def _once(rows: Sequence[Record]) -> tuple[Record, ...]:
    return tuple({id_of(row): row for row in rows}.values())


async def user_node(ask: Asker, record: Record, role: str, text: str, proof: tuple[Evidence, ...]) -> Node:
    """The link of a user that was found by a text and by some requests, with the schools that it names."""
    node = Node("user", id_of(record), record, evidence=proof)
    by = called(record, text)
    if by in _BY:
        node.told.append(_BY[by])
    elif not by:
        node.told.append("found by its id in the other OneRoster version")
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
        node.breaks("trace.lists-differ", (*node.evidence, *other.evidence), traced=role, path=path)
        return
    if other.record is None:
        node.told.append(f"{path} not seen")
        return
    node.told.append(f"in {path}, too")
    here, there = changed_at(record), changed_at(other.record)
    if here and there and abs(here - there) > _STALE:
        node.breaks(
            "trace.stale", (*node.evidence, *other.evidence), traced=role, path=path if there < here else "/users",
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
        node.breaks("trace.no-school", node.evidence, traced=role)
        return
    for org in orgs[:TRACE_LOOKS]:
        school = await school_node(ask, org, f"the {role}")
        node.below.append(school)
        if school.is_seen and not school.is_broken:
            break
    more = len(orgs) - len(node.below)
    node.told += [f"names {more} more school{'' if more == 1 else 's'}"] if more else []
    soften(node.below)

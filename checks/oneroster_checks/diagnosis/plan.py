"""The plan of a run: which checks apply, and in which order they come."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from graphlib import TopologicalSorter

from ..connection import Connection
from ..events import CheckInfo
from ..stages import (
    access,
    accounts,
    address,
    errors,
    full_read,
    gradebook,
    load,
    network,
    oauth1,
    paging,
    payload,
    query,
    sharing,
    token,
    year,
)
from ..stages.model import Check, Depth

_STAGES = (
    address,
    network,
    token,
    oauth1,
    access,
    sharing,
    year,
    full_read,
    accounts,
    gradebook,
    paging,
    query,
    payload,
    errors,
    load,
)


@cache
def every_check() -> tuple[Check, ...]:
    """All checks, each behind what it requires and comes after, else in the order of their stages."""
    declared = [check for stage in _STAGES for check in stage.CHECKS]
    position = {check.id: index for index, check in enumerate(declared)}
    by_id = {check.id: check for check in declared}
    sorter = TopologicalSorter(
        {check.id: [id for id in (*check.requires, *check.after) if id in by_id] for check in declared}
    )
    sorter.prepare()
    ordered: list[Check] = []
    ready = sorted(sorter.get_ready(), key=position.__getitem__)
    while ready:
        id = ready.pop(0)
        ordered.append(by_id[id])
        sorter.done(id)
        ready = sorted([*ready, *sorter.get_ready()], key=position.__getitem__)
    return tuple(ordered)


def plan(
    connection: Connection, only: Collection[str] | None = None, depth: Depth = "quick"
) -> tuple[Check, ...]:
    """The checks that apply to a connection, in order; with `only`, those and whatever they require."""
    applying = [
        check
        for check in every_check()
        if check.applies(connection) is None and (check.depth == "quick" or depth == "full")
    ]
    if only is None:
        return tuple(applying)
    by_id = {check.id: check for check in applying}
    wanted: set[str] = set()
    stack = [id for id in only if id in by_id]
    while stack:
        id = stack.pop()
        if id not in wanted:
            wanted.add(id)
            stack += [name for name in by_id[id].requires if name in by_id]
    return tuple(check for check in applying if check.id in wanted)


def info(check: Check) -> CheckInfo:
    """A check as listeners see it."""
    return CheckInfo(check.id, check.title, check.asks, check.stage)


# The checks that a change of one field can change; a field that is not here changes everything.
_TOUCHED: dict[str, tuple[str, ...]] = {
    "vendor_key": ("key.characters", "gradebook.read", "gradebook.content", "sharing.assessments"),
    "vendor_secret": ("key.characters", "gradebook.read", "gradebook.content", "sharing.assessments"),
    "created": ("oauth1.signature", "oauth1.age"),
}


def touched_by(fields: Collection[str], connection: Connection) -> tuple[str, ...] | None:
    """The checks to run again after these fields of a connection or its credentials changed.

    None when that is every check, since the addresses, the key or the secret stand before all others.
    """
    if not fields or any(field not in _TOUCHED for field in fields):
        return None
    applying = {check.id for check in plan(connection)}
    wanted = dict.fromkeys(id for field in fields for id in _TOUCHED[field])
    return tuple(id for id in wanted if id in applying)

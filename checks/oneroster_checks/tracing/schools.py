"""The link of an org: is the school among those that are shared."""

from __future__ import annotations

from .asking import Asker
from .node import Node, is_deleted, unseen


async def school_node(ask: Asker, id: str, of: str) -> Node:
    """The link of the org with this sourcedId; `of` says whose it is, as in "the student"."""
    look = await ask.record("/orgs", id)
    if look.record is None and not look.is_absent:
        return unseen("org", id, "not seen")
    node = Node("org", id, look.record)
    if look.record is None:
        node.breaks("trace.school-not-shared", look.evidence, of_whom=of)
    elif is_deleted(look.record):
        node.told.append("deleted")
        node.breaks("trace.school-not-shared", look.evidence, of_whom=of, is_deleted=True)
    else:
        kind = look.record.get("type")
        node.told.append(kind if kind in ("school", "district") else "shared")
    return node

"""A class that is traced for itself: the class, and who is enrolled in it today."""

from __future__ import annotations

from ..standard.envelopes import reference
from .asking import Asker, Look
from .class_links import class_node
from .enrolled import holds, role_of
from .fields import OF_CLASS
from .node import Node, unseen


async def traced_class(ask: Asker, id: str) -> Node:
    """The chain of a class by its sourcedId; a class that is not there is the first link, broken."""
    look = await ask.record("/classes", id, "the class that is traced")
    if look.record is None:
        if not look.is_absent:
            return unseen("class", id, "not seen")
        node = Node("class", id)
        node.breaks("trace.class-not-found", look.evidence)
        return node
    node = await class_node(ask, id, Look(look.record, evidence=look.evidence))
    if not node.is_broken:
        await _people(ask, node)
    return node


async def _people(ask: Asker, node: Node) -> None:
    """Whether somebody teaches and somebody attends the class today."""
    found = await ask.matching("/enrollments", OF_CLASS, node.id)
    rows, evidence = list(found.rows), found.evidence
    if not found.is_complete and node.record is not None and (school := reference(node.record, "school")):
        below = await ask.below("/schools/{}/classes/{}/enrollments", school, node.id)
        own = [row for row in below.rows if reference(row, "class") in ("", node.id)]
        if not below.is_complete or len(own) < len(below.rows):
            node.below.append(unseen("enrollment", "", "enrollments not seen"))
            return
        rows, evidence = own, (*evidence, *below.evidence)
    elif not found.is_complete:
        node.below.append(unseen("enrollment", "", "enrollments not seen"))
        return
    today = ask.run.today
    holding = [row for row in rows if holds(row, today)]
    for role, cause in (
        ("teacher", "trace.class-without-teacher"),
        ("student", "trace.class-without-students"),
    ):
        people = {reference(row, "user") for row in holding if role_of(row) == role}
        node.told.append(f"{len(people)} {role}{'' if len(people) == 1 else 's'} today")
        if people:
            continue
        ended = sum(1 for row in rows if role_of(row) == role)
        if role == "student":
            node.breaks(cause, evidence, ended=ended or None)
        else:
            node.notes(cause, evidence, ended=ended or None)

"""A student or a teacher that is traced: the user, the enrollments, and the classes that they lead to."""

from __future__ import annotations

from ..evidence import Evidence
from ..standard.envelopes import id_of, roles_of
from .asking import Asker
from .class_links import class_nodes
from .enrolled import Enrollments, by_class, enrollment_node, enrollments_of
from .fields import OF_USER
from .model import Subject
from .node import Node, soften, unseen
from .people import FoundUsers, find_users, user_node


async def traced_person(ask: Asker, subject: Subject) -> Node:
    """The chain of a person: the first link is the user, below it the schools and one enrollment for each class."""
    role = subject.kind
    found = await find_users(ask, subject.text, role)
    if not found.records:
        return await _nobody(ask, subject, found)
    fitting = [each for each in found.records if role in {name.lower() for name in roles_of(each)}] or list(
        found.records
    )
    if len(fitting) > 1:
        node = Node("user", "")
        node.breaks(
            "trace.several-users", found.evidence, examples=tuple(map(id_of, fitting))[:5], users=len(fitting)
        )
        return node
    node = await user_node(ask, fitting[0], role, subject.text)
    if not any(each.cause == "trace.other-role" for each in node.flaws):
        await add_enrollments(ask, node, role, subject.only_class)
    return node


async def _nobody(ask: Asker, subject: Subject, found: FoundUsers) -> Node:
    """The link of a user that was not found: nobody, or somebody whom enrollments name all the same."""
    node = Node("user", "")
    if not found.is_absent:
        return unseen("user", "", "not seen")
    enrolled = await ask.matching("/enrollments", OF_USER, subject.text)
    proof = (*found.evidence[:3], *enrolled.evidence)
    if enrolled.rows:
        node.breaks(
            "trace.without-account", proof, traced=subject.kind, enrollments=len(enrolled.rows),
            needs_account=ask.run.connection.oneroster in ask.run.provider.accounts_only or None,
        )  # fmt: skip
    else:
        node.breaks("trace.not-found", proof, traced=subject.kind)
    return node


async def add_enrollments(ask: Asker, node: Node, role: str, only: str) -> None:
    """Put the enrollments of a user and their classes below the user."""
    enrolled = await enrollments_of(ask, node.id, role)
    groups = by_class(enrolled.records, only)
    if not groups:
        _without(node, enrolled, role, only)
        return
    if enrolled.hidden:
        node.notes("trace.hidden-by-filter", enrolled.hidden, traced=role)
    today = ask.run.today
    wanted: list[tuple[str, Node]] = []
    for group in groups:
        branch = enrollment_node(group.best(role, today), role, today, enrolled.evidence)
        branch.told += [f"{len(group.records)} enrollments in this class"] if len(group.records) > 1 else []
        wanted.append((group.of_class, branch))
    listed = enrolled.listed or {}
    # What is over needs no further look: the chain ends there.
    going_on = [of for of, branch in wanted if not branch.is_broken]
    classes = await class_nodes(ask, [(of, listed.get(of)) for of in going_on])
    for of, branch in wanted:
        if of in classes:
            branch.below.append(classes[of])
            _in_own_list(classes[of], enrolled, role)
    branches = [branch for _, branch in wanted]
    soften(branches)
    node.below += branches


def _in_own_list(of: Node, enrolled: Enrollments, role: str) -> None:
    """Note where the person's own list of classes lacks one that an enrollment names."""
    if (
        enrolled.listed is not None
        and of.record is not None
        and not of.is_broken
        and of.id not in enrolled.listed
    ):
        of.notes("trace.own-list-differs", (*enrolled.listed_evidence, *enrolled.evidence[:1]), traced=role)


def _without(node: Node, enrolled: Enrollments, role: str, only: str) -> None:
    """The end of the chain of a person without an enrollment."""
    if not enrolled.is_complete:
        node.below.append(unseen("enrollment", "", "enrollments not seen"))
        return
    proof: tuple[Evidence, ...] = (*enrolled.evidence, *enrolled.listed_evidence)
    node.breaks("trace.no-enrollment", proof, traced=role, only_class=only or None)

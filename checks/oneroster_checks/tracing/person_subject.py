"""A student or a teacher that is traced: the user, the enrollments, and the classes that they lead to."""

from __future__ import annotations

from ..http.budget import RunLimitReached
from ..standard.envelopes import id_of, roles_of
from .asking import Asker, TraceStopped
from .class_links import class_nodes
from .enrolled import Enrollments, by_class, enrollment_node, enrollments_of, holds
from .fields import OF_USER
from .model import Subject
from .node import Node, is_deleted, soften, unseen
from .people import FoundUsers, find_users, user_node


async def traced_person(ask: Asker, subject: Subject) -> Node:
    """The chain of a person: the first link is the user, below it the schools and one enrollment for each class."""
    role = subject.kind
    found = await find_users(ask, subject.text, role)
    if not found.records:
        return await _nobody(ask, subject, found)
    in_role = [each for each in found.records if role in {name.lower() for name in roles_of(each)}]
    # A record that is to be deleted is another one's only where there is no other.
    fitting = [each for each in in_role if not is_deleted(each)] or in_role or list(found.records)
    if len(fitting) > 1:
        node = Node("user", "")
        node.breaks(
            "trace.several-users", found.evidence, examples=tuple(map(id_of, fitting))[:5], users=len(fitting)
        )
        return node
    node = await user_node(ask, fitting[0], role, subject.text, found.evidence)
    if not any(each.cause == "trace.other-role" for each in node.flaws):
        try:
            await add_enrollments(ask, node, role, subject.only_class)
        except TraceStopped as stopped:
            # What was seen of the chain before is told all the same.
            ask.stopped = stopped
            node.below.append(unseen("enrollment", "", "could not be read"))
        except RunLimitReached as reached:
            ask.reached = reached
            node.below.append(unseen("enrollment", "", "not read, for a limit of this tool"))
    return node


async def _nobody(ask: Asker, subject: Subject, found: FoundUsers) -> Node:
    """The link of a user that was not found: nobody, or somebody whom enrollments name all the same."""
    node = Node("user", "")
    if not found.is_absent:
        return unseen("user", "", "not seen")
    enrolled = await ask.matching("/enrollments", OF_USER, subject.text)
    proof = (*found.evidence[:3], *enrolled.evidence)
    holding = [each for each in enrolled.rows if holds(each, ask.run.today)]
    if holding:
        node.breaks(
            "trace.without-account", proof, traced=subject.kind,
            enrollments=len(holding) if enrolled.is_complete else None,
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
    # What is over needs no further look: the chain ends there.
    going_on = [of for of, branch in wanted if of and not branch.is_broken]
    classes = await class_nodes(ask, going_on, enrolled.listed)
    for of, branch in wanted:
        if of in classes:
            branch.below.append(classes[of])
            _in_own_list(classes[of], enrolled, role)
        elif not of and not branch.is_broken:
            nameless = Node("class", "")
            nameless.breaks("trace.class-not-returned", enrolled.evidence)
            branch.below.append(nameless)
    branches = [branch for _, branch in wanted]
    if not enrolled.is_complete:
        branches.append(unseen("enrollment", "", "more enrollments not seen"))
    soften(branches, others=not enrolled.is_complete)
    node.below += branches


def _in_own_list(of: Node, enrolled: Enrollments, role: str) -> None:
    """Note where the person's own list of classes lacks one that an enrollment names."""
    listed = enrolled.listed
    if listed.is_complete and of.record is not None and not of.is_broken and of.id not in listed.records:
        of.notes("trace.own-list-differs", (*listed.evidence, *enrolled.evidence[:1]), traced=role)


def _without(node: Node, enrolled: Enrollments, role: str, only: str) -> None:
    """The end of the chain of a person without an enrollment."""
    if not enrolled.is_complete:
        node.below.append(unseen("enrollment", "", "enrollments not seen"))
        return
    proof = (*enrolled.evidence, *enrolled.listed.evidence)
    node.breaks("trace.no-enrollment", proof, traced=role, only_class=only or None)

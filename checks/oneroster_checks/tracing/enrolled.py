"""The links from a person to classes: the enrollments, and whether they hold today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..evidence import Evidence
from ..limits import TRACE_LOOKS
from ..standard.days import span_of
from ..standard.envelopes import Record, id_of, reference
from .asking import Asker
from .class_links import OwnClasses
from .fields import OF_USER, has
from .node import Node, is_deleted, is_true, period

_PERIOD = ("beginDate", "endDate")


@dataclass(slots=True)
class Enrolled:
    """The enrollments of one person in one class."""

    of_class: str
    records: list[Record]

    def best(self, role: str, today: date) -> Record:
        """The one that says most: it holds today, else it will, else it was the last one."""
        return max(self.records, key=lambda record: _rank(record, role, today))


def _rank(record: Record, role: str, today: date) -> tuple[bool, bool, bool, bool, date]:
    span = span_of(record, *_PERIOD)
    return (
        not is_deleted(record),
        not role or role_of(record) == role,
        span.contains(today),
        span.is_to_come(today),
        span.ends or date.max,
    )


def role_of(record: Record) -> str:
    """The role of an enrollment, in small letters; "" for none."""
    return str(record.get("role") or "").strip().lower()


def holds(record: Record, today: date) -> bool:
    """Whether an enrollment counts today: it is not deleted, has begun, and has not ended."""
    return not is_deleted(record) and span_of(record, *_PERIOD).contains(today)


def by_class(records: Iterable[Record], only: str = "") -> list[Enrolled]:
    """The enrollments by the class that they name, in order; with `only` those in that class."""
    found: dict[str, Enrolled] = {}
    for record in records:
        of = reference(record, "class")
        if not only or of == only:
            found.setdefault(of, Enrolled(of, [])).records.append(record)
    return list(found.values())


def enrollment_node(record: Record, role: str, today: date, evidence: tuple[Evidence, ...]) -> Node:
    """The link of one enrollment of a person who is meant to have a role."""
    node = Node("enrollment", id_of(record), record, evidence=evidence)
    span, own = span_of(record, *_PERIOD), role_of(record)
    node.told += [f"role {own}"] if own in ("student", "teacher", "aide", "proctor", "administrator") else []
    node.told += ["primary"] if is_true(record.get("primary")) else []
    node.told += period(span)
    if is_deleted(record):
        node.told.append("deleted")
        node.breaks("trace.enrollment-deleted", evidence, traced=role)
    elif span.is_over(today):
        node.breaks("trace.enrollment-ended", evidence, traced=role, day=_day(span.ends))
    elif span.is_to_come(today):
        node.breaks("trace.enrollment-not-begun", evidence, traced=role, day=_day(span.begins))
    elif role and own and own != role:
        node.breaks("trace.enrollment-other-role", evidence, traced=role, roles=(own,))
    return node


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(slots=True)
class Enrollments:
    """The enrollments of a person, and the person's own list of classes.

    `is_complete` says that these are all of them. `hidden` are the requests that show that a filter did not bring what
    the list of a class did.
    """

    records: list[Record]
    is_complete: bool
    evidence: tuple[Evidence, ...]
    listed: OwnClasses
    hidden: tuple[Evidence, ...] = ()


async def enrollments_of(ask: Asker, id: str, role: str) -> Enrollments:
    """What is known of the enrollments of a user, by the filter and by the lists below records."""
    found = await ask.matching("/enrollments", OF_USER, id)
    listed = await _own_classes(ask, id, role)
    enrolled = Enrollments(list(found.rows), found.is_complete, found.evidence, listed)
    if not enrolled.records or not enrolled.is_complete:
        await _of_classes(ask, enrolled, id)
    return enrolled


async def _own_classes(ask: Asker, id: str, role: str) -> OwnClasses:
    """The list of classes below a student or a teacher, or below the same user where there is no such list."""
    below = await ask.below("/students/{}/classes" if role == "student" else "/teachers/{}/classes", id)
    if not below.is_list:
        below = await ask.below("/users/{}/classes", id)
    return OwnClasses({id_of(row): row for row in below.rows}, below.is_complete, below.evidence)


async def _of_classes(ask: Asker, enrolled: Enrollments, id: str) -> None:
    """Look for the enrollments of a user in the lists of the classes, where the list of all did not bring them."""
    known = {reference(record, "class") for record in enrolled.records}
    for of, record in list(enrolled.listed.records.items())[:TRACE_LOOKS]:
        school = reference(record, "school")
        if not school or of in known:
            continue
        below = await ask.below("/schools/{}/classes/{}/enrollments", school, of)
        rows = [row for row in below.rows if has(row, OF_USER, id)]
        enrolled.records += rows
        if rows and enrolled.is_complete:
            enrolled.hidden = (*enrolled.evidence, *below.evidence)
            return
        if not below.is_list:
            return

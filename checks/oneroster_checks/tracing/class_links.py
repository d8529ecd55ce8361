"""The links of a class: its school, its course, and its terms, and whether it runs today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..evidence import Evidence
from ..limits import TRACE_LOOKS
from ..standard.days import Span, span_of
from ..standard.envelopes import Record, reference, references
from .asking import Asker, Look
from .node import Node, is_deleted, period, soften, unseen
from .schools import school_node

_PERIOD = ("startDate", "endDate")
_SESSIONS = "/academicSessions"
# With more of them the first page of the list takes fewer requests than one for each.
_FEW = 3
# Of many classes, so many that are not there are enough to tell what is wrong.
_MISSING = 2
_KINDS = ("term", "gradingPeriod", "semester", "schoolYear")


@dataclass(frozen=True, slots=True)
class OwnClasses:
    """The classes in a person's own list of classes, by sourcedId; `is_complete` says that they are all of it."""

    records: Mapping[str, Record] = field(default_factory=dict)
    is_complete: bool = False
    evidence: tuple[Evidence, ...] = ()


async def class_nodes(ask: Asker, ids: Sequence[str], listed: OwnClasses) -> dict[str, Node]:
    """The links of some classes by their sourcedIds; a record that came in a person's own list is not asked for."""
    found: dict[str, Node] = {}
    many = len(ids) > _FEW
    missing = 0
    for at, id in enumerate(ids):
        if at >= TRACE_LOOKS:
            found[id] = unseen("class", id, "not looked up")
            continue
        look: Look | None = None
        if id in listed.records:
            look = Look(listed.records[id], evidence=listed.evidence)
        elif many:
            look = await _one_of_many(ask, id, listed, is_enough=missing >= _MISSING)
            missing += look is not None and look.record is None
        if look is None and many:
            found[id] = unseen("class", id, "not looked up")
        else:
            found[id] = await class_node(ask, id, look, many=many)
    return found


async def _one_of_many(ask: Asker, id: str, listed: OwnClasses, *, is_enough: bool) -> Look | None:
    """A look for one of many classes, None where it would take requests of its own and enough are missing."""
    page = await ask.on_first_page("/classes", id)
    if page.record is None and page.is_absent and listed.is_complete:
        # Two lists that are whole lack it.
        return Look(is_absent=True, evidence=(*listed.evidence, *page.evidence))
    if page.record is not None:
        return page
    return None if is_enough else await ask.record("/classes", id)


async def class_node(ask: Asker, id: str, look: Look | None = None, *, many: bool = False) -> Node:
    """The link of one class with all that it needs; `many` says that it is one of many."""
    if look is None:
        look = await ask.record("/classes", id)
    if look.record is None and not look.is_absent:
        return unseen("class", id, "not seen")
    record, evidence = look.record, look.evidence
    node = Node("class", id, record, evidence=evidence)
    if record is None:
        node.breaks("trace.class-not-returned", evidence)
        return node
    if is_deleted(record):
        node.told.append("deleted")
        node.breaks("trace.class-deleted", evidence)
        return node
    node.told.append("active")
    await _school(ask, node, record)
    await _course(ask, node, record, many=many)
    await _terms(ask, node, record, evidence)
    return node


async def _school(ask: Asker, node: Node, record: Record) -> None:
    school = reference(record, "school")
    if school:
        node.below.append(await school_node(ask, school, "the class"))


async def _course(ask: Asker, node: Node, record: Record, *, many: bool) -> None:
    course = reference(record, "course")
    if not course:
        node.breaks("trace.course-missing", node.evidence)
        return
    look = await (ask.listed("/courses", course) if many else ask.record("/courses", course))
    if look.record is None and not look.is_absent:
        node.below.append(unseen("course", course, "not seen"))
        return
    below = Node("course", course, look.record, evidence=look.evidence)
    if look.record is None:
        below.breaks("trace.course-missing", look.evidence, of_record=node.id)
    elif is_deleted(look.record):
        below.told.append("deleted")
        below.breaks("trace.course-missing", look.evidence, of_record=node.id, is_deleted=True)
    node.below.append(below)


async def _terms(ask: Asker, node: Node, record: Record, evidence: tuple[Evidence, ...]) -> None:
    """The terms of a class: that there are some, that they are shared, and that one of them contains today."""
    ids = references(record, "terms")
    if not ids:
        node.breaks("trace.class-without-term", evidence)
        return
    sessions: list[Record] = []
    lacking = len(ids) > TRACE_LOOKS
    for id in ids[:TRACE_LOOKS]:
        look = await ask.listed(_SESSIONS, id)
        below = Node("academicSession", id, look.record, evidence=look.evidence)
        if look.record is None:
            if not look.is_absent:
                below = unseen("academicSession", id, "not seen")
            else:
                below.breaks("trace.term-missing", look.evidence, of_record=node.id)
            lacking = True
        elif is_deleted(look.record):
            below.told.append("deleted")
            below.breaks("trace.term-missing", look.evidence, of_record=node.id, is_deleted=True)
            lacking = True
        else:
            sessions.append(look.record)
            kind = look.record.get("type")
            below.told += [str(kind)] if kind in _KINDS else []
            below.told += period(span_of(look.record, *_PERIOD))
        evidence = (*evidence, *look.evidence)
        node.below.append(below)
    runs = any(span_of(each, *_PERIOD).contains(ask.run.today) for each in sessions)
    if runs:
        # One term that contains today is enough, so that the others are only worth knowing.
        soften([each for each in node.below if each.what == "academicSession"])
    if runs or lacking or not sessions:
        # Of a class whose other terms nobody saw nobody knows whether it is over.
        return
    await _ended_or_to_come(ask, node, sessions, tuple(dict.fromkeys(evidence)))


async def _ended_or_to_come(
    ask: Asker, node: Node, sessions: list[Record], evidence: tuple[Evidence, ...]
) -> None:
    """Why no term of a class contains today."""
    today = ask.run.today
    spans = [span_of(each, *_PERIOD) for each in sessions]
    ended = [span.ends for span in spans if span.ends and span.is_over(today)]
    if len(ended) == len(spans):
        years = _years(sessions)
        current = _years([each for each in await ask.every_listed(_SESSIONS) if _contains(each, today)])
        if years and current and not years & current:
            node.breaks(
                "trace.class-other-year",
                evidence,
                year=", ".join(sorted(years)),
                current=", ".join(sorted(current)),
            )
        else:
            node.breaks("trace.term-over", evidence, day=max(ended).isoformat())
    elif not ended:
        begins = min(span.begins for span in spans if span.begins)
        node.breaks("trace.term-not-begun", evidence, day=begins.isoformat())


def _contains(record: Record, today: date) -> bool:
    span: Span = span_of(record, *_PERIOD)
    return (
        not is_deleted(record) and span.begins is not None and span.ends is not None and span.contains(today)
    )


def _years(sessions: Sequence[Record]) -> set[str]:
    """The school years that sessions name, each by the calendar year of its end."""
    named = {str(each.get("schoolYear") or "").strip()[:4] for each in sessions}
    return {year for year in named if year.isascii() and year.isdigit()}

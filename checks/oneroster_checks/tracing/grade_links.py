"""The links of a grade: the result, its line item with category and class, and its student."""

from __future__ import annotations

from ..evidence import Evidence
from ..standard.days import day_in, span_of
from ..standard.envelopes import Record, id_of, reference
from .asking import Asker
from .class_links import class_node
from .enrolled import by_class, enrollment_node
from .fields import OF_LINE_ITEM, OF_USER
from .model import Subject
from .node import Node, is_deleted, soften, unseen
from .people import user_node

_STATES = ("exempt", "fully graded", "not submitted", "partially graded", "submitted")
_NOT_THERE_YET = frozenset({"not submitted", "submitted"})


async def traced_grade(ask: Asker, subject: Subject) -> Node:
    """The chain of a grade by the sourcedId of its result, or of its line item."""
    result = await ask.alone("/results", subject.text, "the result that is traced")
    if result.record is not None:
        return await _result(ask, result.record, result.evidence)
    item = await ask.alone("/lineItems", subject.text, "the line item that is traced")
    if item.record is not None:
        return await _line_item_alone(ask, item.record, item.evidence)
    looks = [await ask.record(path, subject.text) for path in ("/results", "/lineItems")]
    if looks[0].record is not None:
        return await _result(ask, looks[0].record, looks[0].evidence)
    if looks[1].record is not None:
        return await _line_item_alone(ask, looks[1].record, looks[1].evidence)
    proof = tuple(each for look in looks for each in look.evidence[:2])
    if not all(look.is_absent for look in looks):
        return unseen("result", "", "not seen")
    node = Node("result", "")
    node.breaks("trace.grade-not-found", proof)
    return node


async def _result(ask: Asker, record: Record, evidence: tuple[Evidence, ...]) -> Node:
    node = Node("result", id_of(record), record, evidence=evidence)
    status = str(record.get("scoreStatus") or "").strip().lower()
    has_score = record.get("score") not in (None, "") or bool(record.get("textScore"))
    node.told += [status] if status in _STATES else []
    node.told += ["has a score" if has_score else "no score"]
    day = day_in(record.get("scoreDate"))
    node.told += [f"scored {day}"] if day else []
    node.told += ["vendor key sent"] if ask.run.target.has_vendor_pair else []
    if is_deleted(record):
        node.told.append("deleted")
        node.breaks("trace.result-deleted", evidence)
    elif status == "exempt":
        node.breaks("trace.result-exempt", evidence)
    elif not has_score or status in _NOT_THERE_YET:
        node.breaks("trace.result-without-score", evidence, state=status if status in _STATES else None)
    item_id = reference(record, "lineItem")
    item = await ask.record("/lineItems", item_id) if item_id else None
    if item is not None and item.record is None and not item.is_absent:
        node.below.append(unseen("lineItem", item_id, "not seen"))
    elif item is None or item.record is None:
        below = Node("lineItem", item_id)
        below.breaks("trace.line-item-missing", item.evidence if item else evidence, of_record=node.id)
        node.below.append(below)
    else:
        _range(node, record, item.record, (*evidence, *item.evidence))
        node.below.append(await _line_item(ask, item.record, item.evidence))
    of_class = reference(item.record, "class") if item is not None and item.record else ""
    node.below.append(await _student(ask, node, reference(record, "student"), of_class, evidence))
    return node


def _range(node: Node, record: Record, item: Record, evidence: tuple[Evidence, ...]) -> None:
    """Whether the score lies in the range of the line item."""
    score, least, most = (
        _number(each)
        for each in (record.get("score"), item.get("resultValueMin"), item.get("resultValueMax"))
    )
    if score is None or least is None or most is None or least <= score <= most:
        return
    node.notes("trace.score-out-of-range", evidence, highest=f"{most:g}", lowest=f"{least:g}")


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


async def _line_item_alone(ask: Asker, record: Record, evidence: tuple[Evidence, ...]) -> Node:
    """A line item that is traced without a result, and whether there is one for it."""
    node = await _line_item(ask, record, evidence)
    of_class = reference(record, "class")
    if node.breaks_somewhere() or not of_class:
        return node
    below = await ask.below("/classes/{}/lineItems/{}/results", of_class, node.id)
    own = [row for row in below.rows if reference(row, "lineItem") == node.id]
    proof = below.evidence
    if not own or len(own) < len(below.rows):
        found = await ask.matching("/results", OF_LINE_ITEM, node.id)
        if not found.rows and not found.is_complete:
            node.below.append(unseen("result", "", "results not seen"))
            return node
        own, proof = list(found.rows), (*proof, *found.evidence)
    there = [row for row in own if not is_deleted(row)]
    node.told.append("has results" if there else "no result")
    if not there:
        node.breaks("trace.no-result", proof)
    return node


async def _line_item(ask: Asker, record: Record, evidence: tuple[Evidence, ...]) -> Node:
    node = Node("lineItem", id_of(record), record, evidence=evidence)
    assigned, due = day_in(record.get("assignDate")), day_in(record.get("dueDate"))
    node.told += [f"assigned {assigned}"] if assigned else []
    node.told += [f"due {due}"] if due else []
    if is_deleted(record):
        node.told.append("deleted")
        node.breaks("trace.line-item-deleted", evidence)
    await _category(ask, node, record)
    await _grading_period(ask, node, record, evidence)
    of_class = reference(record, "class")
    below = await class_node(ask, of_class) if of_class else None
    if below is None or any(each.cause == "trace.class-not-returned" for each in below.flaws):
        proof = (*evidence, *(below.flaws[0].evidence if below else ()))
        node.breaks("trace.line-item-without-class", proof, of_record=of_class or None)
    if below is not None:
        # It is the line item that leads nowhere; the class itself is not wrong.
        below.flaws = [each for each in below.flaws if each.cause != "trace.class-not-returned"]
        below.told += ["not returned"] if below.record is None and below.is_seen else []
        node.below.append(below)
    return node


async def _category(ask: Asker, node: Node, record: Record) -> None:
    category = reference(record, "category")
    if not category:
        node.notes("trace.category-missing", node.evidence)
        return
    look = await ask.record("/categories", category)
    if look.record is None and not look.is_absent:
        node.below.append(unseen("category", category, "not seen"))
        return
    below = Node("category", category, look.record, evidence=look.evidence)
    if look.record is None:
        below.notes("trace.category-missing", look.evidence, of_record=node.id)
    elif is_deleted(look.record):
        below.told.append("deleted")
        below.notes("trace.category-missing", look.evidence, of_record=node.id, is_deleted=True)
    node.below.append(below)


async def _grading_period(ask: Asker, node: Node, record: Record, evidence: tuple[Evidence, ...]) -> None:
    """Whether a line item is due within its grading period; Campus takes no grade outside an open one."""
    period, due = reference(record, "gradingPeriod"), day_in(record.get("dueDate"))
    if not period or due is None:
        return
    look = await ask.listed("/academicSessions", period)
    if look.record is None:
        return
    span = span_of(look.record, "startDate", "endDate")
    if not span.contains(due):
        node.notes("trace.due-outside-period", (*evidence, *look.evidence), day=due.isoformat())


async def _student(ask: Asker, of: Node, id: str, of_class: str, evidence: tuple[Evidence, ...]) -> Node:
    """The link of the student of a result, and whether that student is in the class of the line item."""
    if not id:
        node = Node("user", "")
        node.breaks("trace.result-other-student", evidence, of_record=of.id)
        return node
    look = await ask.record("/users", id)
    if look.record is None and not look.is_absent:
        return unseen("user", id, "not seen")
    if look.record is None:
        node = Node("user", id)
        enrolled = await ask.matching("/enrollments", OF_USER, id)
        node.breaks(
            "trace.without-account", (*look.evidence, *enrolled.evidence), traced="student",
            enrollments=(len(enrolled.rows) if enrolled.is_complete else 0) or None,
            needs_account=ask.run.connection.oneroster in ask.run.provider.accounts_only or None,
        )  # fmt: skip
        return node
    node = await user_node(ask, look.record, "student", id, look.evidence)
    if not of_class or node.is_broken:
        return node
    found = await ask.matching("/enrollments", OF_USER, id)
    groups = by_class(found.rows, of_class)
    if groups:
        best = groups[0].best("student", ask.run.today)
        below = enrollment_node(best, "student", ask.run.today, found.evidence)
        # There may be one that goes on among those that were not seen.
        soften([below], others=not found.is_complete)
        node.below.append(below)
    elif found.is_complete:
        node.breaks(
            "trace.result-other-student", (*evidence, *found.evidence), of_record=of.id, of_class=of_class
        )
    else:
        node.below.append(unseen("enrollment", "", "enrollments not seen"))
    return node

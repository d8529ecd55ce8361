"""Lists that hold the same records: which agree, and in a few words how one does not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..evidence import Evidence
from ..standard.envelopes import Record, id_of, reference, references, roles_of
from .asked import ask_known, expected_operations, first_page, named
from .context import RunContext
from .operation_answers import Answered


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A list that was compared with another one: `words` say how it disagrees, "" where it agrees."""

    path: str
    words: str
    evidence: tuple[Evidence, ...]


# What is wrong with the records of an answer by themselves, "" for nothing.
_Rule = Callable[[Answered], str]


def _of_type(*types: str) -> _Rule:
    def rule(answer: Answered) -> str:
        return _some(
            answer.rows, lambda row: row.get("type") in types, f"has records that are not {types[0]}"
        )

    return rule


def _in_role(role: str) -> _Rule:
    def rule(answer: Answered) -> str:
        return _some(answer.rows, lambda row: role in roles_of(row), f"has people who are not {role}s")

    return rule


def _of(field: str, words: str, place: int = -1) -> _Rule:
    """Each record refers by a field to the record in the path, by its place among the sourcedIds there."""

    def rule(answer: Answered) -> str:
        wanted = answer.ids[place]
        return _some(answer.rows, lambda row: reference(row, field) in (wanted, ""), f"has {words}")

    return rule


def _in_terms(terms: set[str]) -> _Rule:
    def rule(answer: Answered) -> str:
        return _some(
            answer.rows, lambda row: bool({*references(row, "terms")} & terms), "has classes of other terms"
        )

    return rule


def _some(rows: Iterable[Record], fits: Callable[[Record], bool], words: str) -> str:
    wrong = sum(not fits(row) for row in rows if row.get("status") != "tobedeleted")
    return f"{words} ({wrong})" if wrong else ""


_RULES: Mapping[str, _Rule] = {
    "getAllSchools": _of_type("school"),
    "getSchool": _of_type("school"),
    "getAllTerms": _of_type("term", "semester"),
    "getTermsForSchool": _of_type("term", "semester"),
    "getAllGradingPeriods": _of_type("gradingPeriod"),
    "getGradingPeriodsForTerm": _of_type("gradingPeriod"),
    "getAllStudents": _in_role("student"),
    "getStudent": _in_role("student"),
    "getStudentsForSchool": _in_role("student"),
    "getStudentsForClass": _in_role("student"),
    "getStudentsForClassInSchool": _in_role("student"),
    "getAllTeachers": _in_role("teacher"),
    "getTeacher": _in_role("teacher"),
    "getTeachersForSchool": _in_role("teacher"),
    "getTeachersForClass": _in_role("teacher"),
    "getTeachersForClassInSchool": _in_role("teacher"),
    "getClassesForSchool": _of("school", "classes of another school"),
    "getEnrollmentsForSchool": _of("school", "enrollments of another school"),
    "getEnrollmentsForClassInSchool": _of("class", "enrollments of another class"),
    "getClassesForCourse": _of("course", "classes of another course"),
    "getLineItemsForClass": _of("class", "line items of another class"),
    "getScoreScalesForClass": _of("class", "score scales of another class"),
    "getResultsForLineItemForClass": _of("lineItem", "results of another line item"),
    "getResultsForStudentForClass": _of("student", "results of another student"),
}
# A list that must have one of the records by which the paths were made, with the word of that record.
_MUST_HAVE = {
    "getClassesForSchool": "classes", "getClassesForCourse": "classes", "getClassesForStudent": "classes",
    "getClassesForTeacher": "classes", "getClassesForUser": "classes", "getStudentsForClass": "students",
    "getTeachersForClass": "teachers", "getLineItemsForClass": "lineItems", "getResultsForLineItemForClass": "results",
}  # fmt: skip
# Causes of people and classes who are enrolled and not there: their lists lack them for a reason that was told.
_ABSENT = {"accounts.students-missing", "accounts.staff-missing", "data.dangling-reference"}
# Collections that are a part of another one.
_PARTS = {
    "/schools": "/orgs", "/terms": "/academicSessions", "/gradingPeriods": "/academicSessions",
    "/students": "/users", "/teachers": "/users",
}  # fmt: skip


async def compared(run: RunContext) -> AsyncIterator[Disagreement]:
    """Every comparison that the answers of this run allow, one after the other."""
    for operation in await expected_operations(run):
        answer = await ask_known(run, operation)
        if answer is None or not answer.works or not (answer.rows or operation.name in _MUST_HAVE):
            continue
        rule = _RULES.get(operation.name)
        if operation.name == "getClassesForTerm":
            rule = _in_terms(related_terms(answer.ids[0], (await first_page(run, "/academicSessions")).rows))
        words = (rule(answer) if rule else "") or _missing(run, answer)
        if rule or operation.name in _MUST_HAVE:
            yield Disagreement(operation.path, words, (answer.evidence,))
    for part, whole in _PARTS.items():
        if (found := await _among(run, part, whole)) is not None:
            yield found
    for role, name in (("student", "getStudentsForClass"), ("teacher", "getTeachersForClass")):
        if (found := await _enrolled(run, role, name)) is not None:
            yield found


def _missing(run: RunContext, answer: Answered) -> str:
    """How a list lacks the record that it must have; only a list that was read whole can lack one."""
    word = _MUST_HAVE.get(answer.operation.name)
    if word is None or run.known_ids is None or not _is_whole(answer) or run.named & _ABSENT:
        return ""
    known = run.known_ids.grades if answer.operation.service == "gradebook" else run.known_ids.roster
    wanted = known.get(word, "")
    if not wanted or wanted in answer.reading.ids():
        return ""
    return f"lacks one of the {'line items' if word == 'lineItems' else word} that refer to it"


def _is_whole(answer: Answered) -> bool:
    """Whether all records of a list came: by its total, or since fewer came than were asked for."""
    page = answer.reading
    if page.cut or page.next_url:
        return False
    return page.total <= len(page.rows) if page.total is not None else len(page.rows) < page.limit


async def _among(run: RunContext, part: str, whole: str) -> Disagreement | None:
    """Whether the records of one collection are among those of another, as far as that one was read whole."""
    if not run.connection.shares("rostering"):
        return None
    small, large = await first_page(run, part), await first_page(run, whole)
    if not (small.rows and large.good and large.whole_by_total):
        return None
    there = set(large.ids())
    absent = sum(id not in there for id in small.ids())
    words = f"has records that are not in {whole} ({absent})" if absent else ""
    return Disagreement(part, words, (small.evidence, large.evidence))


async def _enrolled(run: RunContext, role: str, name: str) -> Disagreement | None:
    """Whether the people of a class are those of its enrollments."""
    if not run.connection.shares("rostering") or "sharing.enrollments-empty" in run.named:
        # That nobody is enrolled was told.
        return None
    people, enrollments = await named(run, name), await named(run, "getEnrollmentsForClassInSchool")
    if people is None or enrollments is None or not (people.works and enrollments.works):
        return None
    if not (_is_whole(people) and _is_whole(enrollments)) or people.ids[0] != enrollments.ids[1]:
        return None
    rows = [row for row in enrollments.rows if row.get("role") == role]
    ever = {reference(row, "user") for row in rows}
    now = {reference(row, "user") for row in rows if _is_current(row, run.today)}
    listed = set(people.reading.ids())
    words = ""
    if listed - ever:
        # An enrollment may name another school than its class does, so this shows nothing of all enrollments.
        words = f"has people who are not in {enrollments.operation.path} ({len(listed - ever)})"
    elif now - listed and not run.named & _ABSENT:
        words = f"lacks people who are enrolled ({len(now - listed)})"
    return Disagreement(people.operation.path, words, (people.evidence, enrollments.evidence))


def _is_current(enrollment: Record, today: date) -> bool:
    """Whether an enrollment is neither deleted, over, nor still to come."""
    day = today.isoformat()
    begin, end = str(enrollment.get("beginDate") or day)[:10], str(enrollment.get("endDate") or day)[:10]
    return enrollment.get("status") != "tobedeleted" and begin <= day <= end


def related_terms(term: str, sessions: Sequence[Record]) -> set[str]:
    """A term, what it is a part of, and its parts: the sessions by which a class may say that it is in the term."""
    found = {term}
    for row in sessions:
        if id_of(row) == term:
            found |= {reference(row, "parent"), *references(row, "children")}
        if reference(row, "parent") == term:
            found.add(id_of(row))
    return found - {""}

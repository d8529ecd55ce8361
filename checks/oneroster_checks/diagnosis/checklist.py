"""The article's points, each settled by evidence, and asked only where no evidence can settle it.

Which findings speak for or against a point stands with the checks (`Check.proves`) and in the catalogue
(`Cause.proves`, `Cause.disproves`); nothing here knows a check or a cause by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from ..causes import entry_of
from ..connection import Answer
from ..finding import Stage, Status
from ..labels import Who, field_label
from ..points import Point
from ..providers import provider
from ..result import ChecklistItem, ReportedFinding, Result, Step
from .checklist_rows import BESIDE, Row, rows
from .plan import every_check
from .questions import Question, questions, where_to_look

__all__ = ["Question", "answered", "questions", "settle"]

_WITHOUT_VENDOR_KEY = "Grade-book requests work here without a vendor key."
_NO_VENDOR_KEY = "No vendor key is entered, and every grade-book request needs one."
_KNOWN_KEY = "The server knows the key, so the problem is not here."


def settle(result: Result, answers: Mapping[str, Answer]) -> tuple[ChecklistItem, ...]:
    """The rows of the checklist over the findings of a result and the district's answers."""
    unanswered = {row.point for row in BESIDE if answers.get(row.point, "unknown") == "unknown"}
    wanted = (row for row in rows(result.connection) if row.point not in unanswered)
    return tuple(_item(row, result, answers) for row in wanted)


def answered(result: Result, answers: Mapping[str, Answer]) -> Result:
    """The result with its checklist settled again, over answers that came after the run."""
    return replace(result, checklist=settle(result, answers))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The findings that speak of one point: against it, for it, and what could have shown it."""

    against: tuple[ReportedFinding, ...]
    proofs: tuple[ReportedFinding, ...]
    proving: tuple[ReportedFinding, ...]

    @property
    def failing(self) -> tuple[ReportedFinding, ...]:
        return tuple(each for each in self.against if each.finding.status is Status.FAIL)

    @property
    def other_failure(self) -> bool:
        """Whether a check that would prove the point failed for a reason that does not speak of it."""
        return any(each.finding.failed and each not in self.against for each in self.proving)


def _item(row: Row, result: Result, answers: Mapping[str, Answer]) -> ChecklistItem:
    reason = row.applies(result.connection)
    if reason is not None:
        return ChecklistItem(row.point, row.text, Status.SKIP, note=reason, applicable=False)
    seen = _evidence(row, result)
    status, note, shown = _settled(row, seen, result)
    if status is Status.ASK:
        answer = answers.get(row.point, "unknown")
        if answer == "yes":
            status, note = Status.PASS, "The district confirmed this."
        elif answer == "no":
            status, note = Status.FAIL, "The district says this is not the case."
    fix = [step for each in seen.against for step in each.fix] if status is not Status.ASK else []
    where = where_to_look(row.point, provider(result.connection.provider))
    if not fix and status in (Status.ASK, Status.FAIL) and where:
        fix = [Step(Who.DISTRICT, f"Check this in {where}.")]
    checks = tuple(dict.fromkeys(each.finding.check for each in shown))
    return ChecklistItem(row.point, row.text, status, checks, note, tuple(dict.fromkeys(fix)))


def _settled(row: Row, seen: _Evidence, result: Result) -> tuple[Status, str, Iterable[ReportedFinding]]:
    """The state of a row, its reason, and the findings that settle it."""
    if seen.failing:
        return Status.FAIL, row.failed or _wrong(row, seen.failing), (*seen.against, *seen.proofs)
    if seen.proofs and not (row.needs_all and seen.other_failure):
        if seen.against:
            return Status.WARN, _wrong(row, seen.against), (*seen.against, *seen.proofs)
        return Status.PASS, _why_passed(row, seen, result), seen.proofs
    if row.point is Point.VENDOR_CREDENTIALS and _lacks_vendor_pair(result):
        return Status.WARN, _NO_VENDOR_KEY, seen.proving
    note = row.unknown_failed if row.unknown_failed and _was_tried(row, seen, result) else row.unknown
    return row.undecided, note, seen.proving


def _evidence(row: Row, result: Result) -> _Evidence:
    point, stages = row.point, list(Stage)
    against, proofs, proving = [], [], []
    for each in result.findings:
        finding, entry = each.finding, entry_of(each.finding.cause)
        speaks = finding.status in (Status.FAIL, Status.WARN) and point in entry.disproves
        proves = finding.check in _proving(point)
        if speaks and stages.index(finding.stage) <= stages.index(row.until):
            against.append(each)
        if proves:
            proving.append(each)
        if (proves and finding.status in (Status.PASS, Status.WARN)) or point in entry.proves:
            proofs.append(each)
    # The root cause is the reason that people read first.
    against.sort(key=lambda each: each.finding.check != result.verdict.check)
    return _Evidence(tuple(against), tuple(proofs), tuple(proving))


def _wrong(row: Row, findings: tuple[ReportedFinding, ...]) -> str:
    """The reason of a row that is not in order: which value is wrong, or what was found."""
    first = findings[0]
    if row.point is not Point.CREDENTIALS_CORRECT or first.finding.status is not Status.FAIL:
        return first.summary
    own = str(first.finding.facts.get("field", ""))
    fields = (own,) if own else entry_of(first.finding.cause).fields
    if not fields:
        return first.summary
    return f"The {' or the '.join(map(field_label, fields))} is wrong."


def _why_passed(row: Row, seen: _Evidence, result: Result) -> str:
    if row.point is Point.VENDOR_CREDENTIALS and not result.has_vendor_pair:
        return _WITHOUT_VENDOR_KEY
    if row.point is Point.CREDENTIALS_CORRECT and seen.proofs[0].finding.failed:
        return _KNOWN_KEY
    if row.passed:
        return row.passed
    # What a check of this point alone found says more than what proves several at once.
    specific = min(seen.proofs, key=lambda each: _points_of(each.finding.check))
    return specific.summary if specific.says_more else ""


def _lacks_vendor_pair(result: Result) -> bool:
    return not result.has_vendor_pair and provider(result.connection.provider).vendor_header


def _was_tried(row: Row, seen: _Evidence, result: Result) -> bool:
    """Whether the run got as far as the point, without an answer to it."""
    if row.point is Point.CREDENTIALS_CURRENT:
        return result.connection.created is not None
    return any(each.finding.failed for each in seen.proving)


def _points_of(id: str) -> int:
    return next((len(check.proves) for check in every_check() if check.id == id), 0)


@cache
def _proving(point: Point) -> frozenset[str]:
    """The checks that prove a point when they pass."""
    return frozenset(check.id for check in every_check() if point in check.proves)

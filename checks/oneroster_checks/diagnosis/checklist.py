"""The article's points, each settled by evidence, and asked only where no evidence can settle it.

Which findings speak for or against a point stands with the checks (`Check.proves`) and in the catalogue
(`Cause.proves`, `Cause.disproves`); nothing here knows a check or a cause by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from ..causes import entry_of
from ..connection import DistrictAnswer, answer_of
from ..finding import Stage, Status
from ..labels import Who, field_label
from ..points import Point
from ..providers import provider
from ..result import ChecklistItem, ReportedFinding, Result, Step
from ..stages.lifetime import expiry
from .checklist_rows import BESIDE, Row, rows
from .district_answers import with_answer
from .options import validate_answers
from .plan import every_check
from .questions import Question, questions, where_to_look

__all__ = ["Question", "answered", "questions", "settle"]

# The values whose correctness one point of the article is about.
_FOUR_VALUES = frozenset({"client_id", "client_secret", "token_url", "base_url"})
_WITHOUT_VENDOR_KEY = "Grade-book requests work here without a vendor key."
_NO_VENDOR_KEY = "No vendor key is entered, and every grade-book request needs one."
_UNMADE = "Not known yet: this tool's limit for one run was reached first."
_KNOWN_KEY = "The server knows the key, so the problem is not here."


def settle(result: Result, answers: Mapping[str, DistrictAnswer]) -> tuple[ChecklistItem, ...]:
    """The rows of the checklist over the findings of a result and the district's answers."""
    unanswered = {row.point for row in BESIDE if answer_of(answers.get(row.point, "unknown")) == "unknown"}
    wanted = (row for row in rows(result.connection) if row.point not in unanswered)
    return tuple(_item(row, result, answers) for row in wanted)


def answered(result: Result, answers: Mapping[str, DistrictAnswer]) -> Result:
    """The result with its checklist settled again, over answers that came after the run.

    InvalidOption when an answer is none that can be given.
    """
    validate_answers(answers)
    return replace(result, checklist=settle(result, answers))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The findings that speak of one point: against it, for it, and what could have shown it.

    Of those against it, `failing` show that it is not in order, `suspecting` that it may not be.
    """

    against: tuple[ReportedFinding, ...]
    proofs: tuple[ReportedFinding, ...]
    proving: tuple[ReportedFinding, ...]
    failing: tuple[ReportedFinding, ...]
    suspecting: tuple[ReportedFinding, ...]
    undone_by: ReportedFinding | None = None

    @property
    def unmade(self) -> bool:
        """Whether a limit of the run kept a check that would prove the point from being made."""
        return any(each.finding.limit for each in self.proving)

    @property
    def other_failure(self) -> bool:
        """Whether a check that would prove the point failed for a reason that does not speak of it."""
        return any(each.finding.failed and each not in self.against for each in self.proving)


def _item(row: Row, result: Result, answers: Mapping[str, DistrictAnswer]) -> ChecklistItem:
    reason = row.applies(result.connection)
    if reason is not None:
        return ChecklistItem(row.point, row.text, Status.SKIP, note=reason, applicable=False)
    seen = _evidence(row, result)
    status, note, shown = _settled(row, seen, result)
    status, note = with_answer(status, note, answers.get(row.point, "unknown"), result.started.date())
    fix = [step for each in seen.against for step in each.fix] if status is not Status.ASK else []
    where = where_to_look(row.point, provider(result.connection.provider))
    if not fix and status in (Status.ASK, Status.FAIL) and where:
        fix = [Step(Who.DISTRICT, f"Check this in {where}.")]
    checks = tuple(dict.fromkeys(each.finding.check for each in shown))
    return ChecklistItem(row.point, row.text, status, checks, note, tuple(dict.fromkeys(fix)))


def _settled(row: Row, seen: _Evidence, result: Result) -> tuple[Status, str, Iterable[ReportedFinding]]:
    """The state of a row, its reason, and the findings that settle it."""
    if seen.failing:
        return Status.FAIL, row.failed or _wrong(row, seen), (*seen.against, *seen.proofs)
    if seen.suspecting:
        return Status.WARN, _wrong(row, seen), (*seen.against, *seen.proofs)
    if seen.undone_by is not None:
        return row.undecided, seen.undone_by.summary, (seen.undone_by,)
    if seen.proofs and not (row.needs_all and (seen.other_failure or seen.unmade)):
        if seen.against:
            return Status.WARN, _wrong(row, seen), (*seen.against, *seen.proofs)
        return Status.PASS, _why_passed(row, seen, result), seen.proofs
    if row.point is Point.VENDOR_CREDENTIALS and _lacks_vendor_pair(result):
        return Status.WARN, _NO_VENDOR_KEY, seen.proving
    return row.undecided, _why_unknown(row, seen, result), seen.proving


def _evidence(row: Row, result: Result) -> _Evidence:
    point, stages = row.point, list(Stage)
    against, proofs, proving = [], [], []
    explained_by_root, would_prove = entry_of(result.verdict.cause).explains, _proving(point)
    for each in result.findings:
        finding, entry = each.finding, entry_of(each.finding.cause)
        # What the root cause explains goes away with it, and speaks for no point of its own.
        explained = finding.cause in explained_by_root
        speaks = point in entry.disproves and not explained and _speaks_of(point, each)
        proves = finding.check in would_prove
        if speaks and stages.index(finding.stage) <= stages.index(row.until):
            against.append(each)
        if proves:
            proving.append(each)
        known = point in finding.proves or (point in entry.proves and not finding.facts.get("fixed_token"))
        if (proves and finding.status in (Status.PASS, Status.WARN)) or known:
            proofs.append(each)
    # The root cause is the reason that people read first.
    against.sort(key=lambda each: each.finding.check != result.verdict.check)
    # A hint is a warning until what it explains has failed; as the root cause it is why the run failed.
    failing = [
        each
        for each in against
        if each.finding.status is Status.FAIL
        or (each.finding.check == result.verdict.check and result.verdict.status is Status.FAIL)
    ]
    suspecting = [each for each in failing if _suspects(each)]
    failing = [each for each in failing if each not in suspecting]
    # What is open to anyone proves nothing of the credentials.
    undone_by = next(
        (
            each
            for each in result.findings
            if each.finding.failed and point in entry_of(each.finding.cause).undoes
        ),
        None,
    )
    return _Evidence(
        tuple(against), tuple(proofs), tuple(proving), tuple(failing), tuple(suspecting), undone_by
    )


def _suspects(reported: ReportedFinding) -> bool:
    """Whether a finding does not show that the fields of its cause are wrong."""
    return entry_of(reported.finding.cause).suspects and not reported.finding.wrong_fields


def _speaks_of(point: Point, reported: ReportedFinding) -> bool:
    """Whether a finding that is not in order speaks of the point: of the four values only one of them."""
    finding = reported.finding
    if finding.status not in (Status.FAIL, Status.WARN):
        return False
    if point is not Point.CREDENTIALS_CORRECT:
        return True
    fields = _fields(reported)
    return not fields or bool(_FOUR_VALUES & set(fields))


def _fields(reported: ReportedFinding) -> tuple[str, ...]:
    """The fields that a finding calls wrong: its own, else those of its cause."""
    return reported.finding.wrong_fields or entry_of(reported.finding.cause).fields


def _wrong(row: Row, seen: _Evidence) -> str:
    """The reason of a row that is not in order: which value is wrong, or what was found."""
    first = (seen.failing or seen.suspecting or seen.against)[0]
    fields = [field for field in _fields(first) if field in _FOUR_VALUES]
    told = seen.failing or seen.suspecting
    if row.point is not Point.CREDENTIALS_CORRECT or not told or not fields:
        return first.summary
    fixed = bool(first.finding.facts.get("fixed_token"))
    names = " or the ".join(field_label(field, fixed_token=fixed) for field in fields)
    return f"The {names} {'is' if seen.failing else 'may be'} wrong."


def _why_passed(row: Row, seen: _Evidence, result: Result) -> str:
    if row.point is Point.VENDOR_CREDENTIALS and not result.has_vendor_pair:
        return _WITHOUT_VENDOR_KEY
    if row.point is Point.CREDENTIALS_CORRECT and seen.proofs[0].finding.failed:
        return _KNOWN_KEY
    if row.passed:
        return row.passed
    # What a check of this point alone found says more than what proves several at once.
    in_order = [each for each in seen.proofs if each.finding.status is Status.PASS] or seen.proofs
    specific = min(in_order, key=lambda each: _points_of(each.finding.check))
    return specific.summary if specific.says_more else ""


def _lacks_vendor_pair(result: Result) -> bool:
    return not result.has_vendor_pair and provider(result.connection.provider).vendor_header


def _why_unknown(row: Row, seen: _Evidence, result: Result) -> str:
    """Why nothing settles a point: it was not reached, or what would show it failed for another reason."""
    if row.point is Point.CREDENTIALS_CURRENT:
        created = result.connection.created
        if created is None:
            return row.unknown
        old = expiry(created) <= result.started.date()
        return (
            row.unknown_failed
            if old and _was_refused(result)
            else "Not known yet: the run did not get that far."
        )
    if not any(each.finding.failed for each in seen.proving):
        return _UNMADE if seen.unmade else row.unknown
    if row.unknown_refused and any(
        Point.GRADEBOOK_ENABLED in entry_of(each.finding.cause).disproves for each in seen.proving
    ):
        return row.unknown_refused
    return row.unknown_failed or row.unknown


def _was_refused(result: Result) -> bool:
    """Whether a request was made whose answer refused the credentials."""
    return any(
        each.finding.failed
        and each.finding.stage in (Stage.TOKEN, Stage.ACCESS)
        and each.finding.evidence
        and Point.CREDENTIALS_CORRECT in entry_of(each.finding.cause).disproves
        for each in result.findings
    )


def _points_of(id: str) -> int:
    return next((len(check.proves) for check in every_check() if check.id == id), 0)


@cache
def _proving(point: Point) -> frozenset[str]:
    """The checks that prove a point when they pass."""
    return frozenset(check.id for check in every_check() if point in check.proves)

"""The verdict of a run: which check names the root cause, its sentence and steps, and what shows after it."""

from __future__ import annotations

from collections.abc import Sequence

from ..causes import entry_of
from ..causes.remaining import causes_of, remaining
from ..finding import Finding, Status
from ..result import ReportedFinding, Verdict


def verdict(findings: Sequence[ReportedFinding], provider: str) -> Verdict:
    """The verdict over findings in the order of the run; `provider` is the id whose steps are told."""
    root = root_cause(findings)
    if root is None or root.finding.cause is None:
        return Verdict(Status.PASS, None, "Everything that was checked is in order.")
    found = root.finding.cause
    failing = any(each.finding.status is Status.FAIL for each in findings)
    status = Status.FAIL if failing else root.finding.status
    told, *rest = remaining(root, findings, status, provider)
    # What is told with the root cause is fixed with it.
    then = dict.fromkeys(cause for each in rest for cause in causes_of(each) if cause not in causes_of(told))
    return Verdict(status, found, told.summary, told.fix, tuple(then), root.finding.check)


def root_cause(findings: Sequence[ReportedFinding]) -> ReportedFinding | None:
    """The finding that names the root cause, None when nothing failed and nothing warned.

    Findings come in the order of the run. A failure beats a warning, an earlier one a later one, and a
    hint that explains the first failure beats it.
    """
    failures = [each for each in findings if each.finding.status is Status.FAIL and each.finding.cause]
    if failures:
        return _hint(findings, failures[0]) or failures[0]
    faults = [each for each in findings if each.finding.status is Status.ERROR]
    if faults:
        return faults[0]
    warnings = [each for each in findings if each.finding.status is Status.WARN and each.finding.cause]
    return min(warnings, key=lambda each: _told_last(each.finding), default=None)


def _hint(findings: Sequence[ReportedFinding], failure: ReportedFinding) -> ReportedFinding | None:
    # Only the first failure is explained: what comes later has its own reason.
    hints = [each for each in findings if _explains(each.finding, failure.finding)]
    return max(hints, key=lambda each: entry_of(each.finding.cause).strength, default=None)


def _explains(hint: Finding, failure: Finding) -> bool:
    return hint.to_blame and failure.cause in entry_of(hint.cause).explains


def _told_last(finding: Finding) -> int:
    return entry_of(finding.cause).told_last

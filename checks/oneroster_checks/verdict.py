"""The verdict of a run: its status, the root cause in one sentence, and what will show after it."""

from __future__ import annotations

from collections.abc import Sequence

from .finding import Status
from .result import Said, Verdict
from .root_cause import explained_by, root_cause


def verdict(said: Sequence[Said], provider: str) -> Verdict:
    """The verdict over findings in the order of the run."""
    findings = [entry.finding for entry in said]
    root = root_cause(findings)
    if root is None or root.cause is None:
        return Verdict(Status.PASS, None, "Everything that was checked is in order.")
    entry = next(entry for entry in said if entry.finding is root)
    status = Status.WARN if root.status is Status.WARN else root.status
    if any(finding.status is Status.FAIL for finding in findings):
        status = Status.FAIL
    gone = {root.cause, *explained_by(root.cause)}
    wanted = Status.FAIL if status is Status.FAIL else Status.WARN
    rest = [
        finding.cause
        for finding in findings
        if finding.status is wanted and finding.cause and finding.cause not in gone
    ]
    return Verdict(status, root.cause, entry.summary, entry.fix, tuple(dict.fromkeys(rest)))

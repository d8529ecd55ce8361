"""What of a run has to be fixed: the root cause, and the findings that stay when it is gone."""

from __future__ import annotations

from collections.abc import Sequence

from ..finding import Status
from ..result import ReportedFinding
from . import entry_of
from .words import together, with_suggestion


def remaining(
    root: ReportedFinding, findings: Sequence[ReportedFinding], status: Status, provider: str
) -> tuple[ReportedFinding, ...]:
    """The finding of the root cause with its suggestion, then those of the run that it does not explain.

    `status` is the verdict's: where something failed, warnings do not have to be fixed. Findings of one cause
    are one where its sentence can name several parts. `provider` is the id whose steps are told.
    """
    wanted = Status.FAIL if status is Status.FAIL else Status.WARN
    gone = entry_of(root.finding.cause).explains
    rest = (
        each
        for each in findings
        if each is not root
        and each.finding.status is wanted
        and each.finding.cause
        and each.finding.cause not in gone
    )
    return together((with_suggestion(root, findings, provider), *rest), provider)

"""The details of a finding that no check of a run stands behind: what it says, its steps, its requests, and why."""

from __future__ import annotations

from textual.content import Content

from oneroster_checks.events import CheckInfo
from oneroster_checks.result import ReportedFinding

from .details import details
from .result_words import why


def info_of(reported: ReportedFinding) -> CheckInfo:
    """A finding as its check would be told."""
    finding = reported.finding
    return CheckInfo(finding.check, finding.title, "", finding.stage)


def finding_details(reported: ReportedFinding) -> Content:
    """Everything about one finding beside its title."""
    return Content("\n").join([details(info_of(reported), reported, ()), *why(reported)])

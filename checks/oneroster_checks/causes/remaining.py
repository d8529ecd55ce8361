"""What of a run has to be fixed: the root cause, and the findings that stay when it is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..finding import Status
from ..result import FoundProblem, ReportedFinding, Result
from . import entry_of
from .together import findings_of, together
from .words import title, with_suggestion


def remaining(
    root: ReportedFinding, findings: Sequence[ReportedFinding], status: Status, provider: str
) -> tuple[ReportedFinding, ...]:
    """The finding of the root cause with its suggestion, then those of the run that it does not explain.

    `status` is the verdict's: where something failed, warnings do not have to be fixed. Findings of one cause
    are one where its sentence can name several parts, and so are parts of the data that are refused. `provider` is
    the id whose steps are told.
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


def root_of(result: Result) -> ReportedFinding | None:
    """The finding that names the root cause, None where nothing is wrong."""
    verdict = result.verdict
    found = (each for each in result.findings if each.finding.check == verdict.check)
    return next(found, None) if verdict.cause else None


def to_fix(result: Result) -> tuple[ReportedFinding, ...]:
    """What has to be fixed: the finding of the root cause, then those that it does not explain.

    Findings of one cause are one where its sentence can name several parts. Empty where nothing is wrong.
    """
    verdict, root = result.verdict, root_of(result)
    if root is None:
        return ()
    return remaining(root, result.findings, verdict.status, result.connection.provider)


def problems(result: Result) -> tuple[FoundProblem, ...]:
    """Every problem of a run: the root cause first, then those that have causes of their own.

    What goes away with the root cause is none, and neither is a warning where something failed. Parts of the data
    that the district does not share are one problem, however many they are, and so are findings that say the same
    word for word, as a step of a consumer can. Empty where nothing is wrong; a verdict whose finding is not among the
    result's is one problem by itself.
    """
    found: dict[tuple[str, str], FoundProblem] = {}
    for each in map(_problem, to_fix(result)):
        first = found.get((each.cause, each.summary), replace(each, checks=()))
        checks = tuple(dict.fromkeys((*first.checks, *each.checks)))
        found[each.cause, each.summary] = replace(first, checks=checks)
    verdict = result.verdict
    if found or verdict.cause is None:
        return tuple(found.values())
    words = entry_of(verdict.cause).title
    return (
        FoundProblem(
            verdict.status, verdict.cause, (verdict.cause,), words, verdict.summary, verdict.fix, ()
        ),
    )


def causes_of(reported: ReportedFinding) -> tuple[str, ...]:
    """The codes of the causes that are told in a finding, each once."""
    return tuple(dict.fromkeys(each.cause for each in findings_of(reported) if each.cause))


def _problem(reported: ReportedFinding) -> FoundProblem:
    finding = reported.finding
    return FoundProblem(
        finding.status,
        finding.cause or "",
        causes_of(reported),
        title(finding),
        reported.summary,
        reported.fix,
        tuple(dict.fromkeys(each.check for each in findings_of(reported))),
    )

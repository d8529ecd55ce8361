"""Findings that are told as one: those of a cause that can name several things, and parts that are not shared."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from ..finding import FactDict, Finding
from ..result import ReportedFinding
from . import entry_of
from .derived import texts
from .parts import REFUSED_PARTS
from .steps import CAMPUS
from .words import report

# What the sentences about several parts use beside them, as the first finding that has it knows it.
_KNOWN_OF_ONE = ("scope", "scope_asked", "roster")


@dataclass(frozen=True, slots=True)
class JoinedFinding(ReportedFinding):
    """Several findings told as one; `of` are those that it is made of, in the order of the run."""

    of: tuple[Finding, ...] = ()


def together(findings: Iterable[ReportedFinding], provider: str) -> tuple[ReportedFinding, ...]:
    """The findings in order, those of one cause and state as one where its sentence can name several parts.

    Parts of the data that are refused are one, too, whatever says so: the district turns them on in one step.
    `provider` is the id whose steps are told.
    """
    alike = [_told(group, _facts_of_one_cause, provider) for group in _groups(findings, _of_one_cause)]
    parts = _groups(alike, lambda finding: _of_refused_parts(finding, provider))
    return tuple(_told(group, _facts_of_parts, provider) for group in parts)


def findings_of(reported: ReportedFinding) -> tuple[Finding, ...]:
    """The findings that are told in it: itself, or those that it is made of."""
    return reported.of if isinstance(reported, JoinedFinding) else (reported.finding,)


def _groups(
    findings: Iterable[ReportedFinding], in_common: Callable[[Finding], Hashable]
) -> list[list[ReportedFinding]]:
    """The findings in groups of those that have something in common, in the order in which each group begins."""
    groups: dict[Hashable, list[ReportedFinding]] = {}
    for place, each in enumerate(findings):
        common = in_common(each.finding)
        groups.setdefault(place if common is None else common, []).append(each)
    return list(groups.values())


def _of_one_cause(finding: Finding) -> Hashable:
    """What findings have in common whose cause can name all of them; None for one that is told alone."""
    names = entry_of(finding.cause).joined
    # A fact that one of them lacks cannot be told for all, nor what only one of them has.
    tells = bool(names) and all(name in finding.facts for name in names)
    return (finding.cause, finding.status, frozenset(finding.facts)) if tells else None


def _of_refused_parts(finding: Finding, provider: str) -> Hashable:
    """The same for parts that are refused, where the provider has no step of its own for one of them."""
    # A list that is empty may be so for another reason.
    refused = finding.cause in REFUSED_PARTS and "status" in finding.facts
    own_steps = provider != CAMPUS and provider in entry_of(finding.cause).fix_for
    return ("parts", finding.status) if refused and not own_steps else None


def _told(
    group: Sequence[ReportedFinding], facts_of: Callable[[Sequence[Finding]], FactDict], provider: str
) -> ReportedFinding:
    """A group as one finding, with the cause of the first; a single one as it is."""
    if len(group) == 1:
        return group[0]
    every = tuple(finding for each in group for finding in findings_of(each))
    evidence = tuple(dict.fromkeys(seen for finding in every for seen in finding.evidence))
    facts = facts_of([each.finding for each in group])
    told = report(replace(group[0].finding, facts=facts, evidence=evidence), provider)
    return JoinedFinding(told.finding, told.summary, told.fix, told.says_more, every)


def _facts_of_one_cause(findings: Sequence[Finding]) -> FactDict:
    first = findings[0]
    return {**first.facts, **{name: _every(findings, name) for name in entry_of(first.cause).joined}}


def _facts_of_parts(findings: Sequence[Finding]) -> FactDict:
    """What the sentences about several parts need: the parts, their scopes, and with what they were refused."""
    parts = tuple(dict.fromkeys(part for each in findings for part in _parts_of(each)))
    facts: FactDict = {"parts": parts}
    for name in _KNOWN_OF_ONE:
        facts |= next(({name: each.facts[name]} for each in findings if name in each.facts), {})
    needed = _every(findings, "scope_needed")
    facts |= {"scope_needed": needed} if needed else {}
    facts |= {"rostering": True} if "rostering" in parts else {}
    statuses = list(dict.fromkeys(each.facts["status"] for each in findings))
    if len(statuses) == 1:
        return facts | {"status": statuses[0]}
    return facts | {"statuses": tuple(f"HTTP {status}" for status in statuses)}


def _parts_of(finding: Finding) -> tuple[str, ...]:
    part = REFUSED_PARTS[finding.cause or ""]
    return (part,) if part else texts(finding.facts.get("part", ()))


def _every(findings: Sequence[Finding], name: str) -> tuple[str, ...]:
    """A fact of all of them, each text once."""
    return tuple(dict.fromkeys(text for each in findings for text in texts(each.facts.get(name, ()))))

"""Turns a finding into sentences for people: what is wrong, and who does what about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..finding import FactDict, Facts, Finding, Status
from ..result import ReportedFinding, Step
from . import cause, entry_of
from .model import Cause, Who
from .steps import AGAIN, CONNECTION, SAME_CONNECTION
from .template import Audience, facts_used, fill

ELSE = "Only if that does not help: "


# What a pass says whose sentence would only repeat its title.
IN_ORDER = "No problem found."
# Facts that a program needs beside the sentences: the field that is wrong, what to put there, and the figures
# of a rule over records.
_FOR_PROGRAMS = frozenset({"field", "suggestion", "other_suggestion", "count", "of", "examples", "kinds"})


def report(finding: Finding, provider: str, in_order: str = "") -> ReportedFinding:
    """A finding with its words: one sentence, and the steps, each with who takes it.

    `in_order` is the template of its check for a pass. Never raises for a missing fact, an unknown cause or
    an unknown provider.
    """
    if finding.status is Status.ERROR:
        broken = cause(finding.cause or "tool.fault")
        return ReportedFinding(
            finding, fill(broken.summary, finding.facts), _steps(broken, provider, finding.facts)
        )
    if finding.status is Status.SKIP:
        return ReportedFinding(finding, f"Not checked: {_ended(finding.reason or 'no reason was given')}")
    entry = entry_of(finding.cause)
    if entry.code:
        return ReportedFinding(
            finding, fill(entry.summary, finding.facts), _steps(entry, provider, finding.facts)
        )
    if finding.status is Status.PASS:
        return ReportedFinding(finding, fill(in_order, finding.facts) or IN_ORDER)
    if finding.status is Status.ASK:
        return ReportedFinding(finding, _ended(finding.reason or "Only the district can see this"))
    return ReportedFinding(
        finding, _ended(finding.reason or "Something is wrong here, and no cause is known for it")
    )


def shown_facts(code: str | None, facts: Facts, in_order: str = "") -> FactDict:
    """The facts that the sentences of a cause use, or of a pass without one, and those for programs."""
    entry = entry_of(code)
    templates = entry.templates() if entry.code else (in_order,)
    used = _FOR_PROGRAMS.union(*map(facts_used, templates))
    return {name: value for name, value in facts.items() if name in used}


def steps_for_district(code: str, provider: str, facts: Facts) -> tuple[str, ...]:
    """What the district must do about a cause, in order, for a message to the district.

    UnknownCause when there is no such cause; an empty tuple when the vendor can fix it alone.
    """
    entry = cause(code)
    if entry.suggestion_suffices and facts.get("suggestion"):
        return ()
    wanted = (step for step in entry.steps(provider) if step.who is not Who.VENDOR)
    return tuple(step.text for step in _filled(wanted, facts, Audience.DISTRICT))


def _steps(entry: Cause, provider: str, facts: Facts) -> tuple[Step, ...]:
    steps = entry.steps(provider)
    if entry.suggestion_suffices and facts.get("suggestion"):
        steps = _suggestion_first(steps)
    return tuple(_filled(steps, facts, Audience.VENDOR))


def _suggestion_first(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The suggested text and a new run; the district only if that does not help."""
    first = [step for step in steps if "{suggestion}" in step.text]
    others = [Step(step.who, f"{ELSE}{step.text}") for step in steps if step.who is not Who.VENDOR]
    return (*first, AGAIN, *others)


def _filled(steps: Iterable[Step], facts: Facts, audience: Audience) -> Iterator[Step]:
    """The steps that remain, as text; the way to the connection's screen is told once."""
    told = False
    for step in steps:
        template = step.text
        if told:
            template = template.replace(CONNECTION, SAME_CONNECTION)
        told = told or CONNECTION in template
        text = fill(template, facts, audience)
        if text:
            yield Step(step.who, text)


def _ended(sentence: str) -> str:
    text = sentence.strip()
    return text if text.endswith(".") else f"{text}."

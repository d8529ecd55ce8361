"""Turns a finding into sentences for people: what is wrong, and who does what about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from oneroster_checks.errors import UnknownCause
from oneroster_checks.finding import Facts, Finding, Status
from oneroster_checks.result import ReportedFinding, Step

from . import cause
from .model import Cause, Who
from .passes import PASSES
from .steps import AGAIN, CONNECTION, SAME_CONNECTION
from .template import Audience, fill

ELSE = "Only if that does not help: "


def report(finding: Finding, provider: str) -> ReportedFinding:
    """A finding with its words: one sentence, and the steps, each with who takes it.

    Never raises for a missing fact, an unknown cause or an unknown provider.
    """
    if finding.status is Status.ERROR:
        broken = cause(finding.cause or "tool.fault")
        facts = {"check": finding.check, **finding.facts}
        return ReportedFinding(finding, fill(broken.summary, facts), _steps(broken, provider, facts))
    if finding.status is Status.SKIP:
        return ReportedFinding(finding, f"Not checked: {_ended(finding.reason or 'no reason was given')}")
    entry = _known(finding.cause)
    if entry is not None:
        return ReportedFinding(
            finding, fill(entry.summary, finding.facts), _steps(entry, provider, finding.facts)
        )
    if finding.status is Status.PASS:
        return ReportedFinding(finding, fill(PASSES.get(finding.check, "No problem found."), finding.facts))
    if finding.status is Status.ASK:
        return ReportedFinding(finding, _ended(finding.reason or "Only the district can see this"))
    return ReportedFinding(
        finding, _ended(finding.reason or "Something is wrong here, and no cause is known for it")
    )


def steps_for_district(code: str, provider: str, facts: Facts) -> tuple[str, ...]:
    """What the district must do about a cause, in order, for a message to the district.

    UnknownCause when there is no such cause; an empty tuple when the vendor can fix it alone.
    """
    entry = cause(code)
    if entry.suggestion_suffices and facts.get("suggestion"):
        return ()
    wanted = (step for step in entry.steps(provider) if step.who is not Who.VENDOR)
    return tuple(step.text for step in _filled(wanted, facts, Audience.DISTRICT))


def _known(code: str | None) -> Cause | None:
    if code is None:
        return None
    try:
        return cause(code)
    except UnknownCause:
        return None


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

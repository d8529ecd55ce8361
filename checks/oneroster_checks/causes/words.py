"""Turns a finding into sentences for people: what is wrong, and who does what about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..finding import FactDict, Facts, Finding, Status
from ..result import ReportedFinding, Step
from . import cause, entry_of
from .model import Cause, Who
from .steps import AGAIN, CONNECTION, SAME_CONNECTION, SAME_SCREEN, SCREEN
from .template import Audience, facts_used, fill

ONLY_THEN = "Only if that does not help: "


# What a pass says whose sentence would only repeat its title.
IN_ORDER = "No problem found."
# Facts that a program needs beside the sentences: the field that is wrong, what to put there, and the figures
# of a rule over records.
FOR_PROGRAMS = frozenset({"field", "suggestion", "other_suggestion", "count", "of", "examples", "kinds"})


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
        sentence = fill(in_order, finding.facts)
        return ReportedFinding(finding, sentence or IN_ORDER, says_more=bool(sentence))
    if finding.status is Status.ASK:
        return ReportedFinding(finding, _ended(finding.reason or "Only the district can see this"))
    return ReportedFinding(
        finding, _ended(finding.reason or "Something is wrong here, and no cause is known for it")
    )


def shown_facts(code: str | None, facts: Facts, in_order: str = "") -> FactDict:
    """The facts that the sentences of a cause use, or of a pass without one, and those for programs."""
    entry = entry_of(code)
    templates = entry.templates() if entry.code else (in_order,)
    used = FOR_PROGRAMS.union(*map(facts_used, templates))
    return {name: value for name, value in facts.items() if name in used}


def steps_for_district(code: str, provider: str, facts: Facts) -> tuple[Step, ...]:
    """What the district must do about a cause, in order, for a message to the district.

    UnknownCause when there is no such cause; an empty tuple when the vendor can fix it alone.
    """
    entry = cause(code)
    if entry.suggestion_suffices and facts.get("suggestion"):
        return ()
    wanted = (step for step in entry.steps(provider) if step.who is not Who.VENDOR)
    return tuple(filled(wanted, facts, Audience.DISTRICT))


def filled(
    steps: Iterable[Step], facts: Facts, audience: Audience = Audience.VENDOR, *, prefix: str = ""
) -> Iterator[Step]:
    """The steps that remain with these facts, as text.

    The click path to the connection's screen is given once; `prefix` stands before each step.
    """
    given = False
    for step in steps:
        template = shortened(step.text) if given else step.text
        text = fill(template, facts, audience)
        if not text:
            continue
        given = given or SCREEN in template
        yield Step(step.who, f"{prefix}{text}", step.sends_secret)


def _steps(entry: Cause, provider: str, facts: Facts) -> tuple[Step, ...]:
    steps = entry.steps(provider)
    if not (entry.suggestion_suffices and facts.get("suggestion")):
        return tuple(filled(steps, facts))
    # The suggested text and a new run come first; the district is needed only if that does not help.
    first = [step for step in steps if "{suggestion}" in step.text]
    others = [step for step in steps if step.who is not Who.VENDOR]
    return (*filled([*first, AGAIN], facts), *filled(others, facts, prefix=ONLY_THEN))


def shortened(template: str) -> str:
    """A step on a screen whose click path an earlier step has given, without that path."""
    before, same, rest = template.partition(f"{CONNECTION}. ")
    if same:
        return f"{before}{SAME_CONNECTION}, {rest[:1].lower()}{rest[1:]}"
    return template.replace(f"{SCREEN} and ", f"{SAME_SCREEN}, ").replace(f"{SCREEN}, ", f"{SAME_SCREEN}, ")


def _ended(sentence: str) -> str:
    text = sentence.strip()
    return text if text.endswith(".") else f"{text}."

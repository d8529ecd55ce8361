"""Turns a finding into sentences for people: what is wrong, and who does what about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import UnknownCause
from ..finding import Facts, Finding, Status
from ..result import ReportedFinding, Step
from . import cause
from .model import Cause, Who
from .passes import PASSES
from .steps import AGAIN, CONNECTION, SAME_CONNECTION, SAME_SCREEN, SCREEN
from .template import Audience, fill

ONLY_THEN = "Only if that does not help: "


def report(finding: Finding, provider: str) -> ReportedFinding:
    """A finding with its words: one sentence, and the steps, each with who takes it.

    `provider` is a provider's id. Never raises for a missing fact, an unknown cause or an unknown provider.
    """
    entry = _known(finding.cause)
    if finding.status is Status.ERROR:
        entry = entry or cause("tool.fault")
        facts = {"check": finding.check, **finding.facts}
        return ReportedFinding(finding, fill(entry.summary, facts), _steps(entry, provider, facts))
    if finding.status is Status.SKIP:
        return ReportedFinding(finding, f"Not checked: {_ended(finding.reason or 'no reason was given')}")
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
    return tuple(step.text for step in filled(wanted, facts, Audience.DISTRICT))


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
        yield Step(step.who, f"{prefix}{text}")


def _known(code: str | None) -> Cause | None:
    if code is None:
        return None
    try:
        return cause(code)
    except UnknownCause:
        return None


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

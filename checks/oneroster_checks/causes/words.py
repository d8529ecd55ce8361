"""Turns a finding into sentences for people: what is wrong, and who does what about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from ..finding import FactDict, Facts, Finding, Status
from ..result import ReportedFinding, Step
from . import cause, entry_of
from .model import Cause, Who
from .parts import words_for
from .steps import AGAIN, GIVE_WHOLE_IDS, WITHOUT_AWAIT
from .template import Audience, facts_used, fill

ONLY_THEN = "Only if that does not help: "
ONLY_THEN_IN_LINE = "If not: "


# What a pass says whose sentence would only repeat its title.
IN_ORDER = "No problem found."
# Facts that a program needs beside the sentences: the fields that are wrong, what to put there, whether the secret
# is a fixed token, the figures of a rule over records, which numbers are only known from below and up to which; and
# the scope of the token, too long for a sentence.
FOR_PROGRAMS = frozenset(
    """field fields fixed_token suggestion other_suggestion count of examples kinds scope_given
    lower_bounds people_at_most classes_at_most students_at_most""".split()
)


def report(finding: Finding, provider: str, in_order: str = "") -> ReportedFinding:
    """A finding with its words: one sentence, and the steps, each with who takes it.

    `in_order` is the template of its check for a pass. Never raises for a missing fact, an unknown cause or
    an unknown provider.
    """
    if finding.status is Status.ERROR:
        broken = cause(finding.cause or "tool.fault")
        return ReportedFinding(
            finding, fill(broken.summary, finding.facts), _steps(broken, provider, finding)
        )
    if finding.status is Status.SKIP:
        return ReportedFinding(finding, f"Not checked: {_ended(finding.reason or 'no reason was given')}")
    entry = words_for(finding)
    if entry.summary:
        return ReportedFinding(finding, fill(entry.summary, finding.facts), _steps(entry, provider, finding))
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
    used = _names_shown(code, in_order)
    shown = {name: value for name, value in facts.items() if name in used}
    bounded = facts.get("lower_bounds")
    if isinstance(bounded, tuple):
        # Only of numbers that are shown.
        named = tuple(name for name in bounded if name in shown)
        shown = {
            name: value for name, value in shown.items() if name != "lower_bounds" and _is_of(name, named)
        }
        shown |= {"lower_bounds": named} if named else {}
    return shown


@cache
def _names_shown(code: str | None, in_order: str) -> frozenset[str]:
    """The names of the facts that `shown_facts` leaves there."""
    entry = entry_of(code)
    templates = entry.templates() if entry.code else (in_order,)
    return FOR_PROGRAMS.union(*map(facts_used, templates))


def _is_of(name: str, numbers: tuple[str, ...]) -> bool:
    return not name.endswith("_at_most") or name.removesuffix("_at_most") in numbers


def title(finding: Finding, audience: Audience = Audience.VENDOR) -> str:
    """The title of a finding's cause, with what is known of this finding; its own where it has no cause."""
    entry = words_for(finding)
    return fill(entry.headline, finding.facts, audience) or entry.title or finding.title


def with_suggestion(
    root: ReportedFinding, findings: Iterable[ReportedFinding], provider: str
) -> ReportedFinding:
    """The root cause with the suggestion that was found for what it explains, where it has none itself."""
    explained = entry_of(root.finding.cause).explains
    for each in findings:
        suggestion = each.finding.facts.get("suggestion")
        if each.finding.cause in explained and suggestion and "suggestion" not in root.finding.facts:
            facts = {**root.finding.facts, "suggestion": suggestion}
            return report(replace(root.finding, facts=facts), provider)
    return root


def steps_for_district(finding: Finding, provider: str) -> tuple[Step, ...]:
    """The templates of what the district must do about a finding, in order, for `filled`.

    An empty tuple when the vendor can fix it alone, or when the finding is known not to be to blame.
    """
    entry = words_for(finding)
    if not finding.to_blame or (entry.suggestion_suffices and finding.facts.get("suggestion")):
        return ()
    return tuple(step for step in entry.steps(provider) if step.who is Who.DISTRICT)


def further_steps_for_district(finding: Finding, provider: str) -> tuple[Step, ...]:
    """The same for when the first steps did not help: all of them where a suggested text was tried first."""
    entry = words_for(finding)
    every = tuple(step for step in entry.steps(provider) if step.who is Who.DISTRICT)
    tried = entry.suggestion_suffices and finding.facts.get("suggestion")
    return every if tried else tuple(step for step in every if step.later)


def reason_for_district(finding: Finding) -> str:
    """Why it is so, in one line for the district; "" where the catalogue has none."""
    return fill(words_for(finding).because, finding.facts, Audience.DISTRICT)


def summary_for_district(finding: Finding) -> str:
    """What was found, in a sentence for the district."""
    return fill(words_for(finding).summary, finding.facts, Audience.DISTRICT)


def filled(
    steps: Iterable[tuple[Step, Facts]],
    audience: Audience = Audience.VENDOR,
    *,
    prefix: str = "",
    in_line: str = "",
) -> Iterator[Step]:
    """The steps that remain with their facts, as text, each once.

    The click path to a screen is given by the first step on it; `prefix` stands before each step, and `in_line` before
    the form of it that has a line in a list.
    """
    screens: set[str] = set()
    before: set[str] = set()
    for step, facts in steps:
        whole = fill(step.text, facts, audience)
        if not whole or whole in before:
            continue
        before.add(whole)
        known = step.screen in screens
        text = fill(step.again, facts, audience) if known else whole
        if step.screen:
            screens.add(step.screen)
        line = fill(step.line, facts, audience)
        apart = "" if known else fill(step.apart, facts, audience)
        yield replace(
            step,
            text=f"{prefix}{text}",
            again="",
            uses_suggestion=False,
            reply=fill(step.reply, facts, audience),
            general="",
            line=f"{in_line}{line}" if line else "",
            path=() if known else step.path,
            apart=f"{prefix}{apart}" if apart else "",
        )


def _steps(entry: Cause, provider: str, finding: Finding) -> tuple[Step, ...]:
    facts, steps = finding.facts, entry.steps(provider)
    if not finding.to_blame:
        # A hint that is known not to matter asks nothing of the district.
        steps = tuple(step for step in steps if step.who is Who.VENDOR)
    if not (entry.suggestion_suffices and facts.get("suggestion")):
        # Nobody waits for a district that is asked for nothing.
        asked = any(step.who is Who.DISTRICT and fill(step.text, facts) for step in steps)
        steps = steps if asked else tuple(WITHOUT_AWAIT.get(step, step) for step in steps)
        spoken_of = any("examples" in facts_used(text) for text in entry.templates())
        steps = (GIVE_WHOLE_IDS, *steps) if asked and spoken_of else steps
        return tuple(filled((step, facts) for step in steps))
    # The suggested text and a new run come first; the district is needed only if that does not help.
    first = (*(step for step in steps if step.uses_suggestion), AGAIN)
    others = (step for step in steps if step.who is Who.DISTRICT)
    return (
        *filled((step, facts) for step in first),
        *filled(((step, facts) for step in others), prefix=ONLY_THEN, in_line=ONLY_THEN_IN_LINE),
    )


def _ended(sentence: str) -> str:
    text = sentence.strip()
    return text if text.endswith(".") else f"{text}."

"""Turns a finding into sentences for people: what is wrong, and who does what about it.

Templates have two signs. `{name}` stands for the fact of that name. `[[ ... ]]` is an optional clause: it
is left out when a fact inside is missing or empty. Facts are put in once and never read as templates, so
braces and brackets in what a server said stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from oneroster_checks.finding import Facts, Finding, Status
from oneroster_checks.result import Said

from . import cause
from .model import Cause, Step, Who
from .passes import PASSES
from .steps import AGAIN, CONNECTION, SAME_CONNECTION

UNKNOWN = "unknown"
ELSE = "Only if that does not help: "

# A server's own words, at most this many characters of them.
_LONGEST_DETAIL = 200

_CLAUSE = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_FACT = re.compile(r"\{([a-z_]+)\}")

# "1 seconds" reads wrong aloud.
_ONE = re.compile(r"\b(?<![.\d])1 (second|minute|record|day|time)s\b")

# The names of fields and parts as people read them on the screen.
_LABELS = {
    "field": {
        "base_url": "base URL",
        "token_url": "token URL",
        "client_id": "client id",
        "client_secret": "client secret",
        "vendor_key": "vendor key",
        "vendor_secret": "vendor secret",
        "oneroster": "OneRoster version",
        "oauth": "OAuth version",
        "ca_file": "CA file",
    },
    "part": {"gradebook": "grade book"},
}
_SENTENCE_PARTS = frozenset({"detail", "reason", "what", "tried", "examples"})
_WHO = {Who.VENDOR: "You", Who.DISTRICT: "District", Who.EITHER: "You or the district"}


def say(finding: Finding, provider: str) -> Said:
    """A finding with its words: one sentence, and the steps, each beginning with who takes it.

    Never raises for a missing fact, an unknown cause or an unknown provider.
    """
    if finding.status is Status.ERROR:
        broken = cause("tool.fault")
        facts = {"check": finding.check, **finding.facts}
        return Said(finding, fill(broken.summary, facts), _steps(broken, provider, facts))
    if finding.status is Status.SKIP:
        return Said(finding, f"Not judged: {_ended(finding.reason or 'no reason was given')}")
    entry = _known(finding.cause)
    if entry is not None:
        return Said(finding, fill(entry.summary, finding.facts), _steps(entry, provider, finding.facts))
    if finding.status is Status.PASS:
        return Said(finding, fill(PASSES.get(finding.check, "Nothing is wrong here."), finding.facts))
    if finding.status is Status.ASK:
        return Said(finding, _ended(finding.reason or "Only the district can answer this"))
    return Said(finding, _ended(finding.reason or "Something is wrong here, and no cause is known for it"))


def steps_for_district(code: str, provider: str, facts: Facts) -> tuple[str, ...]:
    """What the district must do about a cause, in order, for a message to the district.

    KeyError when there is no such cause; an empty tuple when the vendor can mend it alone.
    """
    entry = cause(code)
    if entry.mends_alone and facts.get("mended"):
        return ()
    wanted = (step for step in entry.steps(provider) if step.who is not Who.VENDOR)
    return tuple(text for _, text in _filled(wanted, facts))


def fill(template: str, facts: Facts) -> str:
    """A template with its facts put in: `unknown` for a missing one, optional clauses as they fall."""

    def clause(found: re.Match[str]) -> str:
        inside = found[1]
        return inside if all(_text(name, facts) for name in _FACT.findall(inside)) else ""

    kept = _CLAUSE.sub(clause, template)
    filled = _FACT.sub(lambda found: _text(found[1], facts) or UNKNOWN, kept).strip()
    return _ONE.sub(lambda found: f"1 {found[1]}", filled)


def facts_used(template: str) -> frozenset[str]:
    """The names of every fact in a template."""
    return frozenset(_FACT.findall(template))


def facts_required(template: str) -> frozenset[str]:
    """The names of the facts that stand outside of optional clauses."""
    return facts_used(_CLAUSE.sub("", template))


def _known(code: str | None) -> Cause | None:
    if code is None:
        return None
    try:
        return cause(code)
    except KeyError:
        return None


def _steps(entry: Cause, provider: str, facts: Facts) -> tuple[str, ...]:
    steps = entry.steps(provider)
    if entry.mends_alone and facts.get("mended"):
        steps = _mended_first(steps)
    return tuple(f"{_WHO[who]}: {text}" for who, text in _filled(steps, facts))


def _mended_first(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The mended text and a new run; the district only if that does not help."""
    first = [step for step in steps if "{mended}" in step.text]
    others = [Step(step.who, f"{ELSE}{step.text}") for step in steps if step.who is not Who.VENDOR]
    return (*first, AGAIN, *others)


def _filled(steps: Iterable[Step], facts: Facts) -> Iterator[tuple[Who, str]]:
    """The steps that remain, as text; the way to the connection's screen is told once."""
    told = False
    for step in steps:
        text = fill(step.text, facts)
        if told:
            text = text.replace(CONNECTION, SAME_CONNECTION)
        told = told or CONNECTION in text
        if text:
            yield step.who, text


def _text(name: str, facts: Facts) -> str:
    """A fact as it is read: labels for names of fields, HTTP before a status, no line breaks or controls."""
    value = facts.get(name)
    if value is None:
        return ""
    if isinstance(value, float):
        value = f"{value:.1f}".removesuffix(".0")
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in str(value)).split())
    if name in _LABELS:
        return _LABELS[name].get(text, text)
    if name == "status" and text.isdigit():
        return f"HTTP {text}"
    if name == "share":
        return text.removesuffix("%").rstrip()
    if name in _SENTENCE_PARTS:
        text = text.rstrip(" .")
        return text if len(text) <= _LONGEST_DETAIL else text[: _LONGEST_DETAIL - 1].rstrip() + "…"
    return text


def _ended(sentence: str) -> str:
    text = sentence.strip()
    return text if text.endswith(".") else f"{text}."

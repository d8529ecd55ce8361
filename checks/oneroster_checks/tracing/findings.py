"""From the links of a chain to findings: one for each thing that is wrong, in the order of the chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from ..causes.words import report, shown_facts
from ..evidence import Evidence
from ..finding import FactDict, Finding, Stage, Status
from ..labels import RECORDS
from ..redaction.shown import redacted_facts
from ..result import ReportedFinding
from ..stages.context import RunContext
from .model import Link, LinkState
from .node import Flaw, Node, changed_on

_REQUESTS_SHOWN = 4


def findings_of(run: RunContext, chain: Node) -> list[ReportedFinding]:
    """One finding for each cause at each kind of link, in order; what several links share is told once."""
    found: dict[tuple[str, str], list[Flaw]] = {}
    links = Counter(node.what for node in chain.each())
    for node in chain.each():
        for flaw in node.flaws:
            found.setdefault((node.what, flaw.cause), []).append(flaw)
    checks: Counter[str] = Counter()
    reported: list[ReportedFinding] = []
    for (what, cause), flaws in found.items():
        checks[what] += 1
        number = checks[what]
        breaks = any(each.breaks for each in flaws)
        facts = _facts(flaws, links[what])
        reported.append(
            report(
                Finding(
                    check=f"trace.{what}{f'-{number}' if number > 1 else ''}",
                    title=RECORDS.get(what, what),
                    stage=Stage.DATA,
                    status=Status.FAIL if breaks else Status.WARN,
                    cause=cause,
                    facts=redacted_facts(shown_facts(cause, facts), run.redactor),
                    evidence=_first(each for flaw in flaws for each in flaw.evidence),
                ),
                run.provider.id,
            )
        )
    return reported


def _facts(flaws: list[Flaw], links: int) -> FactDict:
    """The facts of the flaw whose day is the latest, and how many there are where they are several."""
    chosen = max(flaws, key=lambda each: str(each.facts.get("day", "")))
    facts = dict(chosen.facts)
    if len(flaws) > 1:
        facts |= {"several": len(flaws), "links": links}
    return facts


def _first(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))[:_REQUESTS_SHOWN]


def changed_today(node: Node, today: date) -> Iterator[Node]:
    """The links of a chain whose records were changed today."""
    return (each for each in node.each() if changed_on(each.record) == today)


def last_change(chain: Node) -> str:
    """The day on which the newest record of a chain was changed, "" where no record says so."""
    days = [day for node in chain.each() if (day := changed_on(node.record)) is not None]
    return max(days).isoformat() if days else ""


def link_of(run: RunContext, node: Node, *, shows_people: bool) -> Link:
    """A link as it may be shown."""
    if not node.is_seen:
        state = LinkState.UNSEEN
    elif node.is_broken:
        state = LinkState.BROKEN
    else:
        state = LinkState.NOTED if node.flaws else LinkState.FINE
    return Link(
        what=node.what,
        id=run.redactor.id(node.id) if node.id else "",
        state=state,
        told=tuple(node.told),
        causes=tuple(dict.fromkeys(flaw.cause for flaw in node.flaws)),
        below=tuple(link_of(run, each, shows_people=shows_people) for each in node.below),
        name=_name(run, node) if shows_people else "",
    )


def _name(run: RunContext, node: Node) -> str:
    record = node.record or {}
    fields = ("givenName", "familyName") if node.what == "user" else ("title", "name")
    text = " ".join(str(word) for field in fields if (word := record.get(field)))
    return run.redactor.without_secrets(text)

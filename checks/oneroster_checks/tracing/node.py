"""A link while it is followed: what is known of it, what is wrong with it, and what it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ..evidence import Evidence
from ..finding import Fact, FactDict
from ..stages.model import known
from ..stages.moments import moment_of
from ..standard.envelopes import Record

_ABSENT = "tobedeleted"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with a link, as a cause with facts; `breaks` is False where it is only worth knowing."""

    cause: str
    facts: FactDict
    evidence: tuple[Evidence, ...]
    breaks: bool = True


@dataclass(slots=True)
class Node:
    """One link while it is followed. `id` is as the server wrote it; `told` are short clauses without names."""

    what: str
    id: str
    record: Record | None = None
    told: list[str] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    below: list[Node] = field(default_factory=list)
    is_seen: bool = True

    def breaks(self, cause: str, evidence: tuple[Evidence, ...], **facts: Fact | None) -> None:
        """Something that breaks the chain here; the facts that nobody knows are left out."""
        self.flaws.append(Flaw(cause, self._facts(facts), evidence))

    def notes(self, cause: str, evidence: tuple[Evidence, ...], **facts: Fact | None) -> None:
        """Something that is worth knowing and breaks nothing."""
        self.flaws.append(Flaw(cause, self._facts(facts), evidence, breaks=False))

    def _facts(self, facts: dict[str, Fact | None]) -> FactDict:
        return known({"record": self.id or None, **facts})

    @property
    def is_broken(self) -> bool:
        """Whether the chain breaks at this link."""
        return any(flaw.breaks for flaw in self.flaws)

    def each(self) -> Iterator[Node]:
        """This link and all behind it, from the first on."""
        yield self
        for node in self.below:
            yield from node.each()

    def breaks_somewhere(self) -> bool:
        """Whether the chain breaks here or behind."""
        return any(node.is_broken for node in self.each())


def soften(nodes: list[Node]) -> None:
    """Make what breaks some links of a kind only worth knowing, where another one of them is whole."""
    if any(node.is_seen and not node.breaks_somewhere() for node in nodes):
        for each in (inner for node in nodes for inner in node.each()):
            each.flaws = [replace(flaw, breaks=False) for flaw in each.flaws]


def unseen(what: str, id: str, why: str) -> Node:
    """A link that nothing shows, with the clause that says why."""
    return Node(what, id, told=[why], is_seen=False)


def is_deleted(record: Record) -> bool:
    """Whether a record says that it is to be deleted."""
    return str(record.get("status") or "").lower() == _ABSENT


def is_true(value: object) -> bool | None:
    """What a truth value says in the forms of both versions, None for none."""
    text = str(value).strip().lower()
    return {"true": True, "1": True, "false": False, "0": False}.get(text)


def changed_on(record: Record | None) -> date | None:
    """The day, by this computer's time, on which a record was last changed; None where it does not say."""
    moment = moment_of(record) if record else None
    return moment.astimezone().date() if moment else None


def changed_at(record: Record | None) -> datetime | None:
    """The same as a moment."""
    return moment_of(record) if record else None

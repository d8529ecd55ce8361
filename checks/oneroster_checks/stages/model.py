"""The form of a check, and what it hands back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ..connection import Connection
from ..evidence import Evidence
from ..finding import Fact, FactDict, Facts, Stage, Status

if TYPE_CHECKING:
    from .context import Run

Depth = Literal["quick", "full"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found, before it becomes a finding.

    `goes_on` says that what requires this check can run although it failed, because the run found a way
    around the fault (another form of the address). `to_blame` is False for a hint that is known not to be the
    reason of a later failure.
    """

    status: Status
    cause: str | None = None
    facts: Facts = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None
    goes_on: bool = False
    to_blame: bool = True


def known(facts: Mapping[str, Fact | None]) -> FactDict:
    """The facts without those that nobody knows."""
    return {name: value for name, value in facts.items() if value is not None and value != ""}


def passed(*evidence: Evidence, **facts: Fact | None) -> Outcome:
    """Nothing is wrong; the facts fill the sentence that says so."""
    return Outcome(Status.PASS, facts=known(facts), evidence=evidence)


def failed(cause: str, *evidence: Evidence, **facts: Fact | None) -> Outcome:
    """The connection cannot work as it is."""
    return Outcome(Status.FAIL, cause, known(facts), evidence)


def warned(cause: str, *evidence: Evidence, **facts: Fact | None) -> Outcome:
    """It works, but somebody should know."""
    return Outcome(Status.WARN, cause, known(facts), evidence)


def skipped(reason: str, *evidence: Evidence) -> Outcome:
    """It cannot be judged; the reason is a short clause without a period."""
    return Outcome(Status.SKIP, reason=reason, evidence=evidence)


def always(connection: Connection) -> str | None:
    """The check applies to every connection."""
    return None


@dataclass(frozen=True, slots=True)
class Check:
    """One check: a stable id, a title, what it asks, what it requires, and an async function.

    `requires` names checks that must have passed or warned, else this one is skipped with its reason.
    `applies` gives None, or the clause that says why the check has no place in this connection (it is
    then left out of the run). `after` names checks that come first without being required. `depth` is the
    least depth of a run in which the check has a place.
    """

    id: str
    title: str
    asks: str
    stage: Stage
    run: Callable[[Run], Awaitable[Outcome]]
    requires: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    applies: Callable[[Connection], str | None] = always
    depth: Depth = "quick"

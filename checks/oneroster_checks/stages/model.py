"""The form of a check, and what it gives back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, get_args

from ..evidence import Evidence
from ..finding import Fact, FactDict, Stage, Status
from ..points import Point
from .outcome import Outcome as Outcome

if TYPE_CHECKING:
    from ..target import Target
    from .context import RunContext


class Depth(StrEnum):
    """How much a run reads: first pages, or every page of the roster."""

    QUICK = "quick"
    FULL = "full"


# Software that reads the data and publishes what it needs of it.
Consumer = Literal["google-classroom", "microsoft-sds", "certification"]
CONSUMERS: tuple[Consumer, ...] = get_args(Consumer)

# The points that data proves, whichever request brought it.
DATA_CAME = (
    Point.CONNECTION_ACTIVE, Point.CONNECTION_ENABLED, Point.CREDENTIALS_CORRECT, Point.CREDENTIALS_CURRENT,
)  # fmt: skip


class Precondition(StrEnum):
    """What must be in order before a run goes on; several checks may establish one together."""

    ADDRESS = "address"
    NETWORK = "network"
    AUTHORIZED = "authorized"


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


def skipped(reason: str, *evidence: Evidence, goes_on: bool = False) -> Outcome:
    """It cannot be checked; the reason is a short clause without a period.

    With `goes_on`, what requires this check can run all the same: the next requests show what it could not.
    """
    return Outcome(Status.SKIP, reason=reason, evidence=evidence, goes_on=goes_on)


def always(target: Target) -> str | None:
    """The check applies to every target."""
    return None


@dataclass(frozen=True, slots=True)
class Check:
    """One check: everything that is known of it, but for the causes that it names.

    `requires` names checks or preconditions that must have passed or warned, else this one is skipped with its
    reason; `after` names checks or preconditions that come first without being required; `establishes` is the
    precondition that this check establishes. `applies` gives None, or the clause that says why the check has no
    place in this connection (it is then left out of the run). `depth` is the least depth of a run that has it,
    `option` the option of a run without which it is left out, "" for none, and `consumer` the one whose step it is,
    None for a check of every run.
    `fields` are the fields of the connection and its credentials that it looks at itself, beside what earlier
    checks found; `proves` the points of the checklist that are in order when it passes. `in_order` is the
    template of the sentence for a pass, "" where it would only repeat the title. `rule` is the function of a
    check that needs no request; a form applies it at each key.
    """

    id: str
    title: str
    description: str
    stage: Stage
    run: Callable[[RunContext], Awaitable[Outcome]]
    requires: tuple[str | Precondition, ...] = ()
    after: tuple[str | Precondition, ...] = ()
    establishes: Precondition | None = None
    applies: Callable[[Target], str | None] = always
    depth: Depth = Depth.QUICK
    option: str = ""
    consumer: Consumer | None = None
    fields: tuple[str, ...] = ()
    proves: tuple[Point, ...] = ()
    in_order: str = ""
    rule: Callable[[Target], Outcome] | None = None

"""What a check gives back, before it becomes a finding."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..evidence import Evidence
from ..finding import Facts, Status
from ..points import Point


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found, before it becomes a finding.

    `goes_on` says that what requires this check can run although it failed, because the run found a way
    around the fault (another form of the address). `to_blame` is False for a hint that is known not to be
    the reason of a later failure. `proves` are points of the checklist that its requests showed to be in order,
    whatever else is wrong. `limit` are the facts of the limit of the run that ended it, empty where none did.
    """

    status: Status
    cause: str | None = None
    facts: Facts = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None
    goes_on: bool = False
    to_blame: bool = True
    proves: tuple[Point, ...] = ()
    limit: Facts = field(default_factory=dict)

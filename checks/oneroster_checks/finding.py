"""What a check says: its status, the cause it names, its facts and the requests that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .evidence import Evidence
from .points import Point

# A figure or a name that a sentence needs, or numbers by their names. What is not known is left out, never an empty
# text. `bool` is an `int` to Python, but not to those who read plain data by these types.
Fact = str | bool | int | float | tuple[str, ...] | Mapping[str, int]
Facts = Mapping[str, Fact]
FactDict = dict[str, Fact]


class Status(StrEnum):
    """The state of a finding, a checklist row or a verdict, in the words of the JSON contract."""

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"
    SKIP = "skip"
    ASK = "ask"
    ERROR = "error"


class Stage(StrEnum):
    """The stages in the order in which they run."""

    ADDRESS = "address"
    NETWORK = "network"
    TOKEN = "token"
    ACCESS = "access"
    SHARING = "sharing"
    ACCOUNTS = "accounts"
    GRADEBOOK = "gradebook"
    PAGING = "paging"
    PROTOCOL = "protocol"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    `cause` is a code of the catalogue, None when nothing is wrong. `facts` are the values that the
    catalogue's sentences need. `reason` says why a check was skipped. `to_blame` is False where a hint is
    known not to be the reason of a later failure. `proves` are points of the checklist that its requests showed to be
    in order, whatever else is wrong. `limit` are the facts of this tool's limit for one run that kept the check from
    being made, or from being made to its end; empty where none did.
    """

    check: str
    title: str
    stage: Stage
    status: Status
    cause: str | None = None
    facts: Facts = field(default_factory=dict)
    reason: str | None = None
    duration_ms: int = 0
    evidence: tuple[Evidence, ...] = ()
    to_blame: bool = True
    proves: tuple[Point, ...] = ()
    limit: Facts = field(default_factory=dict)

    @property
    def wrong_fields(self) -> tuple[str, ...]:
        """The fields that it calls wrong itself, the likeliest first; none where its cause knows them."""
        several = self.facts.get("fields")
        if isinstance(several, tuple):
            return several
        one = self.facts.get("field")
        return (str(one),) if one else ()

    @property
    def failed(self) -> bool:
        """Whether this finding stops what depends on it."""
        return self.status in (Status.FAIL, Status.ERROR)

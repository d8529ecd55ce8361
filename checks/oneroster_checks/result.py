"""The result of one run: what every report, screen and saved profile reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .connection import Connection
from .finding import Evidence, Finding, Status


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a run: its status, the root cause, one sentence, and the steps that mend it.

    `then` lists the causes that will show after the root cause is mended.
    """

    status: Status
    cause: str | None
    summary: str
    fix: tuple[str, ...] = ()
    then: tuple[str, ...] = ()


# How the note of a row begins that has no place in a connection.
NOT_APPLICABLE = "Not applicable"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One point of the article, settled by findings, or asked where only the district can answer."""

    item: str
    text: str
    status: Status
    findings: tuple[str, ...] = ()
    note: str = ""
    fix: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A finding with the catalogue's words for it; the form in which findings are shown."""

    finding: Finding
    summary: str
    fix: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """Everything a run found out. It holds no secret, no token and no person's data."""

    connection: Connection
    started: datetime
    duration_ms: int
    requests: int
    verdict: Verdict
    said: tuple[Said, ...]
    checklist: tuple[ChecklistItem, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    trace: tuple[Evidence, ...] = ()
    profile: str | None = None

    def finding(self, check: str) -> Finding | None:
        """The finding of one check, None when it is not part of the run."""
        return next((said.finding for said in self.said if said.finding.check == check), None)

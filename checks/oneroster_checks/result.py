"""The result of one run: what every report, screen and saved profile reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from .changes.model import Changed, Ending, Observed
from .connection import Connection
from .evidence import Evidence
from .finding import Finding, Status
from .labels import WHO, Who

if TYPE_CHECKING:
    from .redaction.names import KnownNames


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a fix: who takes it, and what they do, with the screen where they do it.

    `sends_secret` says that a secret is sent in it, which ordinary mail should not carry. `screen` names the
    screen whose click path the text gives, "" where it gives none; `again` is the text for a further step on
    that screen, without the path. `uses_suggestion` says that the step is to put the suggested text in its field,
    `cites_request` that whoever takes it needs the address and the time of one of the requests, `later` that it is
    taken only where the others did not help. `reply` is what the district sends back in it, "" for nothing but the
    word that it is done; `general` is the text for whoever reads of the cause without a finding, "" for the same.
    `line` is the text for a list that has one line for each step, "" where the text is short enough; `path` is the
    click path that the text gives, one for each menu of the provider, empty where it gives none; `apart` is the text
    for where the click path stands apart, "" without one.
    """

    who: Who
    text: str
    sends_secret: bool = False
    screen: str = ""
    again: str = ""
    uses_suggestion: bool = False
    cites_request: bool = False
    later: bool = False
    reply: str = ""
    general: str = ""
    line: str = ""
    path: tuple[str, ...] = ()
    apart: str = ""

    def __str__(self) -> str:
        return f"{WHO[self.who]}: {self.text}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a run: its status, the root cause, one sentence, and the steps that fix it.

    `check` is the check that names the root cause, None where there is none. `then` lists the causes that
    will show after the root cause is fixed.
    """

    status: Status
    cause: str | None
    summary: str
    fix: tuple[Step, ...] = ()
    then: tuple[str, ...] = ()
    check: str | None = None


@dataclass(frozen=True, slots=True)
class FoundProblem:
    """One thing that has to be fixed, with its words.

    `cause` is its code, the likeliest of `causes`: several findings can be one problem, such as two parts of the data
    that the district does not share. `checks` are the checks that found it, in the order of the run; `fix` are the
    steps that fix all of it.
    """

    status: Status
    cause: str
    causes: tuple[str, ...]
    title: str
    summary: str
    fix: tuple[Step, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One point of the article, settled by findings, or asked where only the district can answer.

    `note` is the reason of its state; `applicable` is False for a point that has no place in this
    connection.
    """

    item: str
    text: str
    status: Status
    findings: tuple[str, ...] = ()
    note: str = ""
    fix: tuple[Step, ...] = ()
    applicable: bool = True


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A finding with the catalogue's words for it; the form in which findings are shown.

    `says_more` is False for a pass whose summary says no more than its title and its state.
    """

    finding: Finding
    summary: str
    fix: tuple[Step, ...] = ()
    says_more: bool = True


@dataclass(frozen=True, slots=True)
class CollectionRead:
    """How the full read of one collection went.

    `collection` is its name without a slash; `records` came in `pages` of `bytes`, unpacked, in `seconds` from the
    first request to the last record judged. `total` is X-Total-Count, None where it was not sent; `complete` says that
    the end was reached, whatever the total claimed.
    """

    collection: str
    records: int
    total: int | None
    pages: int
    bytes: int
    seconds: float
    complete: bool


@dataclass(frozen=True, slots=True)
class OperationTimes:
    """How fast one operation was answered in a run.

    `operation` is the template of its path, such as `/classes/{sourcedId}`; `requests` are those that were answered,
    retries among them; `median_ms` and `worst_ms` are milliseconds to the end of the answer.
    """

    operation: str
    requests: int
    median_ms: int
    worst_ms: int


@dataclass(frozen=True, slots=True)
class Result:
    """Everything a run found out. It holds no secret, no token and no person's data.

    `has_vendor_pair` says whether the vendor's own key and secret were set, which some points depend on. `read` is one
    entry for each collection that was read to its end or as far as it went, at depth full; `times` one for each
    operation of data that was answered, the slowest first. `names` is
    what the run can tell the people by whom it read, none of whom can be had back from it; a run on top of this one
    goes on with it, and no report has it. `classes` are the sourcedIds of a few classes that may be shown, for a write
    test; no report has them either. `observed` is what the run saw of the server beside its data, `endings` what ends
    on a known day, the soonest first; `changed` compares the run of a saved profile with those before it, None
    where there is none.
    """

    connection: Connection
    started: datetime
    duration_ms: int
    requests: int
    verdict: Verdict
    findings: tuple[ReportedFinding, ...]
    checklist: tuple[ChecklistItem, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    trace: tuple[Evidence, ...] = ()
    profile: str | None = None
    has_vendor_pair: bool = False
    read: tuple[CollectionRead, ...] = ()
    classes: tuple[str, ...] = ()
    times: tuple[OperationTimes, ...] = ()
    observed: Observed = field(default_factory=Observed)
    endings: tuple[Ending, ...] = ()
    changed: Changed | None = None
    names: KnownNames | None = field(default=None, repr=False, compare=False)

    @property
    def is_full(self) -> bool:
        """Whether the run read every record, or was meant to: one of depth full."""
        return bool(self.read) or self.finding("paging.whole") is not None

    def finding(self, check: str) -> Finding | None:
        """The finding of one check, None when it is not part of the run."""
        return next((each.finding for each in self.findings if each.finding.check == check), None)

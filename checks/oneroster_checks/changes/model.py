"""What a run leaves behind for later ones, and what a comparison with it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from ..connection import Connection
from ..errors import CannotRun
from ..finding import Status

# Beside the fingerprints of secrets, under the name of no secret: the mark of the key that made them.
KEY_MARK = "key"


@dataclass(frozen=True, slots=True)
class Observed:
    """What a run saw of the server beside its data; what it did not see is None or empty.

    `certificate_ends` is the last day of the certificate of the base URL's host, `certificate` who issued it.
    `server` is the product that the `Server` header of the data's answers names; `scopes` are those of the token.
    `year_ends` is the last day of the school year or term that contains the day of the run and of those that go on from
    it, or of the last one that ended before it. `median_ms` is the median of all answered requests for data, in
    milliseconds.
    """

    certificate_ends: date | None = None
    certificate: str = ""
    server: str = ""
    scopes: tuple[str, ...] = ()
    year_ends: date | None = None
    median_ms: int | None = None


@dataclass(frozen=True, slots=True)
class FindingState:
    """How one check ended: its title, its status and its cause."""

    title: str
    status: Status
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What of a run is compared with other runs; it holds no secret, no token and no person's data.

    `full` says that it was a run of depth full. `secrets` are keyed fingerprints by the field's name, "" for one that
    is not set; the mapping is empty where no fingerprint could be made. Its entry KEY_MARK tells their key from others:
    only those with the same mark, or without one, are compared. `findings` are by the check's id.
    """

    started: datetime
    status: Status
    cause: str | None
    summary: str
    full: bool
    requests: int
    duration_ms: int
    connection: Connection
    findings: Mapping[str, FindingState] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    observed: Observed = field(default_factory=Observed)

    @property
    def worked(self) -> bool:
        """Whether the connection worked in this run, with or without a warning."""
        return self.status in (Status.PASS, Status.WARN)

    @property
    def shows_connection(self) -> bool:
        """Whether its connection is known, which it is not where the profile could not be read."""
        return self.cause != CannotRun.PROFILE_BROKEN and self.connection != Connection()


class DifferenceKind(StrEnum):
    """What differs between two runs."""

    FIELD = "field"
    SECRET = "secret"
    FINDING = "finding"
    COUNT = "count"
    CERTIFICATE = "certificate"
    SERVER = "server"
    SCOPE = "scope"
    TIMES = "times"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs from when the connection worked: its kind, and a sentence with its date."""

    kind: DifferenceKind
    summary: str


@dataclass(frozen=True, slots=True)
class Changed:
    """How a run compares with the runs of its profile before it.

    `last_worked` is when the connection last worked before this run, None where it never did. `since` is the start
    of the first of the runs that, without a break up to this one, worked or did not work as this one does, and
    `cause_since` that of the first that ended as this one by the same cause, None where an earlier version kept it.
    `differences` are those from the run that last worked, the likeliest reason first; empty where this run worked,
    or none ever did. `partly` says that these are only of the runs that have the check which failed, such as full ones.
    """

    last_worked: datetime | None
    since: datetime | None
    differences: tuple[Difference, ...] = ()
    cause_since: datetime | None = None
    partly: bool = False


class EndingKind(StrEnum):
    """What ends on a known day."""

    CREDENTIALS = "credentials"
    CERTIFICATE = "certificate"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that ends on a known day: `days` from the day of the run, less than 0 when it is over.

    `soon` says that people are to be warned; `summary` is the sentence for them.
    """

    kind: EndingKind
    ends: date
    days: int
    soon: bool
    summary: str

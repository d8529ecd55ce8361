"""One run of a profile as lists show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from oneroster_checks.finding import Status


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run that was kept: how it ended, and what was said then of the runs before it.

    `title` is that of the root cause with what was known of it, "" where there is none or only the run's end is kept.
    `full` says that every record was read. `last_worked` and `differences` are as in `Changed`, the differences as
    sentences; `since` is when its cause came, or since when it works. `ends` is the first day on which something ends,
    and `ends_kind` what (an `EndingKind`), None and "" where nothing is known to end. `has_report` says that the whole
    result can be opened again.
    """

    profile: str
    started: datetime
    status: Status
    cause: str | None
    summary: str
    title: str = ""
    full: bool = False
    requests: int = 0
    duration_ms: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    last_worked: datetime | None = None
    since: datetime | None = None
    differences: tuple[str, ...] = ()
    ends: date | None = None
    ends_kind: str = ""
    has_report: bool = True

    @property
    def worked(self) -> bool:
        """Whether the connection worked in this run, with or without a warning."""
        return self.status in (Status.PASS, Status.WARN)


@dataclass(frozen=True, slots=True)
class RunEnding:
    """What of a run is known in any case: when it began, how it ended, and whether the connection worked."""

    started: datetime
    status: Status
    cause: str | None
    worked: bool

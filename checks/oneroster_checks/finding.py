"""What a check says: its status, the cause it names and the requests that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Facts = Mapping[str, str | int | float]
FactDict = dict[str, str | int | float]


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
class Evidence:
    """One request as it may be shown: redacted, with no body.

    `status` is None when no answer came; `elapsed_ms` counts milliseconds to the end of the answer;
    `server_date` is the server's `Date` header; `request_id` what the server calls this request.
    `note` says in a few words what this request shows ("secret in the header", "no answer: refused").
    """

    method: str
    url: str
    status: int | None
    elapsed_ms: int
    note: str = ""
    server_date: str = ""
    request_id: str = ""
    body: str = ""  # a redacted, shortened outline of what came back, for the details pane only


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    `cause` is a code of the catalogue, None when nothing is wrong. `facts` are the values that the
    catalogue's sentences need. `reason` says why a check was skipped.
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

    @property
    def failed(self) -> bool:
        """Whether this finding stops what depends on it."""
        return self.status in (Status.FAIL, Status.ERROR)

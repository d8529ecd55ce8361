"""One request, or one connection that was only opened, as it may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .authorized import Authorized


class EvidenceKind(StrEnum):
    """What was done: an HTTP request, or a connection opened to see whether a host can be reached."""

    REQUEST = "request"
    CONNECTION = "connection"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One request as it may be shown: redacted, with no body.

    `status` is None when no answer came; `elapsed_ms` counts milliseconds to the end of the answer;
    `server_date` is the server's `Date` header; `request_id` what the server calls this request.
    `note` says in a few words what this request shows ("secret in the header", "no answer: refused").
    `outline` is the redacted, shortened shape of what came back, for the details pane only. `failed` says
    that a connection could not be opened, or that a request got no whole answer. `said` is the server's own words
    in an answer with an error, in one redacted line, "" where it has none. `check` is the id of the check that made
    the request, "" where that is not known, and `started` when, by this computer's clock. `size` counts the bytes of
    the body that came, unpacked, None where none came whole; `content_type` is the media type that its header names,
    "" for none. `authorized` says what was sent to be let in, None where that is not known: runs that were kept by an
    earlier version know none of these.
    """

    method: str
    url: str
    status: int | None
    elapsed_ms: int
    note: str = ""
    server_date: str = ""
    request_id: str = ""
    outline: str = ""
    kind: EvidenceKind = EvidenceKind.REQUEST
    failed: bool = False
    said: str = ""
    check: str = ""
    started: datetime | None = None
    size: int | None = None
    content_type: str = ""
    authorized: Authorized | None = None


def all_said(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The server's words in some requests, in order, each once; the same with other numbers and ids counts as once."""
    found: dict[str, str] = {}
    for each in evidence:
        if each.said:
            found.setdefault(_without_numbers(each.said), each.said)
    return tuple(found.values())


def _without_numbers(said: str) -> str:
    return " ".join(word for word in said.lower().split() if not any(char.isdigit() for char in word))

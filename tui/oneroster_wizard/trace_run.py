"""The trace of a draft: what the wizard asks the engine for, how far that is, and what of it may be copied."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from oneroster_checks.http.gates import HostGates
from oneroster_checks.tracing.trace import trace

from .proxy import https_proxy_for

if TYPE_CHECKING:
    from oneroster_checks.evidence import Evidence
    from oneroster_checks.tracing.model import Link, MayRead, Subject, Trace
    from oneroster_checks.urls import Place

    from .draft import Draft

# An id that is shorter is in every text by chance.
_SHORTEST_HIDDEN = 4


@dataclass(slots=True)
class TraceProgress:
    """How far a trace is: the host that is asked now and how many times one was asked, and the list that is read whole.

    `of` is how many records that list has, None where nobody knows; `changed` is called whenever something is new.
    """

    changed: Callable[[TraceProgress], None]
    host: str = ""
    times: int = 0
    path: str = ""
    records: int = 0
    of: int | None = None
    totals: dict[str, int | None] = field(default_factory=dict)

    def asks(self, host: str) -> None:
        """Somebody asks a host."""
        self.host, self.times = host, self.times + 1
        self.changed(self)

    def reads(self, path: str, records: int) -> None:
        """So many records of a list came."""
        self.path, self.records, self.of = path, records, self.totals.get(path)
        self.changed(self)

    def words(self) -> str:
        """How far it is, in one line."""
        if not self.host:
            return "Tracing."
        times = "once" if self.times == 1 else f"{self.times:,} times"
        if not self.path:
            return f"Asking {self.host}, {times} so far."
        of = f"{self.records:,} of {self.of:,}" if self.of else f"{self.records:,}"
        return f"Reading all of {self.path}: {of} records. {self.host} was asked {times} so far."


class _HeardGates(HostGates):
    """The gates of one trace, which hear whom it asks."""

    def __init__(self, progress: TraceProgress) -> None:
        super().__init__()
        self._progress = progress

    def at(self, place: Place) -> AbstractAsyncContextManager[None]:
        self._progress.asks(place.host)
        return super().at(place)


async def trace_of(draft: Draft, subject: Subject, may_read: MayRead, progress: TraceProgress) -> Trace:
    """The trace of a subject by the connection and the secrets of a draft, as its runs have them.

    InputError when the connection cannot be used. Canceling it leaves nothing open.
    """

    async def asked(path: str, total: int | None) -> bool:
        progress.totals[path] = total
        return await may_read(path, total)

    return await trace(
        draft.connection,
        draft.credentials,
        subject,
        may_read=asked,
        told=progress.reads,
        options={
            "profile": draft.profile or None,
            "https_proxy": https_proxy_for(draft.connection),
            "gates": _HeardGates(progress),
        },
    )


def without_names(found: Trace) -> Trace:
    """The same trace without the names of its records."""
    return replace(found, chain=_nameless(found.chain)) if found.chain else found


def _nameless(link: Link) -> Link:
    return replace(link, name="", below=tuple(map(_nameless, link.below)))


def without_typed(text: str, subject: Subject) -> str:
    """A text without what was typed to find a person; ids of classes and grades are those that it is about."""
    from oneroster_checks.redaction import Redactor

    if subject.kind in ("class", "grade") or len(subject.text) < _SHORTEST_HIDDEN:
        return text
    return Redactor([subject.text]).without_secrets(text)


def failing_request(found: Trace) -> Evidence | None:
    """The request that shows what is wrong, None where nothing is: of several, the first that the server refused."""
    verdict = found.result.verdict
    finding = found.result.finding(verdict.check) if verdict.check else None
    evidence = finding.evidence if finding is not None else ()
    refused = (each for each in evidence if each.failed or (each.status or 0) >= 400)
    return next(refused, evidence[0] if evidence else None)

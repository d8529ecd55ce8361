"""How a check of depth full goes over every collection: with a budget of its own, one request after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .. import limits
from ..evidence import Evidence
from ..finding import FactDict
from ..http.budget import RunLimitReached
from .asked import collections_with_records
from .context import TOO_SLOW, RunContext
from .model import Outcome, failed, known, passed, skipped, warned

if TYPE_CHECKING:
    from ..client.reading import Reading

_READ_ENDED = "the full read reached a limit of this tool, so only the necessary requests were made"
# How many further collections a sentence names.
_NAMED = 5
NO_RECORDS = "no collection has records for this"


def apart(run: RunContext) -> AbstractContextManager[None]:
    """The limits of one check of depth full that tries every operation or every collection."""
    return run.session.budget.apart(limits.CONFORMANCE_S, limits.CONFORMANCE_REQUESTS)


def left_out(run: RunContext) -> Outcome | None:
    """Why a run makes only the necessary requests, so that these checks are left out; None when it may go on."""
    if run.is_slow:
        return skipped(TOO_SLOW)
    return skipped(_READ_ENDED) if "tool.read-limit" in run.named else None


@dataclass(frozen=True, slots=True)
class CollectionFault:
    """What is wrong with one collection: the cause, its facts beside the path, and the requests that show it.

    `detail` is a clause for people, "" where there is none.
    """

    path: str
    cause: str
    detail: str = ""
    evidence: tuple[Evidence, ...] = ()
    facts: Mapping[str, str | int | None] = field(default_factory=dict)


@dataclass(slots=True)
class Verified:
    """What a check found over the collections: how many were judged, and the faults."""

    judged: int = 0
    faults: list[CollectionFault] = field(default_factory=list)

    def of_cause(self, cause: str) -> list[CollectionFault]:
        """The faults of one cause."""
        return [each for each in self.faults if each.cause == cause]


# Judges the first page of a collection: a fault, True where it is in order, None where nothing can be said.
Judging = Callable[[RunContext, "Reading"], Awaitable[CollectionFault | bool | None]]


async def over_collections(
    run: RunContext, judge: Judging, paths: Collection[str] = ()
) -> Verified | Outcome:
    """What `judge` finds over every collection with records, or over those of `paths` alone.

    An outcome where none could be judged.
    A limit that was reached before anything was found is raised; what was found before it counts.
    """
    if (outcome := left_out(run)) is not None:
        return outcome
    found = Verified()
    with apart(run):
        try:
            async for page in collections_with_records(run):
                if paths and page.path not in paths:
                    continue
                verdict = await judge(run, page)
                found.judged += verdict is not None
                if isinstance(verdict, CollectionFault):
                    found.faults.append(verdict)
        except RunLimitReached:
            if not found.faults:
                raise
    return found if found.judged else skipped(NO_RECORDS)


def outcome_of(found: Verified | Outcome, *causes: str, fails: bool = False) -> Outcome:
    """The outcome of what was found over the collections: the first of `causes` that has faults, else a pass."""
    if isinstance(found, Outcome):
        return found
    for cause in causes:
        faults = found.of_cause(cause)
        if faults:
            make = failed if fails else warned
            return make(cause, *proof(faults), **told(faults))
    return passed(of=found.judged)


def told(faults: list[CollectionFault]) -> FactDict:
    """The facts of several faults of one cause: those of the first, with the other collections named."""
    first, *others = faults
    also = ", ".join(each.path for each in others[:_NAMED])
    more = f", and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    return known({**first.facts, "path": first.path, "detail": first.detail, "also": also + more})


def proof(faults: list[CollectionFault]) -> tuple[Evidence, ...]:
    """The requests that show some faults, as many as a finding shows."""
    seen = dict.fromkeys(evidence for each in faults for evidence in each.evidence)
    return tuple(list(seen)[: limits.REQUESTS_SHOWN])

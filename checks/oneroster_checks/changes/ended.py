"""Runs of which only the end is known, as earlier versions kept them: when the connection worked, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from ..finding import Status
from .model import Changed, Snapshot


class Ran(Protocol):
    """A run as lists have it: when it began, how it ended, and whether the connection worked."""

    @property
    def started(self) -> datetime:
        """When it began."""
        ...

    @property
    def status(self) -> Status:
        """How it ended."""
        ...

    @property
    def cause(self) -> str | None:
        """Its root cause, None where there is none."""
        ...

    @property
    def worked(self) -> bool:
        """Whether the connection worked in it, with or without a warning."""
        ...


def with_ended(
    compared: Changed | None, before: Sequence[Snapshot], ran: Sequence[Ran], now: Snapshot
) -> Changed | None:
    """A comparison with the runs `before` this one, completed by all that `ran` before it, both the oldest first.

    Of those without a snapshot only the end is known, which tells when the connection worked, and no difference.
    """
    snapped = {run.started for run in before}
    bare = {run.started for run in ran} - snapped
    if not bare:
        return compared
    found = compared or Changed(None, now.started)
    worked = next((run.started for run in reversed(ran) if run.worked and _tells(run, bare, found)), None)
    if worked is not None:
        found = replace(found, last_worked=worked.astimezone(now.started.tzinfo))
    stretch = {run.started for run in _stretch(before, found.since)}
    since = now.started
    for run in reversed(ran):
        if run.worked != now.worked if run.started in bare else run.started not in stretch:
            break
        since = run.started
    by_cause = _cause_since(ran, before, found, now)
    zone = now.started.tzinfo
    return replace(found, since=since.astimezone(zone), cause_since=by_cause.astimezone(zone))


def _cause_since(ran: Sequence[Ran], before: Sequence[Snapshot], found: Changed, now: Snapshot) -> datetime:
    """When the first of the runs began that, up to this one, all ended alike by the same cause."""
    snapped = {run.started for run in before}
    stretch = {run.started for run in _stretch(before, found.cause_since)}
    first = now.started
    for run in reversed(ran):
        if run.started in snapped:
            is_alike = run.started in stretch
        elif run.status is Status.ERROR and now.status is not Status.ERROR:
            # It could not even begin.
            continue
        else:
            is_alike = (run.status, run.cause) == (now.status, now.cause)
        if not is_alike:
            break
        first = run.started
    return first


def _tells(run: Ran, bare: set[datetime], found: Changed) -> bool:
    """Whether a run that worked counts: one without a snapshot, or the one that was compared with."""
    return run.started in bare or run.started == found.last_worked


def _stretch(before: Sequence[Snapshot], since: datetime | None) -> Sequence[Snapshot]:
    """The runs from the one of this moment on."""
    start = next((at for at, run in enumerate(before) if run.started == since), len(before))
    return before[start:]

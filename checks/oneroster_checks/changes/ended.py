"""Runs of which only the end is known, as earlier versions kept them: when the connection worked, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from .model import Changed, Snapshot


class Ran(Protocol):
    """A run as lists have it: when it began, and whether the connection worked."""

    @property
    def started(self) -> datetime:
        """When it began."""
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
    return replace(found, since=since.astimezone(now.started.tzinfo))


def _tells(run: Ran, bare: set[datetime], found: Changed) -> bool:
    """Whether a run that worked counts: one without a snapshot, or the one that was compared with."""
    return run.started in bare or run.started == found.last_worked


def _stretch(before: Sequence[Snapshot], since: datetime | None) -> Sequence[Snapshot]:
    """The runs from the one of this moment on."""
    start = next((at for at, run in enumerate(before) if run.started == since), len(before))
    return before[start:]

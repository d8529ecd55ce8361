"""Compares a run with the runs of its profile before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ..result import Result
from .model import Changed, Snapshot
from .snapshot import snapshot


def changed(before: Sequence[Snapshot], now: Snapshot) -> Changed | None:
    """How a run compares with those `before` it, the oldest first; None where there is none."""
    if not before:
        return None
    worked = next((at for at in reversed(range(len(before))) if before[at].worked), None)
    last_worked = None if worked is None else before[worked].started
    return Changed(last_worked, _since(before, now))


def with_changes(
    result: Result, before: Sequence[Snapshot], secrets: Mapping[str, str] | None = None
) -> Result:
    """The result with how it compares with the runs `before` it, the oldest first; `secrets` as in `snapshot`."""
    return replace(result, changed=changed(before, snapshot(result, secrets)))


def _since(before: Sequence[Snapshot], now: Snapshot) -> datetime:
    """When the first of the runs began that, up to this one, all worked or all did not."""
    since = now.started
    for run in reversed(before):
        if run.worked != now.worked:
            break
        since = run.started
    return since

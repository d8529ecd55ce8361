"""Compares a run with the runs of its profile before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ..causes import entry_of
from ..result import Result
from .data import moved_counts, turned_findings
from .ended import Ran, with_ended
from .fields import changed_fields, changed_secrets
from .likeliest import likeliest_first
from .limits import DIFFERENCES_TOLD, RUNS_OF_A_HABIT
from .model import Changed, Difference, Snapshot
from .server import changed_server, slower_responses
from .snapshot import shown_snapshots, snapshot


def changed(before: Sequence[Snapshot], now: Snapshot) -> Changed | None:
    """How a run compares with those `before` it, the oldest first; None where there is none."""
    if not before:
        return None
    last = next((run for run in reversed(before) if run.worked), None)
    if last is None or now.worked:
        return Changed(last.started if last else None, _since(before, now))
    return Changed(last.started, _since(before, now), _differences((*before, now)))


def with_changes(
    result: Result,
    before: Sequence[Snapshot],
    secrets: Mapping[str, str] | None = None,
    ran: Sequence[Ran] = (),
) -> Result:
    """The result with how it compares with the runs `before` it, the oldest first; `secrets` as in `snapshot`.

    `ran` are all runs before it, those of which only the end is known among them.
    """
    now = snapshot(result, secrets)
    return replace(result, changed=with_ended(changed(before, now), before, ran, now))


def _differences(every: Sequence[Snapshot]) -> tuple[Difference, ...]:
    """What differs in the last of the runs, which did not work, from the last one before that did."""
    now = every[-1]
    habit = [run for run in every if run.worked]
    runs = shown_snapshots(every[_last(every) :])
    alike = [run for run in every if run.full == now.full]
    seen = [
        *changed_fields(runs),
        *changed_secrets(runs),
        *changed_server(runs, shown_snapshots(habit[-RUNS_OF_A_HABIT:])),
        *slower_responses(alike),
        *moved_counts(alike[_last(alike) :]),
        *turned_findings(runs, entry_of(now.cause).explains),
    ]
    return tuple(each.difference for each in likeliest_first(seen, now)[:DIFFERENCES_TOLD])


def _last(runs: Sequence[Snapshot]) -> int:
    """Where the last run is that worked; behind all but the last where none did."""
    return next((at for at in reversed(range(len(runs))) if runs[at].worked), len(runs) - 1)


def _since(before: Sequence[Snapshot], now: Snapshot) -> datetime:
    """When the first of the runs began that, up to this one, all worked or all did not."""
    since = now.started
    for run in reversed(before):
        if run.worked != now.worked:
            break
        since = run.started
    return since

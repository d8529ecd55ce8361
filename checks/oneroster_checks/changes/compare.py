"""Compares a run with the runs of its profile before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..causes import entry_of
from ..result import Result
from ..when import by_one_clock
from .comparable import cause_since, has_the_checks_of, is_partly_shown, since
from .data import moved_counts, turned_findings
from .ended import Ran, with_ended
from .fields import changed_fields, changed_secrets
from .likeliest import likeliest_first
from .limits import DIFFERENCES_TOLD
from .model import Changed, Difference, Snapshot
from .server import changed_server, slower_responses
from .snapshot import shown_snapshots, snapshot
from .turns import Past


def changed(before: Sequence[Snapshot], now: Snapshot) -> Changed | None:
    """How a run compares with those `before` it, the oldest first; None where there is none."""
    if not before:
        return None
    # Days that are told together are those of one calendar, wherever each run was made.
    before = [replace(run, started=by_one_clock(run.started, now.started)) for run in before]
    could_fail = (lambda run: True) if now.worked else has_the_checks_of(now)
    worked = [at for at, run in enumerate(before) if run.worked and could_fail(run)]
    compared = Changed(
        last_worked=before[worked[-1]].started if worked else None,
        since=since(before, now),
        cause_since=cause_since(before, now),
        partly=not now.worked and is_partly_shown(now),
    )
    if not worked or now.worked:
        return compared
    return replace(compared, differences=_differences(before, now, worked))


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


def _differences(before: Sequence[Snapshot], now: Snapshot, worked: Sequence[int]) -> tuple[Difference, ...]:
    """What differs in a run, which did not work, from when the connection last did: in the run at the last place."""
    past = Past(shown_snapshots((*before, now)), worked)
    alike = past.only(lambda run: run.full == now.full)
    seen = [
        *changed_fields(past),
        *changed_secrets(past),
        *changed_server(past),
        *slower_responses(alike),
        *moved_counts(alike),
        *turned_findings(past, entry_of(now.cause).explains),
    ]
    return tuple(
        each.difference for each in likeliest_first(seen, now, cause_since(before, now))[:DIFFERENCES_TOLD]
    )

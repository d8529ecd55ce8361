"""The comparison of the two sides of a move: what the wizard asks the engine for, and how far that is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from oneroster_checks.events import ReadProgress
from oneroster_checks.moving.migrating import migrate
from oneroster_checks.moving.model import MoveSide, Side

from .kept_mapping import KeptMapping
from .proxy import https_proxy_for

if TYPE_CHECKING:
    from oneroster_checks.result import CollectionRead

    from .draft import Draft, MovePlan

# Gets the side, and how far a collection of it has come.
TakesProgress = Callable[[Side, ReadProgress], object]


async def compare(plan: MovePlan, takes: TakesProgress, *, keeps_mapping: bool = True) -> None:
    """Read both sides of a plan whole and compare them; the plan has what came of it.

    The mapping of what matches is a file that stays open, so that `keeps_mapping` is not for many plans at once.
    InputError when a connection cannot be used. Canceling it leaves nothing open, and what came before stays.
    """
    assert plan.new is not None
    mapping = KeptMapping() if keeps_mapping else None
    try:
        moved = await migrate(
            _side(plan.old),
            _side(plan.new),
            told=lambda side, read, ended: takes(side, _progress(read, ended)),
            pairs=mapping.take if mapping is not None else None,
        )
    except BaseException:
        if mapping is not None:
            mapping.end()
            mapping.close()
        raise
    if mapping is not None:
        mapping.end()
    plan.keep(moved, mapping)


def _side(draft: Draft) -> MoveSide:
    return MoveSide(draft.connection, draft.credentials, draft.profile, https_proxy_for(draft.connection))


def _progress(read: CollectionRead, ended: bool) -> ReadProgress:
    left = None
    if read.total is not None and read.records and not ended:
        left = max(0.0, read.seconds * (read.total - read.records) / read.records)
    return ReadProgress(
        "", read.collection, read.records, read.total, read.bytes, read.seconds, left, ended,
        at=datetime.now().astimezone(),
    )  # fmt: skip

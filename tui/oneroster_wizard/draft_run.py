"""The run of a draft: what the engine reports while the checks of the wizard's connection run."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing, nullcontext
from typing import TYPE_CHECKING

from .proxy import https_proxy_for

if TYPE_CHECKING:
    from oneroster_checks.diagnosis.options import RunOptions
    from oneroster_checks.events import Event

    from .draft import Draft
    from .draft_writes import DraftWrites
    from .run_log import RunLog


async def events_of(
    draft: Draft, log: RunLog, only: tuple[str, ...], writes: DraftWrites | None
) -> AsyncGenerator[Event, None]:
    """The events of a run: of all checks, or of `only` those on top of the last result; `writes` is what it writes.

    `log` is the one that the run is written down in, which says how much it reads.

    InputError when the connection cannot be run. Closing it cancels the run, and what it wrote is removed.
    """
    from oneroster_checks.diagnosis.runner import stream
    from oneroster_checks.stages.model import Depth

    options: RunOptions = {
        "answers": draft.answers,
        # What runs again does so at the depth of its first run, and for the same consumer.
        "depth": Depth.FULL if log.every_record else Depth.QUICK,
        "consumer": log.consumer,
        "only": only or None,
        "profile": draft.profile or None,
        "https_proxy": https_proxy_for(draft.connection),
        "previous": draft.result if only else None,
    }
    with writes.options(draft.connection, draft.profile) if writes else nullcontext() as more:
        options |= more or {}
        async with aclosing(stream(draft.connection, draft.credentials, **options)) as events:
            async for event in events:
                yield event

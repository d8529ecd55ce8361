"""Reading a whole list for the few records that are wanted of it, where filters do not show what is there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..limits import READ_MINUTES, READ_REQUESTS
from ..stages.context import RunContext
from ..stages.read_limits import ReadLimits
from ..standard.envelopes import Record
from ..standard.operations import collection
from .model import ToldRead

if TYPE_CHECKING:
    from ..evidence import Evidence

Fits = Callable[[Record], bool]


@dataclass(slots=True)
class WholeList:
    """The records that fit, and whether the list was read to its end; `evidence` are its first and last page."""

    rows: list[Record] = field(default_factory=list)
    is_complete: bool = False
    evidence: tuple[Evidence, ...] = ()


async def read_whole(run: RunContext, path: str, fits: Fits, told: ToldRead) -> WholeList:
    """Read the collection at a path to its end, one request at a time, and keep only the records that fit."""
    from ..client.address_pages import TextPages
    from ..client.collection_pages import CollectionState, collection_pages
    from ..client.full_pages import FullPages
    from ..client.page_requests import PageRequests, Patience
    from ..client.page_sizes import PageSizes
    from ..http.retry import patient, usual

    found, session = WholeList(), run.session

    def keep(record: object) -> None:
        # The pages want a text of each record; of those that are read past there is none to keep.
        if isinstance(record, dict) and fits(record):
            found.rows.append(record)

    state = CollectionState(path)
    sizes = PageSizes(run.rows_at_most(run.provider.page_size), session.timeout, lambda page: None)
    patience = Patience(session.retrying(patient()), session.retrying(usual()))
    texts = TextPages(collection(run.connection.oneroster, path).envelope, keep)
    requests = PageRequests(FullPages(run.data, path), texts, sizes, patience, session.clock)
    most = ReadLimits(session.clock, READ_MINUTES).collection()
    # It has limits of its own, as a full read has.
    with session.budget.apart(READ_MINUTES * 60, READ_REQUESTS):
        pages = collection_pages(
            requests,
            sizes,
            state,
            place=run.target.base_place,
            goes_on=lambda came: most.goes_on(came, state.total),
        )
        async with aclosing(pages):
            async for _ in pages:
                told(path, state.records)
    # As many as the total says must have come, unless some moved; where some came twice, others may be missing.
    lacks = state.total is not None and not state.whole_by_total and not state.moving
    doubtful = state.repeats > 0 and not state.whole_by_total
    found.is_complete = (
        state.ended
        and state.stopped is None
        and most.reached is None
        and not (state.stuck or lacks or doubtful)
    )
    found.evidence = tuple(dict.fromkeys(each for each in (state.first, state.last) if each is not None))
    return found

"""One collection of a server of the test, read to its end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlencode

from oneroster_checks.client.collection_pages import CollectionState, PageCame, collection_pages
from oneroster_checks.client.full_pages import FullPages
from oneroster_checks.client.page_requests import PageRequests, Patience
from oneroster_checks.client.page_sizes import PageSizes
from oneroster_checks.client.smaller_pages import LargePage
from oneroster_checks.clock import Clock
from oneroster_checks.http.retry import patient, usual
from oneroster_checks.http.transient import TransientErrorKind
from oneroster_checks.urls import place_of

from ...servers import LoopServer, Reply, Request, json_reply
from ...servers.server import Answer
from ..http.sessions import SwiftClock, data_client, session
from .plain_judge import PlainJudge

PATH = "/users"


@dataclass
class LongList:
    """A list of records on a server, which may change between requests.

    `before` is called with the number of each request (1 is the first) before it is answered, and may change
    `rows`, the sourcedIds. `cap` is the most that a page has; `answer` replaces honest answers, None for none.
    """

    rows: list[str]
    cap: int | None = None
    total: Literal["told", "none"] | int = "told"
    link: Literal["none", "right", "always", "back", "itself", "cursor", "elsewhere"] = "none"
    before: Callable[[int], None] = lambda number: None
    answer: Callable[[int, Request, Reply], Answer] = lambda number, request, reply: reply
    offset_of: Callable[[int], int] = lambda offset: offset
    requests: int = 0

    def __call__(self, request: Request) -> Answer:
        """The answer to a request for a page."""
        self.requests += 1
        self.before(self.requests)
        asked = int(request.asks("limit") or 100)
        offset = int(request.asks("cursor") or request.asks("offset") or 0)
        rows = min(asked, self.cap) if self.cap else asked
        start = self.offset_of(offset)
        page = [{"sourcedId": id, "status": "active"} for id in self.rows[start : start + rows]]
        headers = [] if self.total == "none" else [("X-Total-Count", str(self._told()))]
        link = self._link(request, offset, offset + len(page), asked)
        headers += [("Link", f'<{link}>; rel="next"')] if link else []
        return self.answer(self.requests, request, json_reply(200, {"users": page}, *headers))

    def _told(self) -> int:
        return self.total if isinstance(self.total, int) else len(self.rows)

    def _link(self, request: Request, offset: int, behind: int, limit: int) -> str:
        more = behind < len(self.rows)
        origin = f"http://{request.headers['host']}" if self.link != "elsewhere" else "https://other.test"
        place = f"{origin}{request.target.partition('?')[0]}"
        match self.link:
            case "none":
                return ""
            case "itself":
                return f"http://{request.headers['host']}{request.target}"
            case "back":
                return f"{place}?{urlencode({'limit': limit, 'offset': 0})}" if more else ""
            case "cursor":
                return f"{place}?{urlencode({'limit': limit, 'cursor': behind})}" if more else ""
            case "always":
                return f"{place}?{urlencode({'limit': limit, 'offset': behind})}"
            case "right" | "elsewhere":
                return f"{place}?{urlencode({'limit': limit, 'offset': behind})}" if more else ""


def names(number: int, prefix: str = "user") -> list[str]:
    """So many sourcedIds."""
    return [f"{prefix}-{each:06}" for each in range(number)]


@dataclass
class ReadCollection:
    """What a collection was read as: its state, its records, the waits, and the pages that were too large."""

    state: CollectionState
    judge: PlainJudge
    waits: list[tuple[TransientErrorKind, float]] = field(default_factory=list)
    large: list[LargePage] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """Every sourcedId that was judged, in order."""
        return self.judge.ids


Pages = AsyncGenerator[object, None]


@asynccontextmanager
async def opened(
    server: LoopServer,
    *,
    most: int = 1000,
    judge: PlainJudge | None = None,
    timeout: float = 10.0,
    clock: Clock | None = None,
    goes_on: Callable[[PageCame], bool] = lambda came: True,
) -> AsyncGenerator[tuple[ReadCollection, Pages]]:
    """The pages of a collection, to be read; by a clock whose waits end at once."""
    judge = judge or PlainJudge()
    root = f"{server.origin}/ims/oneroster/v1p1"
    async with session(timeout=timeout, clock=clock or SwiftClock()) as sending:
        read = ReadCollection(CollectionState(PATH), judge, sending.reported.waits)
        sizes = PageSizes(most, timeout, read.large.append)
        patience = Patience(sending.retrying(patient()), sending.retrying(usual()))
        requests = PageRequests(
            FullPages(data_client(sending, root), PATH), judge, sizes, patience, sending.clock
        )
        pages = collection_pages(requests, sizes, read.state, place=place_of(root), goes_on=goes_on)
        with sending.budget.apart(60, 10_000):
            async with aclosing(pages):
                yield read, pages


async def read_list(
    answers: Callable[[Request], Answer],
    *,
    most: int = 1000,
    judge: PlainJudge | None = None,
    timeout: float = 10.0,
) -> ReadCollection:
    """A collection read to its end, and judged."""
    async with (
        LoopServer(answers) as server,
        opened(server, most=most, judge=judge, timeout=timeout) as (read, pages),
    ):
        async for page in pages:
            await read.judge.add(page)  # type: ignore[arg-type]
        assert server.most_at_once <= 1
    return read

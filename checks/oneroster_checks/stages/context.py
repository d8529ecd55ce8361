"""What one run knows and has learned so far; the only way in which stages hand something on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import fmean, median
from typing import TYPE_CHECKING

from ..client.smaller_pages import LargePage, smaller_sizes
from ..connection import Connection, Secret
from ..evidence import Evidence, EvidenceKind
from ..finding import Facts
from ..http.dates import ServerTime
from ..limits import (
    ENOUGH_REQUESTS,
    LATE_ANSWERS,
    PAGE_ROWS,
    READ_MINUTES,
    SLOW_MEDIAN_S,
    SMALLER_PAGES_IN_VAIN,
)
from ..made_records import Leftovers, NoJournal, WriteJournal
from ..providers import Provider
from ..redaction import Redactor
from ..result import CollectionRead
from ..standard.envelopes import Record
from ..standard.fields import RecordProblem
from ..target import Target
from .page_size import cut_alike

if TYPE_CHECKING:
    from ..client.address import Params
    from ..client.authorization import Signed
    from ..client.data import DataClient
    from ..client.oauth1 import SignatureMethod, SignedAs
    from ..client.reading import Reading
    from ..client.token_answer import Token
    from ..http.answer import Answer
    from ..http.certificates import Certificate
    from ..http.session import Session
    from ..http.transient import TransientError
    from ..records.full_read import FullRead
    from .known_ids import KnownIds
    from .operation_answers import Answered
    from .write_state import WriteTest

TOO_SLOW = "the server is slow, so only the necessary requests were made"


@dataclass(slots=True)
class TokenStory:
    """How the token was obtained: what was refused on the way, as evidence.

    `needed_scope` is the scope that nobody named and without which no token was issued, `data_scope` the one
    without which the token opened no data.
    """

    needed_scope: str = ""
    data_scope: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedTime:
    """That the server refuses the time in signatures: by the code that it gave, or by accepting its own time.

    `code` is "" where it gave none; `ahead_s` how far the server's time is ahead of this computer's, None when
    not known; `accepted` whether a signature with the server's time was accepted.
    """

    code: str
    ahead_s: float | None
    accepted: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SecondPage:
    """What came behind the first page of a collection.

    `page` is the page at `offset`; `linked` what stood behind the first page's link, where it was followed and
    led to something else than that page.
    """

    offset: int
    page: Reading
    linked: Reading | None = None


@dataclass(frozen=True, slots=True)
class Writes:
    """What a run may write, by the user's own wish: nothing, unless a class is named or something was left behind.

    `class_id` is the sourcedId of the class for the write test, `leftovers` what earlier ones left to be removed.
    """

    class_id: str = ""
    leftovers: tuple[Leftovers, ...] = ()
    journal: WriteJournal = field(default_factory=NoJournal)


@dataclass(slots=True)
class RunContext:
    """One run: its target, its session, and what the stages learned.

    `today` is the local day of the run. `readings` holds the first page of each collection by its path, `pages`
    every other that was asked for by its offset, and `second_pages` what the checks of paging found behind the first
    one, by offset or by its link. `page_rows` is the largest number of rows that a page may
    have, None while no page was too large; `large_pages` are those that were. `oversized` are the answers with
    more rows than were asked for, `filled` says that one had just as many. A full read may take `read_minutes`.
    `consumer` is the one whose steps are taken too, "" for none. `writes` is what may be written, `write_test` the
    write test once its class was found; `closing` is done when the run ends, however it does.
    """

    target: Target
    redactor: Redactor
    session: Session
    data: DataClient
    today: date
    token: Token | None = None
    # The answer that brought the token: what the server's own answers look like.
    token_answer: Answer | None = None
    story: TokenStory = field(default_factory=TokenStory)
    # The method by which requests are signed, and the same once an answer has proved the signature accepted.
    signing: SignatureMethod | None = None
    signature: SignatureMethod | None = None
    # What signatures say in place of the address and the time of a request, None for nothing else.
    signed_as: SignedAs | None = None
    refused_time: RefusedTime | None = None
    readings: dict[str, Reading] = field(default_factory=dict)
    second_pages: dict[str, SecondPage] = field(default_factory=dict)
    page_rows: int | None = None
    large_pages: list[LargePage] = field(default_factory=list)
    smaller_in_vain: int = 0
    oversized: list[Reading] = field(default_factory=list)
    filled: bool = False
    # Further pages by path, offset and limit.
    pages: dict[tuple[str, int, int], Reading] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    trace: list[Evidence] = field(default_factory=list)
    transient_errors: list[tuple[TransientError, Evidence]] = field(default_factory=list)
    # What the certificate of the base URL's host says, and the last day of the school year or term that contains today
    # with those that go on from it, or of the last one that ended; None where they were not seen.
    certificate: Certificate | None = None
    year_ends: date | None = None
    server_time: ServerTime = field(default_factory=ServerTime)
    read_minutes: float = READ_MINUTES
    # Every record that was read and how each collection went, None at depth quick.
    full: FullRead | None = None
    # Gets how far the full read of a collection has come, and whether it has ended.
    on_read: Callable[[CollectionRead, bool], None] = lambda read, ended: None
    writes: Writes = field(default_factory=Writes)
    write_test: WriteTest | None = None
    consumer: str = ""
    closing: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    # What breaks the standard in the rows of a first page, by its path.
    broken: dict[str, tuple[tuple[Record, ...], list[list[RecordProblem]]]] = field(default_factory=dict)
    # At depth full: the operations by name and sourcedIds, pages with a query by path, limit and query, and the
    # records by which nested paths are asked for.
    asked: dict[tuple[str, tuple[str, ...]], Answered] = field(default_factory=dict)
    queried: dict[tuple[str, int, tuple[tuple[str, str | int], ...]], Reading] = field(default_factory=dict)
    known_ids: KnownIds | None = None
    # The causes that this run has named so far, and the collections and the parts of which they say that they fail.
    named: set[str] = field(default_factory=set)
    told_paths: set[str] = field(default_factory=set)
    told_parts: set[str] = field(default_factory=set)
    # Whether a filter by one sourcedId was followed, None where that is not known.
    filters_work: bool | None = None

    def name(self, cause: str, facts: Facts) -> None:
        """Remember a cause that a check has named, so that no later one tells the same again."""
        self.named.add(cause)
        if not cause.startswith(("access.", "sharing.")):
            return
        path = facts.get("path")
        self.told_paths |= {path} if isinstance(path, str) else {*path} if isinstance(path, tuple) else set()
        if cause.startswith("sharing.") and isinstance(part := facts.get("part"), str):
            self.told_parts.add(part)

    def let_go(self) -> None:
        """Forget every record, at the end of a run, and what holds the run itself, so that it is gone with its end."""
        from ..client.authorization import Anonymous

        self.data.authorizer = Anonymous()
        kept = (self.readings, self.second_pages, self.pages, self.asked, self.queried, self.broken)
        for records in (*kept, self.oversized, self.large_pages):
            records.clear()

    async def reading(self, path: str, *, limit: int = PAGE_ROWS) -> Reading:
        """The first page of a collection, requested once in a run whoever wants it.

        A page that may have been too large is asked for again with fewer rows; where that works, `page_rows` is kept.
        """
        if path not in self.readings:
            first = await self.data.list(path, limit=self.rows_at_most(limit))
            self.readings[path] = await self._smaller(first) or first
            self._note_size(self.readings[path])
            for cut in cut_alike(self.readings, path):
                self.readings[cut] = replace(self.readings[cut], perhaps_cut=True)
        return self.readings[path]

    async def _smaller(self, large: Reading) -> Reading | None:
        """A smaller page in place of one that failed, None where it fails too or is not worth a request."""
        # Where nothing was read yet, everything may fail alike, whatever its size.
        something_read = any(reading.good for reading in self.readings.values())
        if self.smaller_in_vain >= (SMALLER_PAGES_IN_VAIN if something_read else 1):
            return None
        sizes = smaller_sizes(large)
        for rows in sizes:
            page = await self.data.list(large.path, limit=rows, note="the same with a smaller page")
            if page.good and not page.cut:
                self.page_rows = rows
                self.large_pages.append(LargePage(large.without_rows(), page.without_rows()))
                return page
            self._note_size(page)
        self.smaller_in_vain += bool(sizes)
        return None

    def rows_at_most(self, limit: int) -> int:
        """A number of rows to ask for: this one, or what a page may have in this run."""
        return limit if self.page_rows is None else min(limit, self.page_rows)

    async def page(self, path: str, *, limit: int, params: Params, note: str) -> Reading:
        """Another page of a collection, with no more rows than a page may have in this run."""
        page = await self.data.list(path, limit=self.rows_at_most(limit), params=params, note=note)
        self._note_size(page)
        return page

    def _note_size(self, reading: Reading) -> None:
        """Remember an answer with as many rows as were asked for, or more."""
        if 0 < reading.limit < reading.received and reading.good:
            self.oversized.append(reading)
        self.filled = self.filled or 0 < reading.limit == len(reading.rows)

    async def page_at(self, path: str, offset: int, limit: int, note: str) -> Reading:
        """The page at an offset, requested once in a run whoever wants it."""
        key = (path, offset, limit)
        if key not in self.pages:
            self.pages[key] = await self.page(path, limit=limit, params={"offset": offset}, note=note)
        return self.pages[key]

    def rows(self, path: str) -> tuple[Record, ...]:
        """The records of a page that was read already, none when it was not."""
        reading = self.readings.get(path)
        return reading.rows if reading else ()

    @property
    def connection(self) -> Connection:
        """The connection as it was typed."""
        return self.target.connection

    @property
    def provider(self) -> Provider:
        """The provider of the connection."""
        return self.target.provider

    @property
    def key(self) -> str:
        """The client id as it is sent."""
        return self.target.client_id

    @property
    def secret(self) -> Secret:
        """The client secret as it is sent."""
        return self.target.secret

    def signer(self, method: SignatureMethod, secret: Secret | None = None) -> Signed:
        """Signs by a method as requests are signed in this run, with another secret if one is given."""
        from ..client.authorization import Signed
        from ..client.oauth1 import AS_SENT

        as_ = self.signed_as or AS_SENT
        return Signed(self.key, secret or self.secret, method, as_, made_up=secret is not None)

    @property
    def is_slow(self) -> bool:
        """Whether the data requests so far took so long that only the necessary ones should follow."""
        times = self.data_seconds()
        return len(times) >= ENOUGH_REQUESTS and median(times) > SLOW_MEDIAN_S

    @property
    def is_late(self) -> bool:
        """Whether the run has hardly time for one more answer, so that a search ends with what it has found."""
        times = [each.elapsed_ms / 1000 for each in self.trace if each.kind is EvidenceKind.REQUEST]
        return bool(times) and self.session.budget.left_s < LATE_ANSWERS * fmean(times)

    def data_requests(self) -> list[Evidence]:
        """Every data request that was made so far."""
        return [each for each in self.trace if each.kind is EvidenceKind.REQUEST and each.method == "GET"]

    def data_seconds(self) -> list[float]:
        """How long each of them took, in seconds."""
        return [each.elapsed_ms / 1000 for each in self.data_requests()]

    @property
    def scope_given(self) -> str:
        """The scope that came with the token, "" when the server named none."""
        return (self.token.scope or "") if self.token else ""

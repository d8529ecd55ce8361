"""One authorized GET of a connection, or all pages of a list, as JSON: authorized as a run is, and nothing judged."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..causes.words import report, shown_facts
from ..connection import Connection, Credentials
from ..errors import InvalidPath
from ..events import RunFinished
from ..evidence import Evidence
from ..finding import FactDict, Finding, Stage, Status
from ..http.budget import RunLimitReached
from ..labels import capitalized
from ..limits import READ_MINUTES, READ_REQUESTS, READABLE_ROWS
from ..redaction.masked import is_known_key
from ..result import ReportedFinding, Result
from ..stages.context import RunContext
from ..stages.model import Precondition
from ..stages.read_limits import ReadLimits
from ..target import make_target
from ..urls import path_of
from ..validation import validate
from ..visible import safe_json
from .get_shape import DocumentShape, shape_of
from .options import RunOptions
from .plan import every_check
from .run_limits import READ_LIMIT, unmade
from .runner import stream_then

if TYPE_CHECKING:
    from ..client.address_pages import TextPages
    from ..client.asked_address import AskedAddress
    from ..client.collection_pages import CollectionState
    from ..client.reading import Kind

# Gets the document in pieces, in order.
Write = Callable[[str], None]
# Gets how many records came so far.
Told = Callable[[int], None]
# What stands behind the records of all pages, and the key of records that have none, or one of these.
COUNT, COMPLETE, _ITEMS = "count", "complete", "items"


@dataclass(frozen=True, slots=True)
class Get:
    """What is asked for: a path or an address on the host of the connection, with parameters.

    With `every`, every page of the list is read, and the document is an object with the records under their key, then
    `count` and `complete`. With `shows_people` nothing is masked but passwords and the secrets of the connection.
    """

    path: str
    params: tuple[tuple[str, str], ...] = ()
    every: bool = False
    shows_people: bool = False


@dataclass(slots=True)
class Fetched:
    """What came of it.

    `kind` is what the last answer was, None where none came or none was asked for, and `evidence` its request.
    `is_authorized` says that there was a token, or a way to sign. `records` came, of `total` by the server's own word,
    None without one; `complete` says that the document has everything that was asked for. `stopped` is the sentence of
    what ended the reading of pages, "" for an answer that is no page, or nothing.
    """

    is_authorized: bool = False
    kind: Kind | None = None
    evidence: Evidence | None = None
    records: int = 0
    total: int | None = None
    complete: bool = False
    stopped: str = ""


async def get(
    connection: Connection,
    credentials: Credentials,
    asked: Get,
    write: Write,
    *,
    told: Told = lambda records: None,
    options: RunOptions | None = None,
) -> tuple[Result, Fetched]:
    """Send one authorized GET, and write the JSON that came in pieces; nothing is written where no JSON came.

    The result is of the checks that authorize requests, and says why there is no authorization.
    InvalidPath when the path leads to another host or does not fit `every`; InvalidConnection, CAFileError or
    ProxyError when the input cannot be used; nothing that a server does raises. Canceling it leaves nothing open.
    """
    from ..client.asked_address import asked_address

    validate(connection, credentials)
    target = make_target(connection, credentials)
    address, rows = asked_address(target, asked.path, asked.params), READABLE_ROWS
    if asked.every:
        address, rows = _first_page(address)
    authorizing = [
        each.id
        for each in every_check()
        if each.establishes is Precondition.AUTHORIZED and each.applies(target) is None
    ]
    work = _Getting(address, rows, asked, write, told)
    only: RunOptions = {**(options or {}), "only": authorizing}
    async with aclosing(stream_then(connection, credentials, only, work.send)) as events:
        async for event in events:
            if isinstance(event, RunFinished):
                return event.result, work.found
    raise AssertionError("a run ends with its result")


def _first_page(address: AskedAddress) -> tuple[AskedAddress, int]:
    """The address of a list without limit and offset, and the rows of a page."""
    if address.is_single:
        raise InvalidPath("This is the path of one record, which has no further pages. Leave out --all.")
    path, _, query = address.url.partition("?")
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    if any(name == "offset" for name, _, _ in pairs):
        raise InvalidPath("--all begins with the first record. Leave out the offset, or leave out --all.")
    limits = [value for name, _, value in pairs if name == "limit"]
    if any(not (value.isascii() and value.isdigit() and int(value[:9]) > 0) for value in limits):
        raise InvalidPath("The limit is how many records a page has. Give a number from 1 on.")
    kept = "&".join("".join(pair) for pair in pairs if pair[0] != "limit")
    rows = min([READABLE_ROWS, *(int(value[:9]) for value in limits)])
    return replace(address, url=f"{path}{'?' if kept else ''}{kept}"), rows


class _Getting:
    """What is done once requests are authorized."""

    def __init__(self, address: AskedAddress, rows: int, asked: Get, write: Write, told: Told) -> None:
        self.found = Fetched()
        self._address = address
        self._rows = rows
        self._asked = asked
        self._write = write
        self._told = told

    async def send(self, run: RunContext, before: Sequence[ReportedFinding]) -> None:
        """Ask, and write what came."""
        from ..client.authorization import Anonymous

        self.found.is_authorized = not isinstance(run.data.authorizer, Anonymous)
        if not self.found.is_authorized:
            return
        shape = shape_of(run.redactor, shows_people=self._asked.shows_people)
        try:
            await (self._every(run, shape) if self._asked.every else self._one(run, shape))
        except RunLimitReached as reached:
            self.found.stopped = f"{capitalized(unmade(reached).reason or '')}."

    async def _one(self, run: RunContext, shape: DocumentShape) -> None:
        from ..client.address_pages import decoded
        from ..client.reading import Kind, read

        found, address = self.found, self._address
        answer = await run.data.get(address.url, address.service)
        reading = read(self._asked.path, decoded(run.session, answer), address.envelope)
        found.kind, found.evidence = reading.kind, reading.evidence
        if reading.kind not in (Kind.ROWS, Kind.EMPTY, Kind.NO_LIST):
            return
        found.records, found.total, found.complete = len(reading.rows), reading.total, True
        # What was decoded to see what it is has short texts only.
        document = shape.document(answer.content.decoded().document)
        self._write(f"{safe_json(json.dumps(document, indent=2, ensure_ascii=False))}\n")

    async def _every(self, run: RunContext, shape: DocumentShape) -> None:
        from ..client.address_pages import AddressPages, TextPages
        from ..client.collection_pages import CollectionState, collection_pages
        from ..client.page_requests import PageRequests, Patience
        from ..client.page_sizes import PageSizes
        from ..http.retry import patient, usual

        session, address = run.session, self._address
        state, texts = CollectionState(self._asked.path), TextPages(address.envelope, shape.record)
        sizes = PageSizes(min(self._rows, run.provider.page_size), session.timeout, lambda page: None)
        patience = Patience(session.retrying(patient()), session.retrying(usual()))
        source = AddressPages(run.data, session, address, self._asked.path)
        requests = PageRequests(source, texts, sizes, patience, session.clock)
        reading = ReadLimits(session.clock, READ_MINUTES)
        most = reading.collection()
        is_begun = False
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
                async for page in pages:
                    lines = ",\n".join(str(text) for column in page.columns for text in column)
                    if lines:
                        self._write(safe_json(f"{',' if is_begun else self._beginning(texts)}\n{lines}"))
                        is_begun = True
                    self._told(state.records)
        self._note(run, state, most.reached if state.reached is None else reading.met(state.reached))
        if state.first is not None and (state.pages or state.stopped is None):
            end = f'"{COUNT}": {state.records}, "{COMPLETE}": {json.dumps(self.found.complete)}}}'
            self._write(f"{'' if is_begun else self._beginning(texts)}\n], {end}\n")

    def _beginning(self, texts: TextPages) -> str:
        key = texts.key or self._address.envelope
        if key in ("", COUNT, COMPLETE) or not (self._asked.shows_people or is_known_key(key)):
            key = _ITEMS
        return f"{{{json.dumps(key, ensure_ascii=False)}: ["

    def _note(self, run: RunContext, state: CollectionState, limit: FactDict | None) -> None:
        """Note how the reading of all pages went, and what ended it before its end."""
        from ..client.reading import Kind

        found, last = self.found, state.last
        found.kind, found.evidence = (Kind.ROWS if state.pages else Kind.EMPTY), last
        found.records, found.total = state.records, state.total
        found.complete = state.ended and limit is None
        if state.stopped is not None:
            found.kind, found.evidence, found.complete = state.stopped.kind, state.stopped.evidence, False
        elif not found.complete:
            cause = READ_LIMIT if limit is not None else "paging.offset-ignored"
            facts: FactDict = {
                "path": path_of(last.url) if last else self._asked.path,
                "received": state.records,
                "asked": self._rows,
                **({"total": state.total} if state.total is not None else {}),
                **(limit or {}),
            }
            told = Finding("get", "", Stage.PAGING, Status.WARN, cause, shown_facts(cause, facts))
            found.stopped = report(told, run.provider.id).summary

"""The pages of a list at any address, as records in text: for one who hands them on and judges nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..http.answer import Answer
from ..http.content import Content
from ..http.retry import Retries
from ..http.session import Session
from ..records.page import TypedPage
from ..standard.envelopes import Record, id_of, read_list
from .address import encoded_again
from .asked_address import AskedAddress
from .data import DataClient
from .page_requests import Ask
from .reading import Reading, read
from .said import words_in
from .token_answer import secrets_in

# What becomes of a record before it is written down.
Shape = Callable[[object], object]
_NOTE = "a page of the list"


class AddressPages:
    """Asks for the pages of one list, at its address with its own parameters; `path` is what a person calls it by."""

    def __init__(self, data: DataClient, session: Session, asked: AskedAddress, path: str) -> None:
        self._data = data
        self._session = session
        self._asked = asked
        self._path = path

    async def page(self, ask: Ask, retries: Retries) -> Reading:
        """One page by its offset, or the one behind an address that the server named, whose host was checked."""
        url = encoded_again(ask.url) if ask.url else self._url_of(ask)
        return self._read(
            await self._data.get(url, self._asked.service, note=_NOTE, retries=retries), ask.rows
        )

    def _url_of(self, ask: Ask) -> str:
        sign = "&" if "?" in self._asked.url else "?"
        return f"{self._asked.url}{sign}limit={ask.rows}&offset={ask.offset}"

    def decoded(self, page: Reading) -> Reading:
        """A page that came undecoded, read as any other."""
        return self._read(decoded(self._session, page.answer), page.limit)

    def _read(self, answer: Answer, limit: int) -> Reading:
        return read(self._path, answer, self._asked.envelope, limit)


def decoded(session: Session, answer: Answer) -> Answer:
    """A raw answer as it is where it is decoded at once; the raw one stays as it is."""
    raw = answer.content.raw
    if raw is None:
        return answer
    copied = replace(answer, content=replace(answer.content, raw=bytes(raw)))
    return session.decoded(copied, secrets_in=secrets_in, words_in=words_in)


class TextPages:
    """Makes pages whose one column is the text of each record, as JSON in one line behind `shape`.

    `key` is the key under which the records of the first page stood, "" before there was one, and for a bare list.
    """

    def __init__(self, envelope: str, shape: Shape) -> None:
        self.key = ""
        self._envelope = envelope
        self._shape = shape
        self._has_key = False

    async def strict(self, body: bytes | bytearray, path: str) -> TypedPage | None:
        """The page in a body; None when it holds no list, or more than this tool reads."""
        content = Content.of(bytes(body))
        listing = read_list(content.document, self._envelope) if content.undecoded is None else None
        if listing is None or isinstance(_under(content.document, listing.key), dict):
            return None
        if not self._has_key:
            self.key, self._has_key = listing.key, True
        return await self.lenient(listing.records, path)

    async def lenient(self, rows: Sequence[Record], path: str) -> TypedPage:
        """The page of records that were decoded already."""
        texts = [json.dumps(self._shape(row), ensure_ascii=False) for row in rows]
        return TypedPage(path, "", tuple(map(id_of, rows)), (texts,) if texts else ())


def _under(document: object, key: str) -> object:
    return document.get(key) if isinstance(document, dict) else document

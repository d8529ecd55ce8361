"""Pages of one side of a move as typed records: quickly from their bytes, and value by value where that does not do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import msgspec

from ..connection import OneRosterVersion
from ..limits import TYPED_BYTES, TYPED_VALUES
from ..redaction.outline import NAME_KEYS
from ..standard.envelopes import Record, id_of
from .columns import Link, as_text
from .move_layout import KeptRecord, clean, is_deleted, table_of
from .move_structs import columns_of, decoder
from .page import TypedPage, Value, column
from .typing_pages import may_tell, without_collector

_USERS, _DEMOGRAPHICS = "/users", "/demographics"
# What the further orgs and roles of a user are kept as.
ORG, ROLE = "org", "role"


class MoveTypist:
    """Types the pages of one side, which speaks a version of OneRoster.

    `key` is that of both sides, so that what is kept as a number is the same number for the same text.
    """

    def __init__(self, version: OneRosterVersion, key: str) -> None:
        self._version: OneRosterVersion = version
        self._key = key

    def strict(self, body: bytes | bytearray, path: str) -> TypedPage | None:
        """The page in a body; None when its records have another form, and never an error."""
        if len(body) > TYPED_BYTES and body.count(b",") > TYPED_VALUES:
            return None
        with without_collector():
            return self._strict(body, path)

    def _strict(self, body: bytes | bytearray, path: str) -> TypedPage | None:
        try:
            records = decoder(self._version, path)(body)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        ids = [
            each.sourcedId if each.sourcedId.__class__ is str else clean(each.sourcedId) for each in records
        ]
        deleted = [1 if is_deleted(each.status) else None for each in records]
        if path != _USERS:
            return self._page(path, ids, deleted, columns_of(path, records), [], set())
        kept = [each.kept() for each in records]
        personal = chain.from_iterable(each.personal() for each in records)
        return self._of_rows(path, ids, deleted, kept, personal)

    def lenient(self, rows: Sequence[Record], path: str) -> TypedPage:
        """The page of records that were decoded already."""
        table = table_of(path)
        kept = [table.kept(row) for row in rows]
        ids: list[str | None] = [clean(id_of(row)) for row in rows]
        deleted = [1 if is_deleted(row.get("status")) else None for row in rows]
        return self._of_rows(
            path, ids, deleted, kept, _personal(rows) if path in (_USERS, _DEMOGRAPHICS) else ()
        )

    def _of_rows(
        self,
        path: str,
        ids: Sequence[str | None],
        deleted: Sequence[int | None],
        kept: Sequence[KeptRecord],
        personal: Iterable[object],
    ) -> TypedPage:
        """A page of records that are kept one by one."""
        names = {str(value) for value in personal if value and type(value) in (str, int)}
        if path in (_USERS, _DEMOGRAPHICS):
            names.update(id for id in ids if id and may_tell(id))
        links: list[Link] = []
        for id, each in zip(ids, kept, strict=True):
            links += [(ORG, _whole(id or ""), _whole(org)) for org in each.orgs]
            links += [(ROLE, _whole(id or ""), _whole(role)) for role in each.roles]
        columns = zip(*(each.values for each in kept), strict=True)
        return self._page(path, ids, deleted, [*columns] or [()] * len(table_of(path).columns), links, names)

    def _page(
        self,
        path: str,
        ids: Sequence[str | None],
        deleted: Sequence[int | None],
        columns: Iterable[Sequence[Value]],
        links: list[Link],
        names: set[str],
    ) -> TypedPage:
        own = tuple(_whole(id) if id else "" for id in ids)
        table = table_of(path)
        texts = [
            self._hashes(each) if name in table.hashed else _readable(each)
            for name, each in zip(table.columns, columns, strict=True)
        ]
        kept = (own, column(deleted), *map(column, texts))
        return TypedPage(path, table.name, own, kept, tuple(links), (), names)

    def _hashes(self, values: Sequence[Value]) -> Sequence[Value]:
        """A number for each text, by a key that only this comparison has; None for none."""
        key = self._key
        return [f"{hash(f'{key}{value}'):x}" if value else None for value in values]


def _readable(values: Sequence[Value]) -> Sequence[Value]:
    """Values without half a surrogate pair, which no database takes."""
    try:
        "".join(value for value in values if isinstance(value, str)).encode()
    except UnicodeEncodeError:
        return [_whole(value) if isinstance(value, str) else value for value in values]
    return values


def _whole(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _personal(rows: Sequence[Record]) -> Iterable[Any]:
    for row in rows:
        yield from (as_text(row.get(name)) for name in NAME_KEYS)
        several = row.get("userIds")
        for item in several if isinstance(several, list) else []:
            yield as_text(item.get("identifier")) if isinstance(item, dict) else None

"""A judge that keeps what it is given, for tests of how pages are read."""

from __future__ import annotations

import json
from collections.abc import Sequence

from oneroster_checks.records.page import TypedPage
from oneroster_checks.standard.envelopes import Record
from oneroster_checks.standard.fields import ENTITY


class PlainJudge:
    """Types the pages of any list of records with a sourcedId; `strict` only where `is_strict`."""

    def __init__(self, *, is_strict: bool = True) -> None:
        self.is_strict = is_strict
        self.pages: list[TypedPage] = []

    @property
    def ids(self) -> list[str]:
        """Every sourcedId that was added, in order."""
        return [id for page in self.pages for id in page.ids]

    async def strict(self, body: bytes | bytearray, path: str) -> TypedPage | None:
        """The page in a body."""
        document = json.loads(body)
        if not self.is_strict or not isinstance(document, dict) or len(document) != 1:
            return None
        (rows,) = document.values()
        return await self.lenient(rows, path) if isinstance(rows, list) else None

    async def lenient(self, rows: Sequence[Record], path: str) -> TypedPage:
        """The page of records that were decoded already."""
        ids = tuple(str(row.get("sourcedId", "")) for row in rows)
        return TypedPage(path, ENTITY[path], ids, (ids, [json.dumps(row, sort_keys=True) for row in rows]))

    async def add(self, page: TypedPage) -> None:
        """Keep a page."""
        self.pages.append(page)

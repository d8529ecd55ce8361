"""A relay that makes an odd server out of the practice district: it changes what is asked for and what comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from oneroster_checks.connection import Connection

from ...servers.meddler import Meddler

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Oddity:
    """What is odd: how a list is called and each record looks, what a page has of them, and of headers at most."""

    record: Callable[[Record], Record] = lambda row: row
    key: Callable[[str], str] = lambda name: name
    page: Callable[[list[Record]], list[Record]] = lambda rows: rows
    without: tuple[str, ...] = ()
    cap: int = 0


class OddFront(Meddler):
    """Passes everything on to a practice district, whose lists it makes odd."""

    def __init__(self, connection: Connection, odd: Oddity) -> None:
        super().__init__(connection)
        self._odd = odd

    async def _ask(self, head: bytes, body: bytes) -> bytes:
        if self._odd.cap:
            head = re.sub(rb"(?<=[?&]limit=)\d+", self._capped, head, count=1)
        answer = await super()._ask(head, body)
        top, _, content = answer.partition(b"\r\n\r\n")
        if b"application/json" not in top.lower() or b"GET" not in head[:4]:
            return answer
        document = json.loads(content)
        document = {
            self._odd.key(name): self._odd.page([self._odd.record(row) for row in rows])
            if isinstance(rows, list)
            else rows
            for name, rows in document.items()
        }
        changed = json.dumps(document).encode()
        gone = tuple(name.lower().encode() for name in ("content-length", *self._odd.without))
        lines = [line for line in top.split(b"\r\n") if line.partition(b":")[0].lower() not in gone]
        return b"\r\n".join([*lines, b"Content-Length: %d" % len(changed), b"", changed])

    def _capped(self, found: re.Match[bytes]) -> bytes:
        return b"%d" % min(int(found[0]), self._odd.cap)

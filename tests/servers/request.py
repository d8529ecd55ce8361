"""One request as a server of the tests hears it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Request:
    """One request as it arrived: `target` as sent, header names in lower case, `body` in bytes."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path of the target, decoded and without its query."""
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """The query's names and values, decoded, in the order sent."""
        return tuple(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form body."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def asks(self, name: str) -> str | None:
        """The value of a query parameter, None when it is absent."""
        return dict(self.query).get(name)


async def read_request(reader: asyncio.StreamReader, *, patient: bool = False) -> Request | None:
    """The next request of a connection, None when what comes is no HTTP.

    `patient` waits for the end of a request whatever its first byte is. IncompleteReadError means that the
    client has ended the connection.
    """
    first_byte = await reader.readexactly(1)
    if not first_byte.isalpha() and not patient:
        return None
    head = first_byte + await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    if first.count(" ") != 2:
        return None
    method, target, _ = first.split(" ")
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, target, headers, body)

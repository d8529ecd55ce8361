"""A district in a process of its own whose pages are made once and then kept as bytes: readers are measured, not it.

`python -m tests.bench.static_pages --size large` prints one JSON line when it is ready, as `practice` does, and ends
when its standard input does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import socket
import sys
from base64 import b64encode
from collections.abc import Mapping
from email.utils import formatdate
from http import HTTPStatus
from typing import get_args
from urllib.parse import unquote, urlsplit

from oneroster_checks.connection import Credentials, OneRosterVersion, Secret
from oneroster_practice.assembly import endpoints
from oneroster_practice.exchange import Request, Response
from oneroster_practice.faults import fault_of
from oneroster_practice.site import TOKEN_PATH, Site
from oneroster_practice.sizes import SIZES, Size

# Beside the sizes of the practice district, whose "large" has 1.04 million records: 20 thousand, and 8.9 million.
TWENTY_THOUSAND, NINE_MILLION = "twenty-thousand", "nine-million"
EVERY_SIZE: Mapping[str, Size] = {
    **SIZES, TWENTY_THOUSAND: Size(2, 38, 11, 59), NINE_MILLION: Size(857, 38, 11, 59),
}  # fmt: skip

# Where a bench asks how many requests there were since it last asked, and how many pages had to be made.
COUNTS_PATH = "/bench/counts"

# What is kept of answers; a district beyond it is made again whenever it is read.
KEPT_BYTES = 1_500_000_000
_HOST = "127.0.0.1"
_CLIENT_ID = "InfiniteCampus_bench"
_LONGEST_HEAD = 65_536


class Pages:
    """Answers requests from what it keeps; what it does not have comes from a practice district in this process."""

    def __init__(self, size: Size, site: Site) -> None:
        self.credentials = Credentials(
            Secret(secrets.token_urlsafe(30)),
            Secret("bench-vendor"),
            Secret(secrets.token_urlsafe(24)),
        )
        self._site = site
        self._district = endpoints(
            fault_of(None), site, oauth=2, share=("rostering",), size=size, client_id=_CLIENT_ID,
            credentials=self.credentials,
        )  # fmt: skip
        self._kept: dict[str, tuple[bytes, bytes]] = {}
        self._kept_bytes = 0
        # The Authorization headers of tokens that the district gave out: no others get a page that is kept.
        self._known: set[str] = set()
        self._requests = self._made = 0

    def ready_line(self) -> str:
        """What a program needs to connect, as one line of JSON, its secrets included."""
        return json.dumps({
            "ready": True, "oauth": 2, "oneroster": self._site.oneroster, "base_url": self._site.base_url(),
            "token_url": self._site.token_url(), "client_id": _CLIENT_ID,
            "client_secret": self.credentials.client_secret.reveal(),
            "counts_url": f"{self._site.origin}{COUNTS_PATH}",
        })  # fmt: skip

    def body_of(self, path: str) -> bytes:
        """The body of a page of the rostering service, for a program in this process; `path` has its query."""
        secret = self.credentials.client_secret.reveal()
        basic = {"authorization": f"Basic {b64encode(f'{_CLIENT_ID}:{secret}'.encode()).decode()}"}
        target = self._site.token_url().removeprefix(self._site.origin)
        given = self._from_district("POST", target, basic, b"grant_type=client_credentials")
        bearer = {"authorization": f"Bearer {json.loads(given.body)['access_token']}"}
        root = self._site.service_url("rostering").removeprefix(self._site.origin)
        response = self._from_district("GET", f"{root}{path}", bearer, b"")
        assert response.status == 200, response.body
        return response.body

    def answer(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[bytes, bytes]:
        """The head of an answer, without its Date and its end, and the body."""
        if target == COUNTS_PATH:
            return self._counts()
        self._requests += 1
        authorization = headers.get("authorization", "")
        if method == "GET" and authorization in self._known and target in self._kept:
            return self._kept[target]
        response = self._from_district(method, target, headers, body)
        made = _head(response), response.body
        if method == "GET" and response.status == 200:
            self._made += 1
            if self._kept_bytes + len(response.body) <= KEPT_BYTES:
                self._kept[target] = made
                self._kept_bytes += len(response.body)
        return made

    def _from_district(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Response:
        split = urlsplit(target)
        host = headers.get("host", "")
        request = Request(
            method, f"http://{host}{target}", unquote(split.path), split.query, host.rpartition(":")[0] or host,
            headers, body,
        )  # fmt: skip
        if split.path != TOKEN_PATH:
            return self._district.data(request)
        response = self._district.token(request)
        if response.status == 200:
            self._known.add(f"Bearer {json.loads(response.body)['access_token']}")
        return response

    def _counts(self) -> tuple[bytes, bytes]:
        counts = {"requests": self._requests, "made": self._made, "kept_bytes": self._kept_bytes}
        self._requests = self._made = 0
        response = Response(200, json.dumps(counts).encode(), (("Content-Type", "application/json"),))
        return _head(response), response.body


class _Connection(asyncio.Protocol):
    """One connection: requests one after the other, each answered whole before the next is read."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._heard = bytearray()
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while self._answered_one():
            pass

    def _answered_one(self) -> bool:
        """Answer the first request that was heard; False when there is none, or not the whole of it."""
        assert self._transport is not None
        head, end, rest = self._heard.partition(b"\r\n\r\n")
        if not end:
            if len(self._heard) > _LONGEST_HEAD:
                self._transport.abort()
            return False
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        pairs = (line.partition(":") for line in lines)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        length = int(headers.get("content-length", "0"))
        if len(rest) < length:
            return False
        self._heard = rest[length:]
        answered, body = self._pages.answer(method, target, headers, bytes(rest[:length]))
        self._transport.write(answered + f"Date: {formatdate(usegmt=True)}\r\n\r\n".encode())
        if method != "HEAD":
            self._transport.write(body)
        if headers.get("connection", "").lower() == "close":
            self._transport.close()
            return False
        return True


def _head(response: Response) -> bytes:
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in response.headers]
    return "\r\n".join([*lines, f"Content-Length: {len(response.body)}", ""]).encode("latin-1")


async def serve(size: Size, oneroster: OneRosterVersion) -> None:
    """Serve a district of a size until standard input ends."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind((_HOST, 0))
    pages = Pages(size, Site("http", _HOST, listener.getsockname()[1], oneroster))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(pages), sock=listener)
    async with server:
        print(pages.ready_line(), flush=True)
        await asyncio.to_thread(sys.stdin.buffer.read)


def main() -> None:
    """Serve what the arguments name."""
    reader = argparse.ArgumentParser(description="A district whose pages are made once.")
    reader.add_argument("--size", choices=list(EVERY_SIZE), default="large")
    reader.add_argument("--oneroster", choices=get_args(OneRosterVersion), default="1.2")
    given = reader.parse_args()
    asyncio.run(serve(EVERY_SIZE[given.size], given.oneroster))


if __name__ == "__main__":
    main()

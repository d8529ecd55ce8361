"""Answers without an end, and headers beyond reason: each request ends within its time limit and two seconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest

from oneroster_checks import limits
from oneroster_checks.http.failure import FailureKind

from ...servers import LoopServer, Pieces, Request
from .sessions import session

LIMIT_S = 1.0
OVER_S = 2.0
HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def endless(start: bytes, part: bytes, *, pause: float = 0.0) -> Callable[[], Pieces]:
    """A start, and then one part after the other."""

    async def pieces() -> AsyncIterator[bytes]:
        yield start
        while True:
            if pause:
                await asyncio.sleep(pause)
            yield part

    return pieces


ENDLESS = {
    "a byte at a time": endless(HEAD + b"\r\n", b" ", pause=0.02),
    "a byte of a length at a time": endless(HEAD + b"Content-Length: 100000\r\n\r\n", b" ", pause=0.02),
    "a byte of the headers at a time": endless(HEAD + b"X-Long: ", b"x", pause=0.02),
    "a header at a time": endless(HEAD, b"X-Header: x\r\n", pause=0.02),
    "chunks of one byte": endless(CHUNKED, b"1\r\n \r\n" * 10_000),
    "an extension of a chunk": endless(CHUNKED + b"1", b";name=value" * 1000),
    "an extension of every chunk": endless(CHUNKED, b"1;" + b"x" * 10_000 + b"\r\n \r\n"),
    "a trailer": endless(CHUNKED + b"0\r\n", b"X-Trailer: x\r\n" * 1000),
    "100 Continue": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "103 Early Hints": endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 1000),
    "102 Processing, slowly": endless(b"", b"HTTP/1.1 102 Processing\r\n\r\n", pause=0.05),
    "a status line": endless(b"HTTP/1.1 200 ", b"OK" * 10_000),
    "headers": endless(HEAD, b"X-Header: x\r\n" * 1000),
    "gzip that says nothing": endless(
        HEAD + b"Content-Encoding: deflate\r\n\r\n\x78\x9c", b"\x00\x00\x00\xff\xff", pause=0.001
    ),
}


@pytest.mark.parametrize("pieces", ENDLESS.values(), ids=list(ENDLESS))
async def test_what_has_no_end_ends_in_time(pieces: Callable[[], Pieces]) -> None:
    async with LoopServer(lambda heard: pieces()) as server, session(timeout=LIMIT_S) as over:
        began = time.monotonic()
        answer = await over.send("GET", f"{server.origin}/orgs")
        took = time.monotonic() - began
    assert took < LIMIT_S + OVER_S
    assert answer.document is None
    assert answer.truncated or answer.failure is not None


@pytest.mark.parametrize(
    "headers",
    [
        "".join(f"X-Header-{number}: value\r\n" for number in range(3500)),
        "X-Same: value\r\n" * 5000,
        "a:\r\n" * 20_000,
        f"X-Long: {'y' * 99_000}\r\n",
        f"Date: {'1' * 90_000}\r\n",
        f"X-Total-Count: {'1' * 90_000}\r\n",
        "".join(f"Set-Cookie: name{number}=a-value-of-{number}; Path=/\r\n" for number in range(1500)),
        f"Set-Cookie: name={'v' * 90_000}; Path=/\r\n",
        f"Set-Cookie: name=value-value; Expires={'1 ' * 40_000}\r\n",
        f"Content-Encoding: {', '.join(['gzip'] * 10_000)}\r\n",
    ],
    ids=lambda headers: headers[:14].strip(),
)
async def test_headers_beyond_reason_cost_little(headers: str) -> None:
    sent = HEAD + headers.encode() + b"Content-Length: 2\r\n\r\n{}"

    async def pieces() -> AsyncIterator[bytes]:
        yield sent

    def serve(heard: Request) -> Pieces:
        return pieces()

    async with LoopServer(serve) as server, session(timeout=5.0) as over:
        began = time.monotonic()
        for _ in range(2):
            await over.send("GET", f"{server.origin}/orgs", keeps_cookies=True)
        answer = await over.send("GET", f"{server.origin}/orgs", keeps_cookies=True)
        took = time.monotonic() - began
    assert took < 3 * (5.0 + OVER_S)
    assert len(answer.headers) <= limits.HEADERS
    if answer.failure is not None:
        assert answer.failure.kind in (FailureKind.NOT_HTTP, FailureKind.CLOSED, FailureKind.UNREADABLE)
    else:
        sizes = [len(heard.headers.get("cookie", "")) for heard in server.heard]
        assert max(sizes) <= limits.COOKIE_CHARACTERS

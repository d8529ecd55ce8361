"""Compressed answers: counted while they are unpacked, one coding, and nothing that was not asked for."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import AsyncIterator

import pytest

from oneroster_checks import limits
from oneroster_checks.http.answer import Answer
from oneroster_checks.http.failure import FailureKind, Phase
from oneroster_checks.http.unpacking import ACCEPTED, Unpackable, Unpacking

from ...servers import LoopServer, Pieces, Reply, reply
from .sessions import session

BODY = b'{"orgs": [{"sourcedId": "1"}]}'


def bare(body: bytes) -> bytes:
    """Deflate without its zlib header and checksum, as some servers send it."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


async def asked(answer: Reply | bytes) -> Answer:
    """What comes of an answer."""
    async with LoopServer(lambda heard: answer) as server, session() as over:
        return await over.send("GET", f"{server.origin}/orgs")


def packed(coding: str, body: bytes) -> Reply:
    """A reply with a coding."""
    return reply(200, body, ("Content-Encoding", coding), kind="application/json")


GOOD = {
    "gzip": ("gzip", gzip.compress(BODY)),
    "x-gzip": ("x-gzip", gzip.compress(BODY)),
    "in capitals": ("GZIP", gzip.compress(BODY)),
    "deflate": ("deflate", zlib.compress(BODY)),
    "bare deflate": ("deflate", bare(BODY)),
    "identity": ("identity", BODY),
    "nothing": ("", BODY),
    "a character set": ("utf-8", BODY),
    "gzip and identity": ("gzip, identity", gzip.compress(BODY)),
    "two members": ("gzip", gzip.compress(BODY[:9]) + gzip.compress(BODY[9:])),
    "an empty member": ("gzip", gzip.compress(b"") + gzip.compress(BODY)),
    "rubbish behind the end": ("gzip", gzip.compress(BODY) + b"\x00" * 700 + b"rubbish"),
    "a byte behind the end": ("gzip", gzip.compress(BODY) + b"\x1f"),
    "rubbish behind deflate": ("deflate", zlib.compress(BODY) + b"rubbish"),
    "no checksum": ("gzip", gzip.compress(BODY)[:-8]),
    "half of a checksum": ("gzip", gzip.compress(BODY)[:-3]),
    "nothing in gzip": ("gzip", b""),
}


@pytest.mark.parametrize(("coding", "body"), GOOD.values(), ids=list(GOOD))
async def test_one_coding_is_unpacked(coding: str, body: bytes) -> None:
    answer = await asked(packed(coding, body))
    assert answer.failure is None
    assert not answer.truncated
    assert answer.document == ({"orgs": [{"sourcedId": "1"}]} if body else None)


@pytest.mark.parametrize(("coding", "body"), GOOD.values(), ids=list(GOOD))
def test_byte_by_byte_too(coding: str, body: bytes) -> None:
    unpacking = Unpacking(coding)
    for place in range(len(body)):
        unpacking.feed(body[place : place + 1])
    assert bytes(unpacking.body) == (BODY if body else b"")


@pytest.mark.parametrize("length", range(3))
def test_every_length_of_a_repeated_text_comes_whole(length: int) -> None:
    # The end may be taken in before all of it was given out.
    for size in (256 * 1024 * 2 + length, 256 * 1024 - length, 256 * 1024 + 257 + length):
        for coding, body in (("gzip", gzip.compress(b"a" * size)), ("deflate", bare(b"a" * size))):
            unpacking = Unpacking(coding)
            unpacking.feed(body)
            assert len(unpacking.body) == size


REFUSED = {
    "gzip twice": ("gzip, gzip", gzip.compress(gzip.compress(BODY))),
    "gzip and deflate": ("deflate, gzip", gzip.compress(zlib.compress(BODY))),
    "br": ("br", b"\x0b\x00\x80{}\x03"),
    "zstd": ("zstd", b"(\xb5/\xfd\x04\x00"),
    "an odd one": ("\x1b[31m", BODY),
    "a long one": ("x" * 5000, BODY),
    "a wrong checksum": ("gzip", gzip.compress(BODY)[:-8] + b"\x00" * 8),
}


@pytest.mark.parametrize(("coding", "body"), REFUSED.values(), ids=list(REFUSED))
async def test_anything_else_is_refused(coding: str, body: bytes) -> None:
    answer = await asked(packed(coding, body))
    assert answer.failure is not None
    assert (answer.failure.kind, answer.failure.phase) == (FailureKind.UNREADABLE, Phase.READING)
    assert answer.failure.detail.isascii()
    assert answer.failure.detail.isprintable()
    assert len(answer.failure.detail) < 100
    assert answer.document is None


async def test_two_headers_are_two_codings() -> None:
    twice = reply(200, gzip.compress(BODY), ("Content-Encoding", "gzip"), ("Content-Encoding", "gzip"))
    answer = await asked(twice)
    assert answer.failure is not None
    assert answer.failure.kind is FailureKind.UNREADABLE


async def test_what_is_asked_for_can_be_unpacked() -> None:
    async with LoopServer(lambda heard: reply(200, BODY)) as server, session() as over:
        await over.send("GET", f"{server.origin}/orgs")
    assert server.heard[0].headers["accept-encoding"] == ACCEPTED == "gzip, deflate"


def nested(size: int, times: int) -> bytes:
    """Zeros, packed several times."""
    packer = zlib.compressobj(9, wbits=31)
    body = b"".join(packer.compress(b"0" * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()
    for _ in range(times - 1):
        body = gzip.compress(body)
    return body


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_a_bomb_is_cut_at_the_limit_or_refused(times: int) -> None:
    bomb = nested(200_000_000, times)
    answer = await asked(packed(", ".join(["gzip"] * times), bomb))
    if times == 1:
        assert answer.truncated
        assert answer.content.size == limits.ANSWER_BYTES
    else:
        assert answer.failure is not None
        assert answer.failure.kind is FailureKind.UNREADABLE


ENDLESS = {
    "empty blocks of deflate": ("deflate", zlib.compress(b"")[:2], b"\x00\x00\x00\xff\xff" * 50_000),
    "empty members of gzip": ("gzip", b"", gzip.compress(b"") * 10_000),
    "rubbish behind the end": ("gzip", gzip.compress(BODY), b"rubbish!" * 50_000),
    "white space": ("", b"", b" " * 400_000),
}


@pytest.mark.parametrize(("coding", "start", "more"), ENDLESS.values(), ids=list(ENDLESS))
async def test_what_never_ends_is_cut_by_its_packed_bytes(coding: str, start: bytes, more: bytes) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n".encode() + start
        while True:
            sent += len(more)
            yield more

    def serve(heard: object) -> Pieces:
        return endless()

    async with LoopServer(serve) as server, session() as over:
        answer = await over.send("GET", f"{server.origin}/orgs")
    assert answer.truncated
    assert sent < 2 * limits.ANSWER_BYTES


def test_the_message_of_an_unknown_coding_is_safe() -> None:
    for coding in ("br", "x" * 5000, "\x1b]0;", "Jane Doe", "\u202e"):
        with pytest.raises(Unpackable) as found:
            Unpacking(coding)
        assert "Jane" not in str(found.value)
        assert str(found.value).isascii()
        assert len(str(found.value)) < 100


async def test_thousands_of_codings_do_not_hold_up_the_program() -> None:
    # Read anew for each of them, a head takes seconds in which no time limit of any run is looked at.
    headers = [("X-Note", "\u00c3\u00a4"), *[("content-encoding", "")] * 5000]
    async with LoopServer(lambda heard: reply(200, "{}", *headers)) as server, session(timeout=2.0) as over:
        answer = await over.send("GET", f"{server.origin}/orgs")
    assert answer.failure is None
    assert answer.evidence.elapsed_ms < 2000

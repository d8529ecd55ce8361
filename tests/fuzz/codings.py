"""Mutations of the content coding: packed rightly, wrongly, twice, and far larger than it looks."""

from __future__ import annotations

import gzip
import zlib
from functools import cache
from random import Random

from .sent import Asked, Sent

_MIB = 1024 * 1024


def packed(random: Random, sent: Sent, asked: Asked) -> None:
    """A body packed as a server may pack it."""
    if random.random() < 0.5:
        sent.body = gzip.compress(sent.body, 1)
        sent.header("Content-Encoding", random.choice(("gzip", "GZIP", "x-gzip", " gzip ")))
    else:
        raw = zlib.compress(sent.body, 1)
        sent.body = random.choice((raw, raw[2:-4]))
        sent.header("Content-Encoding", "deflate")


def broken(random: Random, sent: Sent, asked: Asked) -> None:
    """A packed body that is cut, spoiled or followed by more."""
    data = gzip.compress(sent.body, 1)
    place = random.randrange(len(data))
    spoiled = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
    sent.body = random.choice(
        (data[:place], spoiled, data + b"more", data + data, b"", data[:-8] + b"\xff" * 8)
    )
    sent.header("Content-Encoding", "gzip")


def wrong(random: Random, sent: Sent, asked: Asked) -> None:
    """A coding that the body does not have, that nobody knows, or several."""
    names = (
        "gzip",
        "deflate",
        "br",
        "zstd",
        "rot13",
        "identity",
        "gzip, gzip",
        "gzip, br",
        "identity, gzip",
        "",
        ",",
        "gzip;q=1",
        "gzip" + ", gzip" * 300,
    )
    sent.header("Content-Encoding", random.choice(names))


def twice(random: Random, sent: Sent, asked: Asked) -> None:
    """Packed twice, and said so in one header or in two."""
    sent.body = gzip.compress(gzip.compress(sent.body, 1), 1)
    sent.header("Content-Encoding", random.choice(("gzip, gzip", "gzip")))
    if random.random() < 0.5:
        sent.header("Content-Encoding", "gzip")
        sent.add("Content-Encoding", "gzip")


def bomb(random: Random, sent: Sent, asked: Asked) -> None:
    """A few bytes that unpack to tens of megabytes, packed once or several times."""
    layers = random.choice((1, 1, 2, 3))
    sent.body = _bomb(
        random.choice((b" ", b"[{},{},", b"[[", b"\x00", b"[1")), random.choice((20, 48)), layers
    )
    sent.header("Content-Type", "application/json")
    sent.header("Content-Encoding", ", ".join(["gzip"] * layers))


@cache
def _bomb(part: bytes, mebibytes: int, layers: int) -> bytes:
    data = part * (mebibytes * _MIB // len(part))
    for _ in range(layers):
        data = gzip.compress(data, 9)
    return data


MUTATIONS = {
    "codings.packed": packed,
    "codings.broken": broken,
    "codings.wrong": wrong,
    "codings.twice": twice,
    "codings.bomb": bomb,
}

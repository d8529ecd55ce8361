"""Mutations of where an answer begins and ends: lengths, chunks, closed connections, answers too many."""

from __future__ import annotations

from random import Random

from . import texts
from .sent import Asked, Ending, Sent


def length(random: Random, sent: Sent, asked: Asked) -> None:
    """A Content-Length that is not the body's."""
    true = len(sent.body)
    lengths = (
        true + 1,
        true + 100_000,
        max(0, true - 1),
        0,
        -1,
        "9" * 30,
        "9" * 5000,
        "",
        "abc",
        f"{true}, {true}",
        "+5",
        "0x10",
        "٣",
    )
    sent.framed = False
    sent.header("Content-Length", str(random.choice(lengths)))
    if random.random() < 0.2:
        sent.add("Content-Length", str(true))
    sent.ending = Ending.CLOSE


def no_length(random: Random, sent: Sent, asked: Asked) -> None:
    """No length: the body ends with the connection, or without a goodbye."""
    sent.framed = False
    sent.ending = random.choice((Ending.CLOSE, Ending.CLOSE, Ending.RESET))


def chunks(random: Random, sent: Sent, asked: Asked) -> None:
    """A body in chunks, right or wrong, with extensions and trailers."""
    sent.framed = False
    sent.header(
        "Transfer-Encoding",
        random.choice(
            ("chunked", "chunked", "chunked", "Chunked", "chunked, chunked", "gzip, chunked", "xchunked")
        ),
    )
    if random.random() < 0.2:
        sent.add("Content-Length", str(len(sent.body)))
    size = random.choice((1, 7, 100, 5000))
    # Many tiny chunks cost time and show nothing more.
    size = max(size, len(sent.body) // 300 + 1)
    parts = [sent.body[place : place + size] for place in range(0, len(sent.body), size)]
    extension = random.choice((b"", b"", b";a=b", b';a="b', b";" + b"x" * 20_000, b" ", b";\x00"))
    written = [b"%x%s\r\n%s\r\n" % (len(part), extension, part) for part in parts]
    if written and random.random() < 0.4:
        place = random.randrange(len(written))
        bad = (
            b"-5\r\n",
            b"zz\r\n",
            b"\r\n",
            b"f" * 5000 + b"\r\n",
            b"ffffffffffffffff\r\n",
            b"0x5\r\nhello\r\n",
            b"5\nhello\n",
        )
        written[place] = random.choice(bad)
    ends = (
        b"0\r\n\r\n",
        b"0\r\n\r\n",
        b"0\r\nX-Trailer: 1\r\nContent-Length: 5\r\n\r\n",
        b"",
        b"0\r\n",
        b"0\r\n" + b"X: y\r\n" * 3000 + b"\r\n",
    )
    sent.body = b"".join(written) + random.choice(ends)
    sent.ending = Ending.CLOSE


def cut(random: Random, sent: Sent, asked: Asked) -> None:
    """The connection ends somewhere in the answer."""
    whole = len(sent.to_bytes())
    sent.cut = random.choice(
        (0, 1, 5, 12, 20, whole // 2, max(0, whole - 1), random.randrange(max(1, whole)))
    )
    sent.ending = random.choice((Ending.CLOSE, Ending.RESET))


def stall(random: Random, sent: Sent, asked: Asked) -> None:
    """Nothing more comes somewhere in the answer."""
    sent.cut = random.choice((0, 3, 30, len(sent.to_bytes()) // 2))
    sent.ending = Ending.STALL


def trickle(random: Random, sent: Sent, asked: Asked) -> None:
    """The answer comes slowly, piece by piece."""
    sent.pieces = random.choice((2, 5, 30))


def interim(random: Random, sent: Sent, asked: Asked) -> None:
    """Interim answers before the answer, few or in thousands."""
    code = random.choice(
        (b"100 Continue", b"102 Processing", b"103 Early Hints", b"101 Switching Protocols", b"199 x")
    )
    extra = random.choice((b"", b"", b"Link: <x>; rel=preload\r\n", b"Content-Length: 5\r\n"))
    sent.before = (b"HTTP/1.1 " + code + b"\r\n" + extra + b"\r\n") * random.choice((1, 3, 200, 5000))


def pipelined(random: Random, sent: Sent, asked: Asked) -> None:
    """A further answer that nobody asked for, or rubbish, behind the answer."""
    poison = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 25\r\n\r\n{"access_token":"poison"}'
    sent.after = random.choice(
        (poison, poison * 5, b"x", b"\r\n\r\n", b"\x00" * 1000, texts.text(random).encode("utf-8", "replace"))
    )


def rubbish(random: Random, sent: Sent, asked: Asked) -> None:
    """Bytes in front of the answer."""
    sent.before = random.choice(
        (b"\r\n", b" ", b"\x00", b"\n\n\n", b"\xef\xbb\xbf", random.randbytes(20), b"x" * 120_000)
    )


def closing(random: Random, sent: Sent, asked: Asked) -> None:
    """The connection ends behind the answer, whatever the headers say of it."""
    sent.header("Connection", random.choice(("close", "keep-alive", "upgrade", "close, keep-alive", "")))
    sent.ending = random.choice((Ending.CLOSE, Ending.RESET, Ending.KEEP))


MUTATIONS = {
    "framing.length": length,
    "framing.no-length": no_length,
    "framing.chunks": chunks,
    "framing.cut": cut,
    "framing.stall": stall,
    "framing.trickle": trickle,
    "framing.interim": interim,
    "framing.pipelined": pipelined,
    "framing.rubbish": rubbish,
    "framing.closing": closing,
}

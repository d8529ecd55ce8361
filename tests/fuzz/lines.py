"""Mutations of the first line: statuses, reasons and versions."""

from __future__ import annotations

from random import Random

from . import texts
from .sent import Asked, Ending, Sent

_COMMON = (
    200,
    201,
    202,
    203,
    204,
    205,
    206,
    207,
    226,
    300,
    301,
    302,
    303,
    304,
    305,
    307,
    308,
    400,
    401,
    402,
    403,
)
_MORE = (
    404,
    405,
    406,
    407,
    408,
    409,
    410,
    413,
    414,
    415,
    418,
    421,
    422,
    425,
    426,
    429,
    431,
    451,
    500,
    501,
    502,
    503,
)
_RARE = (504, 505, 507, 508, 511, 520, 521, 525, 526, 530, 598, 599, 600, 700, 999)


def status(random: Random, sent: Sent, asked: Asked) -> None:
    """Another status, with the same body."""
    sent.status = str(random.choice((*_COMMON, *_MORE, *_RARE))).encode()


def any_status(random: Random, sent: Sent, asked: Asked) -> None:
    """Any three digits."""
    sent.status = b"%03d" % random.randrange(1000)


def odd_status(random: Random, sent: Sent, asked: Asked) -> None:
    """A status that is none."""
    sent.status = random.choice(
        (b"", b"0", b"-1", b"2e2", b"20", b"OK", b"2 00", b"1000", b"9" * 5000, "٢٠٠".encode(), b"+200")
    )


def reason(random: Random, sent: Sent, asked: Asked) -> None:
    """A reason of any kind."""
    phrase = texts.text(random).encode("utf-8", "surrogatepass")
    sent.reason = random.choice((b"", b" ", phrase, phrase.replace(b"\n", b""), b"x" * 70_000, b"\xff\xfe"))


def version(random: Random, sent: Sent, asked: Asked) -> None:
    """Another version of HTTP, or none."""
    known = (
        b"HTTP/1.0",
        b"HTTP/0.9",
        b"HTTP/2",
        b"HTTP/3.0",
        b"HTTP/9.9",
        b"HTTP/1.10",
        b"http/1.1",
        b"ICY",
        b"RTSP/1.0",
        b"",
    )
    sent.version = random.choice(known)
    if sent.version == b"HTTP/1.0" and random.random() < 0.5:
        sent.framed, sent.ending = False, Ending.CLOSE


def no_line(random: Random, sent: Sent, asked: Asked) -> None:
    """No status line: the body alone as HTTP 0.9 had it, or words."""
    sent.line = random.choice(
        (
            b"",
            b"200",
            b"HTTP/1.1",
            b"220 mail.example ESMTP",
            b"SSH-2.0-x",
            texts.text(random).encode("utf-8", "replace"),
        )
    )
    if random.random() < 0.4:
        sent.line, sent.headers, sent.framed, sent.ending = b"", [], False, Ending.CLOSE


MUTATIONS = {
    "line.status": status,
    "line.any-status": any_status,
    "line.odd-status": odd_status,
    "line.reason": reason,
    "line.version": version,
    "line.none": no_line,
}

"""What a practice district does not let in: names of other hosts, and bodies that are too large or too slow."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from typing import Self
from urllib.parse import urlsplit

import pytest

from oneroster_practice import PracticeDistrict, limits

LIMIT_S = 30.0


@pytest.fixture(scope="module")
def district() -> Iterator[PracticeDistrict]:
    with PracticeDistrict() as served:
        yield served


class Line:
    """One connection to a district, byte by byte."""

    def __init__(self, district: PracticeDistrict) -> None:
        parts = urlsplit(district.connection.token_url)
        self.port = parts.port or 0
        self.path = f"{parts.path}?{parts.query}"
        self.socket = socket.create_connection(("127.0.0.1", self.port), LIMIT_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        self.socket.close()

    def head(self, *headers: str, host: str = "127.0.0.1") -> None:
        host = host.replace("PORT", str(self.port))
        lines = [f"POST {self.path} HTTP/1.1", f"Host: {host}", *headers]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())

    def status(self) -> int:
        """The status of the answer, once the district has closed the connection."""
        received = b""
        while b"\r\n\r\n" not in received and (data := self._receive()):
            received += data
        return int(received.split(b" ", 2)[1])

    def is_closed(self) -> bool:
        """Whether the district closes the connection; what is left of its answer may come first."""
        while self._receive():
            pass
        return True

    def _receive(self) -> bytes:
        try:
            return self.socket.recv(65536)
        except ConnectionResetError:
            return b""


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:PORT",
        "127.0.0.1.evil.example:PORT",
        "localhost.evil.example",
        "localhost@evil.example:PORT",
        "evil.example:PORT:localhost",
        "10.0.0.1:PORT",
        "0.0.0.0:PORT",
        "",
        ":PORT",
        "127.0.0.1:",
        "127.0.0.1:PORT.evil.example",
        "[::1].evil.example:PORT",
        "[::2]",
    ],
)
def test_a_foreign_host_is_refused(district: PracticeDistrict, host: str) -> None:
    with Line(district) as line:
        line.head("Content-Length: 0", host=host)
        assert line.status() in (400, 421)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:PORT", "localhost:PORT", "LOCALHOST", "[::1]", "[::1]:PORT", "127.0.0.1:8080"],
)
def test_the_names_of_this_computer_are_let_in(district: PracticeDistrict, host: str) -> None:
    with Line(district) as line:
        line.head("Content-Length: 0", host=host)
        # The token endpoint has an opinion of its own of an empty request.
        assert line.status() not in (421, 413, 408)


def test_a_body_that_says_that_it_is_too_large_is_not_waited_for(district: PracticeDistrict) -> None:
    for length in (str(limits.BODY_BYTES + 1), "9" * 18):
        with Line(district) as line:
            line.head(f"Content-Length: {length}")
            assert line.status() == 413
            assert line.is_closed()


def test_a_body_in_chunks_is_refused_while_it_comes(district: PracticeDistrict) -> None:
    with Line(district) as line:
        line.head("Transfer-Encoding: chunked")
        chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
        # Without an end: the answer comes while the body does.
        for _ in range(limits.BODY_BYTES // 0x10000 + 2):
            try:
                line.socket.sendall(chunk)
            except (BrokenPipeError, ConnectionResetError):
                break
        assert line.status() == 413


def test_a_body_of_the_largest_size_is_read(district: PracticeDistrict) -> None:
    with Line(district) as line:
        line.head(f"Content-Length: {limits.BODY_BYTES}")
        line.socket.sendall(b"a" * limits.BODY_BYTES)
        assert line.status() not in (413, 408)


def test_a_body_that_does_not_come_is_not_waited_for(
    district: PracticeDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BODY_S", 0.2)
    with Line(district) as line:
        line.head("Content-Length: 100")
        line.socket.sendall(b"grant_type=")
        assert line.status() == 408
        assert line.is_closed()


@pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere 127.0.0.2 is no address of this computer")
def test_no_other_address_of_this_computer_is_served(district: PracticeDistrict) -> None:
    port = urlsplit(district.connection.base_url).port
    with socket.socket() as here, socket.socket() as beside:
        assert here.connect_ex(("127.0.0.1", port)) == 0
        assert beside.connect_ex(("127.0.0.2", port)) != 0

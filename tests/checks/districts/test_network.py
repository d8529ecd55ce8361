"""Hosts that cannot be reached, ports that say nothing or something else, certificates, clocks."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from oneroster_checks.http.speaks import UNKNOWN, protocol_of

from ...servers import Reply
from ...servers import certificates as paper
from ...servers.reply import JSON
from .district import District, data_says, token_says
from .replies import CLOSED, RESET, SILENCE, raw_says
from .row import Port, Row, Typed, fails, healthy, holds, ids, run, warns
from .shapes import CAMPUS, CAMPUS_OAUTH_1, CLASSLINK, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1
from .told import outputs

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)
IMPATIENT = Typed(timeout=0.4)
HALF_A_LIST = Reply(
    200, b'{"orgs": [{"sourcedId": "district-1"', (JSON, ("Content-Length", "5000")), stalls=True
)

NAMES = (
    Row("no such host in the token URL", generic, fails("network.name-not-found"),
        Typed(token="https://sis.elm-valley.invalid/token")),
    Row("no such host in the base URL", generic, fails("network.name-not-found"),
        Typed(base="https://sis.elm-valley.invalid/api/ims/oneroster")),
    Row("no such host in either", campus, fails("network.name-not-found"),
        Typed(base="https://elm.infinitecampus.invalid/campus/api/oneroster/v1p2/elm/ims/oneroster",
              token="https://elm.infinitecampus.invalid/campus/oauth2/token?appName=elm")),
    Row("plain http allowed, and no such host", generic, fails("network.name-not-found"),
        Typed(base="http://sis.elm-valley.invalid/api", allow_plain_http=True)),
)  # fmt: skip

REFUSED = (
    Row("nothing listens at the base URL", generic, fails("network.refused"),
        Typed(base="{closed}/api/ims/oneroster")),
    Row("nothing listens at the token URL", generic, fails("network.refused"), Typed(token="{closed}/oauth2/token")),
    Row("nothing listens at either", District(GENERIC_OAUTH_1), fails("network.refused"),
        Typed(base="{closed}/ims/oneroster/v1p1")),
)  # fmt: skip

TIMEOUT = (
    Row("the token URL takes the connection and never answers", generic.where(token_says(SILENCE)),
        fails("network.timeout"), IMPATIENT),
    Row("the base URL takes the connection and never answers", generic.where(data_says(SILENCE)),
        fails("network.timeout"), IMPATIENT),
    Row("a status line, and then nothing", older.where(token_says(Reply(raw=b"HTTP/1.1 200 OK\r\n", stalls=True))),
        fails("network.timeout"), IMPATIENT),
    Row("the list begins and does not end", older.where(data_says(HALF_A_LIST)), fails("network.timeout"), IMPATIENT),
    Row("the port is accepted and TLS never begins", generic, fails("network.timeout"),
        Typed(base="https://127.0.0.1:{port}/api", token="https://127.0.0.1:{port}/token", timeout=0.4),
        Port(mute=True)),
)  # fmt: skip

CLOSED_PORTS = (
    Row("the token URL hangs up", generic.where(token_says(CLOSED)), fails("network.closed")),
    Row("the base URL hangs up", generic.where(data_says(CLOSED)), fails("network.closed")),
    Row("the token URL resets the connection", campus.where(token_says(RESET)), fails("network.closed")),
    Row("the base URL resets the connection", older.where(data_says(RESET)), fails("network.closed")),
    Row("a list that breaks off in the middle", generic.where(data_says(
        raw_says("HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: 5000\n\n", b'{"orgs": ['))),
        fails("network.closed")),
    Row("chunks that break off", older.where(data_says(
        raw_says("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n", b'20\r\n{"orgs": ['))), fails("network.closed")),
    Row("TLS is hung up on without a word", generic, fails("network.closed"),
        Typed(base="https://127.0.0.1:{port}/api", token="https://127.0.0.1:{port}/token"), Port(first_bytes=b"")),
)  # fmt: skip

TLS = (
    Row("a right certificate of the school's own authority", generic, healthy(), port=Port(paper.good)),
    Row("certificate ended yesterday", campus, fails("tls.expired"), port=Port(paper.expired)),
    Row("certificate begins next week", generic, fails("tls.expired"), port=Port(paper.not_yet_valid)),
    Row("certificate for another name", generic, fails("tls.wrong-host"), port=Port(paper.for_another_name)),
    Row("certificate for another address", District(CAMPUS_OAUTH_1), fails("tls.wrong-host"),
        port=Port(paper.for_another_address)),
    Row("self-signed certificate", campus, fails("tls.untrusted"), port=Port(paper.self_signed)),
    Row("certificate of an authority that nobody knows", generic, fails("tls.untrusted"),
        port=Port(paper.unknown_issuer)),
    Row("the certificate between is not sent", older, fails("tls.untrusted"), port=Port(paper.intermediate_missing)),
    Row("https to a port of plain HTTP", generic, fails("tls.not-tls"),
        Typed(base="https://127.0.0.1:{port}/api", token="https://127.0.0.1:{port}/token"),
        Port(first_bytes=b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")),
    Row("https to a port of plain HTTP that hangs up on TLS", District(CAMPUS_OAUTH_1), fails("tls.not-tls"),
        Typed(base="https://127.0.0.1:{port}/campus/oneroster/elm/ims/oneroster/v1p1")),
    Row("https to a port of plain HTTP that waits for the end of what it takes for a request", generic,
        fails("tls.not-tls"), Typed(base="https://127.0.0.1:{port}/api", timeout=0.4), Port(patient=True)),
)  # fmt: skip

MYSQL = b"J\0\0\0\n8.0.36\0\x08\0\0\0abcdefgh\0"
NOT_HTTP = (
    Row("a port of SSH", generic, fails("network.not-http"), port=Port(first_bytes=b"SSH-2.0-OpenSSH_9.6\r\n")),
    Row("a port of mail", older, fails("network.not-http"), port=Port(first_bytes=b"220 mail.elm.example ESMTP\r\n")),
    Row("a port of FTP", campus, fails("network.not-http"), port=Port(first_bytes=b"220 (vsFTPd 3.0.5)\r\n")),
    Row("a port of a database, with OAuth 1", District(GENERIC_OAUTH_1), fails("network.not-http"),
        port=Port(first_bytes=MYSQL)),
    Row("a port of a protocol that nobody knows", generic, fails("network.not-http"),
        port=Port(first_bytes=b"what do you want?\r\n")),
    Row("https to a port of mail", generic, fails("network.not-http"), Typed(base="https://127.0.0.1:{port}/api"),
        Port(first_bytes=b"220 mail.elm.example ESMTP\r\n")),
    Row("https to a port of a protocol that nobody knows", generic, fails("network.not-http"),
        Typed(base="https://127.0.0.1:{port}/api"), Port(first_bytes=b"what do you want?\r\n")),
    Row("https to a port of SSH", District(CAMPUS_OAUTH_1), fails("network.not-http"),
        Typed(base="https://127.0.0.1:{port}/campus/oneroster/elm/ims/oneroster/v1p1"),
        Port(first_bytes=b"SSH-2.0-OpenSSH_9.6\r\n")),
    Row("a chunk size that is no number",
        older.where(data_says(raw_says("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n", b"zz\r\n{}\r\n0\r\n\r\n"))),
        fails("network.not-http")),
    Row("data that is no HTTP, from a port that answered the token with HTTP", generic.where(data_says(
        Reply(raw=b"all your data is here\r\n\r\n"))), fails("network.not-http")),
)  # fmt: skip

IN_CLEAR = Typed(
    base="http://127.0.0.1:{port}/api/ims/oneroster", token="http://127.0.0.1:{port}/oauth2/token"
)
TLS_NEEDED = (
    Row("http to a port of TLS", generic, fails("tls.needed", suggestion="https://127.0.0.1:{port}/oauth2/token"),
        IN_CLEAR, Port(paper.good)),
    Row("http to a port of TLS whose certificate is wrong, too", generic, fails("tls.needed"), IN_CLEAR,
        Port(paper.self_signed)),
    Row("http to a port of TLS, signed with OAuth 1", District(GENERIC_OAUTH_1), fails("tls.needed",
        suggestion="https://127.0.0.1:{port}/ims/oneroster/v1p1"),
        Typed(base="http://127.0.0.1:{port}/ims/oneroster/v1p1"), Port(paper.good)),
)  # fmt: skip

BEHIND_A_PROXY = Typed(
    base="https://sis.elm.example/api/ims/oneroster", token="https://sis.elm.example/oauth2/token"
)
PROXY = (
    Row("the proxy is down", generic, fails("network.proxy"), BEHIND_A_PROXY, Port(proxy="{closed}")),
    Row("the proxy has no such name", generic, fails("network.proxy"), BEHIND_A_PROXY,
        Port(proxy="http://proxy.elm.invalid:3128")),
    Row("the proxy takes the connection and hangs up", generic, fails("network.closed"), BEHIND_A_PROXY,
        Port(proxy="{origin}", first_bytes=b"")),
    Row("the proxy is a server that knows no CONNECT", District(GENERIC_OAUTH_1), fails("network.proxy"),
        Typed(base="https://sis.elm.example/ims/oneroster/v1p1"), Port(proxy="{origin}")),
    Row("no proxy is needed for this machine", generic, healthy(), port=Port(proxy="{closed}")),
)  # fmt: skip

OLD_TLS = (
    Row("nothing newer than TLS 1.1", generic, fails("tls.protocol"), port=Port(paper.only_old_tls)),
    Row("no cipher in common", generic, fails("tls.protocol"), port=Port(paper.only_strange_ciphers)),
)

CLOCKS = (
    Row("this computer is 20 minutes behind, and OAuth 1 is refused for it", District(CAMPUS_OAUTH_1).ahead(1200),
        fails("clock.skew")),
    Row("this computer is an hour ahead, and OAuth 1 is refused for it", District(CLASSLINK).ahead(-3600),
        fails("clock.skew")),
    Row("seven minutes, and OAuth 1 is refused for it", District(GENERIC_OAUTH_1).ahead(430), fails("clock.skew")),
    Row("this computer is half an hour behind, and OAuth 2 does not mind", generic.ahead(1800), warns("clock.skew")),
    Row("this computer is a day ahead, and OAuth 2 does not mind", older.ahead(-86400), warns("clock.skew")),
    Row("four minutes, which is within the limit", District(GENERIC_OAUTH_1).ahead(240), healthy()),
)  # fmt: skip


@pytest.mark.parametrize("row", OLD_TLS, ids=ids)
async def test_no_tls_in_common(row: Row, tmp_path: Path) -> None:
    with at_a_refusing_port(row, tmp_path) as there:
        await holds(there, tmp_path)


@contextmanager
def at_a_refusing_port(row: Row, folder: Path) -> Generator[Row]:
    """A row of `OLD_TLS` with the address of a port that refuses its TLS."""
    assert row.port.paper is not None
    with refusing(row.port.paper(folder).context) as port:
        typed = Typed(base=f"https://127.0.0.1:{port}/api/ims/oneroster")
        yield replace(row, typed=typed, port=Port())


@contextmanager
def refusing(context: ssl.SSLContext) -> Generator[int]:
    """A port whose TLS refuses, and says so in an alert, which a server of asyncio does not send."""

    def serve() -> None:
        with suppress(OSError):
            while True:
                taken, _ = listener.accept()
                with taken, suppress(OSError):
                    context.wrap_socket(taken, server_side=True).close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize(
    "row", [*NAMES, *REFUSED, *TIMEOUT, *CLOSED_PORTS, *NOT_HTTP, *TLS, *TLS_NEEDED, *PROXY, *CLOCKS], ids=ids
)
async def test_network(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)


async def test_a_port_whose_queue_is_full_is_a_timeout_while_connecting(tmp_path: Path) -> None:
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", port))
        typed = Typed(base=f"http://127.0.0.1:{port}/api/ims/oneroster", timeout=0.4)
        await holds(Row("connection never taken", generic, fails("network.timeout"), typed), tmp_path)


PLAIN_TO_TLS = b"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(
    ("in_clear", "sure"),
    [
        (PLAIN_TO_TLS, True),
        (b"HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n", True),
        (b"\x15\x03\x01\0\x02\x02\x0a", True),
        (b"", True),
        (PLAIN_TO_TLS, False),
    ],
)
async def test_a_port_of_tls_that_is_asked_in_clear(in_clear: bytes, sure: bool, tmp_path: Path) -> None:
    """Servers refuse it in several ways; the answer to the beginning of a handshake decides."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.read(1000)
        handshake = first.startswith(b"\x16")
        writer.write((b"\x15\x03\x03\0\x02\x02\x28" if sure else b"") if handshake else in_clear)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        typed = Typed(base=f"http://127.0.0.1:{port}/api", token=f"http://127.0.0.1:{port}/token")
        result, _ = await run(Row("", generic, fails("tls.needed"), typed), tmp_path)
    assert (result.verdict.cause == "tls.needed") is sure
    if sure:
        assert f"https://127.0.0.1:{port}/token" in result.verdict.fix[0].text
        assert result.requests == 1


@pytest.mark.parametrize(
    ("beginning", "protocol"),
    [
        (b"\x16\x03\x03\0\x7a\x02", "TLS"), (b"\x15\x03\x01\0\x02\x02\x28", "TLS"), (b"HTTP/1.0 400", "HTTP"),
        (b"SSH-2.0-x", "SSH"), (b"220 mx ESMTP Postfix", "SMTP"), (b"220 ProFTPD", "FTP"),
        (b"* OK [CAPABILITY IMAP4rev1", "IMAP"), (b"+OK POP3 ready", "POP3"), (b"RFB 003.008", "VNC"),
        (b"220 hello", "SMTP or FTP"), (MYSQL, "MySQL"), (b"-ERR unknown command", "Redis"),
        (b"\0\x01\x02", UNKNOWN), (b"", ""),
    ],
)  # fmt: skip
def test_a_protocol_is_known_by_its_beginning(beginning: bytes, protocol: str) -> None:
    assert protocol_of(beginning) == protocol


async def test_the_protocol_is_said_and_no_byte_of_it_is_shown(tmp_path: Path) -> None:
    row = Row("", generic, fails("network.not-http"), port=Port(first_bytes=b"SSH-2.0-secret_build\r\n"))
    result, _ = await run(row, tmp_path)
    assert result.verdict.summary.startswith("127.0.0.1 answered on port ")
    assert result.verdict.summary.endswith(" with something that is not valid HTTP: the port speaks SSH.")
    assert not any("secret_build" in text for text in outputs(result))
    assert result.requests <= 1

"""TLS with certificates made in the test: each fault is told apart, and a good one passes."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
import trustme

from oneroster_checks.causes.words import report
from oneroster_checks.evidence import Evidence
from oneroster_checks.finding import Finding, Stage, Status
from oneroster_checks.http.exceptions import failure_behind
from oneroster_checks.http.failure import Phase
from oneroster_checks.result import Result
from oneroster_checks.stages.failures import cause_of, facts_of
from oneroster_checks.urls import Place

from ...servers import LoopServer, Reply, Request, json_reply, reply, token_reply
from ...servers.certificates import self_signed
from ..engine import campus, outcome, secrets

HOST = "127.0.0.1"
NOW = datetime.now(UTC)


def _answers(heard: Request) -> Reply:
    return token_reply() if heard.method == "POST" else json_reply(200, {"orgs": [{"sourcedId": "1"}]})


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """A server's side of TLS with this certificate."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


async def met(context: ssl.SSLContext, *, ca_file: str = "", host: str = HOST) -> tuple[Result, LoopServer]:
    """The result of a run up to the first data call against a server with this TLS, and the server."""
    async with LoopServer(_answers, tls=context) as server:
        connection = campus(f"https://{host}:{server.port}", ca_file=ca_file, timeout=5.0)
        result = await outcome(connection, secrets(), only=("access.data",))
    return result, server


def detail_of(result: Result) -> str:
    """The words that say which of several faults of one cause it is."""
    found = next(
        reported.finding for reported in result.findings if reported.finding.cause == result.verdict.cause
    )
    return str(found.facts.get("detail", ""))


def refused(result: Result, server: LoopServer, cause: str) -> None:
    """The run stopped at TLS: the cause is named, and nothing was sent over the connection."""
    assert (result.verdict.cause, result.verdict.status) == (cause, Status.FAIL)
    assert server.heard == []
    assert result.requests == 0
    token = result.finding("token.issue")
    assert token is not None
    assert token.status is Status.SKIP


async def test_a_good_certificate_of_a_given_authority_passes(authority: trustme.CA, ca_file: str) -> None:
    result, server = await met(server_context(authority.issue_cert(HOST)), ca_file=ca_file)
    assert result.verdict.status is Status.PASS
    assert len(server.heard) == 2
    reached = result.finding("network.base-host")
    assert reached is not None
    assert "TLSv1." in str(reached.facts["tls"])


async def test_a_name_is_held_against_the_certificate_too(authority: trustme.CA, ca_file: str) -> None:
    context = server_context(authority.issue_cert("localhost"))
    result, _ = await met(context, ca_file=ca_file, host="localhost")
    assert result.verdict.status is Status.PASS


async def test_an_intermediate_that_is_sent_along_is_followed(authority: trustme.CA, ca_file: str) -> None:
    child = authority.create_child_ca()
    result, _ = await met(server_context(child.issue_cert(HOST)), ca_file=ca_file)
    assert result.verdict.status is Status.PASS


async def test_expired(authority: trustme.CA, ca_file: str) -> None:
    past = authority.issue_cert(HOST, not_before=NOW - timedelta(days=60), not_after=NOW - timedelta(days=1))
    result, server = await met(server_context(past), ca_file=ca_file)
    refused(result, server, "tls.expired")
    assert "has expired" in detail_of(result)


async def test_not_yet_valid(authority: trustme.CA, ca_file: str) -> None:
    future = authority.issue_cert(
        HOST, not_before=NOW + timedelta(days=1), not_after=NOW + timedelta(days=60)
    )
    result, server = await met(server_context(future), ca_file=ca_file)
    refused(result, server, "tls.expired")
    assert "not yet valid" in detail_of(result)


async def test_unknown_issuer(authority: trustme.CA) -> None:
    result, server = await met(server_context(authority.issue_cert(HOST)))
    refused(result, server, "tls.untrusted")
    assert "issuer" in detail_of(result)


async def test_another_authority_given_does_not_help(authority: trustme.CA, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(other)
    result, server = await met(server_context(authority.issue_cert(HOST)), ca_file=str(other))
    refused(result, server, "tls.untrusted")


async def test_missing_intermediate(authority: trustme.CA, ca_file: str, tmp_path: Path) -> None:
    leaf = authority.create_child_ca().issue_cert(HOST)
    chain = tmp_path / "leaf-alone.pem"
    chain.write_bytes(leaf.private_key_pem.bytes() + leaf.cert_chain_pems[0].bytes())
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(chain)
    result, server = await met(context, ca_file=ca_file)
    refused(result, server, "tls.untrusted")
    assert "intermediate" in detail_of(result)


async def test_self_signed(tmp_path: Path) -> None:
    result, server = await met(self_signed(tmp_path).context)
    refused(result, server, "tls.untrusted")
    assert "self-signed" in detail_of(result)


async def test_wrong_host(authority: trustme.CA, ca_file: str) -> None:
    result, server = await met(server_context(authority.issue_cert("district.example")), ca_file=ca_file)
    refused(result, server, "tls.wrong-host")


class Port:
    """A port served with blocking sockets: unlike asyncio, they send the alert of a failed handshake."""

    def __init__(self, greet: Callable[[socket.socket], None]) -> None:
        self._greet = greet
        self._listener = socket.create_server((HOST, 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Shutting down wakes the accept; closing alone would leave it waiting.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                met, _ = self._listener.accept()
            except OSError:
                return
            with met, suppress(OSError):
                met.settimeout(5)
                self._greet(met)

    async def result(self, ca_file: str = "") -> Result:
        """The result of a run against this port."""
        connection = campus(f"https://{HOST}:{self.port}", ca_file=ca_file, timeout=5.0)
        return await outcome(connection, secrets(), only=("access.data",))


def _handshake(context: ssl.SSLContext) -> Callable[[socket.socket], None]:
    def greet(met: socket.socket) -> None:
        with context.wrap_socket(met, server_side=True) as secured:
            secured.recv(1)

    return greet


def _plain(first: bytes | None) -> Callable[[socket.socket], None]:
    """A web server without TLS: `first` is what it says to a TLS greeting, None to close without a word."""

    def greet(met: socket.socket) -> None:
        if met.recv(1000)[:1] == b"\x16":
            met.sendall(first or b"")
        else:
            met.sendall(reply(200, "here is plain HTTP").to_bytes())

    return greet


@pytest.mark.parametrize(
    "first", [reply(400, "bad").to_bytes(), b"<html>you speak TLS to a plain port</html>", None]
)
async def test_a_port_that_speaks_plain_http(first: bytes | None) -> None:
    with Port(_plain(first)) as port:
        result = await port.result()
    assert (result.verdict.cause, result.requests) == ("tls.not-tls", 0)


async def test_no_common_version(authority: trustme.CA, ca_file: str) -> None:
    context = server_context(authority.issue_cert(HOST))
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSVersion"):
        context.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.warns(DeprecationWarning, match="TLSVersion"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with Port(_handshake(context)) as port:
        result = await port.result(ca_file)
    assert (result.verdict.cause, result.requests) == ("tls.protocol", 0)


async def test_no_common_cipher(authority: trustme.CA, ca_file: str) -> None:
    context = server_context(authority.issue_cert(HOST, key_type=trustme.KeyType.RSA))
    # The key exchange of these has no forward secrecy, and this computer does not offer it.
    context.set_ciphers("AES128-GCM-SHA256:AES256-GCM-SHA384")
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with Port(_handshake(context)) as port:
        result = await port.result(ca_file)
    assert (result.verdict.cause, result.requests) == ("tls.protocol", 0)


async def test_a_server_that_wants_a_certificate_of_ours(authority: trustme.CA, ca_file: str) -> None:
    context = server_context(authority.issue_cert(HOST))
    context.verify_mode = ssl.CERT_REQUIRED
    authority.configure_trust(context)
    # In TLS 1.2 it is refused in the handshake itself.
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with Port(_handshake(context)) as port:
        result = await port.result(ca_file)
    assert (result.verdict.cause, result.requests) == ("tls.protocol", 0)


async def test_a_server_that_wants_a_certificate_of_ours_behind_the_handshake(
    authority: trustme.CA, ca_file: str
) -> None:
    context = server_context(authority.issue_cert(HOST))
    context.verify_mode = ssl.CERT_REQUIRED
    authority.configure_trust(context)
    # In TLS 1.3 it is refused once the handshake is over, when a request may be under way.
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    with Port(_handshake(context)) as port:
        result = await port.result(ca_file)
    assert result.verdict.cause == "tls.protocol"
    assert "client certificate" in result.verdict.summary


@pytest.mark.parametrize(
    ("alert", "wants"),
    [
        ("TLSV13_ALERT_CERTIFICATE_REQUIRED", True),
        ("SSLV3_ALERT_BAD_CERTIFICATE", True),
        ("SSLV3_ALERT_HANDSHAKE_FAILURE", False),
    ],
)
def test_what_is_to_be_done_follows_from_what_the_server_wants(alert: str, wants: bool) -> None:
    error = ssl.SSLError(1, alert)
    error.reason = alert
    failure = failure_behind(error, Phase.SECURING)
    where = Place("sis.elm.example", 443, secure=True)
    facts = facts_of(failure, Evidence("GET", "https://sis.elm.example", None, 1), where)
    told = report(
        Finding("network.tls", "TLS", Stage.NETWORK, Status.FAIL, cause_of(failure), facts), "generic"
    )
    assert ("asks this computer for a certificate" in told.summary) is wants
    assert ("version or cipher" in told.summary) is not wants
    assert any("TLS 1.2" in step.text for step in told.fix) is not wants

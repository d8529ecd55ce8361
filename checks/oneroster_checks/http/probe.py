"""Reaches a host without a request: looks up its name, connects, and completes TLS, each with its own failure."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from .. import limits
from ..evidence import Evidence, EvidenceKind
from .address import host_as_sent
from .connect import connect
from .exceptions import NETWORK_ERRORS, failure_behind
from .failure import PHASE_WORDS, Failure, FailureKind, Phase
from .resolver import Address
from .session import Session

_Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Reached:
    """The outcome: the failure, or None when the host was reached; the evidence, with the time it took.

    `tls` says in words which version was agreed on and until when the certificate is valid, "" without TLS.
    """

    failure: Failure | None
    evidence: Evidence
    tls: str = ""


async def reach(session: Session, host: str, port: int, *, secure: bool) -> Reached:
    """Connect to a host and, with `secure`, complete TLS with full verification; nothing is sent.

    Every address of the host is tried, each beside the ones before, within `session.connect_limit`.
    """
    started = session.clock.monotonic()
    progress = [Phase.LOOKING_UP]
    addresses: tuple[Address, ...] = ()
    failure: Failure | None = None
    words = ""
    try:
        async with asyncio.timeout(session.connect_limit):
            addresses = await session.look_up(host, port)
            progress[0] = Phase.CONNECTING
            async with _opened(addresses) as (_, writer):
                if secure:
                    progress[0] = Phase.SECURING
                    await writer.start_tls(session.tls, server_hostname=host_as_sent(host))
                    words = _describe(writer)
    except NETWORK_ERRORS as error:
        failure = failure_behind(error, progress[0])
        if progress[0] is Phase.SECURING and failure.kind in (FailureKind.CLOSED, FailureKind.TIMEOUT):
            failure = await _answer_in_plain_http(host, addresses) or failure
    elapsed = round((session.clock.monotonic() - started) * 1000)
    note = words or "connected"
    if failure is not None:
        note = f"failed while {PHASE_WORDS[failure.phase]}: {failure.detail}"
    evidence = Evidence(
        "CONNECT",
        f"{host}:{port}",
        None,
        elapsed,
        note,
        kind=EvidenceKind.CONNECTION,
        failed=failure is not None,
    )
    session.listener(evidence)
    return Reached(failure, evidence, words)


@asynccontextmanager
async def _opened(addresses: tuple[Address, ...]) -> AsyncGenerator[_Streams]:
    """A connection to the first address that answers, closed at the end."""
    made = await connect(addresses)
    try:
        reader, writer = await asyncio.open_connection(sock=made)
    except BaseException:
        made.close()
        raise
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(OSError, ssl.SSLError, TimeoutError):
            # A peer that never answers the TLS goodbye must not hold the run.
            await asyncio.wait_for(writer.wait_closed(), limits.GOODBYE_S)


def _describe(writer: asyncio.StreamWriter) -> str:
    tls = writer.get_extra_info("ssl_object")
    if tls is None:
        return ""
    certificate = tls.getpeercert() or {}
    expires = str(certificate.get("notAfter", ""))
    return f"{tls.version()}, certificate valid until {expires}" if expires else str(tls.version())


async def _answer_in_plain_http(host: str, addresses: tuple[Address, ...]) -> Failure | None:
    """TLS brought no word: ask in plain HTTP, with nothing secret in it; None when that brings none either."""
    with suppress(*NETWORK_ERRORS):
        async with asyncio.timeout(limits.PLAIN_QUESTION_S), _opened(addresses) as (reader, writer):
            writer.write(f"HEAD / HTTP/1.0\r\nHost: {host_as_sent(host)}\r\n\r\n".encode("ascii"))
            await writer.drain()
            if (await reader.read(limits.PLAIN_ANSWER_BYTES)).startswith(b"HTTP/"):
                return Failure(FailureKind.NOT_TLS, Phase.SECURING, "the port speaks plain HTTP")
    return None

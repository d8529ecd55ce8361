"""Reaches a host without a request: looks up its name, connects, and completes TLS, each with its own failure."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from .. import limits
from ..evidence import Evidence, EvidenceKind
from .address import host_as_sent
from .budget import RunLimitReached
from .certificates import Certificate, certificate_of
from .connect import opened
from .exceptions import NETWORK_ERRORS, failure_behind
from .failure import PHASE_WORDS, Failure, FailureKind, Phase
from .resolver import Address
from .session import Session
from .speaks import HTTP, TLS, what_speaks


@dataclass(frozen=True, slots=True)
class Reached:
    """The outcome: the failure, or None when the host was reached; the evidence, with the time it took.

    `tls` says in words which version was agreed on and until when the certificate is valid, "" without TLS;
    `certificate` is what the certificate says, None without one that was verified.
    """

    failure: Failure | None
    evidence: Evidence
    tls: str = ""
    certificate: Certificate | None = None


async def reach(session: Session, host: str, port: int, *, secure: bool) -> Reached:
    """Connect to a host and, with `secure`, complete TLS with full verification; nothing is sent.

    Every address of the host is tried, each beside the ones before, within `session.connect_limit`.
    RunLimitReached when the run has no time for it.
    """
    began, started, check = session.clock.now(), session.clock.monotonic(), session.check()
    progress = [Phase.LOOKING_UP]
    addresses: tuple[Address, ...] = ()
    failure: Failure | None = None
    words, certificate = "", None
    try:
        async with session.budget.within(session.connect_limit):
            addresses = await session.look_up(host, port)
            progress[0] = Phase.CONNECTING
            async with opened(addresses) as (_, writer):
                if secure:
                    progress[0] = Phase.SECURING
                    await writer.start_tls(session.tls, server_hostname=host_as_sent(host))
                    words, certificate = _describe(writer)
    except NETWORK_ERRORS as error:
        failure = failure_behind(error, progress[0])
        if progress[0] is Phase.SECURING and failure.kind in (FailureKind.CLOSED, FailureKind.TIMEOUT):
            failure = await _answer_in_plain_http(session, host, addresses) or failure
        if failure.kind is FailureKind.NOT_TLS:
            failure = await _another_protocol(session, host, addresses) or failure
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
        check=check,
        started=began,
    )
    session.listener(evidence)
    return Reached(failure, evidence, words, None if failure else certificate)


def _describe(writer: asyncio.StreamWriter) -> tuple[str, Certificate | None]:
    tls = writer.get_extra_info("ssl_object")
    if tls is None:
        return "", None
    fields = tls.getpeercert() or {}
    expires = str(fields.get("notAfter", ""))
    words = f"{tls.version()}, certificate valid until {expires}" if expires else str(tls.version())
    return words, certificate_of(fields) if fields else None


async def _another_protocol(session: Session, host: str, addresses: tuple[Address, ...]) -> Failure | None:
    """The failure at a port of neither TLS nor HTTP, None when it is not known what it speaks."""
    protocol = await what_speaks(host, addresses, session.tls, session.budget)
    if protocol in ("", TLS, HTTP):
        return None
    return Failure(FailureKind.NOT_HTTP, Phase.SECURING, f"the port speaks {protocol}", protocol)


async def _answer_in_plain_http(
    session: Session, host: str, addresses: tuple[Address, ...]
) -> Failure | None:
    """TLS brought no word: ask in plain HTTP, with nothing secret in it; None when that brings none either."""
    with suppress(*NETWORK_ERRORS, RunLimitReached):
        async with session.budget.within(limits.PLAIN_QUESTION_S), opened(addresses) as (reader, writer):
            writer.write(f"HEAD / HTTP/1.0\r\nHost: {host_as_sent(host)}\r\n\r\n".encode("ascii"))
            await writer.drain()
            if (await reader.read(limits.PLAIN_ANSWER_BYTES)).startswith(b"HTTP/"):
                return Failure(FailureKind.NOT_TLS, Phase.SECURING, "the port speaks plain HTTP")
    return None

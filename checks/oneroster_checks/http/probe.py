"""Reaches a host without a request: looks up its name, connects, and agrees on TLS, each told apart."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass

from ..evidence import Evidence, EvidenceKind
from .answer import Failure
from .failure import CONNECTING, LOOKING_UP, SECURING, explain
from .session import CONNECT_LIMIT, Session

# A name may have many addresses; the first few tell whether the host can be reached.
MOST_ADDRESSES = 4
MOST_FIRST_BYTES = 64


@dataclass(frozen=True, slots=True)
class Reached:
    """The outcome: the failure, or None when the host was reached; how long it took; and TLS in words."""

    failure: Failure | None
    evidence: Evidence
    tls: str = ""
    expires: str = ""


async def reach(session: Session, host: str, port: int, *, secure: bool) -> Reached:
    """Connect to a host and, with `secure`, agree on TLS with full verification; nothing is sent."""
    started = time.monotonic()
    phase = [LOOKING_UP]
    failure: Failure | None = None
    words, expires = "", ""
    try:
        async with asyncio.timeout(min(session.timeout, CONNECT_LIMIT)):
            reader, writer = await _connect(host, port, phase)
            try:
                if secure:
                    phase[0] = SECURING
                    await writer.start_tls(session.tls, server_hostname=host)
                    words, expires = _describe(writer)
            finally:
                await _close(writer)
            del reader
    except (OSError, ssl.SSLError, ExceptionGroup, ValueError) as error:
        failure = explain(error, phase=phase[0])
        if phase[0] == SECURING and failure.cause in ("network.closed", "network.timeout"):
            failure = await _silent_tls(host, port) or failure
    elapsed = round((time.monotonic() - started) * 1000)
    note = f"failed while {failure.phase}: {failure.detail}" if failure else (words or "connected")
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
    return Reached(failure, evidence, words, expires)


async def _connect(
    host: str, port: int, phase: list[str]
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    loop = asyncio.get_running_loop()
    infos = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    phase[0] = CONNECTING
    addresses = list(dict.fromkeys(info[4][0] for info in infos))[:MOST_ADDRESSES]
    last: OSError = ConnectionRefusedError()
    for address in addresses:
        try:
            return await asyncio.open_connection(str(address), port)
        except OSError as error:
            # A refusal says more than "no route" of an address family that this computer does not have.
            if not isinstance(last, ConnectionRefusedError) or isinstance(error, ConnectionRefusedError):
                last = error
    raise last


def _describe(writer: asyncio.StreamWriter) -> tuple[str, str]:
    tls = writer.get_extra_info("ssl_object")
    if tls is None:
        return "", ""
    certificate = tls.getpeercert() or {}
    expires = str(certificate.get("notAfter", ""))
    return f"{tls.version()}, certificate valid until {expires}" if expires else str(tls.version()), expires


async def _silent_tls(host: str, port: int) -> Failure | None:
    """TLS brought no word: ask in plain HTTP, with nothing secret in it; None when that brings none either."""
    with suppress(OSError, ExceptionGroup, TimeoutError):
        async with asyncio.timeout(3):
            reader, writer = await _connect(host, port, [CONNECTING])
            try:
                writer.write(f"HEAD / HTTP/1.0\r\nHost: {host}\r\n\r\n".encode("ascii", "ignore"))
                await writer.drain()
                if (await reader.read(MOST_FIRST_BYTES)).startswith(b"HTTP/"):
                    return Failure("tls.not-tls", "the port speaks plain HTTP", SECURING)
            finally:
                await _close(writer)
    return None


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError, ssl.SSLError, TimeoutError):
        # A peer that never answers the TLS goodbye must not hold the run.
        await asyncio.wait_for(writer.wait_closed(), 1)

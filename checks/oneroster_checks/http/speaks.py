"""What a port speaks that gives no HTTP: told from the first bytes that it sends, by what protocols publish."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from contextlib import suppress

from .. import limits
from .address import host_as_sent
from .budget import RunBudget, RunLimitReached
from .connect import opened
from .exceptions import NETWORK_ERRORS
from .resolver import Address

TLS, HTTP = "TLS", "HTTP"
UNKNOWN = "a protocol that is not known here"

# A handshake and an alert of TLS (RFC 8446, section 5.1), and how other protocols begin.
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x16\x03", TLS),
    (b"\x15\x03", TLS),
    (b"HTTP/", HTTP),
    (b"SSH-", "SSH"),
    (b"* OK", "IMAP"),
    (b"+OK", "POP3"),
    (b"RFB ", "VNC"),
    (b"-ERR", "Redis"),
)


async def what_speaks(
    host: str,
    addresses: Sequence[Address],
    trust: ssl.SSLContext,
    budget: RunBudget,
    *,
    listens: bool = True,
) -> str:
    """The name of what a port speaks, "" when that cannot be told, or the `budget` of the run has no time for it.

    Never raises for what the network does.

    With `listens` it listens first, since some protocols begin with the server, which HTTP and TLS never do; then
    it sends the beginning of a TLS handshake, which holds nothing but the host's name.
    """
    heard = b""
    unasked = False
    with suppress(*NETWORK_ERRORS, RunLimitReached):
        async with budget.within(limits.PLAIN_QUESTION_S), opened(addresses) as (reader, writer):
            if listens:
                with suppress(TimeoutError):
                    async with asyncio.timeout(limits.BANNER_S):
                        heard = await reader.read(limits.PLAIN_ANSWER_BYTES)
            unasked = bool(heard)
            if not heard:
                writer.write(_hello(host, trust))
                await writer.drain()
                heard = await reader.read(limits.PLAIN_ANSWER_BYTES)
    protocol = protocol_of(heard)
    # What is said to a handshake may be a complaint of any kind.
    return "" if protocol == UNKNOWN and not unasked else protocol


def protocol_of(beginning: bytes) -> str:
    """The protocol whose first bytes from a server these are, "" for none."""
    for start, name in _BEGINNINGS:
        if beginning.startswith(start):
            return name
    if beginning.startswith(b"220"):
        upper = beginning.upper()
        return "SMTP" if b"SMTP" in upper else "FTP" if b"FTP" in upper else "SMTP or FTP"
    # A packet of MySQL: its length in three bytes, its number 0, and version 10 of the protocol or an error.
    if len(beginning) > 4 and beginning[3] == 0 and beginning[4] in (10, 0xFF):
        return "MySQL"
    return UNKNOWN if beginning else ""


def _hello(host: str, trust: ssl.SSLContext) -> bytes:
    """The first message of a TLS handshake."""
    outgoing = ssl.MemoryBIO()
    handshake = trust.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname=host_as_sent(host))
    with suppress(ssl.SSLWantReadError):
        handshake.do_handshake()
    return outgoing.read()

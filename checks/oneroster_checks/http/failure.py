"""Names the cause behind an exception of the HTTP library, by walking down to what the system said."""

from __future__ import annotations

import errno
import socket
import ssl

import httpx

from .answer import Failure

LOOKING_UP = "looking up the name"
CONNECTING = "connecting"
SECURING = "securing the connection (TLS)"
WAITING = "waiting for the answer"
READING = "reading the answer"

# OpenSSL's verify codes (x509_vfy.h).
_EXPIRED = {9, 10}
_WRONG_HOST = {62, 63, 64}
_UNTRUSTED = {
    18: "the certificate is self-signed",
    19: "the chain ends in a certificate that this computer does not know (self-signed issuer)",
    20: "the issuer is unknown, or the server does not send its intermediate certificate",
    21: "the chain cannot be completed: its intermediate certificate is missing, or the issuer is unknown",
    85: "the certificate lacks an authority key identifier",
}
_TOO_LATE = {
    CONNECTING: "no connection in time",
    SECURING: "the connection was accepted, and TLS was not agreed on in time",
    WAITING: "the connection was accepted, and nothing came back",
    READING: "the answer began and did not end in time",
}
_NOT_TLS = (
    "WRONG_VERSION_NUMBER",
    "HTTP_REQUEST",
    "UNKNOWN_PROTOCOL",
    "PACKET_LENGTH_TOO_LONG",
    "RECORD_LAYER_FAILURE",
)
_NO_COMMON = (
    "PROTOCOL",
    "HANDSHAKE_FAILURE",
    "SHARED_CIPHER",
    "INSUFFICIENT_SECURITY",
    "NO_CIPHERS",
    "VERSION",
)


def explain(error: BaseException, *, phase: str = CONNECTING) -> Failure:
    """The failure behind an exception of a request.

    `phase` is what the request was doing when it ended; a time limit does not tell by itself.
    """
    chain = _chain(error)
    for inner in chain:
        if isinstance(inner, ssl.SSLCertVerificationError):
            return _certificate(inner)
    for inner in chain:
        if isinstance(inner, ssl.SSLError) and not isinstance(inner, ssl.SSLEOFError):
            found = _handshake(inner)
            if found:
                return found
    for inner in chain:
        if isinstance(inner, socket.gaierror):
            return _name(inner)
    for inner in chain:
        if isinstance(inner, ConnectionRefusedError):
            return Failure("network.refused", "connection refused", CONNECTING)
        if isinstance(inner, OSError) and inner.errno in (
            errno.ENETUNREACH,
            errno.EHOSTUNREACH,
            errno.EADDRNOTAVAIL,
        ):
            return Failure("network.refused", "no route to this host", CONNECTING)
    return _by_kind(error, phase)


def _by_kind(error: BaseException, phase: str) -> Failure:
    if isinstance(error, (httpx.TimeoutException, TimeoutError)):
        return Failure("network.timeout", _TOO_LATE.get(phase, "the time limit for one request ended"), phase)
    if isinstance(
        error,
        (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, UnicodeError, ValueError),
    ):
        return Failure(
            "address.malformed", "the address cannot be sent", CONNECTING, {"reason": "it cannot be sent"}
        )
    if phase == SECURING and isinstance(error, OSError):
        return Failure("network.closed", "the connection was closed while TLS was agreed on", SECURING)
    if isinstance(error, httpx.ProxyError):
        return Failure("network.refused", "the proxy of this computer refused the connection", CONNECTING)
    if isinstance(error, httpx.ConnectError):
        return Failure("network.closed", "the connection was closed while it was made", CONNECTING)
    if isinstance(error, httpx.DecodingError):
        return Failure("access.not-json", "the compressed answer cannot be unpacked", READING)
    if isinstance(error, httpx.RemoteProtocolError):
        words = str(error).lower()
        if "without sending" in words or "closed" in words or "incomplete" in words:
            return Failure("network.closed", "the connection was closed without a whole answer", WAITING)
        return Failure("network.closed", "what came back is not HTTP", WAITING)
    return Failure("network.closed", "the connection was reset", WAITING)


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    stack: list[BaseException | None] = [error]
    while stack:
        item = stack.pop()
        if item is None or any(item is seen for seen in found):
            continue
        found.append(item)
        if isinstance(item, BaseExceptionGroup):
            stack.extend(item.exceptions)
        stack += [item.__context__, item.__cause__]
    return found


def _certificate(error: ssl.SSLCertVerificationError) -> Failure:
    code = getattr(error, "verify_code", 0)
    words = f"{getattr(error, 'verify_message', '')} {error}".lower()
    if code in _EXPIRED or "expired" in words or "not yet valid" in words:
        detail = "it is not yet valid" if code == 9 or "not yet valid" in words else "it has expired"
        return Failure("tls.expired", detail, SECURING)
    if code in _WRONG_HOST or "mismatch" in words or "not match" in words or "not valid for" in words:
        return Failure("tls.wrong-host", "it is made out for another name", SECURING)
    return Failure(
        "tls.untrusted", _UNTRUSTED.get(code, "the issuer is not trusted by this computer"), SECURING
    )


def _handshake(error: ssl.SSLError) -> Failure | None:
    reason = (error.reason or str(error)).upper()
    if any(word in reason for word in _NOT_TLS):
        return Failure("tls.not-tls", "the port does not speak TLS", SECURING)
    if "CERTIFICATE_REQUIRED" in reason or "BAD_CERTIFICATE" in reason:
        return Failure("tls.protocol", "the server asks for a certificate of this computer", SECURING)
    if any(word in reason for word in _NO_COMMON):
        detail = reason.replace("_", " ").lower()
        return Failure("tls.protocol", detail, SECURING)
    return None


def _name(error: socket.gaierror) -> Failure:
    if error.errno == socket.EAI_AGAIN:
        return Failure(
            "network.name-not-found", "the name service gives no answer; is this computer online", LOOKING_UP
        )
    return Failure("network.name-not-found", "the name service has no such name", LOOKING_UP)

"""From an exception of the HTTP library, or of the system below it, to the failure that it means."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Mapping

import httpx

from .address import UnsendableURL
from .direct import Unfinished
from .failure import Failure, FailureKind, Phase
from .unpacking import Unpackable

# What a request, a lookup, or a connection may raise for what the network or a server does.
NETWORK_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnsendableURL, Unpackable)

# OpenSSL's verify codes (x509_vfy.h).
_NOT_YET_VALID = 9
_EXPIRED = {_NOT_YET_VALID, 10}
_WRONG_HOST = {62, 63, 64}
_UNTRUSTED: Mapping[int, str] = {
    18: "the certificate is self-signed",
    19: "the chain ends in a certificate that this computer does not know (self-signed issuer)",
    20: "the issuer is unknown, or the server does not send its intermediate certificate",
    21: "the chain cannot be completed: its intermediate certificate is missing, or the issuer is unknown",
    85: "the certificate lacks an authority key identifier",
}
_TOO_LATE: Mapping[Phase, str] = {
    Phase.CONNECTING: "no connection in time",
    Phase.SECURING: "the connection was accepted, but TLS did not complete in time",
    Phase.WAITING: "the connection was accepted, but nothing came back",
    Phase.READING: "the answer began but did not end in time",
}
# Parts of OpenSSL's reason codes.
_NOT_TLS = (
    "WRONG_VERSION_NUMBER",
    "HTTP_REQUEST",
    "UNKNOWN_PROTOCOL",
    "PACKET_LENGTH_TOO_LONG",
    "RECORD_LAYER_FAILURE",
)
_WANTS_CERTIFICATE = ("CERTIFICATE_REQUIRED", "BAD_CERTIFICATE")
_NOTHING_IN_COMMON = (
    "PROTOCOL",
    "HANDSHAKE_FAILURE",
    "SHARED_CIPHER",
    "INSUFFICIENT_SECURITY",
    "NO_CIPHERS",
    "VERSION",
)
_NO_PROXY: Mapping[FailureKind, str] = {
    FailureKind.NAME_NOT_FOUND: "the proxy's host name cannot be found",
    FailureKind.REFUSED: "the proxy refuses connections",
    FailureKind.TIMEOUT: "the proxy does not answer in time",
    FailureKind.CLOSED: "the proxy closes the connection",
}
# The replies of a SOCKS proxy (RFC 1928, section 6) that tell of the host, and what the library says of a login.
_NOT_REACHED_BY_SOCKS = (
    "General SOCKS server failure",
    "Network unreachable",
    "Host unreachable",
    "Connection refused",
    "TTL expired",
)
_SOCKS_LOGIN = ("Invalid username/password", "from proxy server, but got")
NOT_SOCKS = Failure(FailureKind.PROXY, Phase.CONNECTING, "the proxy does not answer as a SOCKS proxy does")
_NO_ROUTE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL)


def failure_behind(error: BaseException, phase: Phase, *, proxied: bool = False) -> Failure:
    """The failure behind an exception of a request, by what the system said where it said something.

    `phase` is what the request was doing when it ended; a time limit does not tell by itself. `proxied` says
    that it goes by way of a proxy: until a connection is made, a failure is the proxy's own.
    """
    if isinstance(error, httpx.ProxyError):
        return _by_proxy(error)
    failure = _behind(error, phase)
    if not proxied or failure.phase not in (Phase.LOOKING_UP, Phase.CONNECTING):
        return failure
    return Failure(FailureKind.PROXY, failure.phase, _NO_PROXY.get(failure.kind, failure.detail))


def _behind(error: BaseException, phase: Phase) -> Failure:
    for inner in _chain(error):
        found = _by_system(inner)
        if found is not None:
            return found
    return _by_library(error, phase)


def _chain(error: BaseException) -> list[BaseException]:
    """An exception with all that led to it, certificate errors first and TLS errors next: they say most."""
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
    return sorted(found, key=_says_less)


def _says_less(error: BaseException) -> int:
    order = (ssl.SSLCertVerificationError, ssl.SSLError, socket.gaierror)
    return next((place for place, kind in enumerate(order) if isinstance(error, kind)), len(order))


def _by_system(error: BaseException) -> Failure | None:
    match error:
        case ssl.SSLCertVerificationError():
            return _certificate(error)
        case ssl.SSLEOFError():
            return None
        case ssl.SSLError():
            return _handshake(error)
        case socket.gaierror():
            return _name(error)
        case ConnectionRefusedError():
            return Failure(FailureKind.REFUSED, Phase.CONNECTING, "connection refused")
        case OSError() if error.errno in _NO_ROUTE:
            return Failure(FailureKind.REFUSED, Phase.CONNECTING, "no route to this host")
    return None


def _by_library(error: BaseException, phase: Phase) -> Failure:
    match error:
        case httpx.TimeoutException() | TimeoutError():
            if phase is Phase.LOOKING_UP:
                return _NAME_SERVICE_SILENT
            detail = _TOO_LATE.get(phase, "the request's time limit was reached")
            return Failure(FailureKind.TIMEOUT, phase, detail)
        case httpx.InvalidURL() | httpx.UnsupportedProtocol() | UnsendableURL():
            return Failure(FailureKind.UNSENDABLE, Phase.BUILDING, "the address cannot be requested")
        case OSError() if phase is Phase.SECURING:
            detail = "the connection was closed during the TLS handshake"
            return Failure(FailureKind.CLOSED, Phase.SECURING, detail)
        case OSError() if phase is Phase.CONNECTING:
            return _NOT_MADE
        case httpx.ConnectError():
            return _NOT_MADE
        case Unpackable():
            return Failure(FailureKind.UNREADABLE, Phase.READING, str(error))
        case Unfinished():
            return _unfinished(phase)
        case httpx.RemoteProtocolError():
            return _protocol(error, phase)
    return Failure(FailureKind.CLOSED, _answering(phase), "the connection was reset")


def _by_proxy(error: httpx.ProxyError) -> Failure:
    # The library's text begins with the status by which a proxy answered CONNECT, or ends with the reply of SOCKS.
    text = str(error)
    status = text.partition(" ")[0]
    if status.isdigit() and status.startswith("5"):
        detail = f"this computer's proxy answered HTTP {status} when it was asked to connect"
        return Failure(FailureKind.REFUSED, Phase.CONNECTING, detail)
    replied = text.partition("could not connect: ")[2].rstrip(".")
    reply = replied if replied in _NOT_REACHED_BY_SOCKS else None
    if reply is not None:
        detail = f"this computer's proxy answered “{reply}” when it was asked to connect"
        return Failure(FailureKind.REFUSED, Phase.CONNECTING, detail)
    if any(words in text for words in _SOCKS_LOGIN):
        return Failure(FailureKind.PROXY, Phase.CONNECTING, "the proxy refused the login, or needs one")
    said = f" (HTTP {status})" if status.isdigit() and len(status) == 3 else ""
    return Failure(FailureKind.PROXY, Phase.CONNECTING, f"the proxy refused to connect{said}")


def _answering(phase: Phase) -> Phase:
    """The phase of a connection that was lost: whether the answer had begun."""
    return phase if phase is Phase.READING else Phase.WAITING


def _unfinished(phase: Phase) -> Failure:
    return Failure(FailureKind.CLOSED, _answering(phase), "the connection was closed without a full answer")


def _protocol(error: httpx.RemoteProtocolError, phase: Phase) -> Failure:
    # By way of a proxy, the library has one class for a closed connection and for an answer that is not HTTP; its text
    # alone tells them apart.
    words = str(error).lower()
    if "without sending" in words or "closed" in words or "incomplete" in words:
        return _unfinished(phase)
    return Failure(FailureKind.NOT_HTTP, Phase.WAITING, "what came back is not HTTP")


def _certificate(error: ssl.SSLCertVerificationError) -> Failure:
    # Other trust stores than OpenSSL's give no code of it, so their text is read too.
    code = getattr(error, "verify_code", 0)
    words = f"{getattr(error, 'verify_message', '')} {error}".lower()
    if code in _EXPIRED or "expired" in words or "not yet valid" in words:
        early = code == _NOT_YET_VALID or "not yet valid" in words
        detail = "it is not yet valid" if early else "it has expired"
        return Failure(FailureKind.TLS_EXPIRED, Phase.SECURING, detail)
    if code in _WRONG_HOST or "mismatch" in words or "not match" in words or "not valid for" in words:
        return Failure(FailureKind.TLS_WRONG_HOST, Phase.SECURING, "it is for another name")
    detail = _UNTRUSTED.get(code, "the issuer is not trusted by this computer")
    return Failure(FailureKind.TLS_UNTRUSTED, Phase.SECURING, detail)


def _handshake(error: ssl.SSLError) -> Failure | None:
    reason = (error.reason or str(error)).upper()
    if any(part in reason for part in _NOT_TLS):
        return Failure(FailureKind.NOT_TLS, Phase.SECURING, "the port does not speak TLS")
    if any(part in reason for part in _WANTS_CERTIFICATE):
        detail = "the server asks this computer for a certificate"
        return Failure(FailureKind.TLS_CLIENT_CERTIFICATE, Phase.SECURING, detail)
    if any(part in reason for part in _NOTHING_IN_COMMON):
        return Failure(FailureKind.TLS_PROTOCOL, Phase.SECURING, reason.replace("_", " ").lower())
    return None


_NOT_MADE = Failure(FailureKind.CLOSED, Phase.CONNECTING, "the connection was closed while being made")
_NAME_SERVICE_SILENT = Failure(
    FailureKind.NAME_NOT_FOUND,
    Phase.LOOKING_UP,
    "the name service did not answer, so this computer may be offline",
)


def _name(error: socket.gaierror) -> Failure:
    if error.errno == socket.EAI_AGAIN:
        return _NAME_SERVICE_SILENT
    return Failure(FailureKind.NAME_NOT_FOUND, Phase.LOOKING_UP, "the name service knows no such host")

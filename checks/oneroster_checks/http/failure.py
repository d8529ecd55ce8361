"""Why a request, or a connection that was only opened, got no whole answer: the kind and the phase, typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FailureKind(StrEnum):
    """What went wrong between this computer and the server."""

    NAME_NOT_FOUND = "name-not-found"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    CLOSED = "closed"
    # Something came back, and it is not HTTP.
    NOT_HTTP = "not-http"
    # The request was sent unencrypted to a port that speaks TLS.
    TLS_NEEDED = "tls-needed"
    # There is no way through this computer's own proxy.
    PROXY = "proxy"
    # An answer came, and its compressed body cannot be unpacked.
    UNREADABLE = "unreadable"
    # No request can be made of the address, so none was sent.
    UNSENDABLE = "unsendable"
    TLS_EXPIRED = "tls-expired"
    TLS_WRONG_HOST = "tls-wrong-host"
    TLS_UNTRUSTED = "tls-untrusted"
    TLS_PROTOCOL = "tls-protocol"
    # The server wants a certificate of this computer, which has none.
    TLS_CLIENT_CERTIFICATE = "tls-client-certificate"
    NOT_TLS = "not-tls"
    # This tool's own limit for one run ended the request.
    RUN_LIMIT = "run-limit"


class Phase(StrEnum):
    """What a request was doing, in the order in which it happens."""

    BUILDING = "building"
    LOOKING_UP = "looking-up"
    CONNECTING = "connecting"
    SECURING = "securing"
    WAITING = "waiting"
    READING = "reading"


# The words for each phase, for people; they follow "while".
PHASE_WORDS: Mapping[Phase, str] = {
    Phase.BUILDING: "building the request",
    Phase.LOOKING_UP: "looking up the name",
    Phase.CONNECTING: "connecting",
    Phase.SECURING: "securing the connection (TLS)",
    Phase.WAITING: "waiting for the answer",
    Phase.READING: "reading the answer",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why no whole answer came: its kind, the phase in which it happened, and a clause for people.

    `protocol` names what a port speaks that is not HTTP, "" where that is not known.
    """

    kind: FailureKind
    phase: Phase
    detail: str
    protocol: str = ""

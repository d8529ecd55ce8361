"""From a failure of HTTP to a cause of the catalogue, and to the facts that its sentences need."""

from __future__ import annotations

from collections.abc import Mapping

from ..finding import FactDict
from ..http.failure import PHASE_WORDS, Failure, FailureKind

# A server that speaks something else than HTTP has closed the conversation, as far as a client can tell.
_CAUSES: Mapping[FailureKind, str] = {
    FailureKind.NAME_NOT_FOUND: "network.name-not-found",
    FailureKind.REFUSED: "network.refused",
    FailureKind.TIMEOUT: "network.timeout",
    FailureKind.CLOSED: "network.closed",
    FailureKind.NOT_HTTP: "network.closed",
    FailureKind.UNREADABLE: "access.not-json",
    FailureKind.UNSENDABLE: "address.malformed",
    FailureKind.TLS_EXPIRED: "tls.expired",
    FailureKind.TLS_WRONG_HOST: "tls.wrong-host",
    FailureKind.TLS_UNTRUSTED: "tls.untrusted",
    FailureKind.TLS_PROTOCOL: "tls.protocol",
    FailureKind.NOT_TLS: "tls.not-tls",
}


def cause_of(failure: Failure) -> str:
    """The code of the cause behind a failure."""
    return _CAUSES[failure.kind]


def facts_of(failure: Failure) -> FactDict:
    """The facts of a failure: `phase` and `detail` in words, and `reason` where the address is at fault."""
    facts: FactDict = {"phase": PHASE_WORDS[failure.phase], "detail": failure.detail}
    if failure.kind is FailureKind.UNSENDABLE:
        facts["reason"] = "it cannot be sent"
    return facts

"""What a failure of the network means: its cause in the catalogue and the facts that its sentences need."""

from __future__ import annotations

from collections.abc import Mapping

from ..evidence import Evidence
from ..finding import FactDict
from ..http.failure import PHASE_WORDS, Failure, FailureKind
from ..urls import Place
from .model import Outcome, failed, known

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
    """The cause of the catalogue behind a failure."""
    return _CAUSES[failure.kind]


def facts_of(failure: Failure, evidence: Evidence, place: Place) -> FactDict:
    """The facts of a failure at a host and port."""
    unsendable = failure.kind is FailureKind.UNSENDABLE
    return known(
        {
            "host": place.host,
            "port": place.port,
            "detail": failure.detail,
            "phase": PHASE_WORDS[failure.phase],
            "seconds": round(evidence.elapsed_ms / 1000, 1),
            "reason": "cannot be sent" if unsendable else None,
        }
    )


def failed_by(failure: Failure, evidence: Evidence, place: Place, *earlier: Evidence, field: str) -> Outcome:
    """The outcome of a check whose request got no answer; `field` is the field that holds the address."""
    return failed(cause_of(failure), *earlier, evidence, **facts_of(failure, evidence, place), field=field)

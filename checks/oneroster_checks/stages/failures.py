"""What a failure of the network means: its cause in the catalogue and the facts that its sentences need."""

from __future__ import annotations

from collections.abc import Mapping

from .. import limits
from ..evidence import Evidence
from ..finding import FactDict
from ..http.answer import Answer
from ..http.failure import PHASE_WORDS, Failure, FailureKind, Phase
from ..redaction import shown_target
from ..urls import Place, place_of
from .context import RunContext
from .model import Outcome, failed, known

_CAUSES: Mapping[FailureKind, str] = {
    FailureKind.NAME_NOT_FOUND: "network.name-not-found",
    FailureKind.REFUSED: "network.refused",
    FailureKind.TIMEOUT: "network.timeout",
    FailureKind.CLOSED: "network.closed",
    FailureKind.NOT_HTTP: "network.not-http",
    FailureKind.PROXY: "network.proxy",
    FailureKind.UNREADABLE: "access.not-json",
    FailureKind.UNSENDABLE: "address.malformed",
    FailureKind.TLS_EXPIRED: "tls.expired",
    FailureKind.TLS_WRONG_HOST: "tls.wrong-host",
    FailureKind.TLS_UNTRUSTED: "tls.untrusted",
    FailureKind.TLS_PROTOCOL: "tls.protocol",
    FailureKind.TLS_CLIENT_CERTIFICATE: "tls.protocol",
    FailureKind.NOT_TLS: "tls.not-tls",
    FailureKind.TLS_NEEDED: "tls.needed",
    FailureKind.RUN_LIMIT: "tool.run-limit",
}
# Until the connection is made, TLS included, what is on the way may drop it.
_UNCONNECTED = frozenset({Phase.LOOKING_UP, Phase.CONNECTING, Phase.SECURING})


def cause_of(failure: Failure) -> str:
    """The cause of the catalogue behind a failure."""
    return _CAUSES[failure.kind]


def facts_of(failure: Failure, evidence: Evidence, place: Place) -> FactDict:
    """The facts of a failure at a host and port."""
    unsendable = failure.kind is FailureKind.UNSENDABLE
    wants_certificate = failure.kind is FailureKind.TLS_CLIENT_CERTIFICATE
    return known(
        {
            "host": place.host,
            "port": place.port,
            "detail": failure.detail,
            "client_certificate": "client certificate" if wants_certificate else None,
            "protocol": failure.protocol,
            "phase": PHASE_WORDS[failure.phase],
            "unconnected": True if failure.phase in _UNCONNECTED else None,
            "seconds": round(evidence.elapsed_ms / 1000, 1),
            "reason": "cannot be sent" if unsendable else None,
        }
    )


def throttle_facts(answer: Answer) -> FactDict:
    """What a server that refuses requests as too many, or is busy, asks for, and how far this tool followed it."""
    wait = answer.retry_after
    if answer.status != 429 and (answer.status != 503 or wait is None):
        return {}
    tries = 1 + sum(error.status == answer.status for error in answer.retries)
    too_long = wait is not None and wait > limits.LONGEST_WAIT_S
    # A busy server may also have used up the retries in vain, which are no time.
    used_up = (
        answer.status == 429 and wait is not None and tries <= limits.WAITS_FOR_ONE_REQUEST and not too_long
    )
    return known(
        {
            # What is beyond reason is capped, so it is not what the server asked for.
            "retry_after": wait if wait and wait < limits.LONGEST_RETRY_AFTER_S else None,
            "tries": tries if tries > 1 else None,
            "longest_wait_s": limits.LONGEST_WAIT_S if too_long else None,
            "run_wait_s": limits.WAITING_IN_A_RUN_S if used_up else None,
        }
    )


def redirect_words(run: RunContext, answer: Answer) -> str:
    """Where a redirect leads, as a clause for people."""
    return f"it redirects to {shown_location(run, answer)}"


def redirect_facts(run: RunContext, answer: Answer) -> FactDict:
    """Where a redirect in place of data leads, and whether the credentials went along."""
    elsewhere = place_of(answer.redirect_target) != place_of(answer.url)
    return known(
        {
            "location": shown_location(run, answer),
            "in_vain": True if answer.followed else None,
            "not_sent": True if elsewhere else None,
        }
    )


def shown_location(run: RunContext, answer: Answer) -> str:
    """Where a redirect leads, as it may be shown."""
    return run.redactor.server_text(shown_target(answer.redirect_target))[: limits.LOCATION_CHARACTERS]


def failed_by(
    failure: Failure, evidence: Evidence, place: Place, *earlier: Evidence, field: str, typed: str = ""
) -> Outcome:
    """The outcome of a check whose request got no answer.

    `field` is the field that holds the address, and `typed` what stands in it.
    """
    wants_tls = failure.kind is FailureKind.TLS_NEEDED and typed.strip().lower().startswith("http://")
    suggestion = f"https://{typed.strip()[len('http://') :]}" if wants_tls else None
    facts = facts_of(failure, evidence, place)
    return failed(cause_of(failure), *earlier, evidence, **facts, field=field, suggestion=suggestion)

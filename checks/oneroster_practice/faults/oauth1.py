"""OAuth 1: age, signature methods and query parameters."""

from __future__ import annotations

from datetime import date, timedelta

from oneroster_checks.connection import Connection, Credentials

from ..fault import SHA1, Fault, HandedOut, HandOut, Problem, SignatureRules, unchanged
from ..site import Site


def _created(days_ago: int | None) -> HandOut:
    def hand_out(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
        day = None if days_ago is None else date.today() - timedelta(days=days_ago)
        return connection.but(created=day), credentials

    return hand_out


def _fault(
    code: str, title: str, rules: SignatureRules | None = None, hand_out: HandOut = unchanged
) -> Fault:
    return Fault(
        problem=Problem(code, title, oauth=1, oneroster="1.1"),
        signature=rules or SignatureRules(),
        hand_out=hand_out,
    )


FAULTS = (
    _fault(
        "oauth1.expired",
        "The credentials are more than a year old and are refused",
        SignatureRules(refuse_all=True),
        _created(400),
    ),
    _fault(
        "oauth1.rejected",
        "The credentials are refused, and nobody knows how old they are",
        SignatureRules(refuse_all=True),
        _created(None),
    ),
    _fault(
        "oauth1.signature-method", "Only HMAC-SHA1 signatures are accepted", SignatureRules(methods=(SHA1,))
    ),
    _fault(
        "oauth1.query-signature",
        "Signed requests with query parameters are refused",
        SignatureRules(refuse_query=True),
    ),
    _fault(
        "oauth1.base-string",
        "The server verifies signatures for another scheme than it is asked with",
        SignatureRules(other_scheme=True),
    ),
    _fault("oauth1.discontinued", "The connection works, but Campus no longer offers OAuth 1"),
    _fault(
        "oauth1.expires-soon",
        "The credentials work but are almost a year old",
        hand_out=_created(350),
    ),
)

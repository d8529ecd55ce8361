"""OAuth 1: age, signature methods and query parameters."""

from __future__ import annotations

from datetime import date, timedelta

from oneroster_checks.connection import Connection, Credentials

from ..exchange import Site
from ..fault import SHA1, Fault, HandOut, Problem, SignatureRules, as_it_is


def _created(days_ago: int | None) -> HandOut:
    def hand_out(
        site: Site, connection: Connection, credentials: Credentials
    ) -> tuple[Connection, Credentials]:
        day = None if days_ago is None else date.today() - timedelta(days=days_ago)
        return connection.but(created=day), credentials

    return hand_out


def _fault(code: str, title: str, rules: SignatureRules | None = None, hand_out: HandOut = as_it_is) -> Fault:
    return Fault(
        problem=Problem(code, title, oauth=1, oneroster="1.1"),
        signature=rules or SignatureRules(),
        hand_out=hand_out,
    )


FAULTS = (
    _fault(
        "oauth1.expired",
        "The credentials were made more than a year ago and are refused",
        SignatureRules(refuse_all=True),
        _created(400),
    ),
    _fault(
        "oauth1.rejected",
        "The credentials are refused, and nobody knows their age",
        SignatureRules(refuse_all=True),
        _created(None),
    ),
    _fault("oauth1.signature-method", "Only HMAC-SHA1 is accepted", SignatureRules(methods=(SHA1,))),
    _fault(
        "oauth1.query-signature",
        "Requests with query parameters are refused",
        SignatureRules(refuse_query=True),
    ),
    _fault("oauth1.discontinued", "A working OAuth 1 connection, of a kind that Campus no longer makes"),
    _fault(
        "oauth1.expires-soon",
        "The credentials work and are almost a year old",
        hand_out=_created(350),
    ),
)

"""What a token endpoint can get wrong, or be right to refuse."""

from __future__ import annotations

from collections.abc import Callable

from oneroster_checks.connection import Connection, Credentials, Secret

from ..exchange import Ask, Reply, Site, html_reply, json_reply, text_reply
from ..fault import Fault, HandOut, Problem, TokenRules, as_it_is
from ..tokens import NO_APPLICATION, oauth_error


def _always(reply: Reply) -> Callable[[Ask], Reply | None]:
    return lambda ask: reply


def _wrong_secret(
    site: Site, connection: Connection, credentials: Credentials
) -> tuple[Connection, Credentials]:
    other = Secret(credentials.client_secret.reveal()[::-1] + "x")
    return connection, Credentials(other, credentials.vendor_key, credentials.vendor_secret)


def _fault(code: str, title: str, rules: TokenRules | None = None, hand_out: HandOut = as_it_is) -> Fault:
    return Fault(problem=Problem(code, title, oauth=2), token=rules or TokenRules(), hand_out=hand_out)


_NOT_FOUND = html_reply(404, "Not found", "<h1>404</h1><p>There is nothing at this address.</p>")
_UNKNOWN_APP = text_reply(400, NO_APPLICATION)
_ELSEWHERE = Reply(307, headers=(("Location", "https://elsewhere.invalid/campus/oauth2/token"),))
_CLOSED_FOR_WORK = html_reply(
    503, "Maintenance", "<h1>Scheduled maintenance</h1><p>Please come back later.</p>"
)
_BUSY = json_reply(429, {"error": "temporarily_unavailable"}, ("Retry-After", "1"))

FAULTS = (
    _fault(
        "token.not-an-endpoint",
        "There is no token endpoint at the token URL",
        TokenRules(first=_always(_NOT_FOUND)),
    ),
    _fault(
        "token.app-not-selected",
        "The server does not know the application that appName names",
        TokenRules(first=_always(_UNKNOWN_APP)),
    ),
    _fault("token.invalid-client", "The secret is wrong", hand_out=_wrong_secret),
    _fault(
        "token.unauthorized-client",
        "The connection is switched off",
        TokenRules(known=_always(oauth_error(400, "unauthorized_client"))),
    ),
    _fault(
        "token.invalid-scope",
        "Every scope is refused, and none as well",
        TokenRules(known=_always(oauth_error(400, "invalid_scope"))),
    ),
    _fault(
        "token.scope-required",
        "A token is granted only with a scope",
        TokenRules(scope_required=True),
    ),
    _fault(
        "token.redirected",
        "The token URL redirects to another host",
        TokenRules(first=_always(_ELSEWHERE)),
    ),
    _fault(
        "token.server-error",
        "The token endpoint is down for maintenance",
        TokenRules(first=_always(_CLOSED_FOR_WORK)),
    ),
    _fault(
        "token.throttled",
        "The token endpoint says: too many requests",
        TokenRules(first=_always(_BUSY)),
    ),
    _fault(
        "token.malformed",
        "The token answer has an empty token",
        TokenRules(fields=lambda members: {**members, "access_token": None}),
    ),
    _fault(
        "token.body-only",
        "The credentials are taken in the body only",
        TokenRules(basic=False),
    ),
    _fault("token.short-lived", "A token lasts half a minute", TokenRules(lifetime=30)),
)

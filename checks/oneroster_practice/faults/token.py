"""What a token endpoint can get wrong, and what it is right to refuse."""

from __future__ import annotations

from collections.abc import Callable

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.standard.operations import SCOPE_PREFIX

from ..exchange import Request, Response, html_response, json_response, text_response
from ..fault import Fault, HandedOut, HandOut, Problem, TokenRules, unchanged
from ..site import Site
from ..tokens import NO_APPLICATION, oauth_error


def _always(response: Response) -> Callable[[Request], Response | None]:
    return lambda request: response


def _wrong_secret(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    other = Secret(credentials.client_secret.reveal()[::-1] + "x")
    return connection, Credentials(other, credentials.vendor_key, credentials.vendor_secret)


def _with_scopes_to_read(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    prefix = SCOPE_PREFIX[site.oneroster]
    scopes = " ".join(prefix + name for name in ("roster.readonly", "gradebook.readonly"))
    return connection.but(scope=scopes), credentials


def _fault(code: str, title: str, rules: TokenRules | None = None, hand_out: HandOut = unchanged) -> Fault:
    return Fault(problem=Problem(code, title, oauth=2), token=rules or TokenRules(), hand_out=hand_out)


_NOT_FOUND = html_response(404, "Not found", "<h1>404</h1><p>There is nothing at this address.</p>")
_UNKNOWN_APP = text_response(400, NO_APPLICATION)
_ELSEWHERE = Response(307, headers=(("Location", "https://elsewhere.invalid/campus/oauth2/token"),))
_CLOSED_FOR_WORK = html_response(
    503, "Maintenance", "<h1>Scheduled maintenance</h1><p>Please come back later.</p>"
)
_BUSY = json_response(429, {"error": "temporarily_unavailable"}, ("Retry-After", "1"))

_TO_WRITE = ("gradebook.createput", "gradebook.createpost", "gradebook.delete")

FAULTS = (
    _fault(
        "token.not-an-endpoint",
        "There is no token endpoint at the token URL",
        TokenRules(before_checks=_always(_NOT_FOUND)),
    ),
    _fault(
        "token.app-not-selected",
        "The server does not know the application in the token URL",
        TokenRules(before_checks=_always(_UNKNOWN_APP)),
    ),
    _fault(
        "token.request-form",
        "The token endpoint does not take client credentials",
        TokenRules(before_checks=_always(oauth_error(400, "unsupported_grant_type"))),
    ),
    _fault("token.invalid-client", "The client secret is wrong", hand_out=_wrong_secret),
    _fault(
        "token.unauthorized-client",
        "The connection is turned off, so no token is issued",
        TokenRules(after_login=_always(oauth_error(400, "unauthorized_client"))),
    ),
    _fault(
        "token.invalid-scope",
        "Token requests are refused with and without a scope",
        TokenRules(after_login=_always(oauth_error(400, "invalid_scope"))),
    ),
    _fault(
        "token.scope-required",
        "A token is issued only to requests that name a scope",
        TokenRules(scope_required=True),
    ),
    _fault(
        "token.redirected",
        "The token URL redirects to another host",
        TokenRules(before_checks=_always(_ELSEWHERE)),
    ),
    _fault(
        "token.server-error",
        "The token endpoint is down for maintenance",
        TokenRules(before_checks=_always(_CLOSED_FOR_WORK)),
    ),
    _fault(
        "token.throttled",
        "Token requests are answered with 429 Too Many Requests",
        TokenRules(before_checks=_always(_BUSY)),
    ),
    _fault(
        "token.malformed",
        "The token response has no token in it",
        TokenRules(edit=lambda members: {**members, "access_token": None}),
    ),
    _fault(
        "token.body-only",
        "Credentials are accepted in the body only, not in the header",
        TokenRules(takes_basic=False),
    ),
    Fault(
        problem=Problem(
            "token.write-scope-refused",
            "Tokens are for reading grades only, whatever scopes are requested",
            oauth=2,
            share=("rostering", "gradebook"),
            full_depth=True,
        ),
        token=TokenRules(withheld_scopes=_TO_WRITE),
        hand_out=_with_scopes_to_read,
    ),
    _fault("token.short-lived", "Tokens expire after 30 seconds", TokenRules(lifetime=30)),
)

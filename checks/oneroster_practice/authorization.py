"""Who may do what: a token or a signature, the vendor's pair for the grade book, and the shared parts."""

from __future__ import annotations

import hmac
from collections.abc import Collection

from oneroster_checks.connection import Secret, Share
from oneroster_checks.standard.scopes import all_scopes, part_of, sufficient_scopes

from .errors import ErrorResponses, RequestRefused
from .exchange import Request
from .fault import DataRules
from .routing import Route
from .signature import SignatureVerifier
from .site import APP, Site
from .tokens import Grant, TokenEndpoint, scopes_of_connection

VENDOR_HEADER = "x-vendor-authorization"


class AccessControl:
    """Checks every data request of one district; it refuses by raising RequestRefused.

    `signatures` is None for OAuth 2, where `fixed_token` is accepted too, as by a provider without a token URL, with
    what the connection shares. `vendor_pair` is the value that the vendor's header must have. `shared`
    are the parts that the connection shares; the collections of rostering are always among them.
    """

    def __init__(
        self,
        site: Site,
        tokens: TokenEndpoint,
        signatures: SignatureVerifier | None,
        fixed_token: Secret,
        vendor_pair: str,
        shared: Collection[Share],
        rules: DataRules,
        errors: ErrorResponses,
    ):
        self._tokens = tokens
        self._signatures = signatures
        self._fixed_token = fixed_token
        self._vendor_pair = vendor_pair
        parts: set[Share] = {"rostering", *shared}
        self._shared = parts - set(rules.refused_parts)
        self._rules = rules
        self._errors = errors
        # What a signed request may do; with OAuth 1 there are no scopes.
        self._signed = Grant(APP, site.host, all_scopes(site.oneroster), float("inf"))
        scopes = scopes_of_connection(site.oneroster, tuple(shared))
        self._fixed = Grant(APP, site.host, scopes, float("inf"))

    def grant(self, request: Request) -> Grant:
        """What the caller may do."""
        if self._rules.open_to_all:
            return self._signed
        if self._signatures is not None:
            if not self._signatures.accepts(request):
                raise self._unauthorized('OAuth realm="practice"', "The signature is not accepted.")
            return self._signed
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise self._unauthorized('Bearer realm="practice"', "A token is needed.")
        is_fixed = hmac.compare_digest(token.strip().encode(), self._fixed_token.reveal().encode())
        grant = self._fixed if is_fixed else self._tokens.grant(token.strip())
        # A token belongs to the application and the host that it was requested from.
        if grant is None or grant.app != APP or grant.host != request.host:
            challenge = 'Bearer realm="practice", error="invalid_token"'
            raise self._unauthorized(challenge, "The token is not accepted.")
        return grant

    def check(self, request: Request, grant: Grant, route: Route) -> None:
        """Refuse what is not shared, or not granted, or needs another vendor key and secret."""
        operation = route.operation
        # The vendor's pair comes before sharing: a wrong one is refused whether or not the part is shared.
        if operation.service == "gradebook" and request.headers.get(VENDOR_HEADER) != self._vendor_pair:
            raise self._unauthorized('Vendor realm="practice"', "The vendor key and secret are not accepted.")
        if not self._is_shared(route):
            raise self._forbidden("This part is not shared.")
        if not sufficient_scopes(operation) & grant.scopes:
            challenge = 'Bearer realm="practice", error="insufficient_scope"'
            words = "The token does not have the scope for this."
            raise self._forbidden(words, ("WWW-Authenticate", challenge))

    def _is_shared(self, route: Route) -> bool:
        part = part_of(route.operation)
        if part == "rostering" and self._rules.collections is not None:
            return route.collection in self._rules.collections
        return part in self._shared

    def _unauthorized(self, challenge: str, words: str) -> RequestRefused:
        header = ("WWW-Authenticate", challenge)
        return RequestRefused(self._errors.response(401, "unauthorized", words, header))

    def _forbidden(self, words: str, *headers: tuple[str, str]) -> RequestRefused:
        return RequestRefused(self._errors.response(403, "forbidden", words, *headers))

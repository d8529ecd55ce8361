"""The token endpoint: client credentials in, an access token out, as RFC 6749 section 4.4 says."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import secrets
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote_plus

from oneroster_checks.connection import OneRosterVersion, Secret, Share

from .exchange import APP, OTHER_APP, Ask, Reply, json_reply, text_reply
from .fault import TokenRules
from .vocabulary import scope_prefix, scopes

NO_APPLICATION = "No Campus Application selected"

# The beginnings of the scopes that a part needs, without their prefix.
_SCOPES_OF: dict[Share, tuple[str, ...]] = {
    "rostering": ("roster.", "roster-core."),
    "demographics": ("roster-demographics.",),
    "gradebook": ("gradebook.", "gradebook-core."),
    "assessments": ("assessment.",),
    "resources": ("resource.", "resource-core."),
}


@dataclass(slots=True)
class Grant:
    """What a caller may do: the application and host it belongs to, its scopes, and its calls so far."""

    app: str
    host: str
    scopes: frozenset[str]
    expires: float
    calls: int = 0


@dataclass(frozen=True, slots=True)
class _Given:
    """The client credentials of a token request and whether they stood in the header."""

    client_id: str
    secret: str
    in_header: bool


def oauth_error(status: int, code: str, *headers: tuple[str, str]) -> Reply:
    """An error of RFC 6749 section 5.2."""
    return json_reply(status, {"error": code}, ("Cache-Control", "no-store"), *headers)


def scopes_of(version: OneRosterVersion, parts: tuple[Share, ...]) -> frozenset[str]:
    """The scopes that the shared parts need, without their prefix."""
    heads = tuple(head for part in parts for head in _SCOPES_OF[part])
    return frozenset(scope for scope in scopes(version) if scope.startswith(heads))


@dataclass(slots=True)
class TokenEndpoint:
    """Issues tokens and knows the ones that it issued. `client_id` None means that nobody is a client."""

    client_id: str | None
    client_secret: Secret
    version: OneRosterVersion
    scopes: frozenset[str]
    rules: TokenRules
    _issued: dict[str, Grant] = field(default_factory=dict, repr=False)
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def answer(self, ask: Ask) -> Reply:
        """The answer of the token endpoint."""
        early = self.rules.first(ask)
        if early is not None:
            return early
        app = dict(parse_qsl(ask.query)).get("appName", "")
        if app not in (APP, OTHER_APP):
            return text_reply(400, NO_APPLICATION)
        if ask.method != "POST":
            return text_reply(405, "Method not allowed", ("Allow", "POST"))
        form = dict(parse_qsl(ask.body.decode("utf-8", "replace")))
        given = _credentials(ask, form)
        if given is None or not self._is_client(given):
            return oauth_error(401, "invalid_client", ("WWW-Authenticate", 'Basic realm="practice"'))
        if form.get("grant_type") != "client_credentials":
            return oauth_error(400, "unsupported_grant_type")
        return self.rules.known(ask) or self._granted(ask, app, form.get("scope", ""))

    def grant(self, token: str) -> Grant | None:
        """What a token allows; None when it was never issued here, or is past its time."""
        found = self._issued.get(token)
        return found if found is not None and time.monotonic() < found.expires else None

    def _is_client(self, given: _Given) -> bool:
        if self.client_id is None or (given.in_header and not self.rules.basic):
            return False
        same_id = hmac.compare_digest(given.client_id.encode(), self.client_id.encode())
        same_secret = hmac.compare_digest(given.secret.encode(), self.client_secret.reveal().encode())
        return same_id and same_secret

    def _granted(self, ask: Ask, app: str, wanted: str) -> Reply:
        prefix = scope_prefix(self.version)
        asked = {scope.removeprefix(prefix) for scope in wanted.split()}
        known = asked & scopes(self.version)
        if (asked or self.rules.scope_required) and not known:
            return oauth_error(400, "invalid_scope")
        granted = (known or set(scopes(self.version))) & self.scopes - set(self.rules.scope_without)
        now = time.monotonic()
        for old in [token for token, grant in self._issued.items() if grant.expires < now]:
            del self._issued[old]
        token = self._new_token(app)
        self._issued[token] = Grant(app, ask.host, frozenset(granted), now + self.rules.lifetime)
        members: dict[str, object] = {
            "access_token": token,
            "token_type": "bearer",
            "expires_in": self.rules.lifetime,
            "scope": " ".join(prefix + scope for scope in sorted(granted)),
        }
        return json_reply(200, self.rules.fields(members), ("Cache-Control", "no-store"))

    def _new_token(self, app: str) -> str:
        """A token in the form of a JSON Web Token; what counts is that it is on the list of those issued."""
        issued = int(time.time())
        claims = {"aud": app, "iat": issued, "exp": issued + self.rules.lifetime, "jti": secrets.token_hex(8)}
        parts = [_encoded(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims)]
        signed = hmac.digest(self._key, ".".join(parts).encode(), "sha256")
        return ".".join([*parts, _encoded(signed)])


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _credentials(ask: Ask, form: dict[str, str]) -> _Given | None:
    kind, _, value = ask.headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            text = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return None
        client_id, colon, secret = text.partition(":")
        # Both halves are form-encoded before they are joined (RFC 6749 section 2.3.1).
        return _Given(unquote_plus(client_id), unquote_plus(secret), True) if colon else None
    if "client_id" in form and "client_secret" in form:
        return _Given(form["client_id"], form["client_secret"], False)
    return None

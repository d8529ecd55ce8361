"""The token endpoint: client credentials in, an access token out (RFC 6749 section 4.4)."""

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
from oneroster_checks.standard.operations import SCOPE_PREFIX
from oneroster_checks.standard.scopes import all_scopes, scopes_of_part

from .exchange import Request, Response, json_response, text_response
from .fault import TokenRules
from .site import APP, OTHER_APP

NO_APPLICATION = "No Campus Application selected"


@dataclass(slots=True)
class Grant:
    """What a caller may do.

    A grant belongs to an application and a host. `scopes` are short names, `expires` is a moment of
    `time.monotonic`, and `requests` counts the data requests so far.
    """

    app: str
    host: str
    scopes: frozenset[str]
    expires: float
    requests: int = 0


@dataclass(frozen=True, slots=True)
class _ClientCredentials:
    """The client credentials of a token request, and whether they came in the header.

    There they are form-encoded (RFC 6749 section 2.3.1), which many clients forget: `raw` is the pair as it came.
    """

    client_id: str
    secret: str
    raw: tuple[str, str] | None = None


def oauth_error(status: int, code: str, *headers: tuple[str, str]) -> Response:
    """An error response of RFC 6749 section 5.2."""
    return json_response(status, {"error": code}, ("Cache-Control", "no-store"), *headers)


def scopes_of_connection(version: OneRosterVersion, share: tuple[Share, ...]) -> frozenset[str]:
    """The scopes of a connection, by their short names: those of its parts, rostering always among them."""
    return frozenset[str]().union(*(scopes_of_part(version, part) for part in ("rostering", *share)))


@dataclass(slots=True)
class TokenEndpoint:
    """Issues tokens and remembers the ones that it issued.

    `client_id` None means that there is no client, so everybody is refused. `scopes` are those that the
    connection may have, by their short names.
    """

    client_id: str | None
    client_secret: Secret
    version: OneRosterVersion
    scopes: frozenset[str]
    rules: TokenRules
    _issued: dict[str, Grant] = field(default_factory=dict, repr=False)
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def respond(self, request: Request) -> Response:
        """The response to a token request; never raises, whatever the caller sends."""
        early = self.rules.before_checks(request)
        if early is not None:
            return early
        app = dict(parse_qsl(request.query)).get("appName", "")
        if app not in (APP, OTHER_APP):
            return text_response(400, NO_APPLICATION)
        if request.method != "POST":
            return text_response(405, "Method not allowed", ("Allow", "POST"))
        form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
        client = _read_credentials(request, form)
        if client is None or not self._is_client(client):
            return oauth_error(401, "invalid_client", ("WWW-Authenticate", 'Basic realm="practice"'))
        if form.get("grant_type") != "client_credentials":
            return oauth_error(400, "unsupported_grant_type")
        return self.rules.after_login(request) or self._issue(request, app, form.get("scope", ""))

    def grant(self, token: str) -> Grant | None:
        """What a token allows; None when it was never issued here or has expired."""
        found = self._issued.get(token)
        return found if found is not None and time.monotonic() < found.expires else None

    def _is_client(self, client: _ClientCredentials) -> bool:
        if self.client_id is None or (client.raw and not self.rules.takes_basic):
            return False
        right = _joined(self.client_id, self.client_secret.reveal())
        pairs = [(client.client_id, client.secret), *([client.raw] if client.raw else [])]
        return any(hmac.compare_digest(_joined(*pair), right) for pair in pairs)

    def _issue(self, request: Request, app: str, wanted: str) -> Response:
        prefix, every = SCOPE_PREFIX[self.version], all_scopes(self.version)
        asked = {scope.removeprefix(prefix) for scope in wanted.split()}
        known = asked & every
        if (asked or self.rules.scope_required) and not known:
            return oauth_error(400, "invalid_scope")
        granted = (known or every) & self.scopes - set(self.rules.withheld_scopes)
        now = time.monotonic()
        for old in [token for token, grant in self._issued.items() if grant.expires < now]:
            del self._issued[old]
        token = self._new_token(app)
        self._issued[token] = Grant(app, request.host, frozenset(granted), now + self.rules.lifetime)
        members: dict[str, object] = {
            "access_token": token,
            "token_type": "bearer",
            "expires_in": self.rules.lifetime,
            "scope": " ".join(prefix + scope for scope in sorted(granted)),
        }
        return json_response(200, self.rules.edit(members), ("Cache-Control", "no-store"))

    def _new_token(self, app: str) -> str:
        """A token in the form of a JSON Web Token; what counts is that it was issued here."""
        issued = int(time.time())
        claims = {"aud": app, "iat": issued, "exp": issued + self.rules.lifetime, "jti": secrets.token_hex(8)}
        parts = [_encoded(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims)]
        signed = hmac.digest(self._key, ".".join(parts).encode(), "sha256")
        return ".".join([*parts, _encoded(signed)])


def _joined(client_id: str, secret: str) -> bytes:
    return f"{client_id}\n{secret}".encode()


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _read_credentials(request: Request, form: dict[str, str]) -> _ClientCredentials | None:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            text = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return None
        client_id, colon, secret = text.partition(":")
        if not colon:
            return None
        return _ClientCredentials(unquote_plus(client_id), unquote_plus(secret), (client_id, secret))
    if "client_id" in form and "client_secret" in form:
        return _ClientCredentials(form["client_id"], form["client_secret"])
    return None

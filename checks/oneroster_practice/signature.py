"""OAuth 1.0a: verifies that a request was signed with the district's key and secret, by oauthlib."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable

from oauthlib.oauth1 import RequestValidator, SignatureOnlyEndpoint

from oneroster_checks.connection import Secret

from .exchange import Request
from .fault import SignatureRules

# Seconds that a timestamp may be behind and ahead of the server's clock.
_BEHIND = 600
_AHEAD = 300

# What a request with an unknown key is checked against, so that it takes as long as any other.
_DUMMY = "a-key-of-no-client"


class _Validator(RequestValidator):  # type: ignore[misc, unused-ignore]
    """What oauthlib asks of a server: its key, its secret, and which timestamps and nonces were used."""

    def __init__(self, client_id: str, secret: Secret, methods: tuple[str, ...], clock: Callable[[], float]):
        super().__init__()
        self._client_id = client_id
        self._secret = secret
        self._methods = methods
        self._clock = clock
        self._seen: dict[tuple[str, str], int] = {}

    @property
    def enforce_ssl(self) -> bool:
        return False

    @property
    def allowed_signature_methods(self) -> tuple[str, ...]:
        return self._methods

    @property
    def timestamp_lifetime(self) -> int:
        # The window is not the same on both sides, so it is checked together with the nonce.
        return 2**32

    @property
    def dummy_client(self) -> str:
        return _DUMMY

    def check_client_key(self, client_key: str) -> bool:
        return bool(client_key)

    def check_nonce(self, nonce: str) -> bool:
        return 0 < len(nonce) <= 200

    def validate_timestamp_and_nonce(
        self,
        client_key: str,
        timestamp: str,
        nonce: str,
        request: object,
        request_token: str | None = None,
        access_token: str | None = None,
    ) -> bool:
        now, sent = self._clock(), int(timestamp)
        if not now - _BEHIND <= sent <= now + _AHEAD or (nonce, timestamp) in self._seen:
            return False
        self._seen = {key: at for key, at in self._seen.items() if at >= now - _BEHIND}
        self._seen[nonce, timestamp] = sent
        return True

    def validate_client_key(self, client_key: str, request: object) -> bool:
        return hmac.compare_digest(client_key.encode(), self._client_id.encode())

    def get_client_secret(self, client_key: str, request: object) -> str:
        return self._secret.reveal() if client_key == self._client_id else _DUMMY


class SignatureVerifier:
    """Accepts or refuses signed requests; this server's clock is `clock_ahead` seconds fast."""

    def __init__(self, client_id: str, secret: Secret, rules: SignatureRules, clock_ahead: float):
        self._rules = rules
        validator = _Validator(client_id, secret, rules.methods, lambda: time.time() + clock_ahead)
        self._endpoint = SignatureOnlyEndpoint(validator)

    def accepts(self, request: Request) -> bool:
        """Whether the signature verifies, its timestamp is current, and it was not used before."""
        if self._rules.refuse_all or (self._rules.refuse_query and request.query):
            return False
        try:
            headers = dict(request.headers)
            url = _with_other_scheme(request.url) if self._rules.other_scheme else request.url
            valid, _ = self._endpoint.validate_request(url, request.method, "", headers)
        except ValueError:
            # oauthlib raises this for an address or a header that cannot be taken apart.
            return False
        return bool(valid)


def _with_other_scheme(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{'http' if scheme == 'https' else 'https'}://{rest}"

"""OAuth 1.0a message signing (RFC 5849), two-legged; oauthlib does the signing."""

from __future__ import annotations

from typing import Literal

from ..connection import Secret
from ..http.logs import unlogged

SignatureMethod = Literal["HMAC-SHA256", "HMAC-SHA1"]
# The newer one first; older providers know only the other (infinite-campus.md, "OAuth 1").
METHODS: tuple[SignatureMethod, ...] = ("HMAC-SHA256", "HMAC-SHA1")
# Those of the library that signs.
_LOGGERS = ("oauthlib", "oauthlib.oauth1.rfc5849", "oauthlib.oauth1.rfc5849.signature")


def authorization(url: str, client_id: str, secret: Secret, method: SignatureMethod) -> str:
    """The Authorization header of a GET of this URL; every query parameter in it is signed.

    `url` is the address exactly as it is sent (`http.as_sent`): a verifier signs what arrives. ValueError
    when its query holds a character that cannot be signed.
    """
    from oauthlib.oauth1 import Client

    client = Client(client_id, client_secret=secret.reveal(), signature_method=method)
    # At level DEBUG the library logs what it signs and the signature.
    with unlogged(*_LOGGERS):
        _, headers, _ = client.sign(url, http_method="GET")
    return str(headers["Authorization"])

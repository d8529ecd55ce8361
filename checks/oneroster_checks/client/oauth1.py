"""OAuth 1.0a message signing (RFC 5849), two-legged; oauthlib does the signing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit

from ..connection import Secret
from ..http.logs import unlogged

SignatureMethod = Literal["HMAC-SHA256", "HMAC-SHA1"]
Verb = Literal["GET", "PUT", "DELETE"]
# The newer one first; older providers know only the other (infinite-campus.md, "OAuth 1").
METHODS: tuple[SignatureMethod, ...] = ("HMAC-SHA256", "HMAC-SHA1")
# Those of the library that signs.
_LOGGERS = ("oauthlib", "oauthlib.oauth1.rfc5849", "oauthlib.oauth1.rfc5849.signature")


@dataclass(frozen=True, slots=True)
class SignedAs:
    """What a signature says in place of what is true of the request.

    `origin` is the scheme, host and port that are signed, written as they are signed, "" for those of the
    address; `offset_s` the seconds by which the time in it is ahead of this computer's clock.
    """

    origin: str = ""
    offset_s: int = 0

    def address(self, url: str) -> str:
        """The address that is signed for a request to this one, without its query."""
        parts = urlsplit(url)
        return f"{self.origin or f'{parts.scheme}://{parts.netloc}'}{parts.path}"


AS_SENT = SignedAs()


def authorization(
    url: str,
    client_id: str,
    secret: Secret,
    method: SignatureMethod,
    signed_as: SignedAs = AS_SENT,
    verb: Verb = "GET",
) -> str:
    """The Authorization header of a request with this verb to this URL; every query parameter in it is signed.

    A body of JSON is no part of what is signed (RFC 5849, section 3.4.1.3.1).

    `url` is the address exactly as it is sent (`http.as_sent`): a verifier signs what arrives. `signed_as` is
    for one that believes another address or time. ValueError when the query holds a character that cannot be
    signed.
    """
    from oauthlib.oauth1 import Client

    stamp = str(int(time.time()) + signed_as.offset_s) if signed_as.offset_s else None
    client = Client(client_id, client_secret=secret.reveal(), signature_method=method, timestamp=stamp)
    if signed_as.origin:
        sign = client.SIGNATURE_METHODS[method]
        # The library would leave out a port that the scheme implies, and the other side may not.
        elsewhere = signed_as.address(url)
        client.SIGNATURE_METHODS = {method: lambda base, of: sign(_for_address(base, elsewhere), of)}
    # At level DEBUG the library logs what it signs and the signature.
    with unlogged(*_LOGGERS):
        _, headers, _ = client.sign(url, http_method=verb)
    return str(headers["Authorization"])


def _for_address(base_string: str, address: str) -> str:
    """A signature base string (RFC 5849 section 3.4.1) with another address in it."""
    verb, _, parameters = base_string.split("&")
    return "&".join((verb, quote(address, safe="~"), parameters))

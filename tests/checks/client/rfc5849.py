"""A verifier of OAuth 1 signatures written from RFC 5849, apart from the library that signs."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, unquote, urlsplit

DIGESTS = {"HMAC-SHA1": hashlib.sha1, "HMAC-SHA256": hashlib.sha256}


def encoded(text: str) -> str:
    """Percent encoding of section 3.6: only the unreserved characters stay."""
    return quote(text, safe="-._~")


def header_parameters(authorization: str) -> dict[str, str]:
    """The protocol parameters of an Authorization header (section 3.5.1), decoded, without the realm."""
    scheme, _, rest = authorization.partition(" ")
    assert scheme == "OAuth"
    pairs = (part.strip().partition("=") for part in rest.split(","))
    found = {unquote(name): unquote(value.strip().strip('"')) for name, _, value in pairs}
    found.pop("realm", None)
    return found


def base_string(method: str, host: str, target: str, protocol: Mapping[str, str], body: str = "") -> str:
    """The signature base string of section 3.4.1, from the request as it came over the wire over http."""
    path, _, query = target.partition("?")
    name, _, port = host.lower().partition(":")
    uri = f"http://{name}{'' if port in ('', '80') else f':{port}'}{path}"
    pairs = parse_qsl(query, keep_blank_values=True) + parse_qsl(body, keep_blank_values=True)
    pairs += [(name, value) for name, value in protocol.items() if name != "oauth_signature"]
    normal = "&".join(
        f"{name}={value}" for name, value in sorted((encoded(name), encoded(value)) for name, value in pairs)
    )
    return "&".join((method.upper(), encoded(uri), encoded(normal)))


def signature(base: str, method: str, client_secret: str, token_secret: str = "") -> str:
    """The signature of section 3.4.2, by the named method."""
    key = f"{encoded(client_secret)}&{encoded(token_secret)}"
    digest = hmac.new(key.encode(), base.encode(), DIGESTS[method]).digest()
    return base64.b64encode(digest).decode()


def verifies(method: str, host: str, target: str, authorization: str, client_secret: str) -> bool:
    """Whether a request was signed with this secret, exactly as it arrived."""
    protocol = header_parameters(authorization)
    base = base_string(method, host, target, protocol)
    expected = signature(base, protocol["oauth_signature_method"], client_secret)
    return hmac.compare_digest(expected, protocol["oauth_signature"])


def verifies_url(url: str, authorization: str, client_secret: str) -> bool:
    """The same for a GET of a URL."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return verifies("GET", parts.netloc, target, authorization, client_secret)

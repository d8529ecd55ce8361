"""How a server knows who asks: credentials in header or body, and OAuth 1 signatures verified by hand."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from binascii import Error
from urllib.parse import quote, unquote, unquote_plus

from ...servers import Request

_PAIR = re.compile(r'(\w+)="([^"]*)"')
_HASHES = {"HMAC-SHA1": hashlib.sha1, "HMAC-SHA256": hashlib.sha256}


def credentials_of(request: Request, *, decodes: bool = True) -> tuple[str, str, str]:
    """Where the credentials of a token request stand ("header", "body" or ""), the key and the secret.

    `decodes` False is a server that takes the header's texts as they are, against RFC 6749 section 2.3.1.
    """
    scheme, _, packed = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            key, _, secret = base64.b64decode(packed).decode().partition(":")
        except (Error, UnicodeDecodeError):
            return "", "", ""
        return ("header", unquote_plus(key), unquote_plus(secret)) if decodes else ("header", key, secret)
    form = request.form
    if "client_id" in form:
        return "body", form["client_id"], form.get("client_secret", "")
    return "", "", ""


def signature_is_right(
    request: Request,
    key: str,
    secret: str,
    methods: frozenset[str],
    signed_query: str,
    now: float,
    origin: str,
    window_s: float = 300.0,
) -> bool:
    """Verify an OAuth 1 signature as RFC 5849 section 3.4 says.

    `signed_query` is "right", or "left out" for a server that forgets the query in what it verifies. `origin` is
    the scheme and host that it verifies for, with `{host}` for the Host header, `{name}` and `{port}` for its parts.
    The time may be off by `window_s` seconds.
    """
    header = request.headers.get("authorization", "")
    if not header.startswith("OAuth "):
        return False
    given = {name: unquote(value) for name, value in _PAIR.findall(header)}
    method = given.get("oauth_signature_method", "")
    stamp = given.get("oauth_timestamp", "")
    if method not in methods or given.get("oauth_consumer_key") != key or not stamp.isdigit():
        return False
    if abs(int(stamp) - now) > window_s:
        return False
    pairs = [(name, value) for name, value in given.items() if name not in ("oauth_signature", "realm")]
    if signed_query == "right":
        pairs += request.query
    packed = sorted((quote(name, safe="~"), quote(value, safe="~")) for name, value in pairs)
    host = request.headers.get("host", "")
    name, _, port = host.partition(":")
    url = f"{origin.format(host=host, name=name, port=port)}{request.target.partition('?')[0]}"
    text = "&".join(
        quote(part, safe="~")
        for part in (request.method, url, "&".join(f"{name}={value}" for name, value in packed))
    )
    signed = hmac.new(f"{quote(secret, safe='~')}&".encode(), text.encode(), _HASHES[method]).digest()
    return hmac.compare_digest(base64.b64encode(signed).decode(), given.get("oauth_signature", ""))

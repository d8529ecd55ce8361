"""The token request of OAuth 2 client credentials, and its answer read field by field.

oauthlib would build the request as well, but its reading of answers hides what a diagnosis needs.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote_plus, urlencode

from ..connection import Secret
from ..http.answer import Answer

Method = Literal["header", "body", "plain header"]

# Error codes of RFC 6749 (sections 4.1.2.1 and 5.2); any other text is not repeated.
OAUTH_ERRORS = frozenset(
    """invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope
    access_denied unsupported_response_type server_error temporarily_unavailable invalid_token
    insufficient_scope""".split()
)


MOST_SCOPES = 60
_SCOPE = re.compile(r"[\w:/.*-]{1,120}")


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it was granted: the text, its lifetime in seconds (None when not said) and its scope."""

    text: Secret
    expires_in: float | None
    scope: str | None
    method: Method
    asked_scope: str


def token_request(method: Method, client_id: str, secret: Secret, scope: str) -> tuple[dict[str, str], bytes]:
    """Headers and form body of a token request, with the credentials in the header or in the body.

    In the header, id and secret are form-encoded first (RFC 6749 section 2.3.1), so that ids with `:`,
    space, `+`, `%` and `/` arrive whole; some servers do not decode that, so there is the plain header too.
    """
    form = {"grant_type": "client_credentials"}
    if scope:
        form["scope"] = scope
    headers = {"content-type": "application/x-www-form-urlencoded"}
    if method != "body":
        pair = f"{quote_plus(client_id)}:{quote_plus(secret.reveal())}"
        if method == "plain header":
            pair = f"{client_id}:{secret.reveal()}"
        headers["authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    else:
        form |= {"client_id": client_id, "client_secret": secret.reveal()}
    return headers, urlencode(form).encode()


def read_token(answer: Answer, method: Method, asked_scope: str) -> Token | None:
    """The token in an answer, None when it holds none that can be used."""
    document = answer.document
    if answer.status is None or answer.status >= 300 or not isinstance(document, dict):
        return None
    text = document.get("access_token")
    kind = document.get("token_type", "bearer")
    if not isinstance(text, str) or not text.strip() or not _fits_header(text.strip()):
        return None
    if kind is not None and (
        not isinstance(kind, str) or kind.strip().lower() not in ("bearer", "bearertoken", "")
    ):
        return None
    scope = document.get("scope")
    if isinstance(scope, list):
        scope = " ".join(str(item) for item in scope)
    return Token(
        text=Secret(text.strip()),
        expires_in=_seconds(document.get("expires_in")),
        scope=_readable_scope(scope) if isinstance(scope, str) else None,
        method=method,
        asked_scope=asked_scope,
    )


def oauth_error(answer: Answer) -> str:
    """The OAuth error code in an answer, "" when it has none of RFC 6749."""
    document = answer.document
    code = document.get("error") if isinstance(document, dict) else None
    text = code.strip().lower() if isinstance(code, str) else ""
    return text if text in OAUTH_ERRORS else ""


def _readable_scope(scope: str) -> str:
    """A scope without words that are none by RFC 6749 section 3.3, since a server may write anything there."""
    return " ".join(word for word in scope.split()[:MOST_SCOPES] if _SCOPE.fullmatch(word))


def _fits_header(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if number == number and abs(number) < 1e12 else None

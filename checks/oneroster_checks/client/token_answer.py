"""What an answer of the token URL means, told by its structure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ..standard.errors import read_error
from ..urls import host_of

if TYPE_CHECKING:
    from ..http.answer import Answer

# Campus says this where the app name is missing or unknown; its status is not published (infinite-campus.md, C).
_NO_APP = re.compile(r"no\s+campus\s+application\s+selected", re.IGNORECASE)
_MAINTENANCE = re.compile(r"(?i)maintenance|temporarily unavailable")
_LOGIN = re.compile(r"(?i)log-?in|sign-?in|logon|/sso|/saml|/idp|/adfs")
_TOKEN_KEYS = frozenset(
    {
        "access_token",
        "accesstoken",
        "access-token",
        "token",
        "token_type",
        "tokentype",
        "expires_in",
        "id_token",
        "jwt",
    }
)
_FOREIGN_KEYS = frozenset(
    """openapi swagger paths endpoints services documentation links orgs users students teachers classes courses
    enrollments academicsessions terms schools issuer token_endpoint""".split()
)


class TokenMeaning(StrEnum):
    """What a token URL said to one request."""

    GRANTED = "granted"
    NO_ANSWER = "no answer"
    REDIRECTED = "token.redirected"
    NO_APP = "token.app-not-selected"
    THROTTLED = "token.throttled"
    BROKEN = "token.server-error"
    BAD_SCOPE = "token.invalid-scope"
    NOT_ALLOWED = "token.unauthorized-client"
    REFUSED = "token.invalid-client"
    NO_TOKEN = "token.malformed"
    NOT_A_TOKEN_URL = "token.not-an-endpoint"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What was said, with the OAuth error code and words for a person, both possibly empty."""

    kind: TokenMeaning
    error: str = ""
    detail: str = ""

    @property
    def final(self) -> bool:
        """Whether another way to send the credentials cannot change the answer."""
        return self.kind in (
            TokenMeaning.GRANTED,
            TokenMeaning.REDIRECTED,
            TokenMeaning.NO_APP,
            TokenMeaning.THROTTLED,
            TokenMeaning.NO_ANSWER,
            TokenMeaning.NO_TOKEN,
        )


def read_meaning(answer: Answer, granted: bool, error: str) -> Meaning:
    """Tell what an answer means; `granted` when it held a usable token, `error` its OAuth error code."""
    status = answer.status
    if status is None:
        return Meaning(TokenMeaning.NO_ANSWER, detail=answer.failure.detail if answer.failure else "")
    if granted:
        return Meaning(TokenMeaning.GRANTED)
    if _NO_APP.search(answer.text[:20000]) or _NO_APP.search(answer.location):
        return Meaning(TokenMeaning.NO_APP, error)
    if 300 <= status < 400:
        return _redirect(answer)
    if status == 429:
        return Meaning(TokenMeaning.THROTTLED, error)
    by_code = _by_code(error, status)
    if by_code is not None:
        return Meaning(by_code, error)
    if status >= 500:
        return Meaning(TokenMeaning.BROKEN, detail="a web page" if answer.looks_like_html else "")
    if status == 401:
        challenge = answer.headers.get("www-authenticate", "").strip().lower()
        about_data = read_error(answer.document) is not None and (
            challenge.startswith("bearer") or "/ims/oneroster" in answer.url.lower()
        )
        if about_data:
            return Meaning(TokenMeaning.NOT_A_TOKEN_URL, detail="it answered the way a data URL does")
        return Meaning(TokenMeaning.REFUSED)
    if status == 403:
        return Meaning(TokenMeaning.NOT_ALLOWED)
    if status >= 400:
        return Meaning(TokenMeaning.NOT_A_TOKEN_URL, detail="the error has no OAuth error code")
    return _success_without_token(answer)


def _by_code(error: str, status: int) -> TokenMeaning | None:
    if error == "invalid_scope" or error == "insufficient_scope":
        return TokenMeaning.BAD_SCOPE
    if error in ("unauthorized_client", "access_denied"):
        return TokenMeaning.NOT_ALLOWED
    if error in ("server_error", "temporarily_unavailable"):
        return TokenMeaning.BROKEN
    if error == "invalid_client":
        return TokenMeaning.REFUSED
    if error == "unsupported_grant_type":
        return TokenMeaning.NOT_A_TOKEN_URL
    # Servers use the remaining codes for a wrong key too; a 403 beside them still says "known, not allowed".
    if error:
        return TokenMeaning.NOT_ALLOWED if status == 403 else TokenMeaning.REFUSED
    return None


def _redirect(answer: Answer) -> Meaning:
    target = answer.redirect_target
    elsewhere = host_of(target) != host_of(answer.url) or (
        answer.url.lower().startswith("https:") and target.lower().startswith("http:")
    )
    if not elsewhere and _LOGIN.search(answer.location):
        return Meaning(TokenMeaning.NOT_A_TOKEN_URL, detail="it redirects to a login page")
    return Meaning(TokenMeaning.REDIRECTED)


def _success_without_token(answer: Answer) -> Meaning:
    document = answer.document
    if answer.is_json:
        keys = {str(key).lower() for key in document} if isinstance(document, dict) else set()
        if keys & _FOREIGN_KEYS and not keys & _TOKEN_KEYS:
            return Meaning(TokenMeaning.NOT_A_TOKEN_URL, detail="the answer is not a token")
        return Meaning(TokenMeaning.NO_TOKEN, detail="access_token is missing or empty")
    if answer.looks_like_html:
        if _MAINTENANCE.search(answer.text[:20000]):
            return Meaning(TokenMeaning.BROKEN, detail="a maintenance page")
        return Meaning(TokenMeaning.NOT_A_TOKEN_URL, detail="it answered with a web page")
    return Meaning(TokenMeaning.NOT_A_TOKEN_URL, detail="the answer is not a token")

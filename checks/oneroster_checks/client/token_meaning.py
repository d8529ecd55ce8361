"""What an answer of the token URL without a token means: the client, the scope, the form, or no token URL at all."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from ..limits import PAGE_CHARACTERS
from ..standard.errors import read_error
from ..urls import place_of
from .pages import leads_to_login, speaks_of_maintenance

if TYPE_CHECKING:
    from ..http.answer import Answer

# Error codes of RFC 6749 (sections 4.1.2.1 and 5.2) and RFC 6750; any other text is not repeated.
_OAUTH_ERRORS = frozenset(
    """invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope
    access_denied unsupported_response_type server_error temporarily_unavailable invalid_token
    insufficient_scope""".split()
)
# What Campus says where the app name is missing or unknown; its status is not published (infinite-campus.md, C).
_NO_APP = re.compile(r"no\s+campus\s+application\s+selected", re.IGNORECASE)
# The grant by its name or its code, and that it is not for this client: words that tip what a code leaves open.
_GRANT = re.compile(r"(?i)\bgrant(?:[ _-]?types?)?\b|client_credentials")
_NOT_FOR_CLIENT = re.compile(
    r"(?i)\bnot[ _](?:be[ _])?(?:allowed|permitted|authorized|enabled)|\b(?:un|dis)(?:authorized|allowed)"
)
# A complaint about how the request is written, or that a field is missing which every request holds.
_FORM = re.compile(
    r"(?i)content[- ]?type|media[- ]?type|\b(?:in|invalid|malformed|parse) json\b|json (?:body|payload|parse)"
    r"|(?:missing|required)[^.]{0,40}grant_type|grant_type[^.]{0,40}(?:missing|required)"
)
_TOKEN_KEYS = frozenset(
    """access_token accesstoken access-token token token_type tokentype expires_in id_token jwt""".split()
)
_FOREIGN_KEYS = frozenset(
    """openapi swagger paths endpoints services documentation links orgs users students teachers classes courses
    enrollments academicsessions terms schools issuer token_endpoint""".split()
)
# Statuses that speak of the request's form (RFC 9110, section 15.5), the last two only where no code says more.
_WRONG_FORMS = frozenset({411, 415})
_ODD_FORMS = frozenset({406, 422})
# Codes that the words beside them do not change.
_SAYS_ENOUGH = frozenset(
    """invalid_client invalid_scope insufficient_scope unsupported_grant_type server_error
    temporarily_unavailable""".split()
)


class TokenMeaning(StrEnum):
    """What a token URL said to one request."""

    GRANTED = "granted"
    NO_ANSWER = "no answer"
    REDIRECTED = "redirected"
    # The token URL names no app that the server knows; only some providers have apps.
    NO_APP = "no app"
    THROTTLED = "throttled"
    BROKEN = "server error"
    BAD_SCOPE = "bad scope"
    # The client is known and may not have a token.
    NOT_ALLOWED = "not allowed"
    # The client is not known, or its secret is wrong.
    REFUSED = "refused"
    # The form of a token answer, without a usable token.
    NO_TOKEN = "no token"
    NOT_A_TOKEN_URL = "not a token URL"
    # More than this tool reads, so that nobody knows whether it holds a token.
    TOO_LARGE = "more than this tool reads"
    # It issues tokens, and wants the request in another form before it looks at the client.
    WRONG_FORM = "wrong form"


def oauth_error(answer: Answer) -> str:
    """The OAuth error code in an answer, "" when it has none of the standard's; some servers nest or rename it."""
    document = answer.document if isinstance(answer.document, dict) else {}
    for holder in (document, document.get("error"), document.get("fault")):
        if not isinstance(holder, dict):
            continue
        for name in ("error", "errorCode", "error_code", "code"):
            code = holder.get(name)
            text = code.strip().lower() if isinstance(code, str) else ""
            if text in _OAUTH_ERRORS:
                return text
    return ""


def needs_scope(answer: Answer) -> bool:
    """Whether a data request is refused for the token's scope, by the code of RFC 6750, section 3.1."""
    bearer = answer.challenges.get("bearer", {})
    return "insufficient_scope" in (oauth_error(answer), bearer.get("error", "").lower())


def speaks_of_grant(answer: Answer) -> bool:
    """Whether an error says that the grant is not for this client, whatever its code."""
    if answer.status is None or answer.status < 400 or not isinstance(answer.document, dict):
        return False
    words = _words(answer)
    return bool(_GRANT.search(words) and _NOT_FOR_CLIENT.search(words))


def _words(answer: Answer) -> str:
    """What an error of a program says; a page for people says nothing here."""
    return "" if answer.looks_like_html else answer.text[:PAGE_CHARACTERS]


def token_meaning(answer: Answer, error: str, *, names_app: bool) -> tuple[TokenMeaning, str]:
    """What an answer without a token means, and a clause on it."""
    status = answer.status
    if status is None:
        return TokenMeaning.NO_ANSWER, answer.failure.detail if answer.failure else ""
    if names_app and (_NO_APP.search(answer.text[:PAGE_CHARACTERS]) or _NO_APP.search(answer.location)):
        return TokenMeaning.NO_APP, ""
    if 300 <= status < 400:
        return _redirect(answer)
    if status == 429:
        return TokenMeaning.THROTTLED, ""
    if error not in _SAYS_ENOUGH and speaks_of_grant(answer):
        return TokenMeaning.NOT_ALLOWED, ""
    if status == 400 and error in ("", "invalid_request") and _FORM.search(_words(answer)):
        return TokenMeaning.WRONG_FORM, ""
    by_code = _by_code(error, status)
    if by_code is not None:
        return by_code, ""
    if status >= 500:
        return TokenMeaning.BROKEN, "a web page" if answer.looks_like_html else ""
    if status == 401:
        if _speaks_of_data(answer):
            return TokenMeaning.NOT_A_TOKEN_URL, "it answered the way a data URL does"
        return TokenMeaning.REFUSED, ""
    if status == 403:
        return TokenMeaning.NOT_ALLOWED, ""
    if status >= 400:
        return TokenMeaning.NOT_A_TOKEN_URL, "the error has no OAuth error code"
    return _success_without_token(answer)


def _by_code(error: str, status: int) -> TokenMeaning | None:
    if error == "unsupported_grant_type" or status in _WRONG_FORMS or (not error and status in _ODD_FORMS):
        return TokenMeaning.WRONG_FORM
    if error in ("invalid_scope", "insufficient_scope"):
        return TokenMeaning.BAD_SCOPE
    if error in ("unauthorized_client", "access_denied"):
        return TokenMeaning.NOT_ALLOWED
    if error in ("server_error", "temporarily_unavailable"):
        return TokenMeaning.BROKEN
    if error == "invalid_client":
        return TokenMeaning.REFUSED
    # Servers use the remaining codes for a wrong key too; a 403 beside them still says "known, not allowed".
    if error:
        return TokenMeaning.NOT_ALLOWED if status == 403 else TokenMeaning.REFUSED
    return None


def _redirect(answer: Answer) -> tuple[TokenMeaning, str]:
    target = answer.redirect_target
    if place_of(target) == place_of(answer.url) and leads_to_login(answer):
        return TokenMeaning.NOT_A_TOKEN_URL, "it redirects to a login page"
    return TokenMeaning.REDIRECTED, ""


def _speaks_of_data(answer: Answer) -> bool:
    """Whether a refusal comes from a data address: in the standard's form, and for a token."""
    asks_for_token = next(iter(answer.challenges), "") == "bearer"
    return read_error(answer.document) is not None and (
        asks_for_token or "/ims/oneroster" in answer.url.lower()
    )


def _success_without_token(answer: Answer) -> tuple[TokenMeaning, str]:
    document = answer.document
    if answer.is_json:
        keys = {str(key).lower() for key in document} if isinstance(document, dict) else set[str]()
        if keys & _FOREIGN_KEYS and not keys & _TOKEN_KEYS:
            return TokenMeaning.NOT_A_TOKEN_URL, "the answer is not a token"
        return TokenMeaning.NO_TOKEN, "it has no usable access_token"
    if answer.looks_like_html:
        if speaks_of_maintenance(answer):
            return TokenMeaning.BROKEN, "a maintenance page"
        return TokenMeaning.NOT_A_TOKEN_URL, "it answered with a web page"
    if answer.content.undecoded is not None:
        return TokenMeaning.TOO_LARGE, ""
    return TokenMeaning.NOT_A_TOKEN_URL, "the answer is not a token"

"""An answer of the token URL, read field by field: the token in it, or what the server said instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ..connection import Secret
from ..limits import LONGEST_TOKEN_S, PAGE_CHARACTERS, SCOPES_OF_A_TOKEN
from ..standard.errors import read_error
from ..urls import place_of
from .pages import leads_to_login, speaks_of_maintenance

if TYPE_CHECKING:
    from ..evidence import Evidence
    from ..http.answer import Answer

# Error codes of RFC 6749 (sections 4.1.2.1 and 5.2) and RFC 6750; any other text is not repeated.
_OAUTH_ERRORS = frozenset(
    """invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope
    access_denied unsupported_response_type server_error temporarily_unavailable invalid_token
    insufficient_scope""".split()
)
_SCOPE = re.compile(r"[\w:/.*-]{1,120}")
# What Campus says where the app name is missing or unknown; its status is not published (infinite-campus.md, C).
_NO_APP = re.compile(r"no\s+campus\s+application\s+selected", re.IGNORECASE)
_SECRET_FIELDS = ("access_token", "refresh_token", "id_token")
_TOKEN_KEYS = frozenset(
    """access_token accesstoken access-token token token_type tokentype expires_in id_token jwt""".split()
)
_FOREIGN_KEYS = frozenset(
    """openapi swagger paths endpoints services documentation links orgs users students teachers classes courses
    enrollments academicsessions terms schools issuer token_endpoint""".split()
)


class TokenForm(StrEnum):
    """Where a token request carries the client id and secret."""

    # A Basic header, both halves form-encoded as the standard asks.
    HEADER = "header"
    BODY = "body"
    # A Basic header with both halves as they are.
    PLAIN_HEADER = "plain header"


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
    # It issues tokens, and wants the request in another form before it looks at the client.
    WRONG_FORM = "wrong form"


# Another form of the request cannot change these.
_FINAL = frozenset(
    {
        TokenMeaning.GRANTED,
        TokenMeaning.REDIRECTED,
        TokenMeaning.NO_APP,
        TokenMeaning.THROTTLED,
        TokenMeaning.NO_ANSWER,
        TokenMeaning.NO_TOKEN,
    }
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it was granted, and how it was asked for.

    `expires_in` is its lifetime in seconds and `scope` its scope, both None when not said; `form` and
    `asked_scope` ("" for none) are those of the request.
    """

    text: Secret
    expires_in: float | None
    scope: str | None
    form: TokenForm
    asked_scope: str


@dataclass(frozen=True, slots=True)
class TokenAnswer:
    """One token request, read.

    `form` and `asked_scope` ("" for none) are how it was asked; `token` is set when one was granted;
    `error` is the OAuth error code, "" without one of the standard's; `detail` a clause for people, may
    be "".
    """

    answer: Answer
    form: TokenForm
    asked_scope: str
    meaning: TokenMeaning
    token: Token | None = None
    error: str = ""
    detail: str = ""

    @property
    def evidence(self) -> Evidence:
        """The request as it may be shown."""
        return self.answer.evidence

    @property
    def nothing_there(self) -> bool:
        """Whether there is nothing at the address that issues tokens, for whatever form of the request."""
        status = self.answer.status
        return status in (404, 405, 410) or (
            self.meaning is TokenMeaning.NOT_A_TOKEN_URL and status is not None and status < 400
        )

    @property
    def final(self) -> bool:
        """Whether another form of the request cannot change the answer."""
        return self.meaning in _FINAL


def read_token_answer(
    answer: Answer, form: TokenForm, asked_scope: str, *, names_app: bool = False
) -> TokenAnswer:
    """Read what came back for a token request in this form, with this scope.

    `names_app` says that token URLs of this provider name an app, so that the answer may speak of it.
    """
    token = read_token(answer, form, asked_scope)
    error = oauth_error(answer)
    meaning, detail = (TokenMeaning.GRANTED, "") if token else _meaning(answer, error, names_app)
    return TokenAnswer(answer, form, asked_scope, meaning, token, "" if token else error, detail)


def read_token(answer: Answer, form: TokenForm, asked_scope: str) -> Token | None:
    """The token in an answer to a request in this form, None when it holds none that can be used."""
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
        form=form,
        asked_scope=asked_scope,
    )


def oauth_error(answer: Answer) -> str:
    """The OAuth error code in an answer, "" when it has none of the standard's."""
    document = answer.document
    code = document.get("error") if isinstance(document, dict) else None
    text = code.strip().lower() if isinstance(code, str) else ""
    return text if text in _OAUTH_ERRORS else ""


def secrets_in(document: object) -> tuple[str, ...]:
    """The tokens that a decoded answer holds, whatever address it came from."""
    found = document if isinstance(document, dict) else {}
    return tuple(value for name in _SECRET_FIELDS if isinstance(value := found.get(name), str))


def _meaning(answer: Answer, error: str, names_app: bool) -> tuple[TokenMeaning, str]:
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
    if error == "unsupported_grant_type" or status in (411, 415):
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
    challenge = answer.headers.get("www-authenticate", "").strip().lower()
    return read_error(answer.document) is not None and (
        challenge.startswith("bearer") or "/ims/oneroster" in answer.url.lower()
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
    return TokenMeaning.NOT_A_TOKEN_URL, "the answer is not a token"


def _readable_scope(scope: str) -> str:
    """A scope without words that are none by RFC 6749 section 3.3, since a server may write anything there."""
    return " ".join(word for word in scope.split()[:SCOPES_OF_A_TOKEN] if _SCOPE.fullmatch(word))


def _fits_header(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if number == number and abs(number) < LONGEST_TOKEN_S else None

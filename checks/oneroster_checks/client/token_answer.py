"""An answer of the token URL, read field by field: the token in it, or what the server said instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..authorized import TokenForm
from ..connection import Secret
from ..limits import LONGEST_TOKEN_S, NUMBER_CHARACTERS, SCOPES_OF_A_TOKEN
from .token_meaning import TokenMeaning, oauth_error, token_meaning

if TYPE_CHECKING:
    from ..evidence import Evidence
    from ..http.answer import Answer

_SCOPE = re.compile(r"[\w:/.*-]{1,120}")
_SECRET_FIELDS = ("access_token", "refresh_token", "id_token")


# Another form of the request cannot change these.
_FINAL = frozenset(
    {
        TokenMeaning.GRANTED,
        TokenMeaning.REDIRECTED,
        TokenMeaning.NO_APP,
        TokenMeaning.THROTTLED,
        TokenMeaning.NO_ANSWER,
        TokenMeaning.NO_TOKEN,
        TokenMeaning.TOO_LARGE,
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
    if token is not None:
        return TokenAnswer(answer, form, asked_scope, TokenMeaning.GRANTED, token)
    meaning, detail = token_meaning(answer, error, names_app=names_app)
    return TokenAnswer(answer, form, asked_scope, meaning, None, error, detail)


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


def secrets_in(document: object) -> tuple[str, ...]:
    """The tokens that a decoded answer holds, whatever address it came from."""
    found = document if isinstance(document, dict) else {}
    return tuple(value for name in _SECRET_FIELDS if isinstance(value := found.get(name), str))


def _readable_scope(scope: str) -> str:
    """A scope without words that are none by RFC 6749 section 3.3, since a server may write anything there."""
    return " ".join(word for word in scope.split()[:SCOPES_OF_A_TOKEN] if _SCOPE.fullmatch(word))


def _fits_header(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, str) and not (value.isascii() and len(value) <= NUMBER_CHARACTERS):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if number == number and abs(number) < LONGEST_TOKEN_S else None

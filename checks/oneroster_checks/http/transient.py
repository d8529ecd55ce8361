"""Errors that were overcome, or tried in vain, by sending the same request again: typed, without words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TransientErrorKind(StrEnum):
    """Why a request was sent again."""

    # 429: the server asks to slow down.
    THROTTLED = "throttled"
    # A server error that often passes: 500, 502, 503 or 504.
    SERVER_ERROR = "server-error"
    # The connection was closed without a whole answer.
    CLOSED = "closed"
    # No whole answer came in time.
    TIMED_OUT = "timed-out"
    # The token was accepted before and refused now; a new one was granted.
    TOKEN_RENEWED = "token-renewed"


@dataclass(frozen=True, slots=True)
class TransientError:
    """One error after which a request was sent again.

    `status` is the HTTP status of that answer, None when none came; `waited_s` the seconds of waiting
    before the retry.
    """

    kind: TransientErrorKind
    status: int | None
    waited_s: float

"""Why a run waits, and how long, in words."""

from __future__ import annotations

from oneroster_checks.http.transient import TransientErrorKind

_REASONS = {
    TransientErrorKind.THROTTLED: "the server asks for fewer requests",
    TransientErrorKind.SERVER_ERROR: "the server has an error that may pass",
    TransientErrorKind.CLOSED: "the server closed the connection",
    TransientErrorKind.TIMED_OUT: "no answer came in time",
    TransientErrorKind.TOKEN_RENEWED: "the token was refused, and a new one is requested",
}


def waiting_words(reason: TransientErrorKind, seconds: float) -> str:
    """A clause such as "waiting 2 s: the server asks for fewer requests"."""
    return f"waiting {max(1, round(seconds))} s: {_REASONS[reason]}"

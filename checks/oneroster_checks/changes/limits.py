"""The limits of what counts as a change, and of what ends soon."""

from __future__ import annotations

from .model import EndingKind

# So many days before its end people are warned of something.
SOON_DAYS = {EndingKind.CREDENTIALS: 60, EndingKind.CERTIFICATE: 21, EndingKind.YEAR: 30}
# A count changed when it moved by more than this share of what it was.
MOVED = 0.1
# Responses became slow when they take so many times as long as before, and at least so many milliseconds.
SLOWER = 2
SLOW_MS = 500


def is_slower(before_ms: int, now_ms: int) -> bool:
    """Whether responses became slower in a way that people notice."""
    return SLOW_MS <= now_ms >= SLOWER * before_ms


# What a server shows is unsteady where it differed in the last so many runs in which the connection worked.
RUNS_OF_A_HABIT = 5
# Differences that are told of one run, and the characters of a value in one.
DIFFERENCES_TOLD = 12
VALUE_CHARACTERS = 160
# Who issued a certificate, as it is kept.
ISSUER_CHARACTERS = 60

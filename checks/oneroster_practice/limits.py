"""Every limit of the practice district: times in seconds, sizes in bytes."""

from __future__ import annotations

# The body of a request, and how long it may take to come: the longest that a caller writes is one result.
BODY_BYTES = 1_000_000
BODY_S = 10.0

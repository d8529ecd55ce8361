"""Cases that fuzzing has found: each failed once, and runs in the test suite ever after."""

from __future__ import annotations

from .case import Case

FOUND: dict[str, Case] = {}

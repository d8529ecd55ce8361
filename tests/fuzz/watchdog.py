"""Ends what hangs, also inside a pattern, with the place where it hung."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType


class Hung(BaseException):
    """Something took longer than a run may take; its traceback says what, and nothing that hangs catches it."""


@contextmanager
def watched(seconds: float) -> Generator[None]:
    """Raise Hung within the block after this time; where the system or thread has no alarm, nothing ends it."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def hang(number: int, frame: FrameType | None) -> None:
        raise Hung(f"longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, hang)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

"""Locks between programs of one user; the system takes them away with the program that held them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path

from ..limits import LOCK_S

_BETWEEN_TRIES_S = 0.01


class Lock(Enum):
    """What became of a lock: it is ours, another's, or there are no locks here."""

    OURS = auto()
    HELD = auto()
    UNKNOWN = auto()


class StillHeldError(OSError):
    """Another program held a lock for longer than anybody needs it."""


def lock_at_once(handle: int) -> Lock:
    """Take the lock of an open file or folder, if it is free; it goes when the file is closed."""
    if sys.platform == "win32":
        return Lock.UNKNOWN
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return Lock.HELD
    except OSError:  # some shared drives have none
        return Lock.UNKNOWN
    return Lock.OURS


@contextmanager
def alone_in(folder: Path, patience_s: float = LOCK_S) -> Generator[None]:
    """Keep every other program that asks for it out of a folder; StillHeldError when one does not come out in time.

    Where the system has no such locks, it does nothing.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        # Windows opens no folders; and where this fails, so does what follows, with a better reason.
        yield
        return
    try:
        ends = time.monotonic() + patience_s
        while lock_at_once(handle) is Lock.HELD:
            if time.monotonic() > ends:
                raise StillHeldError(0, "another program is changing the profiles")
            time.sleep(_BETWEEN_TRIES_S)
        yield
    finally:
        os.close(handle)

"""The files that are written before they get their name, and those that a killed program left behind.

Whoever writes one holds a lock on it, which the system takes away with its life: what nobody holds is a leftover.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import tempfile
import time
from pathlib import Path

from ..limits import LEFTOVER_S
from .locks import Lock, is_at, lock_at_once

_PREFIX, _SUFFIX = ".oneroster-wizard-", ".tmp"
_OURS = re.compile(r"\.oneroster-wizard-[a-z0-9_]{8}\.tmp")
# How earlier versions named them. It says nothing of this program, so it counts in its own folders only.
_EARLIER = re.compile(r"\.new-[a-z0-9_]{8}\.tmp")
# Another program may take a new file for a leftover in the moment before it is held.
_TRIES = 20


def new_temporary(folder: Path) -> tuple[int, Path]:
    """A new empty file of mode 0600 in a folder, open for writing and held until it is closed; OSError."""
    for _ in range(_TRIES):
        # mkstemp makes the file with mode 0600, so that there is no moment in which others could read it.
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
        # A file mask can take away the owner's own rights.
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.fchmod(handle, 0o600)
        if lock_at_once(handle) is not Lock.HELD and is_at(handle, name):
            return handle, Path(name)
        os.close(handle)
    raise OSError(errno.EAGAIN, "another program is removing new files")


def remove_leftovers(folder: Path, *, own: bool = False) -> None:
    """Remove what killed programs left in a folder; with `own`, a folder of this program's, earlier names too.

    Only regular files of this user that nobody holds, and no link is followed. It raises nothing.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _OURS.fullmatch(entry.name) or (own and _EARLIER.fullmatch(entry.name)):
                with contextlib.suppress(OSError):
                    _remove(entry)


def _remove(entry: os.DirEntry[str]) -> None:
    found = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(found.st_mode) or (hasattr(os, "geteuid") and found.st_uid != os.geteuid()):
        return
    handle = os.open(entry.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        lock = lock_at_once(handle)
        if lock is Lock.OURS:
            os.unlink(entry.path)
    finally:
        os.close(handle)
    # Where there are no locks, only its age tells that nobody writes it.
    if lock is Lock.UNKNOWN and time.time() - found.st_mtime > LEFTOVER_S:
        os.unlink(entry.path)

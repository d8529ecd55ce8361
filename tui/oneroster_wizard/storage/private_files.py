"""Files that only their owner may read, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def as_bytes(text: str, encoding: str = "utf-8") -> bytes:
    """A text in an encoding; what the encoding does not have is replaced by "?".

    Half a surrogate pair that a server sent must not cost a whole report.
    """
    return text.encode(encoding, "replace")


def make_private_folder(folder: Path) -> None:
    """Make a folder, with those above it, that only its owner may enter; OSError when that fails."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Windows keeps no such modes, and some shared drives refuse them: the folder is of use all the same.
    with contextlib.suppress(OSError):
        folder.chmod(0o700)


def write_private(path: Path, text: str) -> None:
    """Write a text as UTF-8 to a file of mode 0600 in a folder of the program's own; OSError when that fails.

    The folder is made where it is missing, of mode 0700.
    """
    make_private_folder(path.parent)
    replace_private(path, as_bytes(text))


def replace_private(path: Path, content: bytes) -> None:
    """Write to a file of mode 0600 in a folder as it is; OSError when that fails.

    A reader sees the old file or the new one, never half of one, also when the machine stops in between.
    """
    # mkstemp makes the file with mode 0600, so that there is no moment in which others could read it.
    handle, name = tempfile.mkstemp(prefix=".new-", suffix=".tmp", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    # The new name is safe on disk only when the folder is written too; Windows opens no folders.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

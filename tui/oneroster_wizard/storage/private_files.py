"""Files that only their owner may read, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Generator
from pathlib import Path
from typing import IO

from oneroster_checks.files import UnusableFile, kind_of

from .temporary_files import new_temporary, remove_leftovers


def as_bytes(text: str, encoding: str = "utf-8") -> bytes:
    """A text in an encoding; what the encoding does not have is replaced by "?".

    Half a surrogate pair that a server sent must not cost a whole report.
    """
    return text.encode(encoding, "replace")


def make_private_folder(folder: Path) -> None:
    """Make a folder, with those above it, that only its owner may enter; OSError when that fails.

    A folder that is there is closed to others too, unless it is a link: what it leads to is somebody's own choice.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        with contextlib.suppress(FileExistsError):
            each.mkdir(mode=0o700)
            # A file mask can take away the owner's own rights.
            _close(each)
    if not folder.is_dir():
        raise NotADirectoryError(0, "not a directory")
    if not missing and not folder.is_symlink():
        _close(folder)


def _close(folder: Path) -> None:
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
    """Write to a regular file, new or known, of mode 0600 in a folder as it is; OSError when that fails.

    Where the path is a link, it stays one: the file behind it is written and keeps its mode and owner. A reader
    sees the old file or the new one, never half of one, also when the machine stops in between. UnusableFile,
    and nothing is written, where there is something that is no regular file.
    """
    with replacing_private(path) as file:
        file.write(content)


@contextlib.contextmanager
def replacing_private(path: Path) -> Generator[IO[bytes]]:
    """The same for what is written piece by piece: at the end of the block it takes its name, unless that raises."""
    found = status_of(path)
    if found is not None and (kind := kind_of(found.st_mode)):
        raise UnusableFile(f"it is {kind}")
    target = Path(os.path.realpath(path))
    remove_leftovers(target.parent)
    handle, fresh = new_temporary(target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            if found is not None and os.path.islink(path):
                _take_over(file.fileno(), found)
            file.flush()
            os.fsync(file.fileno())
            # Nothing but a file gives way to a file, whatever took its place while this was written.
            if (now := status_of(target)) is not None and kind_of(now.st_mode):
                raise UnusableFile(f"it is {kind_of(now.st_mode)}")
            # Held until it has its name, or another program might take it for a leftover; Windows names no open file.
            if sys.platform == "win32":
                file.close()
            os.replace(fresh, target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _settle(target.parent)


def status_of(path: Path) -> os.stat_result | None:
    """What is at a path, behind the link where it is one; None where there is nothing, OSError when nobody knows."""
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None
    except ValueError as error:  # a NUL in the name
        raise UnusableFile("this is not a file name") from error


def _take_over(handle: int, before: os.stat_result) -> None:
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        os.fchown(handle, before.st_uid, before.st_gid)
    with contextlib.suppress(OSError):
        os.fchmod(handle, stat.S_IMODE(before.st_mode))


def _settle(folder: Path) -> None:
    # The new name is safe on disk only when the folder is written too; Windows opens no folders.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

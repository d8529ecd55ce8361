"""Reports at any path, for the command line and the wizard alike: files whole and private, anything else as it is."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from oneroster_checks.files import UnusableFile, kind_of

from ..limits import SHOWN_PATH_CHARACTERS
from .private_files import as_bytes, replace_private, status_of
from .special_files import descriptor_of, write_descriptor, write_special


def write_report(path: Path, text: str, *, stall_s: float | None = None) -> None:
    """Write a report as UTF-8; OSError when that fails, with its reason in `strerror`.

    A regular file, and a new one, is of mode 0600 and written whole; where the path is a link, the file behind
    it is. Anything else (a device, a pipe, a socket, a link to one, /dev/stdout) is written to, never replaced.
    A reader that takes nothing for `stall_s` seconds is not waited for; None waits for it as a shell does.
    """
    content = as_bytes(text)
    handle = descriptor_of(path)
    if handle is not None:
        write_descriptor(handle, content, stall_s)
        return
    found = status_of(path)
    if found is None or kind_of(found.st_mode) in ("", "a folder"):
        replace_private(path, content)
    else:
        write_special(path, found.st_mode, content, stall_s)


def shown_path(path: str | Path) -> str:
    """A path as it stands in a sentence; a very long one without its middle."""
    text = str(path)
    if len(text) <= SHOWN_PATH_CHARACTERS:
        return text
    return f"{text[: SHOWN_PATH_CHARACTERS // 2]}…{text[-SHOWN_PATH_CHARACTERS // 2 :]}"


def refuse_place(path: Path) -> None:
    """OSError when a report cannot be written to a path, as far as that is known before there is one."""
    if descriptor_of(path) is not None:
        return
    found = status_of(path)
    if found is not None:
        if kind_of(found.st_mode) == "a folder":
            raise UnusableFile("it is a folder")
        if kind_of(found.st_mode):
            return
    folder = Path(os.path.realpath(path)).parent
    os.stat(folder)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, f"{os.strerror(errno.EACCES)} in its folder")

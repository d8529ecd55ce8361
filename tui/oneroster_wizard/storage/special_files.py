"""Writing to what is no regular file: a device, a pipe, a socket, an open descriptor of this program."""

from __future__ import annotations

import contextlib
import errno
import os
import select
import socket
import stat
import sys
import time
from pathlib import Path

from oneroster_checks.files import UnusableFile

from ..limits import READER_S

_FLAGS = os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)
_BETWEEN_TRIES_S = 0.02
# Links that lead to links are followed so far, as the system does.
_LINKS = 40


def descriptor_of(path: Path) -> int | None:
    """The descriptor of this program that a path stands for, such as /dev/stdout or /dev/fd/3; None for any other.

    What is opened anew through such a path begins at the start of the file, over what stands there already.
    """
    folders = {"/dev/fd", f"/proc/{os.getpid()}/fd"}
    place = os.path.abspath(path)
    for _ in range(_LINKS):
        try:
            folder, name = os.path.realpath(os.path.dirname(place)), os.path.basename(place)
            if folder in folders and name.isascii() and name.isdigit() and len(name) < 10:
                return int(name)
            place = os.path.join(folder, os.readlink(os.path.join(folder, name)))
        except (OSError, ValueError):
            return None
    return None


def write_descriptor(handle: int, content: bytes, stall_s: float | None) -> None:
    """Write to an open descriptor; OSError when that fails."""
    # What was printed before comes before. A stream of a test has no number.
    with contextlib.suppress(OSError, ValueError):
        if handle == sys.stdout.fileno():
            sys.stdout.flush()
    _write(handle, content, stall_s)


def write_special(path: Path, mode: int, content: bytes, stall_s: float | None) -> None:
    """Write to a device, a pipe or a socket of this mode (`st_mode`); OSError when that fails.

    A pipe has `READER_S` seconds to get a reader.
    """
    if stat.S_ISSOCK(mode):
        with socket.socket(socket.AF_UNIX) as there:
            there.settimeout(stall_s)
            there.connect(str(path))
            there.sendall(content)
        return
    handle = _opened(path)
    try:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            raise UnusableFile("something else is there now")
        _write(handle, content, stall_s)
    finally:
        os.close(handle)


def _opened(path: Path) -> int:
    ends = time.monotonic() + READER_S
    while True:
        try:
            return os.open(path, _FLAGS)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
        if time.monotonic() > ends:
            raise UnusableFile(f"no program read this pipe within {READER_S:g} seconds")
        time.sleep(_BETWEEN_TRIES_S)


def _write(handle: int, content: bytes, stall_s: float | None) -> None:
    left = memoryview(content)
    while left:
        try:
            left = left[os.write(handle, left) :]
        except BlockingIOError:
            if not select.select([], [handle], [], stall_s)[1]:
                raise UnusableFile("its reader stopped reading") from None

"""Reading a file that anybody may have put there: regular files only, and never more of one than its limit."""

from __future__ import annotations

import os
import stat
from pathlib import Path

# A pipe without a writer does not block, a terminal does not become ours, and Windows changes no line ends.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_BLOCK = 256 * 1024


class UnusableFile(OSError):
    """There is something at the path that is not read: `strerror` says what, in a few words."""

    def __init__(self, reason: str, *, too_large: bool = False) -> None:
        super().__init__(0, reason)
        self.too_large = too_large


def read_file(path: str | Path, most: int) -> bytes:
    """The content of a regular file of at most so many bytes, where the path is a link the one behind it.

    UnusableFile for a folder, a pipe, a socket, a device and a larger file; any other OSError when it cannot be
    opened or read; ValueError for a path that can be none. It never waits for another program.
    """
    # Opening a device can already do something, so it is looked at before, and what was opened once more.
    _refuse(os.stat(path), most)
    handle = os.open(path, _FLAGS)
    try:
        _refuse(os.fstat(handle), most)
        return _content(handle, most)
    finally:
        os.close(handle)


def reason_of(error: OSError) -> str:
    """Why a file could not be read or written, in a few words that fit inside a sentence."""
    return (error.strerror or type(error).__name__).lower()


def kind_of(mode: int) -> str:
    """What has this mode (`st_mode`), as "a pipe"; "" for a regular file."""
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"


def _refuse(found: os.stat_result, most: int) -> None:
    kind = kind_of(found.st_mode)
    if kind:
        raise UnusableFile(f"it is {kind}")
    if found.st_size > most:
        raise _too_large(most)


def _content(handle: int, most: int) -> bytes:
    # The size that was told says little: a file may grow, and some systems tell 0 of files that have a lot.
    blocks: list[bytes] = []
    left = most + 1
    while left and (block := os.read(handle, min(left, _BLOCK))):
        blocks.append(block)
        left -= len(block)
    if not left:
        raise _too_large(most)
    return b"".join(blocks)


def _too_large(most: int) -> UnusableFile:
    return UnusableFile(f"it is too large (more than {most:,} bytes)", too_large=True)

"""What this process logs, and which sockets it has open."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def logged() -> Generator[list[str]]:
    """Every line that is logged within it, at DEBUG."""
    lines: list[str] = []

    class Keeps(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{record.name} {self.format(record)}")

    root, keeps = logging.getLogger(), Keeps(logging.DEBUG)
    level = root.level
    root.addHandler(keeps)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(keeps)
        root.setLevel(level)


def sockets() -> int:
    """The sockets of this process; 0 where the system does not list them."""
    folder = "/proc/self/fd"
    if not os.path.isdir(folder):
        return 0
    return sum(_is_socket(f"{folder}/{name}") for name in os.listdir(folder))


def _is_socket(path: str) -> bool:
    try:
        return os.readlink(path).startswith("socket:")
    except OSError:
        return False

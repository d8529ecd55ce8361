"""The path of a file as a person types it, or as a terminal pastes a file that is dropped on it."""

from __future__ import annotations

import os
import shlex
import sys


def typed_path(text: str) -> str:
    """The path that is meant: without the quotes or backslashes that a shell would need, and with its ~ expanded.

    A file of exactly this name goes first.
    """
    typed = text.strip()
    if not os.path.lexists(typed):
        typed = _unquoted(typed)
    return os.path.expanduser(typed)


def _unquoted(typed: str) -> str:
    if sys.platform == "win32":
        # There a backslash is part of every path, and nothing but quotes is added.
        return typed[1:-1] if len(typed) > 1 and typed[0] == typed[-1] == '"' else typed
    try:
        words = shlex.split(typed)
    except ValueError:
        return typed
    # Several words are a path with spaces that nobody has quoted.
    return words[0] if len(words) == 1 else typed

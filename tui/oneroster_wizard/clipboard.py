"""Copying a text by every way that works, and into a file that is always there."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oneroster_checks.visible import visible

from . import limits
from .storage.private_files import make_private_folder
from .storage.report_file import write_report
from .storage.temporary_files import remove_leftovers

if TYPE_CHECKING:
    from textual.app import App

_SUFFIX = re.compile(r"[A-Za-z0-9]{1,5}")
_NOT_FOR_A_NAME = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Copied:
    """Where a copied text went: the file that holds it (None when it could not be written), and the ways by
    which it was sent to a clipboard. No way can be seen to have arrived, so the file is always named."""

    path: Path | None
    ways: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What to tell the user."""
        if self.path is None:
            return "Copied, but the file could not be written." if self.ways else "It could not be copied."
        if self.ways:
            return f"Copied. If nothing pastes, the same text is in {self.path}"
        return f"No clipboard was found. The text is in {self.path}"


def copy(
    text: str, *, folder: Path | None = None, name: str = "summary.md", app: App[Any] | None = None
) -> Copied:
    """Copy a text that holds no secret (the caller has redacted it); nothing in it acts where it is pasted.

    `folder` takes the file, by default `copied` in the user's state folder; `name` is its name, which a later
    copy of the same name replaces. With an `app` the terminal is asked too (OSC 52). Takes at most about two
    time limits of limits.CLIPBOARD_TOOL_S; raises nothing.
    """
    text = visible(text, lines=True)
    target = (folder or _state_folder()) / _file_name(name)
    path: Path | None = target
    try:
        make_private_folder(target.parent)
        remove_leftovers(target.parent, own=True)
        write_report(target, text, stall_s=limits.READER_S)
    except OSError:
        path = None
    ways: list[str] = []
    if _by_system_tool(text):
        ways.append("the system's clipboard")
    if app is not None:
        app.copy_to_clipboard(text)
        ways.append("the terminal (OSC 52)")
    if os.environ.get("TMUX") and _by_tmux(text):
        ways.append("tmux")
    return Copied(path, tuple(ways))


def _state_folder() -> Path:
    from platformdirs import user_state_path

    return user_state_path("oneroster-wizard", appauthor=False) / "copied"


def _file_name(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not dot or not _SUFFIX.fullmatch(suffix):
        stem, suffix = name, "txt"
    readable = _NOT_FOR_A_NAME.sub("-", stem).strip("-")[:60]
    return f"{readable or 'copied'}.{suffix}"


def _by_system_tool(text: str) -> bool:
    """Whether the clipboard tool of the system took the text in time."""
    done = threading.Event()

    def work() -> None:
        import pyperclip

        # pyperclip raises its own error without a tool, and a tool that fails raises another.
        with contextlib.suppress(Exception):
            pyperclip.copy(text)
            done.set()

    worker = threading.Thread(target=work, name="clipboard", daemon=True)
    worker.start()
    worker.join(limits.CLIPBOARD_TOOL_S)
    return done.is_set()


def _by_tmux(text: str) -> bool:
    """Whether tmux took the text; with -w (tmux 3.2) it hands it on to the terminal outside."""
    for command in (["tmux", "load-buffer", "-w", "-"], ["tmux", "load-buffer", "-"]):
        try:
            ended = subprocess.run(
                command,
                input=text.encode(),
                capture_output=True,
                timeout=limits.CLIPBOARD_TOOL_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        if ended.returncode == 0:
            return True
    return False

"""The last mile: the installed command in a real terminal, driven by keys, read off the screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

LIMIT_S = 60
COMMAND = Path(sys.executable).with_name("oneroster-wizard")


class Terminal:
    """One tmux server of its own, with one window of 80 by 24."""

    def __init__(self, folder: Path) -> None:
        tmux = shutil.which("tmux")
        assert tmux, "this test needs the system package tmux"
        self._tmux = [tmux, "-S", str(folder / "tmux.socket"), "-f", os.devnull]

    def run(self, *words: str) -> str:
        done = subprocess.run(
            [*self._tmux, *words], capture_output=True, text=True, timeout=LIMIT_S, check=True
        )
        return done.stdout

    def start(self, command: list[str]) -> None:
        # The shell stays, so that what the program leaves behind can be read.
        self.run("new-session", "-d", "-x", "80", "-y", "24", "sh")
        self.run("send-keys", "-l", " ".join(command))
        self.press("Enter")

    def press(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    def screen(self, *, history: bool = False) -> str:
        return self.run("capture-pane", "-p", "-J", *(["-S", "-"] if history else []))

    def until(self, text: str, *, history: bool = False) -> str:
        """The screen as soon as it shows a text."""
        ends = time.monotonic() + LIMIT_S
        while time.monotonic() < ends:
            seen = self.screen(history=history)
            if text in seen:
                return seen
        raise AssertionError(f"“{text}” did not come; the screen was:\n{self.screen(history=history)}")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    yield terminal
    subprocess.run([*terminal._tmux, "kill-server"], capture_output=True, timeout=LIMIT_S, check=False)


def test_from_launch_to_the_checklist_in_the_scrollback(terminal: Terminal) -> None:
    assert COMMAND.exists(), "install the project first: make install"
    terminal.start([str(COMMAND), "demo", "--problem", "oauth1.expired"])
    terminal.until("Step 2 of 6")
    terminal.press("C-n")
    terminal.until("Step 3 of 6")
    terminal.press("C-n")
    terminal.until("Step 4 of 6")
    terminal.press("C-n")
    terminal.until("Ctrl+N opens the checklist")
    terminal.press("C-n")
    terminal.until("Step 6 of 6")
    terminal.until("oauth1.expired")
    terminal.press("s")
    terminal.until("Copied")
    terminal.press("Escape")
    terminal.until("Step 5 of 6")
    terminal.press("q")
    left = terminal.until("Root cause: ", history=True)
    assert "[oauth1.expired]" in left
    assert "FAIL  The key and secret have not expired." in left
    # What was copied is in tmux's own buffer, too.
    assert "`oauth1.expired`" in terminal.run("show-buffer")

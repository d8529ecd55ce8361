"""A program on a real pseudo-terminal: what it writes, what is typed, and how it leaves the terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

# Seconds until something that never comes fails the test.
LIMIT_S = 60.0

_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
# What a wizard may have on while it runs, and must have off at its end: the alternate screen, the mouse, the
# reports of the focus, pasting in brackets. The cursor (25) and the wrapping of lines (7) are on at the end.
BORROWED = (1000, 1002, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2048)
ALTERNATE_SCREEN, CURSOR, WRAPPING, PASTING = 1049, 25, 7, 2004


class OnAPty:
    """One program with a terminal of 80 by 24 of its own, as its controlling terminal."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], **more: Any) -> None:
        self.screen, self._line = pty.openpty()
        fcntl.ioctl(self._line, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(self._line)
        self.seen = b""
        self.process = subprocess.Popen(
            command,
            stdin=self._line,
            stdout=self._line,
            stderr=self._line,
            env={**environment, "TERM": "xterm-256color"},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0) and None,
            **more,
        )

    def until(self, text: str) -> None:
        """Read until the program has written a text."""
        self._read(lambda: text.encode() in self.seen, f"“{text}”")

    def until_or_end(self, text: str) -> None:
        """Read until the program has written a text, or has ended."""
        self._read(
            lambda: text.encode() in self.seen or self.process.poll() is not None, f"“{text}” or the end"
        )

    def type(self, data: bytes) -> None:
        """Type, or paste, these bytes."""
        os.write(self.screen, data)

    def settle(self, seconds: float = 0.3) -> None:
        """Read until the program has written nothing for this long."""
        while select.select([self.screen], [], [], seconds)[0] and self._more():
            pass

    def end(self) -> int:
        """Read to the end of the program; its exit code."""
        self._read(lambda: self.process.poll() is not None, "the end")
        while select.select([self.screen], [], [], 0)[0] and self._more():
            pass
        return self.process.returncode

    @property
    def modes(self) -> dict[int, bool]:
        """The private modes of the terminal as the program left them, by number."""
        found: dict[int, bool] = {}
        for numbers, way in _MODE.findall(self.seen):
            for number in numbers.split(b";"):
                found[int(number)] = way == b"h"
        return found

    @property
    def echoes(self) -> bool:
        """Whether the line shows what is typed."""
        return bool(termios.tcgetattr(self._line)[3] & termios.ECHO)

    def is_as_before(self) -> bool:
        """Whether the terminal is as the program found it."""
        modes = self.modes
        lent = [number for number in BORROWED if modes.get(number)]
        shown = modes.get(CURSOR, True) and modes.get(WRAPPING, True)
        return not lent and shown and termios.tcgetattr(self._line) == self.before

    def hang_up(self) -> None:
        """Close the terminal, as closing its window does."""
        os.close(self._line)
        os.close(self.screen)
        self.screen = self._line = -1

    def close(self) -> None:
        """End what still runs."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(LIMIT_S)
        for number in (self.screen, self._line):
            if number >= 0:
                os.close(number)

    def _read(self, done: Any, what: str) -> None:
        ends = time.monotonic() + LIMIT_S
        while not done():
            assert time.monotonic() < ends, f"{what} did not come: {self.seen[-2000:]!r}"
            if select.select([self.screen], [], [], 0.05)[0]:
                self._more()

    def _more(self) -> bool:
        data = os.read(self.screen, 65536)
        self.seen += data
        return bool(data)


@contextmanager
def on_a_pty(command: Sequence[str], environment: Mapping[str, str], **more: Any) -> Generator[OnAPty]:
    """A program on a pseudo-terminal, ended with the block."""
    program = OnAPty(command, environment, **more)
    try:
        yield program
    finally:
        program.close()

"""The terminal while the wizard has it, and how it gets it back however the wizard ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from types import TracebackType
from typing import Self, TextIO

from .stopping import put_line_back, undoing

# What Textual switches on, switched off: the kitty keyboard, pasting in brackets, reports of the mouse, of the
# focus and of the size, the alternate screen; and the cursor and the wrapping of lines, switched on.
_BACK = (
    "\033[<u\033[?2004l\033[?1000l\033[?1002l\033[?1003l\033[?1006l\033[?1015l\033[?1016l\033[?1004l\033[?2048l"
    "\033[?1049l\033[?25h\033[?7h\033[0m"
)


class AppTerminal:
    """Within it a Textual app has the terminal. One that ends without giving it back is helped."""

    def __init__(self) -> None:
        # Textual draws on standard error; where that leads elsewhere, the screen is where the person looks.
        if sys.__stderr__ is None or not sys.__stderr__.isatty():
            sys.__dict__["__stderr__"] = sys.__stdout__
        self._stream: TextIO | None = sys.__stderr__
        self._leaving = undoing(self.give_back)

    def __enter__(self) -> Self:
        self._leaving.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.__exit__(None, None, None)
        if error is not None:
            self.give_back()
        put_line_back()

    def give_back(self) -> None:
        """Write what ends every mode that Textual begins; the line has modes of its own."""
        with suppress(OSError, ValueError, AttributeError):
            os.write(self._stream.fileno(), _BACK.encode())  # type: ignore[union-attr]

"""The three standard streams: there when the program begins, and let go quietly when nobody reads any more."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress

# As type checkers read it; `--help` does not wait for `typing`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO


def complete_streams() -> None:
    """Put the null device in the place of each standard stream that was closed (`2>&-` in a shell).

    Otherwise the next file or connection would get its number, and what is meant for the stream would go there.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            put_null(number)
        if getattr(sys, name) is None:
            stream = open(number, mode, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)


@contextmanager
def reader_may_leave() -> Generator[None]:
    """Within it something is reported; a reader that goes away before its end has seen enough."""
    try:
        yield
    except BrokenPipeError:
        let_go()


def let_go() -> None:
    """Write out what is left; when nobody reads it any more, the end of the program does not complain of it."""
    for stream in (sys.stdout, sys.stderr):
        quietly_flushed(stream)


def quietly_flushed(stream: IO[str]) -> None:
    """Write out a stream; one that nobody reads is turned to the null device."""
    try:
        stream.flush()
    except BrokenPipeError:
        # A stream of a test has no number.
        with suppress(OSError):
            put_null(stream.fileno())
    except ValueError:
        # It is closed.
        pass


def put_null(number: int) -> None:
    """Put the null device in the place of a descriptor."""
    null = os.open(os.devnull, os.O_RDWR)
    if null != number:
        os.dup2(null, number)
        os.close(null)

"""Standard output that takes no more: a full disk, a device that refuses. It is said once, and never lost in silence."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator


class WatchedOutput(io.TextIOWrapper):
    """A text stream that keeps in mind that it could not be written, whoever caught the error."""

    lost: OSError | None = None

    def write(self, text: str, /) -> int:
        """Write a text, or the part of it that fills a line or a buffer; OSError when that fails."""
        with self._minding():
            return super().write(text)

    def flush(self) -> None:
        """Write out what waits; OSError when that fails."""
        with self._minding():
            super().flush()

    @contextlib.contextmanager
    def _minding(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            # A reader that has seen enough is another matter.
            raise
        except OSError as error:
            self.lost = error
            raise

    def let_go(self) -> None:
        """Give up what cannot be written, so that the end of the program does not complain of it once more."""
        # A stream of a test has no number.
        with contextlib.suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)


@contextlib.contextmanager
def watched_output() -> Iterator[WatchedOutput | None]:
    """Within it, standard output is watched; None where there is none that could be.

    What it cannot show is replaced: a terminal gets "?" for a character, and not an error in place of the text.
    """
    before = sys.stdout
    if not isinstance(before, io.TextIOWrapper) or before.closed:
        yield None
        return
    buffer = before.buffer
    if isinstance(buffer, io.RawIOBase):
        # Without a buffer (python -u), what a full disk takes of a text would count as all of it.
        buffer = io.BufferedWriter(buffer)
    watched = WatchedOutput(
        buffer,
        encoding=before.encoding,
        errors="replace",
        line_buffering=before.line_buffering or before.write_through,
    )
    sys.stdout = watched
    try:
        yield watched
    finally:
        sys.stdout = before
        # What is written from now on finds its way past this stream, and a reader that is gone is told elsewhere.
        with contextlib.suppress(OSError, ValueError):
            watched.detach()
            if buffer is not before.buffer:
                buffer.detach()

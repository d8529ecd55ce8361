"""Standard streams that take no more: a full disk, a device that refuses. It is said once, and never passed over."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Generator

from .streams import put_null

# As type checkers read it; `--help` does not wait for `typing`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal


class WatchedStream(io.TextIOWrapper):
    """A text stream that keeps in mind that it could not be written, whoever caught the error.

    A `quiet` one raises nothing: where complaints find no room, nobody can be told, and the work goes on.
    """

    lost: OSError | None = None
    quiet = False

    def write(self, text: str, /) -> int:
        """Write a text, or the part of it that fills a line or a buffer; OSError when that fails."""
        with self._minding():
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Write out what waits; OSError when that fails."""
        with self._minding():
            super().flush()

    @contextlib.contextmanager
    def _minding(self) -> Generator[None]:
        try:
            yield
        except OSError as error:
            # A reader that has seen enough is another matter.
            if not isinstance(error, BrokenPipeError):
                self.lost = error
            if not self.quiet:
                raise

    def finish(self) -> str:
        """Write out what waits; why something could not be written, in a few words, "" when all was.

        What cannot be written is given up, so that the end of the program does not complain of it once more.
        """
        with contextlib.suppress(OSError, ValueError):
            self.flush()
        if self.lost is None:
            return ""
        # A stream of a test has no number.
        with contextlib.suppress(OSError):
            put_null(self.fileno())
        from oneroster_checks.files import reason_of

        return reason_of(self.lost)


@contextlib.contextmanager
def watched(name: Literal["stdout", "stderr"]) -> Generator[WatchedStream | None]:
    """Within it, a standard stream is watched, standard error as a quiet one; None where there is none.

    What it cannot show is replaced: a terminal gets "?" for a character, and not an error in place of the text.
    """
    before = getattr(sys, name)
    if not isinstance(before, io.TextIOWrapper) or before.closed:
        yield None
        return
    buffer = before.buffer
    if isinstance(buffer, io.RawIOBase):
        # Without a buffer (python -u), what a full disk takes of a text would count as all of it.
        buffer = io.BufferedWriter(buffer)
    stream = WatchedStream(
        buffer,
        encoding=before.encoding,
        errors="replace",
        line_buffering=before.line_buffering or before.write_through,
    )
    stream.quiet = name == "stderr"
    setattr(sys, name, stream)
    try:
        yield stream
    finally:
        setattr(sys, name, before)
        # What is written from now on finds its way past this stream, and a reader that is gone is told elsewhere.
        with contextlib.suppress(OSError, ValueError):
            stream.detach()
            if buffer is not before.buffer:
                buffer.detach()

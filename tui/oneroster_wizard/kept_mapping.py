"""The sourcedIds of everything that matches, kept until a person says where they go."""

from __future__ import annotations

import io
import shutil
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from typing import IO

from oneroster_checks.files import reason_of

from .storage.mapping_file import MappingFile
from .storage.private_files import replacing_private


class KeptMapping:
    """Takes what matches while two sides are compared. `rows` are how many, `trouble` why the disk did not keep them.

    They lie in a file without a name, so that nothing is left of them when the program ends, however it ends.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.trouble = ""
        self._file: IO[bytes] = io.BytesIO()
        try:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115
        except OSError as error:
            self.trouble = reason_of(error)
        self._rows = MappingFile(self._file)
        self.close = weakref.finalize(self, _close, self._file)

    def take(self, pairs: list[tuple[str, str, str]]) -> None:
        """Add old sourcedId, new sourcedId and kind of some records."""
        if self.trouble:
            return
        try:
            self._rows.take(pairs)
        except OSError as error:
            self.trouble = reason_of(error)

    def end(self) -> None:
        """All are there, or no more come."""
        try:
            self.rows = self._rows.close()
        except OSError as error:
            self.trouble = reason_of(error)

    def write(self, path: Path) -> None:
        """Write them as CSV to a regular file of mode 0600, whole or not at all; OSError when that fails."""
        self._file.seek(0)
        with replacing_private(path) as file:
            shutil.copyfileobj(self._file, file)


def _close(file: IO[bytes]) -> None:
    # A full disk takes no last bytes, which nobody wants any more.
    with suppress(OSError):
        file.close()

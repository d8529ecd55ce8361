"""The CSV of what matches on both sides of a move: sourcedIds and kinds only."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from typing import IO

from ..exchange.marks import acts_in_a_spreadsheet, marked

_TITLES = ("old sourcedId", "new sourcedId", "kind")


class NothingKnownError(Exception):
    """There is no mapping to be written."""


class MappingFile:
    """The CSV file of what matches: ids and kinds only. `take` adds rows, `done` says that all are there."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = io.TextIOWrapper(
            file, encoding="utf-8", errors="replace", newline="", write_through=True
        )
        self._writer = csv.writer(self._file)
        self._writer.writerow(_TITLES)
        self._rows = 0

    def take(self, pairs: list[tuple[str, str, str]]) -> None:
        """Add some rows; an id that a spreadsheet would take for a formula is marked as text."""
        self._writer.writerows((_cell(old), _cell(new), kind) for old, new, kind in pairs)
        self._rows += len(pairs)

    def done(self) -> None:
        """End the file; nothing is written where nothing was compared."""
        if not self._rows:
            raise NothingKnownError

    def close(self) -> int:
        """Let go of the file, which stays open; how many rows it has."""
        with suppress(ValueError):
            self._file.flush()
            self._file.detach()
        return self._rows


def _cell(id: str) -> str:
    return marked(id) if acts_in_a_spreadsheet(id) else id

"""One comparison of two saved connections: its sides, its progress, and the file of what matches."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from oneroster_checks.amounts import duration_words
from oneroster_checks.errors import InputError

from ..storage.mapping_file import MappingFile, NothingKnownError
from ..storage.private_files import replacing_private
from ..storage.report_file import refuse_place, shown_path
from .console import show_progress, tell
from .errors import CommandLineError
from .exit_codes import ExitCode
from .one_run import Job

if TYPE_CHECKING:
    from oneroster_checks.moving.migrating import TakePairs
    from oneroster_checks.moving.model import Moved, MoveSide, Side
    from oneroster_checks.result import CollectionRead


def side_of(job: Job) -> MoveSide:
    """A side of the move out of the job of its profile."""
    from oneroster_checks.moving.model import MoveSide

    from ..proxy import https_proxy_for

    return MoveSide(job.connection, job.credentials, job.profile or "", https_proxy_for(job.connection))


async def compared(old: MoveSide, new: MoveSide, max_minutes: float, pairs: TakePairs | None = None) -> Moved:
    """The comparison of both sides, with its progress on standard error.

    CommandLineError when a CA file, the proxy or a field of a connection cannot be used.
    """
    from oneroster_checks.moving.migrating import migrate

    progress = _SidesProgress(f"{old.name} to {new.name}")
    try:
        return await migrate(old, new, told=progress.reads, pairs=pairs, max_minutes=max_minutes)
    except InputError as error:
        raise CommandLineError(str(error)) from None
    finally:
        progress.clear()


def code_of(moved: Moved) -> ExitCode:
    """Whether it is safe to move, as an exit code; a warning is no reason not to."""
    from oneroster_checks.finding import Status

    status = moved.result.verdict.status
    if status is Status.ERROR:
        return ExitCode.BROKEN
    return ExitCode.FAILED if status is Status.FAIL else ExitCode.OK


class _SidesProgress:
    """How far both sides have come: one line on a terminal, elsewhere a line at the end of each collection."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._sides: dict[Side, str] = {}
        self._shown = sys.stderr.isatty()

    def reads(self, side: Side, read: CollectionRead, ended: bool) -> None:
        """Show how far a collection of a side has come."""
        of = f" of {read.total:,}" if read.total is not None and not ended else ""
        self._sides[side] = f"{side} {read.collection} {read.records:,}{of}"
        if self._shown:
            show_progress(" · ".join(self._sides[each] for each in sorted(self._sides, reverse=True)))
        elif ended:
            noun = "record" if read.records == 1 else "records"
            tell(f"{side}: {read.collection}: {read.records:,} {noun}, {duration_words(read.seconds)}")

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            show_progress("")


def refuse_mapping(path: str) -> None:
    """CommandLineError when no file can be written to a path, as far as that is known before."""
    try:
        refuse_place(Path(path))
    except OSError as error:
        raise _refusal(path, error) from None


@contextmanager
def mapping_file(path: str) -> Generator[MappingFile]:
    """The file of what matches, of mode 0600: there as a whole behind the block, or as it was before.

    CommandLineError when it cannot be written.
    """
    rows = 0
    try:
        with replacing_private(Path(path)) as file:
            mapping = MappingFile(file)
            try:
                yield mapping
            finally:
                rows = mapping.close()
    except NothingKnownError:
        tell("The mapping was not written: both sides have to be read whole, and be of one district.")
        return
    except OSError as error:
        raise _refusal(path, error) from None
    tell(f"The mapping of {rows:,} {'record' if rows == 1 else 'records'} is in {shown_path(path)}.")


def _refusal(path: str, error: OSError) -> CommandLineError:
    return CommandLineError(
        f"--mapping {shown_path(path)} cannot be written ({error.strerror or 'unknown reason'})."
    )

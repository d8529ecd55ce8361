"""The report of several runs: as they end, or at the end, which may come early; and who has been told of what."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import suppress

from ..fleet_run import EndedRun
from ..profile_secrets import Unable
from ..storage.profiles import Profile
from ..streams import reader_may_leave
from .console import complain, tell
from .errors import CommandLineError
from .exit_codes import ExitCode
from .kept_runs import note_told
from .letterhead_options import letterhead_of
from .one_run import exit_code_of
from .output import JSONL, STANDARD_OUTPUT, write, write_each


class ManyReport:
    """What is told of the runs of the profiles `found`, in the form and at the place of the options.

    A run counts as told when it is written: the history then knows that its outcome is news no more.
    """

    def __init__(self, options: argparse.Namespace, found: Sequence[Profile | Unable]) -> None:
        self._options = options
        self._found = found
        self._streams = options.format == JSONL and options.output in (None, STANDARD_OUTPUT)
        names = (each.profile if isinstance(each, Unable) else each.name for each in found)
        self._order = {name: at for at, name in enumerate(names)}
        self._runs: list[EndedRun] = []
        self._told: list[EndedRun] = []
        self._is_read = True

    def add(self, run: EndedRun) -> None:
        """Take in a run that has ended and is to be told; where runs are written as they end, it is."""
        self._runs.append(run)
        if self._streams:
            is_written = False
            with reader_may_leave():
                write_each(run.result, form=self._options.format)
                is_written = True
            # What is written once the reader has left goes nowhere.
            self._is_read = self._is_read and is_written
            if self._is_read:
                self._told.append(run)

    def finish(self) -> ExitCode:
        """Write what is not written yet, in the order of the profiles, and note who was told; the exit code.

        CommandLineError, or OSError for standard output, when it cannot be written.
        """
        try:
            if self._runs and not self._streams:
                self._write()
        except (CommandLineError, OSError):
            if self._options.only_changes:
                tell("What is new was not written. The next run with --only-changes reports it again.")
            raise
        finally:
            note_told(self._told)
        return exit_code_of([run.result for run in self._runs])

    def finish_early(self) -> None:
        """The same where the command ends for another reason, which stays the reason: the runs that have ended."""
        # Standard output keeps in mind itself that it could not be written, and the program says so.
        with suppress(OSError):
            try:
                self.finish()
            except CommandLineError as error:
                complain(*error.lines)

    def _write(self) -> None:
        options = self._options
        results = [run.result for run in self._runs]
        results.sort(key=lambda each: self._order.get(each.profile or "", 0))
        names = letterhead_of(options, self._found)
        with reader_may_leave():
            write(results, options.format, options.output, names, brief=not options.everything, closing=True)
            self._told += self._runs

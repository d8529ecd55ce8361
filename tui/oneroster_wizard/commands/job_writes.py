"""What one run of the command line writes to a grade book."""

from __future__ import annotations

from dataclasses import dataclass

from oneroster_checks.made_records import Leftovers

from ..storage.write_journal import JournalFiles
from .console import tell

REMOVING = "Removing the test records. Interrupting again leaves them in the grade book until the next start."


@dataclass(frozen=True, slots=True)
class JobWrites:
    """What one run writes: the class of its write test, "" for none, or what it removes; and its journal."""

    class_id: str
    leftovers: tuple[Leftovers, ...]
    journal: JournalFiles

    def say_removal(self) -> None:
        """Say why the program does not end at once when it is told to."""
        if not self.journal.is_empty:
            tell(REMOVING)

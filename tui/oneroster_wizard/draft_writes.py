"""What the next run of the wizard writes to a grade book, by the person's own yes."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oneroster_checks.connection import Connection
    from oneroster_checks.diagnosis.options import RunOptions
    from oneroster_checks.stages.model import Consumer


@dataclass(frozen=True, slots=True)
class DraftWrites:
    """A write test on the class with this sourcedId, or, for "", the removal of what earlier ones left there.

    `consumer` is the one whose steps the run before took, None for nobody's; what those write is part of the test.
    """

    class_id: str = ""
    consumer: Consumer | None = None

    @property
    def checks(self) -> tuple[str, ...]:
        """The checks of such a run."""
        from oneroster_checks.diagnosis.plan import checks_of_option, steps_that_write

        if not self.class_id:
            return checks_of_option("leftovers")
        return (*checks_of_option("write_test"), *steps_that_write(self.consumer))

    @contextmanager
    def options(self, connection: Connection, profile: str) -> Generator[RunOptions]:
        """The options of such a run; within it, a signal leaves the time to remove what was written."""
        from .limits import REMOVAL_ORDER_S
        from .stopping import taking_longer
        from .storage.write_journal import JournalFiles, left_tests

        journal = JournalFiles(profile, connection.base_url)
        try:
            options: RunOptions = {"journal": journal}
            if self.class_id:
                options["write_test"] = self.class_id
            else:
                found = [test for test in left_tests() if test.is_of(connection.base_url)]
                options["leftovers"] = [test.left for test in found if journal.take_over(test)]
            with taking_longer(REMOVAL_ORDER_S):
                yield options
        finally:
            journal.close()


def left_for(connection: Connection) -> tuple[str, ...]:
    """What earlier write tests may have left in the grade book of a connection, a sentence each."""
    from .storage.journal_folder import journal_folder, journal_names

    if not journal_names(journal_folder()):
        return ()
    from .storage.write_journal import left_tests

    return tuple(test.sentence for test in left_tests() if test.is_of(connection.base_url))

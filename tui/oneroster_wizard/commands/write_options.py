"""The options of `check` that write to a grade book, and what an earlier write test left there."""

from __future__ import annotations

import argparse
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from oneroster_checks.made_records import Leftovers

from .. import stopping
from ..limits import REMOVAL_ORDER_S
from ..storage.write_journal import JournalFiles, LeftTest, left_tests
from .console import PROGRAM, complain
from .errors import CommandLineError
from .job_writes import JobWrites

if TYPE_CHECKING:
    from .one_run import Job


def add_writing(parser: argparse.ArgumentParser) -> None:
    """Add the options that write."""
    add = parser.add_argument_group("writing to the grade book").add_argument
    add(
        "--write-test",
        metavar="CLASS",
        help="write test records to the grade book of the class with this sourcedId, and remove them again",
    )
    add(
        "--remove-test-records",
        action="store_true",
        help="remove what an earlier write test left in the grade book",
    )


def refuse_writing(options: argparse.Namespace) -> None:
    """CommandLineError where the options cannot go together: a run that writes is one of one connection."""
    class_id, removes = options.write_test, options.remove_test_records
    if class_id is None and not removes:
        return
    name = "--write-test" if class_id is not None else "--remove-test-records"
    if class_id is not None and removes:
        raise CommandLineError("Give --write-test or --remove-test-records, not both.")
    if class_id is not None and not class_id.strip():
        raise CommandLineError("--write-test takes the sourcedId of a class.")
    if options.all or options.tag or len(options.profiles) > 1:
        raise CommandLineError(f"{name} goes with one connection. Name one profile.")


@contextmanager
def writing_of(options: argparse.Namespace, job: Job) -> Generator[JobWrites | None]:
    """What a job writes, None for nothing; CommandLineError where there is nothing to remove.

    Within it, an interrupted program has the time to remove what it has made.
    """
    class_id, removes = options.write_test, options.remove_test_records
    if class_id is None and not removes:
        yield None
        return
    base_url = job.connection.base_url
    journal = JournalFiles(job.profile or "", base_url)
    try:
        leftovers: tuple[Leftovers, ...] = ()
        if removes:
            found = [test for test in left_tests() if test.is_of(base_url) and journal.take_over(test)]
            leftovers = tuple(test.left for test in found)
            if not leftovers:
                raise CommandLineError("No write test has left any records in this grade book.")
        with stopping.taking_longer(REMOVAL_ORDER_S):
            yield JobWrites((class_id or "").strip(), leftovers, journal)
    finally:
        journal.close()


def tell_leftovers(options: argparse.Namespace) -> None:
    """Say on standard error what earlier write tests may have left, and how to remove it."""
    if not options.remove_test_records:
        for test in left_tests():
            complain(f"{test.sentence} {_how_to_remove(test)}")


def _how_to_remove(test: LeftTest) -> str:
    if test.profile:
        return f"`{PROGRAM} check {_quoted(test.profile)} --remove-test-records` removes them."
    return "Check that connection with --remove-test-records to remove them."


def _quoted(name: str) -> str:
    from shlex import quote

    return quote(name)

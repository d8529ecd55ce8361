"""`oneroster-wizard demo`: the wizard on the practice district, or the checks on it where no wizard can be."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from typing import TYPE_CHECKING

from .. import stopping
from ..practice_choice import PracticeChoice
from ..streams import reader_may_leave
from .errors import CommandLineError
from .exit_codes import ExitCode
from .letterhead_options import letterhead_of
from .shared_options import add_output, add_practice, known_problem
from .wizard import has_terminal, open_practice

if TYPE_CHECKING:
    from oneroster_practice import PracticeDistrict

DESCRIPTION = "Opens the wizard on the practice district. Without a terminal it prints what the checks find."

EXAMPLES = (
    ("the wizard on a healthy district", "oneroster-wizard demo"),
    (
        "on a district with a problem; practice --list lists them",
        "oneroster-wizard demo --problem gradebook.not-enabled",
    ),
    (
        "what a trace says of a student whose enrollments ended",
        "oneroster-wizard demo --problem trace.enrollment-ended --format text",
    ),
    ("the report only, for OAuth 1", "oneroster-wizard demo --oauth 1 --oneroster 1.1 --format text"),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `demo`."""
    add_practice(parser)
    add_output(parser, default=None)


def run(options: argparse.Namespace) -> ExitCode:
    """Open the wizard, or print the report; CommandLineError for a district that cannot be."""
    choice = PracticeChoice(
        known_problem(options.problem), options.oauth, options.oneroster, options.size, options.count
    )
    if has_terminal() and options.format is None and options.output is None:
        return open_practice(choice)
    return _report(options, choice)


def _report(options: argparse.Namespace, choice: PracticeChoice) -> ExitCode:
    from oneroster_practice import PracticeError

    from .one_run import Job, exit_code_of, run_job
    from .output import TEXT, refuse_output, write

    refuse_output(options.output)
    # A signal while the district is made or closed waits until nothing of it is left.
    with stopping.finishing(), ExitStack() as served:
        try:
            district = served.enter_context(choice.start())
        except PracticeError as error:
            raise CommandLineError(str(error)) from None
        if district.traced is not None:
            return _trace(options, district)
        # A problem that a quick run cannot see is shown by one that reads everything.
        result = stopping.run(
            run_job(
                Job(district.connection, district.credentials),
                full=choice.needs_every_record,
                consumer=choice.consumer,
            )
        )
    with reader_may_leave():
        write(
            [result],
            options.format or TEXT,
            options.output,
            letterhead_of(options),
            brief=not options.everything,
        )
    return exit_code_of([result])


def _trace(options: argparse.Namespace, district: PracticeDistrict) -> ExitCode:
    """Print the trace that shows the problem of a district, which its checks do not see."""
    from oneroster_checks.tracing.model import Subject

    from .output import TEXT, write, write_text
    from .trace import text_of, traced

    assert district.traced is not None
    subject = Subject(*district.traced)
    found = stopping.run(traced(district.connection, district.credentials, subject, reads_all=True))
    with reader_may_leave():
        if options.format in (None, TEXT):
            text = text_of(found, to_file=options.output is not None, everything=options.everything)
            write_text(text, options.output)
        else:
            write([found.result], options.format, options.output, letterhead_of(options))
    return ExitCode.OK if found.is_fine else ExitCode.FAILED

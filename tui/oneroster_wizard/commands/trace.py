"""`oneroster-wizard trace`: follows one student, teacher, class or grade through, to the first link that is broken."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from oneroster_checks.errors import InputError

from .. import stopping
from ..streams import reader_may_leave
from .completes import Named, completes
from .connection_options import timeout_of
from .console import ask, ask_hidden, show_progress, tell, write_report_text
from .errors import CommandLineError
from .exit_codes import ExitCode
from .letterhead_options import add_letterhead, letterhead_of
from .output import refuse_output, write_text
from .people_question import YES, add_show_people, confirm_people
from .profile_job import profile_job
from .saved_profiles import saved_profiles
from .secret_options import add_secrets, secrets_from

if TYPE_CHECKING:
    from oneroster_checks.connection import Connection, Credentials
    from oneroster_checks.tracing.model import Subject, Trace

DESCRIPTION = (
    "Follows one record through as software does that reads the district: from a student or teacher to enrollments, "
    "classes, courses, and terms, or from a grade to its line item, category, class, and student. It prints the chain "
    "with a state at every link, and the first link that is broken with the steps that fix it. It makes as few "
    "requests as the server allows, and asks before it reads a whole list. Only IDs, states, and dates are shown, and "
    "nothing is kept. Exit code 0: nothing is broken, 1: a link is broken or could not be seen, 2: the command line, "
    "the profile, or a secret is wrong or missing, 3: the tool itself failed."
)
EXAMPLES = (
    ("why a student is in no class", "oneroster-wizard trace my-district student 10234"),
    ("the same for one class", "oneroster-wizard trace my-district student 10234 --class 5567"),
    (
        "type the username at a prompt, where no shell keeps it",
        "oneroster-wizard trace my-district teacher -",
    ),
    ("why a grade did not arrive", "oneroster-wizard trace my-district grade RESULT-ID"),
)
_KINDS = ("student", "teacher", "class", "grade")
_FORMATS = ("text", "json", "message")
_ASKED = "-"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `trace`."""
    profile = parser.add_argument("profile", metavar="PROFILE", help="a saved profile")
    completes(profile, Named.PROFILE)
    parser.add_argument("kind", choices=_KINDS, metavar="KIND", help=f"what it is: {', '.join(_KINDS)}")
    parser.add_argument(
        "id",
        metavar="ID",
        help="a person's sourcedId, identifier, or username; the sourcedId of a class, a result, or a line item; "
        "“-” asks for it",
    )
    parser.add_argument(
        "--class",
        dest="only_class",
        metavar="ID",
        default="",
        help="a person in this class only (its sourcedId)",
    )
    parser.add_argument(
        "--full",
        action="store_true",
        help="read whole lists without asking where filters do not show what is there",
    )
    parser.add_argument(
        "-v", dest="everything", action="store_true", help="text: every link, also of branches in order"
    )
    add_show_people(parser, "print names in the chain, too")
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        default="text",
        help="text, json, or the message to the district (default text)",
    )
    output = parser.add_argument("--output", metavar="FILE", help="write it to this file instead")
    completes(output, Named.FILE)
    parser.add_argument(
        "--timeout", type=float, metavar="SECONDS", help="time limit of one request (default 30)"
    )
    add_letterhead(parser)
    add_secrets(parser)


def run(options: argparse.Namespace) -> ExitCode:
    """Trace the record and print the chain; CommandLineError when something about the input is wrong."""
    from oneroster_checks.tracing.model import Subject

    from ..no_dumps import no_memory_for_others

    no_memory_for_others()
    refuse_output(options.output)
    timeout = timeout_of(options.timeout)
    (profile,) = saved_profiles([options.profile], every=False)
    confirm_people(options)
    subject = Subject(options.kind, _id_of(options), options.only_class, options.show_people)
    job = profile_job(profile, timeout, secrets_from(options))
    found = stopping.run(traced(job.connection, job.credentials, subject, reads_all=options.full))
    with reader_may_leave():
        _write(found, subject, options)
    return ExitCode.OK if found.is_fine else ExitCode.FAILED


def _id_of(options: argparse.Namespace) -> str:
    if options.id != _ASKED:
        return str(options.id)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return sys.stdin.readline()
    try:
        return ask_hidden(f"The ID, identifier, or username of the {options.kind} (it is not shown): ")
    except EOFError:
        return ""


async def traced(connection: Connection, secrets: Credentials, subject: Subject, *, reads_all: bool) -> Trace:
    """The trace, with its progress on standard error; CommandLineError when the input cannot be used."""
    from oneroster_checks.tracing.trace import trace

    from ..proxy import https_proxy_for

    shows = sys.stderr.isatty()

    async def may_read(path: str, total: int | None) -> bool:
        if reads_all:
            return True
        if not (sys.stdin.isatty() and shows):
            tell("A whole list would have to be read, which --full allows.")
            return False
        records = f"all {total:,} records" if total is not None else "all records"
        return (
            ask(f"Filters did not show it. Type {YES} to read {records} of {path}: ").strip().lower() == YES
        )

    def told(path: str, records: int) -> None:
        if shows:
            show_progress(f"{path}: {records:,} records ...")

    try:
        return await trace(
            connection, secrets, subject, may_read=may_read, told=told,
            options={"https_proxy": https_proxy_for(connection)},
        )  # fmt: skip
    except InputError as error:
        raise CommandLineError(str(error)) from None
    finally:
        if shows:
            show_progress("")


def _write(found: Trace, subject: Subject, options: argparse.Namespace) -> None:
    """Write the trace in its format; what was typed to find a person is in none that is handed on."""
    from oneroster_checks.report import render

    from ..trace_run import without_typed

    if options.format == "json":
        from oneroster_checks.report.json_traced import trace_json

        text = trace_json(found)
    elif options.format == "message":
        text = render([found.result], "message", letterhead_of(options, ()))
    else:
        text = text_of(found, to_file=options.output is not None, everything=options.everything)
    on_screen = options.format == "text" and options.output is None and sys.stdout.isatty()
    text = text if on_screen else without_typed(text, subject)
    if options.output is None:
        write_report_text(text, utf8=options.format == "json")
    else:
        write_text(text, options.output)


def text_of(found: Trace, *, to_file: bool, everything: bool) -> str:
    """The trace as text: for a file, or as wide as the terminal and with what that can show."""
    from oneroster_checks.report.text_traced import trace_text

    from .ansi_style import columns_here, style_here

    if to_file:
        return trace_text(found, everything=everything)
    return trace_text(found, columns_here(), style_here(), everything=everything)

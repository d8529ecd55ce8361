"""`oneroster-wizard get`: one authorized GET from a saved profile, as JSON on standard output, people masked."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from oneroster_checks.errors import InputError
from oneroster_checks.urls import names_secret, secret_parameter

from .. import stopping
from .completes import Named, completes
from .connection_options import timeout_of
from .console import show_progress, tell, write_report_text
from .errors import CommandLineError
from .exit_codes import ExitCode
from .people_question import add_show_people, confirm_people
from .profile_job import profile_job
from .saved_profiles import saved_profiles
from .secret_options import add_secrets, secrets_from

if TYPE_CHECKING:
    from oneroster_checks.connection import Connection, Credentials
    from oneroster_checks.diagnosis.getting import Fetched, Get
    from oneroster_checks.result import Result

DESCRIPTION = (
    "Sends one authorized GET with a saved profile and prints the JSON that comes back. Names (of "
    "schools and classes, too), email addresses, birth dates, and every other field that may be personal are "
    "masked; IDs, states, roles, and dates of terms and "
    "enrollments are not. An ID that may be a name or a person's number is shortened. OAuth 1 requests are signed. "
    "Exit code 0: JSON came back, 1: the server failed or refused, 2: the command line, the profile, or "
    "a secret is wrong "
    "or missing, 3: the tool itself failed."
)
EXAMPLES = (
    ("the first five users, masked", "oneroster-wizard get my-district /users --param limit=5"),
    ("every student of a class", "oneroster-wizard get my-district /classes/ID/students --all"),
)
_NO_SECRET = "Secrets are never arguments, and the profile has the ones needed. Leave that parameter out."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `get`."""
    profile = parser.add_argument("profile", metavar="PROFILE", help="a saved profile")
    completes(profile, Named.PROFILE)
    parser.add_argument(
        "path",
        metavar="PATH",
        help="such as /users or /users/ID, or a path after the base URL; a full address only on the same host",
    )
    parser.add_argument(
        "--param",
        metavar="NAME=VALUE",
        nargs="+",
        action="extend",
        default=[],
        help="a parameter, such as limit=5 or \"filter=status='active'\"",
    )
    parser.add_argument(
        "--all", action="store_true", help="every page of the list, one request at a time, as one document"
    )
    add_show_people(parser, "print personal data, too")
    parser.add_argument(
        "--timeout", type=float, metavar="SECONDS", help="time limit of one request (default 30)"
    )
    add_secrets(parser)


def run(options: argparse.Namespace) -> ExitCode:
    """Send the request and print the answer; CommandLineError when something about the input is wrong."""
    from oneroster_checks.diagnosis.getting import Get

    from ..no_dumps import no_memory_for_others

    no_memory_for_others()
    if secret_parameter(options.path):
        raise CommandLineError(_NO_SECRET)
    asked = Get(options.path, _params(options.param), options.all, options.show_people)
    timeout = timeout_of(options.timeout)
    (profile,) = saved_profiles([options.profile], every=False)
    confirm_people(options)
    job = profile_job(profile, timeout, secrets_from(options))
    result, fetched = stopping.run(_get(job.connection, job.credentials, asked))
    return _told(result, fetched, job.profile or "")


def _params(texts: list[str]) -> tuple[tuple[str, str], ...]:
    for text in texts:
        if not text.partition("=")[0] or "=" not in text:
            raise CommandLineError(f"--param takes NAME=VALUE, such as limit=5, not “{text}”.")
        if names_secret(text.partition("=")[0]):
            raise CommandLineError(_NO_SECRET)
    return tuple((name, value) for name, _, value in (text.partition("=") for text in texts))


async def _get(connection: Connection, secrets: Credentials, asked: Get) -> tuple[Result, Fetched]:
    from oneroster_checks.diagnosis.getting import get

    from ..proxy import https_proxy_for

    # On one terminal the progress would stand among the records.
    shown = asked.every and sys.stderr.isatty() and not sys.stdout.isatty()

    def write(text: str) -> None:
        write_report_text(text, utf8=True)

    def told(records: int) -> None:
        if shown:
            show_progress(f"{records:,} records ...")

    try:
        return await get(
            connection, secrets, asked, write, told=told, options={"https_proxy": https_proxy_for(connection)}
        )
    except InputError as error:
        raise CommandLineError(str(error)) from None
    finally:
        if shown:
            show_progress("")


def _told(result: Result, fetched: Fetched, profile: str) -> ExitCode:
    """Say on standard error why there is nothing, or not everything; the exit code."""
    if fetched.complete:
        return ExitCode.OK
    from .get_words import failure_lines

    tell(*failure_lines(result, fetched, profile))
    return ExitCode.FAILED

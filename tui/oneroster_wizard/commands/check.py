"""`oneroster-wizard check`: the checks without the wizard, on saved profiles or on what the options describe."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from oneroster_checks.connection import Connection
from oneroster_checks.errors import InputError
from oneroster_checks.labels import field_label
from oneroster_checks.stages.model import CONSUMERS

from .. import stopping
from ..streams import reader_may_leave
from .connection_options import add_connection, connection_of, given, minutes_of, timeout_of
from .console import complain
from .environment import SECRET_VARIABLES, missing_secret, secrets_of
from .errors import CommandLineError
from .exit_codes import ExitCode
from .job_writes import JobWrites
from .one_run import Deep, Job, exit_code_of, run_job
from .output import TEXT, refuse_output, write
from .saved_profiles import Unable, saved_jobs, unable_by_input
from .shared_options import add_output
from .write_options import add_writing, refuse_writing, tell_leftovers, writing_of

if TYPE_CHECKING:
    from oneroster_checks.result import Result

DESCRIPTION = (
    "Runs the checks on saved profiles, or on the connection that the options describe. Secrets are never "
    "options: they come from ONEROSTER_CLIENT_SECRET, ONEROSTER_VENDOR_KEY and ONEROSTER_VENDOR_SECRET in the "
    "environment, or for a saved profile from the keyring. Exit code 0: pass or warn, 1: fail, 2: the command "
    "line, a profile or a secret is wrong or missing, 3: the tool itself failed."
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `check`."""
    parser.add_argument("profiles", nargs="*", metavar="PROFILE", help="a saved profile")
    parser.add_argument("--all", action="store_true", help="every saved profile")
    add_connection(parser)
    parser.add_argument(
        "--timeout", type=float, metavar="SECONDS", help="time limit of one request (default 30)"
    )
    parser.add_argument(
        "--depth", choices=("quick", "full"), default="quick", help="how much is read (default quick)"
    )
    parser.add_argument(
        "--as",
        dest="consumer",
        choices=CONSUMERS,
        help="also take the steps of this consumer; implies --depth full",
    )
    parser.add_argument(
        "--max-minutes",
        type=float,
        metavar="MINUTES",
        help="how long a full read may take (default 60)",
    )
    add_writing(parser)
    add_output(parser, default=TEXT)
    parser.add_argument(
        "-v", dest="everything", action="store_true", help="text: also what passed and what was not checked"
    )


def run(options: argparse.Namespace) -> ExitCode:
    """Run the checks and write the report; CommandLineError when something about the input is wrong."""
    from ..no_dumps import no_memory_for_others

    no_memory_for_others()
    named = bool(options.profiles) or options.all
    if named and given(options):
        raise CommandLineError(
            f"A saved profile has its own connection; leave out {', '.join(given(options))}."
        )
    minutes = minutes_of(options.max_minutes)
    if options.profiles and options.all:
        raise CommandLineError("Give the names of profiles or --all, not both.")
    refuse_writing(options)
    refuse_output(options.output)
    tell_leftovers(options)
    if named:
        results = _run_saved(options, minutes)
    else:
        job = Job(connection_of(options), secrets_of())
        missing = missing_secret(job.credentials)
        if missing:
            raise CommandLineError(_missing_words(missing, job.connection))
        with writing_of(options, job) as writing:
            described = _described(job, _deep(options, minutes), writing)
            results = [stopping.run(described, writing.say_removal if writing else _nothing)]
    with reader_may_leave():
        write(results, options.format, options.output, brief=not options.everything)
    return exit_code_of(results)


def _missing_words(field: str, connection: Connection) -> str:
    if field == "client_secret":
        label = field_label(field, fixed_token=connection.fixed_token)
        return f"The {label} is missing. Set {SECRET_VARIABLES[field]} in the environment and run again."
    return f"One half of the vendor's pair is missing: set {SECRET_VARIABLES[field]} too, or neither."


def _nothing() -> None:
    """There is nothing to say."""


def _deep(options: argparse.Namespace, minutes: float) -> Deep:
    return {"full": options.depth == "full", "max_minutes": minutes, "consumer": options.consumer}


async def _described(job: Job, deep: Deep, writing: JobWrites | None) -> Result:
    try:
        return await run_job(job, **deep, writing=writing)
    except InputError as error:
        raise CommandLineError(str(error)) from None


def _run_saved(options: argparse.Namespace, max_minutes: float) -> list[Result]:
    """The results of saved profiles. Of several, one that cannot run is a result of its own."""
    if options.write_test is None and not options.remove_test_records:
        return stopping.run(_saved(options, max_minutes))
    (job,) = stopping.run(_jobs(options))
    if not isinstance(job, Job):
        raise CommandLineError(job.sentence)
    with writing_of(options, job) as writing:
        one = _one(job, _deep(options, max_minutes), several=False, writing=writing)
        return [stopping.run(one, writing.say_removal if writing else _nothing)]


async def _jobs(options: argparse.Namespace) -> list[Job | Unable]:
    return await saved_jobs(options.profiles, every=options.all, timeout=timeout_of(options.timeout))


async def _saved(options: argparse.Namespace, max_minutes: float) -> list[Result]:
    jobs = await _jobs(options)
    several = options.all or len(jobs) > 1
    deep = _deep(options, max_minutes)
    return [await _one(job, deep, several=several) for job in jobs]


async def _one(job: Job | Unable, deep: Deep, *, several: bool, writing: JobWrites | None = None) -> Result:
    if isinstance(job, Job):
        try:
            result = await run_job(job, **deep, writing=writing)
        except InputError as error:
            job = unable_by_input(job, error)
        else:
            return _kept(result, job)
    if not several:
        raise CommandLineError(job.sentence)
    return job.result()


def _kept(result: Result, job: Job) -> Result:
    """The result with what changed since the runs before it, of a run that is in the history now."""
    from ..storage.profiles import ProfileError, ProfileStore

    assert result.profile is not None
    try:
        return ProfileStore().save_run(result.profile, result, job.fingerprints)
    except ProfileError as error:
        complain(f"The run could not be kept: {error}")
        return result

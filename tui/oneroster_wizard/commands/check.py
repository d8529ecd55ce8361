"""`oneroster-wizard check`: the checks without the wizard, on saved profiles or on what the options describe."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from typing import TYPE_CHECKING

from oneroster_checks.connection import Connection
from oneroster_checks.errors import InputError
from oneroster_checks.labels import field_label
from oneroster_checks.stages.model import CONSUMERS

from .. import stopping
from ..environment import SECRET_VARIABLES, missing_secret, secrets_of
from ..profile_secrets import ProfileSecrets, Unable, connection_for
from ..streams import reader_may_leave
from .connection_options import add_connection, connection_of, given, minutes_of, timeout_of
from .errors import CommandLineError
from .exit_codes import ExitCode
from .job_writes import JobWrites
from .kept_runs import keep
from .letterhead_options import letterhead_of
from .many_options import add_many, jobs_of, refuse_many
from .many_runs import ManyRuns, run_profiles
from .one_run import Deep, Job, exit_code_of, run_job
from .output import JSONL, STANDARD_OUTPUT, TEXT, refuse_output, write, write_each
from .saved_profiles import saved_profiles
from .shared_options import add_output
from .tag_option import add_tag
from .write_options import add_writing, refuse_writing, tell_leftovers, writing_of

if TYPE_CHECKING:
    from oneroster_checks.result import Result

    from ..storage.profiles import Profile

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
    add_tag(parser)
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
    add_many(parser)
    add_writing(parser)
    add_output(parser, default=TEXT)
    parser.add_argument(
        "-v", dest="everything", action="store_true", help="text: also what passed and what was not checked"
    )


def run(options: argparse.Namespace) -> ExitCode:
    """Run the checks and write the report; CommandLineError when something about the input is wrong."""
    from ..no_dumps import no_memory_for_others

    no_memory_for_others()
    named = bool(options.profiles) or options.all or bool(options.tag)
    if named and given(options):
        raise CommandLineError(
            f"A saved profile has its own connection; leave out {', '.join(given(options))}."
        )
    minutes = minutes_of(options.max_minutes)
    if options.profiles and options.all:
        raise CommandLineError("Give the names of profiles or --all, not both.")
    refuse_many(options, named=named)
    if options.tag and (options.profiles or options.all):
        raise CommandLineError("--tag chooses the profiles. Leave out their names and --all, or --tag.")
    refuse_writing(options)
    refuse_output(options.output)
    tell_leftovers(options)
    deep: Deep = {"full": options.depth == "full", "max_minutes": minutes, "consumer": options.consumer}
    if named:
        return _run_saved(options, deep)
    job = Job(connection_of(options), secrets_of())
    missing = missing_secret(job.credentials)
    if missing:
        raise CommandLineError(_missing_words(missing, job.connection))
    with writing_of(options, job) as writing:
        result = stopping.run(_described(job, deep, writing), writing.say_removal if writing else _nothing)
    with reader_may_leave():
        write([result], options.format, options.output, letterhead_of(options), brief=not options.everything)
    return exit_code_of([result])


def _missing_words(field: str, connection: Connection) -> str:
    if field == "client_secret":
        label = field_label(field, fixed_token=connection.fixed_token)
        return f"The {label} is missing. Set {SECRET_VARIABLES[field]} in the environment and run again."
    return f"One half of the vendor's pair is missing: set {SECRET_VARIABLES[field]} too, or neither."


def _nothing(*ended: Result) -> None:
    """There is nothing to say."""


async def _described(job: Job, deep: Deep, writing: JobWrites | None) -> Result:
    try:
        return await run_job(job, **deep, writing=writing)
    except InputError as error:
        raise CommandLineError(str(error)) from None


def _run_saved(options: argparse.Namespace, deep: Deep) -> ExitCode:
    """Run saved profiles. Of several, one that cannot run is a result of its own."""
    writes = options.write_test is not None or options.remove_test_records
    found = saved_profiles(options.profiles, every=options.all, tags=options.tag, quiet=options.only_changes)
    several = options.all or options.tag or options.only_changes or len(found) > 1
    if writes or not (several or options.dask is not None):
        return _run_one(options, found[0], deep)
    how = ManyRuns(
        deep,
        jobs=jobs_of(options.jobs),
        timeout=timeout_of(options.timeout),
        only_changes=options.only_changes,
        # Lines that come as runs end would be drawn over.
        shows=not (options.format == JSONL and sys.stdout.isatty()),
        dask=options.dask,
    )
    streams = options.format == JSONL and options.output in (None, STANDARD_OUTPUT)
    shown = partial(write_each, form=options.format) if streams else _nothing
    results = stopping.run(run_profiles(found, how, shown))
    if results and not streams:
        with reader_may_leave():
            names = letterhead_of(options, found)
            write(results, options.format, options.output, names, brief=not options.everything, closing=True)
    return exit_code_of(results)


def _run_one(options: argparse.Namespace, profile: Profile | Unable, deep: Deep) -> ExitCode:
    job = stopping.run(_job(profile, timeout_of(options.timeout)))
    with writing_of(options, job) as writing:
        result = stopping.run(_saved(job, deep, writing), writing.say_removal if writing else _nothing)
    with reader_may_leave():
        names = letterhead_of(options, [profile])
        write([result], options.format, options.output, names, brief=not options.everything)
    return exit_code_of([result])


async def _job(profile: Profile | Unable, timeout: float | None) -> Job:
    if not isinstance(profile, Unable):
        secrets = ProfileSecrets([profile], secrets_of())
        found = await secrets.of(profile)
        if not isinstance(found, Unable):
            prints = secrets.fingerprints(found)
            return Job(connection_for(profile, timeout), found, profile.answers, profile.name, prints)
        profile = found
    raise CommandLineError(profile.sentence)


async def _saved(job: Job, deep: Deep, writing: JobWrites | None) -> Result:
    return keep(await _described(job, deep, writing), job.fingerprints).result

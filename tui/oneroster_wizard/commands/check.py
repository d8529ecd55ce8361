"""`oneroster-wizard check`: the checks without the wizard, on saved profiles or on what the options describe."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from oneroster_checks.errors import InputError
from oneroster_checks.stages.model import CONSUMERS

from .. import stopping
from ..environment import before, secrets_of
from ..limits import REPORT_ORDER_S
from ..streams import reader_may_leave
from .completes import Named, completes
from .connection_options import add_connection, connection_of, given, minutes_of, timeout_of
from .errors import CommandLineError
from .exit_codes import ExitCode
from .job_writes import JobWrites
from .kept_runs import keep, note_told
from .letterhead_options import letterhead_of
from .many_options import add_many, jobs_of, refuse_many
from .many_report import ManyReport
from .many_runs import ManyRuns, run_profiles
from .one_run import Deep, Job, exit_code_of, run_job
from .output import JSONL, TEXT, refuse_output, write
from .profile_job import profile_job
from .saved_profiles import each_once, saved_profiles, tagged_profiles
from .secret_options import add_secrets, refuse_secrets_from, secrets_from
from .secret_prompt import completed
from .shared_options import add_output
from .tag_option import add_tag
from .write_options import add_writing, refuse_writing, tell_leftovers, writing_of

if TYPE_CHECKING:
    from oneroster_checks.result import Result

    from ..fleet_run import EndedRun
    from ..profile_secrets import Unable
    from ..storage.profiles import Profile

DESCRIPTION = (
    "Runs the checks on saved profiles, or on the connection that the options describe. Exit code 0: pass or warn, "
    "1: fail, 2: the command line, a profile or a secret is wrong or missing, 3: the tool itself failed."
)
_URLS = (
    "--base-url https://district.example/campus/api/oneroster/v1p2/APP/ims/oneroster "
    '--token-url "https://district.example/campus/oauth2/token?appName=APP" --client-id InfiniteCampus_KEY'
)
EXAMPLES = (
    ("a saved profile, with its secrets from the keyring", "oneroster-wizard check my-district"),
    ("an unsaved connection: you are asked for the secret", f"oneroster-wizard check {_URLS}"),
    (
        "the secret from a password manager",
        'oneroster-wizard check my-district --secret-from "op read op://vault/item/field"',
    ),
    (
        "every saved profile, printing only what changed since its last run",
        "oneroster-wizard check --all --only-changes",
    ),
    (
        "every record, as a web page",
        "oneroster-wizard check my-district --depth full --format html --output report.html",
    ),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `check`."""
    parser.usage = "%(prog)s [PROFILE ...] [OPTIONS]"
    profiles = parser.add_argument("profiles", nargs="*", metavar="PROFILE", help="a saved profile")
    completes(profiles, Named.PROFILE)
    parser.add_argument("--all", action="store_true", help="every saved profile")
    add_tag(parser)
    add_connection(parser)
    add_secrets(parser)
    add = parser.add_argument_group("how much is checked").add_argument
    add("--timeout", type=float, metavar="SECONDS", help="time limit of one request (default 30)")
    add("--depth", choices=("quick", "full"), default="quick", help="how much is read (default quick)")
    add(
        "--as",
        dest="consumer",
        choices=CONSUMERS,
        help="also take the steps of this consumer; implies --depth full",
    )
    add(
        "--max-minutes",
        type=float,
        metavar="MINUTES",
        help="how long a full read may take (default 60)",
    )
    add_many(parser)
    add_writing(parser)
    add_output(parser, default=TEXT)


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
    refuse_secrets_from(options, several=options.all or bool(options.tag) or len(options.profiles) > 1)
    refuse_output(options.output)
    tell_leftovers(options)
    deep: Deep = {"full": options.depth == "full", "max_minutes": minutes, "consumer": options.consumer}
    if named:
        return _run_saved(options, deep)
    connection = connection_of(options)
    job = Job(connection, completed(before(secrets_from(options), secrets_of()), connection))
    with writing_of(options, job) as writing:
        result = stopping.run(_described(job, deep, writing), writing.say_removal if writing else _nothing)
    with reader_may_leave():
        write([result], options.format, options.output, letterhead_of(options), brief=not options.everything)
    return exit_code_of([result])


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
    quiet = options.only_changes
    if options.tag:
        found, is_short = tagged_profiles(options.tag, quiet=quiet)
    else:
        found = each_once(saved_profiles(options.profiles, every=options.all, quiet=quiet))
        is_short = False
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
        given=secrets_from(options),
    )
    report = ManyReport(options, found)
    try:
        with stopping.taking_longer(REPORT_ORDER_S):
            stopping.run(run_profiles(found, how, report.add))
    except (stopping.Stopped, CommandLineError, OSError):
        # Nobody reads again what ended before, and the next run compares with what was told.
        report.finish_early()
        raise
    return max(report.finish(), ExitCode.USAGE if is_short else ExitCode.OK)


def _run_one(options: argparse.Namespace, profile: Profile | Unable, deep: Deep) -> ExitCode:
    job = profile_job(profile, timeout_of(options.timeout), secrets_from(options))
    with writing_of(options, job) as writing:
        ended = stopping.run(
            _saved(job, deep, writing, profile), writing.say_removal if writing else _nothing
        )
    with reader_may_leave():
        names = letterhead_of(options, [profile])
        write([ended.result], options.format, options.output, names, brief=not options.everything)
        note_told([ended])
    return exit_code_of([ended.result])


async def _saved(job: Job, deep: Deep, writing: JobWrites | None, profile: Profile | Unable) -> EndedRun:
    return keep(await _described(job, deep, writing), job.fingerprints, profile, tells=False)

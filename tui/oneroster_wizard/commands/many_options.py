"""The options of `check` for several saved profiles."""

from __future__ import annotations

import argparse

from ..limits import JOBS, MOST_JOBS
from .errors import CommandLineError
from .output import PROMETHEUS


def add_many(parser: argparse.ArgumentParser) -> None:
    """Add the options for several saved profiles."""
    add = parser.add_argument_group("several saved profiles").add_argument
    add("--jobs", type=int, metavar="N", help=f"profiles at once, on as many hosts (default {JOBS})")
    add(
        "--dask",
        metavar="URL",
        help="run on the Dask cluster whose scheduler is at this address, such as tls://scheduler.example:8786",
    )
    add(
        "--only-changes",
        action="store_true",
        help="print only the profiles whose verdict or cause changed since their last run",
    )


def refuse_many(options: argparse.Namespace, *, named: bool) -> None:
    """CommandLineError for options that do not go together; `named` says whether saved profiles are to run."""
    jobs_of(options.jobs)
    given = {
        "--only-changes": options.only_changes,
        "--dask": options.dask is not None,
        "--jobs": options.jobs is not None,
    }
    option = next((name for name, is_given in given.items() if is_given), None)
    if option is not None and not named:
        raise CommandLineError(f"{option} goes with saved profiles: name some, or give --all or --tag.")
    if options.dask is not None:
        _refuse_with_dask(options)
    if options.only_changes and options.format == PROMETHEUS:
        raise CommandLineError(
            "--format prometheus needs every profile, or the others' metrics are lost. Leave out --only-changes."
        )
    if options.only_changes and options.write_test is not None:
        raise CommandLineError("A write test is always reported. Leave out --only-changes.")


def _refuse_with_dask(options: argparse.Namespace) -> None:
    if options.jobs is not None:
        raise CommandLineError(
            "With --dask, the workers' threads decide how many profiles run at once. Leave out --jobs."
        )
    if options.write_test is not None or options.remove_test_records:
        # A lost worker's task runs again, and what it wrote would be written twice.
        raise CommandLineError("A write test runs on this computer only. Leave out --dask.")


def jobs_of(number: int | None) -> int:
    """How many profiles run at once; CommandLineError for a number that cannot be."""
    if number is not None and not 1 <= number <= MOST_JOBS:
        raise CommandLineError(f"--jobs takes a number from 1 to {MOST_JOBS:,}.")
    return number or JOBS

"""The checks without the wizard: on options, on saved profiles, on the practice district."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from oneroster_checks.connection import Answer, Connection, Credentials, Secret
from oneroster_checks.finding import Status
from oneroster_checks.stages.model import Depth
from oneroster_checks.urls import host_of

from .. import cli
from .parser import (
    SECRET_VARIABLES,
    CommandLineError,
    ca_file_of,
    connection_of,
    given,
    secrets_of,
    timeout_of,
)

if TYPE_CHECKING:
    from oneroster_checks.result import Result

    from ..storage.profiles import Profile, ProfileStore


@dataclass(frozen=True, slots=True)
class Job:
    """One connection to check, with its secrets and the district's answers."""

    connection: Connection
    credentials: Credentials
    answers: Mapping[str, Answer] = field(default_factory=dict)
    profile: str | None = None


def check(options: argparse.Namespace) -> int:
    """`oneroster-wizard check`; the number is the exit code."""
    named = bool(options.profiles) or options.all
    if named and given(options):
        raise CommandLineError(
            f"a saved profile has its own connection; leave out {', '.join(given(options))}."
        )
    if options.profiles and options.all:
        raise CommandLineError("give the names of profiles or --all, not both.")
    broken = 0
    if named:
        jobs, broken = _saved(options)
    else:
        connection = connection_of(options)
        jobs = [Job(connection, secrets_of())]
    _refuse_missing_secrets(jobs)
    results = asyncio.run(_all(jobs, save=named, depth=Depth(options.depth)))
    write(results, options.format, options.output)
    return cli.USAGE if broken else exit_code(results)


def demo(options: argparse.Namespace, problem: str | None) -> int:
    """`oneroster-wizard demo` without a terminal: the checks on the practice district."""
    from oneroster_practice import DEMO_SHARE, PracticeDistrict, PracticeError

    try:
        district = PracticeDistrict(
            problem, oauth=options.oauth, oneroster=options.oneroster, size=options.size, share=DEMO_SHARE
        )
    except PracticeError as error:
        raise CommandLineError(str(error)) from None
    with district:
        results = asyncio.run(
            _all([Job(district.connection, district.credentials)], save=False, depth=Depth.QUICK)
        )
    write(results, options.format or "text", options.output)
    return exit_code(results)


def exit_code(results: Sequence[Result]) -> int:
    """0 when every verdict is pass or warn, 1 when one is fail, 3 when the tool itself failed."""
    statuses = {result.verdict.status for result in results}
    if Status.FAIL in statuses:
        return cli.FAILED
    return cli.BROKEN if Status.ERROR in statuses else cli.OK


def write(results: Sequence[Result], form: str, output: str | None) -> None:
    """The report on standard output, or in a file that only the user can read."""
    from oneroster_checks.report import render

    text = render(results, form)
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    from ..storage.private_files import replace_private

    try:
        replace_private(Path(output), text)
    except OSError as error:
        raise CommandLineError(
            f"--output {output} cannot be written ({error.strerror or 'unknown reason'})."
        ) from None
    print(f"The report is in {output}.", file=sys.stderr)


async def _all(jobs: Sequence[Job], *, save: bool, depth: Depth) -> list[Result]:
    return [await _one(job, save=save, depth=depth) for job in jobs]


async def _one(job: Job, *, save: bool, depth: Depth) -> Result:
    from oneroster_checks.diagnosis.runner import stream
    from oneroster_checks.events import CheckStarted, RunFinished, RunStarted

    from ..proxy import https_proxy_for

    watched = sys.stderr.isatty()
    titles: dict[str, str] = {}
    started = stream(
        job.connection,
        job.credentials,
        answers=job.answers,
        profile=job.profile,
        https_proxy=https_proxy_for(job.connection),
        depth=depth,
    )
    result: Result | None = None
    async with aclosing(started):
        async for event in started:
            if isinstance(event, RunStarted):
                titles = {check.check: check.title for check in event.checks}
            elif isinstance(event, CheckStarted) and watched:
                print(f"\r\033[K{titles[event.check]} ...", end="", file=sys.stderr, flush=True)
            elif isinstance(event, RunFinished):
                result = event.result
    if watched:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    assert result is not None
    if save and job.profile:
        from ..storage.profiles import ProfileError, ProfileStore

        try:
            ProfileStore().save_run(job.profile, result)
        except ProfileError as error:
            print(f"oneroster-wizard: the run could not be kept: {error}", file=sys.stderr)
    return result


def _saved(options: argparse.Namespace) -> tuple[list[Job], int]:
    """The jobs of the saved profiles, and how many files are none."""
    from ..storage.profiles import ProfileStore

    store = ProfileStore()
    timeout = timeout_of(options.timeout)
    broken = 0
    if options.all:
        profiles, unreadable = store.list()
        for entry in unreadable:
            print(f"oneroster-wizard: {entry.path}: {entry.sentence}", file=sys.stderr)
        broken = len(unreadable)
        if not profiles and not broken:
            raise CommandLineError("there is no saved profile. The wizard saves one: run `oneroster-wizard`.")
    else:
        profiles = [_load(store, name) for name in options.profiles]
    jobs = []
    alone = len({_owner(profile.connection) for profile in profiles}) == 1
    for profile in profiles:
        ca_file_of(profile.connection.ca_file)
        connection = profile.connection.but(timeout=timeout) if timeout else profile.connection
        secrets = _secrets(profile, alone=alone)
        jobs.append(Job(connection, secrets, profile.answers, profile.name))
    return jobs, broken


def _owner(connection: Connection) -> tuple[str, ...]:
    """Whose secret a connection needs: the key and the hosts. Districts may share a host, but not a key."""
    return connection.client_id.strip(), host_of(connection.base_url), host_of(connection.token_url)


def _load(store: ProfileStore, name: str) -> Profile:
    from ..storage.profiles import ProfileError

    try:
        return store.load(name)
    except ProfileError as error:
        raise CommandLineError(str(error)) from None


def _secrets(profile: Profile, *, alone: bool) -> Credentials:
    """The secrets of a profile from the keyring; the environment fills in what is not kept there.

    The client secret of the environment belongs to one key: it is taken only when all profiles of the run are
    of this one (`alone`), and never goes to a second district.
    """
    from ..storage.secrets import KeyringTrouble, SecretStore

    given_here = secrets_of()
    try:
        kept = asyncio.run(SecretStore().load(profile.name))
    except KeyringTrouble as trouble:
        if alone and given_here.client_secret:
            return given_here
        raise CommandLineError(
            f"the secrets of the profile “{profile.name}” cannot be read. {trouble.sentence} {_ELSE}"
        ) from None
    return Credentials(
        client_secret=kept.client_secret or (given_here.client_secret if alone else Secret()),
        vendor_key=kept.vendor_key or given_here.vendor_key,
        vendor_secret=kept.vendor_secret or given_here.vendor_secret,
    )


_ELSE = f"Run that profile alone, with its secret in {SECRET_VARIABLES['client_secret']} in the environment."


def _refuse_missing_secrets(jobs: Sequence[Job]) -> None:
    for job in jobs:
        if not job.credentials.client_secret:
            whose = (
                f"The profile “{job.profile}” has no client secret in the keyring"
                if job.profile
                else "The client secret is missing"
            )
            raise CommandLineError(
                f"{whose}. {_ELSE}"
                if job.profile
                else f"{whose}. Set {SECRET_VARIABLES['client_secret']} in the environment and run again."
            )
        if bool(job.credentials.vendor_key) != bool(job.credentials.vendor_secret):
            missing = "vendor_secret" if job.credentials.vendor_key else "vendor_key"
            raise CommandLineError(
                f"One half of the vendor's pair is missing: set {SECRET_VARIABLES[missing]} too, or neither."
            )

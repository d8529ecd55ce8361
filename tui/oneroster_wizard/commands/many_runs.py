"""Several saved profiles at once: their jobs, what is kept of each run, and what is told meanwhile."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from oneroster_checks.connection import Credentials

from ..environment import secrets_of
from ..fleet_run import EndedRun, RunKeeper, job_of
from ..profile_secrets import ProfileSecrets, Unable, connection_for
from ..storage.profiles import Profile, ProfileStore
from .console import complain, tell
from .errors import CommandLineError
from .live_table import live_table
from .one_run import Deep, Job, run_options

if TYPE_CHECKING:
    from oneroster_checks.diagnosis.many import Ended, RunJob


@dataclass(frozen=True, slots=True)
class ManyRuns:
    """How several profiles are run: how deep, `jobs` at once, with a time limit of one request in place of their own.

    `only_changes` leaves out those whose verdict and cause are those of their last run. `shows` says whether the
    terminal is free for a live table. `dask` is the address of the cluster that runs them, where one does; its workers
    decide how many run at once. `given` is the vendor's own pair where it was given for this run.
    """

    deep: Deep
    jobs: int
    timeout: float | None = None
    only_changes: bool = False
    shows: bool = True
    dask: str | None = None
    given: Credentials = field(default_factory=Credentials)


async def run_profiles(
    found: Sequence[Profile | Unable], how: ManyRuns, ended: Callable[[EndedRun], None]
) -> None:
    """Run profiles at once; `ended` gets each that is to be told, as it ends.

    Every run is kept as soon as it has ended, so that one that is interrupted loses only what was under way; what is
    new in it waits for `History.tell`. Those that could not be kept are told as one.
    """
    from oneroster_checks.diagnosis.many import run_many

    from .cluster_runs import run_on_cluster

    secrets = ProfileSecrets(found, secrets_of(), how.given)
    jobs = [_job(each, secrets, how) for each in found]
    profiles = dict(zip(jobs, found, strict=True))
    # What has ended, and is not kept yet.
    waiting: deque[Ended] = deque()
    done = 0
    store = ProfileStore()

    keeper = RunKeeper(store, tells=False)

    def note(job: RunJob, kept: EndedRun) -> None:
        nonlocal done
        done += 1
        table.ended(job, kept.result)
        if kept.is_news or not how.only_changes:
            ended(kept)

    # The history stays open for all of them.
    with live_table(len(jobs), shown=how.shows) as table, store.history:
        try:
            runs = (
                run_on_cluster(jobs, how.dask, on_end=waiting.append)
                if how.dask is not None
                else run_many(jobs, how.jobs, listener=table.hear, on_end=waiting.append)
            )
            async with aclosing(runs) as every:
                async for each in every:
                    # They come in the order in which they ended.
                    waiting.popleft()
                    prints = secrets.fingerprints(each.credentials)
                    profile = profiles[each.job]
                    await keeper.keep_aside(each.result, prints, profile, partial(note, each.job))
        except (asyncio.CancelledError, CommandLineError) as end:
            canceled = isinstance(end, asyncio.CancelledError)
            for each in waiting:
                prints = secrets.fingerprints(each.credentials)
                note(each.job, keeper.keep(each.result, prints, profiles[each.job]))
            table.close()
            if done or canceled:
                kept = "" if keeper.complaint else "; their runs are kept"
                tell(f"{done} of {len(jobs)} profiles were done{kept}.")
            raise
        finally:
            if keeper.complaint:
                table.close()
                complain(keeper.complaint)


def _job(profile: Profile | Unable, secrets: ProfileSecrets, how: ManyRuns) -> RunJob:
    if isinstance(profile, Unable):
        return job_of(profile, secrets, profile.connection, {})
    connection = connection_for(profile, how.timeout)
    job = Job(connection, Credentials(), profile.answers, profile.name)
    return job_of(profile, secrets, connection, run_options(job, how.deep))

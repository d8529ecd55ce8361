"""Saved profiles that run side by side: the job of each, and what is kept of its run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oneroster_checks.connection import Connection, Credentials

from .profile_secrets import ProfileSecrets, Unable
from .storage.profiles import Profile, ProfileError, ProfileStore, UnreadableProfile

if TYPE_CHECKING:
    from oneroster_checks.diagnosis.many import RunJob
    from oneroster_checks.diagnosis.options import RunOptions
    from oneroster_checks.result import Result


@dataclass(frozen=True, slots=True)
class EndedRun:
    """A run of a saved profile that has ended: its result, with what changed since the runs before it.

    `is_news` says that the last run before had another verdict or cause, or that there was none; `trouble` why the run
    could not be kept, "" where it is.
    """

    result: Result
    is_news: bool
    trouble: str = ""


def job_of(
    profile: Profile | Unable, secrets: ProfileSecrets, connection: Connection, options: RunOptions
) -> RunJob:
    """The job of a profile, on its `connection` as it is to run; of one that cannot, the result that says why."""
    from oneroster_checks.diagnosis.many import RunJob

    if isinstance(profile, Unable):
        unable = profile.result()

        async def none() -> Result:
            return unable

        return RunJob(profile.connection, none)

    async def fetched() -> Credentials | Result:
        found = await secrets.of(profile)
        return found.result() if isinstance(found, Unable) else found

    async def refused() -> Result | None:
        unable = await secrets.refused(profile)
        return unable.result() if unable else None

    return RunJob(connection, fetched, options, refused)


def quick_job(profile: Profile, secrets: ProfileSecrets) -> RunJob:
    """The job of a quick run of a profile as it is saved."""
    from .proxy import https_proxy_for

    connection = profile.connection
    options: RunOptions = {
        "answers": profile.answers,
        "profile": profile.name,
        "https_proxy": https_proxy_for(connection),
    }
    return job_of(profile, secrets, connection, options)


def keep_run(store: ProfileStore, result: Result, fingerprints: Mapping[str, str]) -> EndedRun:
    """Keep a run in the history of its profile, and tell what changed; where that fails, the reason.

    `fingerprints` are keyed ones of its secrets, by the field's name.
    """
    assert result.profile is not None
    verdict = result.verdict
    is_news = True
    try:
        last = store.last_run(result.profile)
        is_news = last is None or (last.status, last.cause) != (verdict.status, verdict.cause)
        try:
            return EndedRun(store.save_run(result.profile, result, fingerprints), is_news)
        except UnreadableProfile:
            # Its runs go by the name of its file: so it is news once, and not each time.
            store.history.add(result)
            return EndedRun(result, is_news)
    except ProfileError as error:
        return EndedRun(result, is_news, str(error))

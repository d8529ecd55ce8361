"""Saved profiles that run side by side: the job of each, and what is kept of its run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oneroster_checks.connection import Connection, Credentials

from .profile_secrets import ProfileSecrets, Unable
from .storage.profile_file import clean_name
from .storage.profiles import Profile, ProfileError, ProfileStore

if TYPE_CHECKING:
    from oneroster_checks.diagnosis.many import RunJob
    from oneroster_checks.diagnosis.options import RunOptions
    from oneroster_checks.result import Result


@dataclass(frozen=True, slots=True)
class EndedRun:
    """A run of a saved profile that has ended: its result, with what changed since the runs before it.

    `is_news` says that the last run before of which somebody was told had another verdict or cause, or that there was
    none; `trouble` why the run could not be kept, "" where it is, and `is_held` that another program was waited for in
    vain.
    """

    result: Result
    is_news: bool
    trouble: str = ""
    is_held: bool = False


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


def keep_run(
    store: ProfileStore,
    result: Result,
    fingerprints: Mapping[str, str],
    profile: Profile | Unable | None = None,
    *,
    tells: bool = True,
) -> EndedRun:
    """Keep a run in the history of its profile, and tell what changed; where that fails, the reason.

    `fingerprints` are keyed ones of its secrets, by the field's name. `profile` is what ran, as it is saved, where the
    run may have had another time limit, or where no profile could be read. Where the caller `tells` nobody at once,
    news waits for `History.tell`.
    """
    name, verdict = result.profile, result.verdict
    assert name is not None
    is_broken = isinstance(profile, Unable) and profile.has_no_profile
    is_news = True
    try:
        last = store.history.last_told(name if is_broken else clean_name(name))
        is_news = last is None or (last.status, last.cause) != (verdict.status, verdict.cause)
        is_told = tells or not is_news
        if is_broken:
            return EndedRun(store.save_broken_run(result, is_told=is_told), is_news)
        own = profile.connection.timeout if isinstance(profile, Profile) else None
        return EndedRun(store.save_run(name, result, fingerprints, own, is_told=is_told), is_news)
    except ProfileError as error:
        return EndedRun(result, is_news, str(error), error.is_held)


class RunKeeper:
    """What keeps the runs of many profiles in one history, one after the other.

    Who holds the history is waited for once, and not for each run anew: `not_kept` counts those that could not be kept,
    and `trouble` is why the first of them could not. `tells` is as in `keep_run`.
    """

    def __init__(self, store: ProfileStore, *, tells: bool = True) -> None:
        self._store = store
        self._tells = tells
        self.not_kept = 0
        self.trouble = ""

    def keep(
        self, result: Result, fingerprints: Mapping[str, str], profile: Profile | Unable | None = None
    ) -> EndedRun:
        """Keep a run as `keep_run` does."""
        kept = keep_run(self._store, result, fingerprints, profile, tells=self._tells)
        if kept.is_held:
            self._store.wait_less()
        if kept.trouble:
            self.not_kept += 1
            self.trouble = self.trouble or kept.trouble
        return kept

    async def keep_aside(
        self,
        result: Result,
        fingerprints: Mapping[str, str],
        profile: Profile | Unable,
        then: Callable[[EndedRun], object],
    ) -> None:
        """The same while everything else goes on. `then` gets it also where this is canceled, before it ends."""
        keeping = asyncio.ensure_future(asyncio.to_thread(self.keep, result, fingerprints, profile))
        try:
            await asyncio.wait([keeping])
        finally:
            if not keeping.done():
                # A thread cannot be canceled, and what it has kept is told as kept.
                await asyncio.wait([keeping])
            then(keeping.result())

    @property
    def complaint(self) -> str:
        """How many runs could not be kept, and why; "" where all are."""
        if not self.not_kept:
            return ""
        number = "1 run" if self.not_kept == 1 else f"{self.not_kept:,} runs"
        return f"{number} could not be saved: {self.trouble}"

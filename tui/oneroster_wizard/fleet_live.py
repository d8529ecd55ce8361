"""Quick runs of many saved profiles while the wizard goes on: what has begun, and what has ended."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from oneroster_checks.connection import Credentials
from oneroster_checks.finding import Status

from .fleet_run import RunKeeper, quick_job
from .limits import JOBS
from .profile_secrets import ProfileSecrets
from .storage.kept_run import KeptRun
from .storage.profiles import Profile, ProfileStore

if TYPE_CHECKING:
    from oneroster_checks.diagnosis.many import Ended, RunJob
    from oneroster_checks.events import Event


class FleetRuns:
    """The runs of these profiles, each kept in the history as soon as it has ended.

    `trouble` is the last reason for which one could not be kept, and `not_kept` has those runs by their profiles.
    """

    def __init__(self, store: ProfileStore, profiles: Sequence[Profile]) -> None:
        self._store = store
        self._keeper = RunKeeper(store)
        self._profiles = profiles
        self._begun: set[str] = set()
        # A thread adds to it while the screen takes from it.
        self._news: deque[KeptRun] = deque()
        self._states: dict[Status, int] = {}
        # What has ended, and is not in the history yet.
        self._ended: deque[Ended] = deque()
        # Canceled, one thread keeps the rest while another may still be at the run before.
        self._keeps = threading.Lock()
        self.trouble = ""
        self.not_kept: dict[str, KeptRun] = {}

    async def run(self) -> None:
        """Run them all; canceled, what has ended is kept and what is under way is ended."""
        from oneroster_checks.diagnosis.many import run_many

        # Only the keyring: what is in the environment belongs to one connection, and nobody said to which.
        secrets = ProfileSecrets(self._profiles, Credentials(), store=self._store)
        jobs = [quick_job(profile, secrets) for profile in self._profiles]
        many = run_many(jobs, JOBS, listener=self._hear, on_end=self._ended.append)
        try:
            async with aclosing(many) as every:
                async for _ in every:
                    # Other threads write the history, so that keys are answered meanwhile.
                    await asyncio.to_thread(self._keep_next, secrets)
        finally:
            # The history may be held by another program, and is waited for by nobody who draws.
            await asyncio.shield(asyncio.to_thread(self._keep_rest, secrets))

    def take(self) -> tuple[frozenset[str], dict[str, KeptRun]]:
        """The profiles that run now, and the runs that have ended since this was last asked."""
        news: dict[str, KeptRun] = {}
        while self._news:
            run = self._news.popleft()
            news[run.profile] = run
        return frozenset(self._begun), news

    @property
    def total(self) -> int:
        """How many profiles there are."""
        return len(self._profiles)

    @property
    def done(self) -> int:
        """How many have ended."""
        return sum(self._states.values())

    @property
    def counts(self) -> str:
        """How they ended, in words: "3 failing, 1 not checked"."""
        failing, broken = self._states.get(Status.FAIL, 0), self._states.get(Status.ERROR, 0)
        return f"{failing:,} failing" + (f", {broken:,} not checked" if broken else "")

    def _hear(self, job: RunJob, event: Event) -> None:
        from oneroster_checks.events import RunStarted

        if isinstance(event, RunStarted):
            self._begun.add(job.options.get("profile") or "")

    def _keep_rest(self, secrets: ProfileSecrets) -> None:
        while self._keep_next(secrets):
            pass

    def _keep_next(self, secrets: ProfileSecrets) -> bool:
        """Keep one run that has ended; False where there is none."""
        with self._keeps:
            try:
                ended = self._ended.popleft()
            except IndexError:
                return False
            run = self._keep(ended, secrets)
            self._begun.discard(run.profile)
            self._news.append(run)
            self._states[run.status] = self._states.get(run.status, 0) + 1
            return True

    def _keep(self, ended: Ended, secrets: ProfileSecrets) -> KeptRun:
        kept = self._keeper.keep(ended.result, secrets.fingerprints(ended.credentials))
        result = kept.result
        self.trouble = kept.trouble or self.trouble
        last = None if kept.trouble else self._store.last_run(result.profile or "")
        verdict = result.verdict
        run = last or KeptRun(
            result.profile or "",
            result.started,
            verdict.status,
            verdict.cause,
            verdict.summary,
            has_report=False,
        )
        if kept.trouble:
            self.not_kept[run.profile] = run
        return run

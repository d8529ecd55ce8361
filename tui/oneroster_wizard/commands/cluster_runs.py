"""Several saved profiles on a Dask cluster: their tasks, their secrets, and results as they end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from oneroster_checks.connection import Credentials

from ..limits import JOBS
from ..secret_references import references_for
from .errors import CommandLineError

if TYPE_CHECKING:
    from oneroster_checks.diagnosis.host_task import ProfileTask
    from oneroster_checks.diagnosis.many import Ended, RunJob
    from oneroster_checks.result import Result

    from ..cluster import Cluster

_EXTRA = "--dask needs Dask. Run: pip install 'oneroster-wizard[dask]'"


async def run_on_cluster(
    jobs: Iterable[RunJob], url: str, *, on_end: Callable[[Ended], object] = lambda ended: None
) -> AsyncGenerator[Ended]:
    """Run the jobs of saved profiles on the cluster whose scheduler has this address, and yield each as it ends.

    `on_end` gets each at once, also one that is not yielded, because the generator is closed before. A job without
    a profile in its options cannot run, and its secrets are its result. CommandLineError where the cluster cannot
    be used, or is lost. Closing the generator cancels what is under way there.
    """
    from oneroster_checks.diagnosis.host_task import sharing_hosts

    every = tuple(jobs)
    able = [job for job in every if job.options.get("profile") is not None]
    async with _cluster(url) as cluster:
        groups = [[able[number] for number in group] for group in sharing_hosts(j.connection for j in able)]
        unable = [job for job in every if job.options.get("profile") is None]
        runs = _ClusterRuns(cluster, groups, unable, on_end)
        try:
            for _ in every:
                ended = await runs.ended.get()
                if isinstance(ended, BaseException):
                    raise ended
                yield ended
        finally:
            await runs.aclose()


@asynccontextmanager
async def _cluster(url: str) -> AsyncGenerator[Cluster]:
    try:
        from ..cluster import connected
    except ModuleNotFoundError as error:
        # Anything of this package's own that is missing is a fault, and not the user's.
        if (error.name or "").partition(".")[0] not in ("distributed", "dask", "tornado"):
            raise
        raise CommandLineError(_EXTRA) from None
    from ..cluster_address import ClusterTrouble

    try:
        async with connected(url) as cluster:
            yield cluster
    except ClusterTrouble as trouble:
        raise CommandLineError(str(trouble)) from None


class _ClusterRuns:
    """The tasks of a cluster, one for each group of profiles that share hosts, and the queue of what has ended."""

    def __init__(
        self,
        cluster: Cluster,
        groups: Sequence[Sequence[RunJob]],
        unable: Sequence[RunJob],
        on_end: Callable[[Ended], object],
    ) -> None:
        self.ended: asyncio.Queue[Ended | BaseException] = asyncio.Queue()
        self._cluster = cluster
        self._on_end = on_end
        self._keyring = asyncio.Semaphore(JOBS)
        works = [*map(self._of_one_group, groups), *map(self._of_one_that_cannot, unable)]
        self._tasks = [asyncio.create_task(work) for work in works]
        for task in self._tasks:
            task.add_done_callback(self._heed)

    def _heed(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.ended.put_nowait(error)

    async def _of_one_that_cannot(self, job: RunJob) -> None:
        result = await job.secrets()
        assert not isinstance(result, Credentials)
        self._put(job, result, Credentials())

    async def _of_one_group(self, group: Sequence[RunJob]) -> None:
        from oneroster_checks.diagnosis.host_task import HostTask, WrongTaskVersion
        from oneroster_checks.plain import UnreadablePlainData

        from ..cluster import TaskFailed

        every = await asyncio.gather(*map(self._secrets, group))
        # A worker would look for the secrets of a job that may have none.
        refused = await asyncio.gather(*(job.refused() for job in group))
        for job, result in zip(group, refused, strict=True):
            if result is not None:
                self._put(job, result, Credentials())
        jobs = [job for job, result in zip(group, refused, strict=True) if result is None]
        secrets = [found for found, result in zip(every, refused, strict=True) if result is None]
        if not jobs:
            return
        task = HostTask(tuple(map(_profile_task, jobs, secrets)))
        try:
            results = (await self._cluster.results_of(task)).read()
        except TaskFailed as failed:
            results = [_crashed(job, failed.kind) for job in jobs]
        except (WrongTaskVersion, UnreadablePlainData) as error:
            # A worker of another version has come since.
            results = [_crashed(job, type(error).__name__) for job in jobs]
        for job, result, credentials in zip(jobs, results, secrets, strict=True):
            self._put(job, result, credentials)

    async def _secrets(self, job: RunJob) -> Credentials:
        """The secrets that travel; none where they may not, or this machine has none."""
        if not self._cluster.carries:
            return Credentials()
        async with self._keyring:
            try:
                found = await job.secrets()
            except Exception:  # whatever it is, the worker looks for them itself
                return Credentials()
        return found if isinstance(found, Credentials) else Credentials()

    def _put(self, job: RunJob, result: Result, credentials: Credentials) -> None:
        from oneroster_checks.diagnosis.many import Ended

        ended = Ended(job, result, credentials)
        self._on_end(ended)
        self.ended.put_nowait(ended)

    async def aclose(self) -> None:
        """Cancel what is under way on the cluster."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _profile_task(job: RunJob, secrets: Credentials) -> ProfileTask:
    from oneroster_checks.diagnosis.host_task import CarriedSecrets, ProfileTask
    from oneroster_checks.limits import READ_MINUTES
    from oneroster_checks.stages.model import Depth

    name = job.options.get("profile")
    assert name is not None
    return ProfileTask(
        name=name,
        connection=job.connection,
        answers=dict(job.options.get("answers") or {}),
        depth=job.options.get("depth", Depth.QUICK),
        max_minutes=job.options.get("max_minutes", READ_MINUTES),
        consumer=job.options.get("consumer"),
        references=references_for(name),
        carried=CarriedSecrets(secrets),
    )


def _crashed(job: RunJob, kind: str) -> Result:
    """The result of a profile whose task brought none."""
    from oneroster_checks.diagnosis.unable import crashed

    return crashed(job.connection, kind, profile=job.options.get("profile"))

"""A Dask cluster that runs tasks, and what its workers call. distributed is imported here only.

Everything that distributed logs or warns of stays off the terminal. Keys of tasks, which it logs, are numbers.
"""

from __future__ import annotations

import asyncio
import logging
import pkgutil
import uuid
import warnings
from collections.abc import AsyncGenerator, Collection, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

from distributed import Client, Future, Worker, get_worker

from oneroster_checks.connection import Connection, Credentials
from oneroster_checks.diagnosis.host_run import run_host
from oneroster_checks.diagnosis.host_task import HostResults, HostTask, ProfileTask
from oneroster_checks.result import Result
from oneroster_checks.urls import place_of
from oneroster_checks.version import __version__

from .cluster_address import ClusterAddress, ClusterTrouble, reach, secrets_may_travel
from .cluster_workers import WorkerWatch
from .limits import CLUSTER_CLOSE_S, CLUSTER_S, UNWANTED_POLL_S
from .worker import WorkerMachine

_VERSION = "oneroster_checks.version:__version__"
# A client in this event loop: by their types its methods give what they give elsewhere, and not what to wait for.
AsyncClient = Any
# A task of a worker that is in one of these states is still wanted, and a worker in one of those still works.
_WANTED = frozenset({"executing", "long-running"})
_WORKING = frozenset({"running", "paused", "closing_gracefully"})


class ClusterLost(ClusterTrouble):
    """The scheduler, or all workers, went while tasks were under way."""


class TaskFailed(Exception):
    """A task brought no results on any worker; `kind` is the name of its error, whose text stays away."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Cluster:
    """A cluster that can be used. `carries` says whether tasks may hold secrets on their way to its workers.

    `workers` are the addresses of those that it has.
    """

    def __init__(
        self, client: AsyncClient, address: ClusterAddress, workers: Collection[str], *, carries: bool
    ) -> None:
        self.carries = carries
        # A worker that comes later may be on another machine, where what this one's keyring holds may not go in clear.
        self._private = None if address.tls else sorted({place_of(each).host for each in workers})
        self._client = client
        self._address = address
        self._futures: set[Future[HostResults]] = set()
        self._watch = WorkerWatch(client.nthreads, self._private)
        self._keys = (f"oneroster-{uuid.uuid4().hex}-{number}" for number in count())

    async def results_of(self, task: HostTask) -> HostResults:
        """Run a task on a worker, again where its worker is lost, and give its results.

        TaskFailed where that brings none, ClusterLost where the scheduler or every worker is gone. Canceling it cancels
        the task.
        """
        carried = any(each.carried for each in task.profiles)
        assert self.carries or not carried
        future = self._client.submit(
            run_on_worker,
            task,
            key=next(self._keys),
            pure=False,
            workers=self._private if carried else None,
        )
        self._futures.add(future)
        try:
            return await self._outcome(future, carried=carried)
        finally:
            self._futures.discard(future)
            if not future.done():
                with suppress(Exception):
                    await self._client.cancel([future], force=True)
            future.release()

    async def _outcome(self, future: Future[HostResults], *, carried: bool) -> HostResults:
        outcome = asyncio.create_task(_outcome(future, self._address))
        gone = asyncio.create_task(self._watch.gone(carried=carried))
        try:
            await asyncio.wait((outcome, gone), return_when=asyncio.FIRST_COMPLETED)
            if not outcome.done():
                raise ClusterLost(f"The cluster at {self._address.shown} has no workers any more.")
            return outcome.result()
        finally:
            for task in (outcome, gone):
                task.cancel()
            await asyncio.gather(outcome, gone, return_exceptions=True)

    @asynccontextmanager
    async def watched(self) -> AsyncGenerator[Self]:
        """Within it a cluster without workers is noticed."""
        looking = asyncio.create_task(self._watch.run())
        try:
            yield self
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)


async def _outcome(future: Future[HostResults], address: ClusterAddress) -> HostResults:
    kind = ""
    try:
        found = await future
        if isinstance(found, HostResults):
            return found
        kind = type(found).__name__
    except Exception as error:  # whatever the task, the worker, and the way back raise
        kind = type(error).__name__
    if future.cancelled():
        raise ClusterLost(f"The connection to the cluster at {address.shown} was lost.")
    raise TaskFailed(kind)


@asynccontextmanager
async def connected(url: str) -> AsyncGenerator[Cluster]:
    """The cluster whose scheduler has this address, with workers that have this version of the package.

    ClusterTrouble, with a sentence and within seconds, where there is none. At the end everything that is under way
    there is canceled.
    """
    asyncio.get_running_loop().set_exception_handler(_heed)
    with _quiet():
        address = await reach(url)
        client: AsyncClient = None
        try:
            # Results come by way of the scheduler: this machine may not reach the workers.
            client = Client(
                address.url,
                asynchronous=True,
                timeout=CLUSTER_S,
                set_as_default=False,
                direct_to_workers=False,
            )
            async with asyncio.timeout(2 * CLUSTER_S):
                await client
        except BaseException as error:
            # A client that is left open complains on the terminal when it goes.
            await _close(client)
            if isinstance(error, Exception):
                raise _not_connected(address, error) from None
            raise
        try:
            async with (await _inspected(client, address)).watched() as cluster:
                yield cluster
        finally:
            await _close(client)


def _not_connected(address: ClusterAddress, error: Exception) -> ClusterTrouble:
    # distributed has no class of its own for what can go wrong here.
    if address.tls and isinstance(error, TypeError | RuntimeError):
        return ClusterTrouble(
            "A tls:// address needs Dask's certificates in the environment: "
            "DASK_DISTRIBUTED__COMM__TLS__CA_FILE, DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT, and "
            "DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY."
        )
    return ClusterTrouble(
        f"No Dask scheduler answered at {address.shown} ({type(error).__name__}). Check the address"
        f"{' and the certificates' if address.tls else ''}."
    )


async def _close(client: AsyncClient | None) -> None:
    with suppress(Exception):
        if client is not None:
            await client.close(timeout=CLUSTER_CLOSE_S)


async def _inspected(client: AsyncClient, address: ClusterAddress) -> Cluster:
    """The cluster behind a client; ClusterTrouble where it cannot run these checks."""
    try:
        async with asyncio.timeout(CLUSTER_S):
            versions: dict[str, Any] = await client.run(pkgutil.resolve_name, _VERSION, on_error="return")
            if not versions:
                raise ClusterTrouble(f"The cluster at {address.shown} has no workers. Start one.")
            versions["scheduler"] = await _on_scheduler(client, pkgutil.resolve_name, _VERSION)
            for place, version in versions.items():
                _refuse_version(place, version)
            listening: list[str] = await _on_scheduler(client, listening_at)
    except ClusterTrouble:
        raise
    except TimeoutError:
        raise ClusterTrouble(f"The cluster at {address.shown} did not answer in time.") from None
    except Exception as error:  # as above
        raise ClusterTrouble(
            f"The cluster at {address.shown} cannot be used ({type(error).__name__})."
        ) from None
    workers = [place for place in versions if place != "scheduler"]
    return Cluster(client, address, workers, carries=secrets_may_travel(address, listening, workers))


async def _on_scheduler(client: AsyncClient, function: Any, *arguments: object) -> Any:
    """What a function returns on the scheduler, or the error of the import that it lacks."""
    try:
        return await client.run_on_scheduler(function, *arguments)
    except ImportError as error:
        return error


def _refuse_version(place: str, version: object) -> None:
    if version == __version__:
        return
    where = "The scheduler" if place == "scheduler" else f"The worker {place}"
    what = (
        f"has version {version} of oneroster-wizard" if isinstance(version, str) else "lacks oneroster-wizard"
    )
    raise ClusterTrouble(f"{where} {what}. Install version {__version__} there, as on this computer.")


def _heed(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What the event loop tells of what nobody waits for: distributed lets its time limits lie, also behind its end."""
    if not isinstance(context.get("exception"), TimeoutError):
        loop.default_exception_handler(context)


@contextmanager
def _quiet() -> Generator[None]:
    """Within it nothing is logged, and distributed warns of nothing."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"(distributed|dask|tornado)(\.|$)")
            yield
    finally:
        logging.disable(before)


def listening_at(dask_scheduler: Any = None) -> list[str]:
    """Called on the scheduler: the addresses at which it can be reached."""
    return [str(listener.contact_address) for listener in dask_scheduler.listeners]


def run_on_worker(task: HostTask) -> HostResults:
    """Called on a worker: run a task, and stop when nobody waits for it any more."""
    worker = get_worker()
    return run_host(task, _DaskWorker(worker, str(worker.get_current_task())))


@dataclass(frozen=True)
class _DaskWorker:
    """The machine of a worker, which Dask tells what is wanted; in a thread of its own."""

    worker: Worker
    key: str
    machine: WorkerMachine = field(default_factory=WorkerMachine)

    @property
    def jobs(self) -> int:
        return self.machine.jobs

    async def secrets(self, profile: ProfileTask) -> Credentials | Result:
        return await self.machine.secrets(profile)

    def https_proxy(self, connection: Connection) -> str | None:
        return self.machine.https_proxy(connection)

    async def unwanted(self) -> None:
        """Dask cannot end a thread, so what runs in it looks whether it is still wanted."""
        while self.worker.status.name in _WORKING:
            state = self.worker.state.tasks.get(self.key)
            if state is None or state.state not in _WANTED:
                return
            await asyncio.sleep(UNWANTED_POLL_S)

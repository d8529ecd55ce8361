"""A real Dask cluster on this machine: a scheduler and workers, each a process of its own whose log is kept."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from .cli.command import environment

LIMIT_S = 60


class LoggedProcess:
    """A process and everything that it writes."""

    def __init__(self, *arguments: str, env: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env,
        )  # fmt: skip
        self.log = ""
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._more:
                self.log += line
                self._more.notify_all()

    def until(self, pattern: str) -> re.Match[str]:
        """Wait until the log has this."""
        with self._more:
            self._more.wait_for(lambda: re.search(pattern, self.log) is not None, LIMIT_S)
            found = re.search(pattern, self.log)
        assert found is not None, self.log
        return found

    def kill(self) -> None:
        """End it, however it is."""
        self.process.kill()
        self.process.wait(LIMIT_S)
        self._reader.join(LIMIT_S)
        assert self.process.stdout is not None
        self.process.stdout.close()


class DaskCluster:
    """A scheduler on a free port and `workers` processes, of two threads each, as a context manager.

    Its processes know no keyring. `more` are variables of their environment, `protocol` is tcp or tls.
    """

    def __init__(
        self, folder: Path, workers: int = 3, more: Mapping[str, str] | None = None, protocol: str = "tcp"
    ) -> None:
        self._protocol = protocol
        self._folder = folder
        self._count = workers
        self._env = {
            **environment(more),
            "HOME": str(folder),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            # Everything that Dask ever logs is looked through for secrets.
            "DASK_LOGGING__DISTRIBUTED": "debug",
            "DASK_TEMPORARY_DIRECTORY": str(folder / "dask"),
        }
        # Dask warns of its own, such as of a port that another cluster has.
        del self._env["PYTHONWARNINGS"]
        self.workers: dict[str, LoggedProcess] = {}

    def __enter__(self) -> Self:
        self.scheduler = LoggedProcess(
            "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--protocol", self._protocol,
            "--dashboard-address", "127.0.0.1:0", "--no-dashboard", env=self._env,
        )  # fmt: skip
        try:
            self.url = self.scheduler.until(r"Scheduler at:\s+(t(?:cp|ls)://127\.0\.0\.1:[0-9]+)")[1]
            self.add(self._count)
        except BaseException:
            self.__exit__()
            raise
        return self

    def add(self, count: int, host: str = "127.0.0.1") -> None:
        """Start more workers at an address, and wait until the scheduler knows them."""
        new = [
            LoggedProcess(
                "distributed.cli.dask_worker", self.url, "--host", host, "--no-nanny", "--nthreads", "2",
                "--no-dashboard", "--dashboard-address", "127.0.0.1:0", "--memory-limit", "0", env=self._env,
            )
            for _ in range(count)
        ]  # fmt: skip
        # Also those that never tell their address are ended.
        starting = {f"{id(each)}": each for each in new}
        self.workers |= starting
        for each in new:
            address = each.until(r"Start worker at:\s+(t(?:cp|ls)://127\.0\.0\.[0-9]+:[0-9]+)")[1]
            each.until(r"Registered to:")
            self.workers[address] = each
        for name in starting:
            del self.workers[name]

    def logs(self) -> str:
        """All that the scheduler and the workers have logged."""
        return "\n".join(each.log for each in (self.scheduler, *self.workers.values()))

    def __exit__(self, *about: object) -> None:
        for each in (self.scheduler, *self.workers.values()):
            each.kill()

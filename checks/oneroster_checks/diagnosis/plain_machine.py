"""A machine for `run_host` that needs nothing but its environment."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass

from ..connection import SECRET_FIELDS, Connection, Credentials, Secret
from .host_task import ENVIRONMENT, ProfileTask


@dataclass(frozen=True)
class PlainMachine:
    """Takes the secrets that came with a task, or those that its references to variables (`env:NAME`) lead to.

    `jobs` is how many profiles of a task run at once, each at a host of its own; `proxy` the proxy for https to other
    machines, None for none. It can be pickled, and is then the machine where it is used.
    """

    jobs: int = 32
    proxy: str | None = None

    async def secrets(self, profile: ProfileTask) -> Credentials:
        """The secrets of a profile; one that nothing leads to is empty, and its run says so."""
        carried = profile.carried.credentials()
        return Credentials(
            **{name: getattr(carried, name) or _found(profile, name) for name in SECRET_FIELDS}
        )

    def https_proxy(self, connection: Connection) -> str | None:
        """The proxy of this machine, whatever the connection."""
        return self.proxy

    async def unwanted(self) -> None:
        """Whoever asked waits for as long as it takes."""
        await asyncio.Event().wait()


def _found(profile: ProfileTask, field: str) -> Secret:
    variables = (
        reference.removeprefix(ENVIRONMENT)
        for reference in profile.references.get(field, ())
        if reference.startswith(ENVIRONMENT)
    )
    return Secret(next(filter(None, map(os.environ.get, variables)), ""))

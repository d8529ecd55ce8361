"""A machine that runs the tasks of somebody else's `check`: its secrets, its proxy, and when to stop."""

from __future__ import annotations

import asyncio
import os
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oneroster_checks.connection import SECRET_FIELDS, Connection, Credentials, Secret
from oneroster_checks.errors import CannotRun
from oneroster_checks.finding import FactDict

from .environment import missing_secret
from .limits import JOBS
from .proxy import https_proxy_for
from .secret_references import secret_variable
from .storage.keyring_trouble import KeyringTrouble, Kind

if TYPE_CHECKING:
    from oneroster_checks.diagnosis.host_task import ProfileTask
    from oneroster_checks.result import Result

_KEYRING: dict[Kind, str] = {
    "missing": "there is no usable keyring",
    "locked": "the keyring is locked, or has never been set up",
    "hanging": "the keyring does not answer",
    "elsewhere": "the secrets in the keyring were saved for another host",
}


@dataclass(frozen=True)
class WorkerMachine:
    """This machine, for `run_host`. It can be pickled, and is then the machine where it is used."""

    jobs: int = JOBS

    async def secrets(self, profile: ProfileTask) -> Credentials | Result:
        """The secrets that came with a profile, or those that its references lead to here."""
        carried = profile.carried.credentials()
        found = _Found(profile.connection)
        secrets = Credentials(
            **{
                field: getattr(carried, field) or await found.secret(field, profile.references.get(field, ()))
                for field in SECRET_FIELDS
            }
        )
        missing = missing_secret(secrets)
        return _without(profile, missing, found.trouble) if missing else secrets

    def https_proxy(self, connection: Connection) -> str | None:
        """The proxy that this machine is set up to use."""
        return https_proxy_for(connection)

    async def unwanted(self) -> None:
        """Whoever asked waits for as long as it takes."""
        await asyncio.Event().wait()


class _Found:
    """What references lead to; the keyring is asked once for a profile, and `trouble` says why it gave nothing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.trouble: Kind | None = None
        self._kept: dict[str, Credentials] = {}

    async def secret(self, field: str, references: tuple[str, ...]) -> Secret:
        from oneroster_checks.diagnosis.host_task import ENVIRONMENT, KEYRING

        for reference in references:
            found = Secret()
            if reference.startswith(ENVIRONMENT):
                found = Secret(os.environ.get(reference.removeprefix(ENVIRONMENT), ""))
            elif reference.startswith(KEYRING):
                found = getattr(await self._of(reference.removeprefix(KEYRING)), field)
            if found:
                return found
        return Secret()

    async def _of(self, profile: str) -> Credentials:
        from .storage.secrets import SecretStore

        if profile not in self._kept:
            self._kept[profile] = Credentials()
            try:
                self._kept[profile] = await SecretStore().load(profile, self._connection)
            except KeyringTrouble as trouble:
                self.trouble = trouble.kind
        return self._kept[profile]


def _without(profile: ProfileTask, missing: str, trouble: Kind | None) -> Result:
    from oneroster_checks.diagnosis.unable import unable_to_run

    variable = secret_variable(missing, profile.name)
    keyring = _KEYRING.get(trouble, "the keyring failed") if trouble else "the keyring has none for it"
    facts: FactDict = {
        "profile": profile.name,
        "worker": socket.gethostname(),
        "variable": variable,
        "field": missing,
        "reason": f"{variable} is not set there, and {keyring}",
    }
    if missing != "client_secret":
        facts["reason"] = f"one half of the vendor's pair is missing, and {facts['reason']}"
    if profile.connection.fixed_token:
        facts["fixed_token"] = True
    return unable_to_run(
        profile.connection, CannotRun.SECRET_MISSING.value, profile=profile.name, facts=facts
    )

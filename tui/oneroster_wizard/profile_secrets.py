"""The secrets of saved profiles that run side by side, and why one of them cannot run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.errors import CannotRun
from oneroster_checks.finding import FactDict, Facts
from oneroster_checks.labels import field_label

from .environment import SECRET_VARIABLES, before, missing_secret
from .storage.fingerprints import Fingerprints
from .storage.keyring_trouble import KeyringTrouble
from .storage.profiles import Profile, ProfileStore
from .storage.still_saved import StillSaved

if TYPE_CHECKING:
    from oneroster_checks.result import Result

    from .storage.secrets import SecretStore

_ALONE = (
    "Run this profile alone in a terminal, and you are asked for its secret; in a script, use --secret-from COMMAND "
    f"or set {SECRET_VARIABLES['client_secret']} in the environment."
)


@dataclass(frozen=True, slots=True)
class Unable:
    """A profile that cannot run: `sentence` says why where it is the only one, `cause` and `facts` in a report."""

    profile: str
    cause: CannotRun
    sentence: str
    facts: Facts
    connection: Connection = field(default_factory=Connection)

    @property
    def has_no_profile(self) -> bool:
        """Whether it is a file that is no readable profile, whose name is only a label."""
        return self.cause is CannotRun.PROFILE_BROKEN

    def result(self) -> Result:
        """Its result, for a report beside those of the profiles that run."""
        from oneroster_checks.diagnosis.unable import unable_to_run

        facts = {"profile": self.profile, **self.facts}
        return unable_to_run(self.connection, self.cause.value, profile=self.profile, facts=facts)


def connection_for(profile: Profile, timeout: float | None) -> Connection:
    """The connection of a profile; `timeout` replaces its own time limit, None does not."""
    return profile.connection.but(timeout=timeout) if timeout else profile.connection


class ProfileSecrets:
    """The secrets of the profiles of one run, from the keyring, or from the environment where it may fill in.

    `here` are those of the environment, `given` those that somebody gave for this run, which go before all others; a
    client secret is given for one profile only. Where the whole keyring turns out to be of no use, it is not asked for
    every profile anew. `store` is where the profiles are saved, by default the user's own folder.
    """

    def __init__(
        self,
        found: Sequence[Profile | Unable],
        here: Credentials,
        given: Credentials | None = None,
        *,
        store: ProfileStore | None = None,
    ) -> None:
        self._saved = StillSaved(store or ProfileStore())
        self._here = here
        self._given = given or Credentials()
        profiles = [each for each in found if isinstance(each, Profile)]
        # The client secret of the environment belongs to one key, and never goes to a second district.
        self._alone = len({_owner(profile.connection) for profile in profiles}) == 1
        self._trouble: KeyringTrouble | None = None
        # What the keyring gave last, by the profile's name: a profile that is asked about again needs it no more.
        self._loaded: tuple[str, Credentials] | None = None
        self._fingerprints = Fingerprints()

    def give(self, field: str, secret: Secret) -> None:
        """Add a secret that somebody gave, by its field of Credentials."""
        self._given = replace(self._given, **{field: secret})

    async def of(self, profile: Profile) -> Credentials | Unable:
        """The secrets of a profile, or why it cannot run: also that its connection is no longer what is saved."""
        found = await self._of(profile)
        # After the secrets: a profile is always written before its own.
        return await self.refused(profile) or found

    async def refused(self, profile: Profile) -> Unable | None:
        """Why no secret may go where this profile leads; None where it is saved as it was read."""
        reason = await self._saved.why_not(profile)
        if not reason:
            return None
        sentence = f"The profile “{profile.name}” was not checked: {reason}. Run the checks again."
        return Unable(
            profile.name, CannotRun.PROFILE_CHANGED, sentence, {"reason": reason}, profile.connection
        )

    async def _of(self, profile: Profile) -> Credentials | Unable:
        here, given = self._here, self._given
        try:
            kept = await self._kept(profile)
        except KeyringTrouble as trouble:
            if not given.client_secret and not (self._alone and here.client_secret):
                if trouble.kind == "elsewhere":
                    return _elsewhere(profile, trouble)
                sentence = (
                    f"The secrets of the profile “{profile.name}” cannot be read. {trouble.sentence} {_ALONE}"
                )
                facts = {"reason": trouble.sentence}
                return Unable(profile.name, CannotRun.KEYRING, sentence, facts, profile.connection)
            kept = Credentials()
        spare = here if self._alone else replace(here, client_secret=Secret())
        secrets = before(given, before(kept, spare))
        missing = missing_secret(secrets)
        return _without(profile, missing) if missing else secrets

    async def _kept(self, profile: Profile) -> Credentials:
        name = profile.name
        if self._trouble is not None:
            raise self._trouble
        if self._loaded is not None and self._loaded[0] == name:
            return self._loaded[1]
        try:
            kept = await self._store.load(name, profile.connection)
        except KeyringTrouble as trouble:
            if trouble.kind in ("missing", "locked", "hanging"):
                self._trouble = trouble
            raise
        if kept.texts():
            # A keyring that has given secrets asks nobody anything for one more.
            await self._fingerprints.open(self._store)
        self._loaded = name, kept
        return kept

    def fingerprints(self, credentials: Credentials) -> Mapping[str, str]:
        """Keyed fingerprints of secrets by the field's name; empty where the keyring has no key for them.

        So are those of no secret at all: a run without any did not get them, and nobody removed them.
        """
        return self._fingerprints.of(credentials) if credentials.texts() else {}

    @cached_property
    def _store(self) -> SecretStore:
        from .storage.secrets import SecretStore

        return SecretStore()


def _owner(connection: Connection) -> tuple[str, ...]:
    """Whose secret a connection needs: the key and the hosts. Districts may share a host, but not a key.

    With a fixed token, which has no key, the whole base URL tells one district from another.
    """
    from oneroster_checks.target import make_target

    target = make_target(connection, Credentials())
    if connection.fixed_token:
        return connection.provider, target.base.root
    return target.client_id, target.base_place.host, target.token_place.host


def _elsewhere(profile: Profile, trouble: KeyringTrouble) -> Unable:
    """A profile that leads to another host than its secrets in the keyring: they are not for it."""
    sentence = f"The profile “{profile.name}” has no secret for its host. {trouble.sentence} {_ALONE}"
    facts: FactDict = {
        "reason": "the secrets in the keyring were saved for another host",
        "field": "client_secret",
    }
    return Unable(profile.name, CannotRun.SECRET_MISSING, sentence, facts, profile.connection)


def _without(profile: Profile, missing: str) -> Unable:
    if missing == "client_secret":
        label = field_label(missing, fixed_token=profile.connection.fixed_token)
        reason = f"it has no {label} in the keyring"
        sentence = f"The profile “{profile.name}” has no {label} in the keyring. {_ALONE}"
    else:
        reason = "one half of the vendor's pair is missing"
        sentence = (
            f"One half of the vendor's pair is missing: set {SECRET_VARIABLES[missing]} too, or neither."
        )
    facts: FactDict = {"reason": reason, "field": missing}
    if profile.connection.fixed_token:
        facts["fixed_token"] = True
    return Unable(profile.name, CannotRun.SECRET_MISSING, sentence, facts, profile.connection)

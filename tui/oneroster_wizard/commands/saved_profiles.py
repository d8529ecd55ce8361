"""Saved profiles as jobs: each with its secrets, or with the reason why it cannot run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.errors import CannotRun, InputError
from oneroster_checks.finding import FactDict, Facts
from oneroster_checks.labels import field_label

from ..storage.fingerprints import Fingerprints
from ..storage.profiles import BrokenProfile, Profile, ProfileError, ProfileStore, UnreadableProfile
from .console import complain
from .environment import SECRET_VARIABLES, missing_secret, secrets_of
from .errors import CommandLineError
from .one_run import Job

if TYPE_CHECKING:
    from oneroster_checks.result import Result

_ALONE = (
    f"Put its secret into {SECRET_VARIABLES['client_secret']} in the environment, and run this profile alone."
)


@dataclass(frozen=True, slots=True)
class Unable:
    """A profile that cannot run: `sentence` says why where it is the only one, `cause` and `facts` in a report."""

    profile: str
    cause: CannotRun
    sentence: str
    facts: Facts
    connection: Connection = field(default_factory=Connection)

    def result(self) -> Result:
        """Its result, for a report beside those of the profiles that run."""
        from oneroster_checks.diagnosis.unable import unable_to_run

        facts = {"profile": self.profile, **self.facts}
        return unable_to_run(self.connection, self.cause.value, profile=self.profile, facts=facts)


async def saved_jobs(names: Sequence[str], *, every: bool, timeout: float | None) -> list[Job | Unable]:
    """The jobs of the profiles of these names, or of `every` one; `timeout` replaces their own time limit.

    CommandLineError when there is no profile of a name, or none at all.
    """
    store = ProfileStore()
    found = _every(store) if every else [_load(store, name) for name in names]
    profiles = [profile for profile in found if isinstance(profile, Profile)]
    # The client secret of the environment belongs to one key, and never goes to a second district.
    alone = len({_owner(profile.connection) for profile in profiles}) == 1
    fingerprints = Fingerprints()
    jobs: list[Job | Unable] = []
    for profile in found:
        if isinstance(profile, Unable):
            jobs.append(profile)
            continue
        _warn_of_future(profile)
        secrets = await _secrets(profile, fingerprints, alone=alone)
        connection = profile.connection.but(timeout=timeout) if timeout else profile.connection
        jobs.append(
            secrets
            if isinstance(secrets, Unable)
            else Job(connection, secrets[0], profile.answers, profile.name, secrets[1])
        )
    return jobs


def unable_by_input(job: Job, error: InputError) -> Unable:
    """A profile whose run could not begin: its CA file, or the proxy of this computer."""
    return Unable(job.profile or "", error.cause, str(error), {"reason": error.told}, job.connection)


def _warn_of_future(profile: Profile) -> None:
    from oneroster_checks.days import in_the_future

    created = profile.connection.created
    if created is not None and in_the_future(created):
        complain(
            f"The creation date of the profile “{profile.name}”, {created}, is in the future. Check the year."
        )


def _every(store: ProfileStore) -> list[Profile | Unable]:
    try:
        profiles, unreadable = store.list()
    except ProfileError as error:
        raise CommandLineError(str(error)) from None
    for entry in unreadable:
        complain(f"{entry.path}: {entry.sentence}")
    if not profiles and not unreadable:
        raise CommandLineError("There is no saved profile. The wizard saves one: run `oneroster-wizard`.")
    return [*profiles, *(_broken(entry) for entry in unreadable)]


def _broken(entry: BrokenProfile, sentence: str = "") -> Unable:
    name = Path(entry.path).name.removesuffix(".toml")
    return Unable(name, CannotRun.PROFILE_BROKEN, sentence or entry.sentence, {"reason": entry.sentence})


def _load(store: ProfileStore, name: str) -> Profile | Unable:
    try:
        return store.load(name)
    except UnreadableProfile as error:
        return _broken(error.file, str(error))
    except ProfileError as error:
        raise CommandLineError(str(error)) from None


def _owner(connection: Connection) -> tuple[str, ...]:
    """Whose secret a connection needs: the key and the hosts. Districts may share a host, but not a key.

    With a fixed token, which has no key, the whole base URL tells one district from another.
    """
    from oneroster_checks.target import make_target

    target = make_target(connection, Credentials())
    if connection.fixed_token:
        return connection.provider, target.base.root
    return target.client_id, target.base_place.host, target.token_place.host


async def _secrets(
    profile: Profile, fingerprints: Fingerprints, *, alone: bool
) -> tuple[Credentials, Mapping[str, str]] | Unable:
    """The secrets of a profile from the keyring, with their fingerprints; the environment fills in what is not there.

    The client secret of the environment is taken only when all profiles of the run need this one (`alone`).
    """
    from ..storage.secrets import KeyringTrouble, SecretStore

    here = secrets_of()
    prints: Mapping[str, str] = {}
    store = SecretStore()
    try:
        kept = await store.load(profile.name)
    except KeyringTrouble as trouble:
        if not (alone and here.client_secret):
            sentence = (
                f"The secrets of the profile “{profile.name}” cannot be read. {trouble.sentence} {_ALONE}"
            )
            facts = {"reason": trouble.sentence}
            return Unable(profile.name, CannotRun.KEYRING, sentence, facts, profile.connection)
        kept = Credentials()
    secrets = Credentials(
        client_secret=kept.client_secret or (here.client_secret if alone else Secret()),
        vendor_key=kept.vendor_key or here.vendor_key,
        vendor_secret=kept.vendor_secret or here.vendor_secret,
    )
    if kept.texts():
        # A keyring that has given secrets asks nobody anything for one more.
        await fingerprints.open(store)
        prints = fingerprints.of(secrets)
    missing = missing_secret(secrets)
    return _without(profile, missing) if missing else (secrets, prints)


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

"""One saved profile that is to run alone: its connection with its secrets, asked for where they are missing."""

from __future__ import annotations

from collections.abc import Sequence

from oneroster_checks.connection import Credentials
from oneroster_checks.errors import CannotRun

from .. import stopping
from ..environment import secrets_of
from ..profile_secrets import ProfileSecrets, Unable, connection_for
from ..storage.profiles import Profile
from .console import tell
from .errors import CommandLineError
from .one_run import Job
from .secret_prompt import asked_for, can_ask

# What is said of two connections beside the sentence, which speaks of one.
_OF_A_SIDE = "For the two sides of a move the options are --old-secret-from and --new-secret-from."


def profile_job(
    profile: Profile | Unable,
    timeout: float | None,
    given: Credentials,
    others: Sequence[Profile | Unable] = (),
) -> Job:
    """The job of a profile; `timeout` is in seconds and replaces its own, None does not.

    `others` run beside it, so that the client secret of the environment is not known to be its own.
    `given` are secrets that go before those of the keyring and the environment. CommandLineError when the profile
    cannot run, or a secret is missing and nobody can be asked for it.
    """
    if isinstance(profile, Unable):
        raise CommandLineError(profile.sentence)
    # One for every try: what the keyring gave or refused is not asked of it again.
    secrets = ProfileSecrets([profile, *others], secrets_of(), given)
    while True:
        found = stopping.run(secrets.of(profile))
        if isinstance(found, Credentials):
            connection, prints = connection_for(profile, timeout), secrets.fingerprints(found)
            return Job(connection, found, profile.answers, profile.name, prints)
        field = _askable(found)
        if field is None or not can_ask():
            raise CommandLineError(found.sentence, *([_OF_A_SIDE] if others else []))
        if found.cause is CannotRun.KEYRING:
            tell(str(found.facts["reason"]))
        secrets.give(field, asked_for(field, profile.connection, profile.name))


def _askable(unable: Unable) -> str | None:
    """The field of the secret with which a profile could run; None where no secret helps."""
    if unable.cause is CannotRun.KEYRING:
        return "client_secret"
    return str(unable.facts["field"]) if unable.cause is CannotRun.SECRET_MISSING else None

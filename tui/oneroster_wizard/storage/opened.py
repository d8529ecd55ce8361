"""A saved connection that is opened: its secrets, from the keyring."""

from __future__ import annotations

from ..draft import Draft
from .fingerprints import Fingerprints
from .profile_error import ProfileError
from .profiles import ProfileStore
from .secrets import KeyringTrouble, SecretStore


async def with_secrets(
    draft: Draft, profiles: ProfileStore, secrets: SecretStore, fingerprints: Fingerprints
) -> Draft:
    """A draft that was just read from its profile, with its secrets; `note` says what the keyring could not give.

    There are none where the profile has changed since: the secrets of now may belong to another server.
    """
    if not draft.remember:
        draft.note = "The secrets of this connection were not kept. Type them again."
        return draft
    draft.note = ""
    try:
        found = await secrets.load(draft.profile)
    except KeyringTrouble as trouble:
        draft.note = f"{trouble.sentence} {trouble.advice} Type the secrets again to go on now."
        return draft
    # After the secrets: a profile is always written before its own.
    if _is_changed(draft, profiles):
        draft.note = f"{draft.profile} was changed meanwhile by another program. Go back and open it again."
        return draft
    draft.credentials = found
    if found.texts():
        await fingerprints.open(secrets)
    draft.stored = bool(found.client_secret)
    if not draft.stored:
        draft.note = "The keyring has no secret for this connection. Type it again."
    return draft


def _is_changed(draft: Draft, profiles: ProfileStore) -> bool:
    try:
        return profiles.load(draft.profile).connection != draft.connection
    except ProfileError:
        return True

"""Saving the profiles and secrets of an import: all of them, or none.

A profile is written before its secrets, and goes after them, so that no secret is ever kept without its profile. Where
a profile comes to lead to another host, its old secrets go first, so that none is ever beside an address to which it
does not belong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oneroster_checks.connection import SECRET_FIELDS, Credentials

from .. import stopping
from ..storage.many_profiles import ManyProfiles, Written
from ..storage.profile_error import ProfileError
from .plan import Planned

if TYPE_CHECKING:
    from ..storage.secrets import SecretStore

Progress = Callable[[int], None]


class NotSaved(Exception):
    """The import came to no end; `sentence` says why, "" where a signal ended it.

    `taken_back` says that something had been written before. `left` are the profiles that could not be taken back,
    with or without their secrets, and `why` the reason for that.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.taken_back = False
        self.left: list[str] = []
        self.why = ""


@dataclass(slots=True)
class _Begun:
    """One profile on its way: the secrets that it had and gets, None where no secret changes, and its file."""

    planned: Planned
    had: Credentials | None = None
    gets: Credentials | None = None
    written: Written | None = None


class Saving:
    """One import on its way."""

    def __init__(self, store: ManyProfiles, secrets: SecretStore) -> None:
        self._store = store
        self._secrets = secrets
        self._begun: list[_Begun] = []

    async def save(self, plan: Sequence[Planned], progress: Progress) -> None:
        """Save every profile with its secrets, and tell how many are done; NotSaved when it fails, or a signal came."""
        from ..storage.keyring_trouble import KeyringTrouble, remedy_for

        try:
            paths = self._store.paths()
            for done, planned in enumerate(plan):
                if stopping.told() is not None:
                    raise await self._taken_back("")
                progress(done)
                begun = _Begun(planned)
                self._begun.append(begun)
                if planned.candidate.has_secrets:
                    begun.had = await self._secrets.load(planned.profile.name)
                    begun.gets = _merged(planned, begun.had)
                if begun.had is not None and planned.moves:
                    await self._secrets.delete(planned.profile.name)
                begun.written = self._store.save_one_of_many(planned.profile, paths.get(planned.profile.name))
                if begun.gets is not None:
                    await self._secrets.save(planned.profile.name, begun.gets)
        except ProfileError as error:
            raise await self._taken_back(str(error)) from None
        except KeyringTrouble as trouble:
            raise await self._taken_back(f"{trouble.sentence} {remedy_for(trouble.kind)}") from None

    async def _taken_back(self, sentence: str) -> NotSaved:
        """Take everything back, the last first: a profile goes only when its secrets are gone."""
        from ..storage.keyring_trouble import KeyringTrouble

        outcome = NotSaved(sentence)
        outcome.taken_back = any(begun.written is not None for begun in self._begun)
        keyring_is_down = False
        for begun in reversed(self._begun):
            name = begun.planned.profile.name
            try:
                if begun.had is not None and keyring_is_down:
                    outcome.left.append(name)
                    continue
                had_some = begun.had is not None and begun.had != Credentials()
                if begun.had is not None and (begun.planned.moves or not had_some):
                    await self._secrets.delete(name)
                if begun.written is not None:
                    self._store.take_back(begun.written)
                if begun.had is not None and had_some:
                    await self._secrets.save(name, begun.had)
            except (KeyringTrouble, ProfileError) as error:
                # Each further try would wait as long again.
                keyring_is_down = keyring_is_down or isinstance(error, KeyringTrouble)
                outcome.why = outcome.why or str(error)
                outcome.left.append(name)
        outcome.left.reverse()
        return outcome


def _merged(planned: Planned, had: Credentials) -> Credentials:
    """The secrets of the line; those that it does not bring stay, where they are those of this profile and host."""
    brought = planned.candidate.credentials
    if planned.before is None or planned.moves:
        return brought
    kept = {name: getattr(had, name) for name in SECRET_FIELDS if not getattr(brought, name)}
    return replace(brought, **kept)

"""Saving the profiles and secrets of an import: all of them, or none.

A profile is written before its secrets, and goes after them, so that no secret is ever kept without its profile. Where
a profile is new or comes to lead to another host, the secrets that are kept under its name go first, so that none is
ever beside an address to which it does not belong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from oneroster_checks.connection import SECRET_FIELDS, Credentials

from .. import stopping
from ..limits import TAKE_BACK_ONE_S, TAKE_BACK_S
from ..storage.keyring_hosts import KeptSecrets, hosts_of
from ..storage.keyring_trouble import KeyringTrouble, remedy_for
from ..storage.many_profiles import ManyProfiles, Written
from ..storage.profile_error import ProfileError
from .plan import Planned

if TYPE_CHECKING:
    from pathlib import Path

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
    """One profile on its way: what the keyring had of it, whether this import began to change that, and its file."""

    planned: Planned
    had: KeptSecrets = field(default_factory=KeptSecrets)
    changes_secrets: bool = False
    written: Written | None = None


class Saving:
    """One import on its way."""

    def __init__(self, store: ManyProfiles, secrets: SecretStore) -> None:
        self._store = store
        self._secrets = secrets
        self._begun: list[_Begun] = []
        self._has_no_keyring = False

    def standing(self) -> list[str]:
        """The names of the profiles that it has written, and not taken back so far; for any thread."""
        return [begun.planned.profile.name for begun in tuple(self._begun) if begun.written is not None]

    def take_back_s(self) -> float:
        """How many seconds it may take to take back what was saved so far."""
        return TAKE_BACK_S + TAKE_BACK_ONE_S * len(self._begun)

    async def save(self, plan: Sequence[Planned], progress: Progress, goes_back: Progress) -> None:
        """Save every profile with its secrets; NotSaved when it fails, or a signal came.

        `progress` is told how many are done; `goes_back`, when they are taken back, how many are left.
        """
        try:
            with self._store.one_import():
                await self._save(plan, progress, goes_back)
        except ProfileError as error:
            raise NotSaved(str(error)) from None

    async def _save(self, plan: Sequence[Planned], progress: Progress, goes_back: Progress) -> None:
        try:
            paths = self._store.paths()
            for done, planned in enumerate(plan):
                if stopping.told() is not None:
                    raise await self._taken_back("", goes_back)
                progress(done)
                await self._save_one(planned, paths.get(planned.profile.name))
        except ProfileError as error:
            raise await self._taken_back(str(error), goes_back) from None
        except KeyringTrouble as trouble:
            raise await self._taken_back(
                f"{trouble.sentence} {remedy_for(trouble.kind)}", goes_back
            ) from None

    async def _save_one(self, planned: Planned, path: Path | None) -> None:
        name = planned.profile.name
        if planned.before is None and path is not None:
            raise ProfileError(f"Another program has just saved a profile named “{name}”.")
        begun = _Begun(planned)
        self._begun.append(begun)
        begun.had = await self._had(planned)
        is_removed = bool(begun.had) and planned.is_elsewhere
        if is_removed:
            begun.changes_secrets = True
            await self._secrets.delete(name)
        begun.written = self._store.save_one_of_many(planned.profile, path)
        if planned.candidate.has_secrets:
            begun.changes_secrets = True
            gets = _merged(planned, begun.had)
            there = KeptSecrets() if is_removed else begun.had
            await self._secrets.save(name, gets, hosts_of(planned.profile.connection), there)

    async def _had(self, planned: Planned) -> KeptSecrets:
        """What the keyring has under a name, where that matters: for its new secrets, or for another host."""
        needs = planned.candidate.has_secrets
        if not needs and (self._has_no_keyring or not planned.is_elsewhere):
            return KeptSecrets()
        try:
            return await self._secrets.kept(planned.profile.name)
        except KeyringTrouble as trouble:
            if needs:
                raise
            if trouble.kind != "missing":
                why = (
                    f"{trouble.sentence} It may have earlier secrets under the name “{planned.profile.name}”."
                )
                raise KeyringTrouble(trouble.kind, why) from None
            self._has_no_keyring = True
            return KeptSecrets()

    async def _taken_back(self, sentence: str, goes_back: Progress) -> NotSaved:
        """Take everything back, the last first: a profile goes only when its secrets are gone."""
        outcome = NotSaved(sentence)
        outcome.taken_back = bool(self.standing())
        keyring_is_down = False
        for left, begun in zip(range(len(self._begun), 0, -1), reversed(self._begun), strict=True):
            goes_back(left)
            name = begun.planned.profile.name
            try:
                if begun.changes_secrets and keyring_is_down:
                    outcome.left.append(name)
                    continue
                if begun.changes_secrets and (begun.planned.is_elsewhere or not begun.had):
                    await self._secrets.delete(name)
                if begun.written is not None:
                    self._store.take_back(begun.written)
                    begun.written = None
                if begun.changes_secrets and begun.had:
                    await self._secrets.save(name, begun.had.credentials, begun.had.hosts)
            except (KeyringTrouble, ProfileError) as error:
                # Each further try would wait as long again.
                keyring_is_down = keyring_is_down or isinstance(error, KeyringTrouble)
                outcome.why = outcome.why or str(error)
                outcome.left.append(name)
        outcome.left.reverse()
        return outcome


def _merged(planned: Planned, had: KeptSecrets) -> Credentials:
    """The secrets of the line; those that it does not bring stay, where they are of this profile and its hosts."""
    brought = planned.candidate.credentials
    if planned.is_elsewhere or not had.may_go_to(planned.profile.connection):
        return brought
    kept = {name: getattr(had.credentials, name) for name in SECRET_FIELDS if not getattr(brought, name)}
    return replace(brought, **kept)

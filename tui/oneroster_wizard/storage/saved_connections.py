"""What outlives the wizard: profile files and the keyring, used together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from oneroster_checks.clock import Clock

from ..draft import Draft
from .keyring_hosts import hosts_of
from .keyring_trouble import KeyringTrouble
from .profile_error import ProfileError
from .profile_folder import default_folder, profile_files

if TYPE_CHECKING:
    from oneroster_checks.report import Letterhead

    from .fingerprints import Fingerprints
    from .kept_run import KeptRun
    from .profiles import Listing, ProfileStore
    from .secrets import SecretStore
    from .settings import Settings, SettingsFile

MEMORY_GOES_ON = "The wizard goes on and keeps the secrets in memory until you quit."
GIVEN_UP = (
    "The keyring was not waited for. A prompt to unlock it may be open in another window. " + MEMORY_GOES_ON
)


@dataclass(slots=True)
class SaveOutcome:
    """The outcome of saving a connection: whether its secrets are stored, and what went wrong in words.

    `trouble` is the keyring's; `refused` says why not even the profile file was written.
    """

    stored: bool = False
    trouble: str = ""
    refused: str = ""


class SavedConnections:
    """Opens, saves, copies, renames and deletes saved connections with their secrets.

    `folder` holds the profile files; None is the user's own configuration folder. `clock` tells what day it is.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.clock = Clock()

    def today(self) -> date:
        """The day that it is here."""
        return self.clock.now().date()

    @cached_property
    def profiles(self) -> ProfileStore:
        """The profile files."""
        from .profiles import ProfileStore

        return ProfileStore(self.folder)

    def list(self) -> Listing:
        """Every saved profile, and every file that is none; a first start with neither reads in no reader.

        ProfileError with a sentence when the folder cannot be read.
        """
        if not profile_files(self.folder or default_folder()):
            return [], []
        return self.profiles.list()

    def last_runs(self, count: int) -> tuple[Mapping[str, Sequence[KeptRun]], str]:
        """So many of the newest runs of every profile that has any, by its name; where nobody can tell, why."""
        try:
            return self.profiles.history.newest(count), ""
        except ProfileError as error:
            return {}, str(error)

    @property
    def is_empty(self) -> bool:
        """Whether there is no file of a profile at all; False when nobody can say."""
        try:
            return not profile_files(self.folder or default_folder())
        except ProfileError:
            return False

    def save_tags(self, name: str, tags: Sequence[str]) -> None:
        """Give a profile these tags in the place of its own; ProfileError with a sentence."""
        self.profiles.save(replace(self.profiles.load(name), tags=tuple(tags)))

    def names(self) -> tuple[str, ...]:
        """The names that are taken, as far as they can be read; saving says what cannot."""
        try:
            return tuple(profile.name for profile in self.list()[0])
        except ProfileError:
            return ()

    @cached_property
    def settings(self) -> SettingsFile:
        """The settings for all connections; those beside another folder of profiles have a folder of their own."""
        from .settings import SettingsFile

        return SettingsFile(self.folder / "settings" / "settings.toml" if self.folder else None)

    def letterhead(self, draft: Draft) -> tuple[Letterhead, str]:
        """The names for the message about a draft; and a sentence where settings cannot be read, and are not used."""
        from oneroster_checks.report import Letterhead

        settled, trouble = self._settled()
        return Letterhead(draft.district, settled.product, settled.sender), trouble

    def asks_for_names(self, draft: Draft) -> bool:
        """Whether the names are asked for: the district's once for each draft, the others once for all of them."""
        return not draft.names_asked and not (draft.district and self._settled()[0].names)

    def _settled(self) -> tuple[Settings, str]:
        from .settings import Settings

        try:
            return self.settings.load(), ""
        except ProfileError as error:
            return Settings(), str(error)

    def save_letterhead(self, draft: Draft, names: Letterhead) -> None:
        """Keep the names of messages: the district's with its connection, the others for all of them.

        ProfileError with a sentence when the settings cannot be written.
        """
        if draft.district != names.district:
            draft.district, draft.unsaved = names.district, True
        from .settings import ASKED

        settled = self.settings.load()
        wanted = replace(settled, product=names.product, sender=names.sender, names=ASKED)
        if wanted != settled:
            self.settings.save(wanted)

    def save_theme(self, theme: str) -> None:
        """Keep the theme for the next time; ProfileError with a sentence when the settings cannot be written."""
        self.settings.save(replace(self.settings.load(), theme=theme))

    def theme(self) -> str:
        """The theme that was kept, "" for none; settings that cannot be read have none."""
        try:
            return self.settings.load().theme if self.settings.path.exists() else ""
        except (ProfileError, OSError):
            return ""

    @cached_property
    def secrets(self) -> SecretStore:
        """The keyring; its import is slow, so it waits for the first use."""
        from .secrets import SecretStore

        return SecretStore()

    @cached_property
    def fingerprints(self) -> Fingerprints:
        """The fingerprints of secrets, for the history."""
        from .fingerprints import Fingerprints

        return Fingerprints()

    def open_without_secrets(self, name: str) -> Draft:
        """A saved connection as its file tells it; raises ProfileError with a sentence."""
        from .profile_drafts import draft_of

        return draft_of(self.profiles.load(name))

    async def add_secrets(self, draft: Draft) -> Draft:
        """The draft with the secrets of its profile; `note` says what the keyring could not give."""
        if not draft.remember:
            draft.note = "The secrets of this connection were not kept. Type them again."
            return draft
        draft.note = ""
        try:
            draft.credentials = await self.secrets.load(draft.profile, draft.connection)
        except KeyringTrouble as trouble:
            draft.note = f"{trouble.sentence} {trouble.advice} Type the secrets again to go on now."
        else:
            from .still_saved import without_changed

            await without_changed(draft, self.profiles)
            if draft.credentials.texts():
                await self.fingerprints.open(self.secrets)
            draft.stored = bool(draft.credentials.client_secret)
            if not draft.stored:
                draft.note = draft.note or "The keyring has no secret for this connection. Type it again."
        return draft

    async def save(self, draft: Draft) -> SaveOutcome:
        """Write the profile of a named draft, and its secrets into the keyring or out of it.

        Raises ProfileError with a sentence; what the keyring refuses is in the outcome.
        """
        may_be_there = self._may_have_others(draft)
        self.save_profile(draft)
        try:
            if draft.remember:
                await self.secrets.save(draft.profile, draft.credentials, hosts_of(draft.connection))
                if draft.credentials.texts():
                    await self.fingerprints.open(self.secrets)
            elif may_be_there:
                await self.secrets.delete(draft.profile)
        except KeyringTrouble as trouble:
            draft.stored = False
            if not draft.remember and trouble.kind == "missing" and not trouble.half:
                return SaveOutcome()
            return SaveOutcome(False, f"{trouble.sentence} {trouble.advice}")
        draft.stored = draft.remember
        return SaveOutcome(draft.remember)

    def save_profile(self, draft: Draft) -> None:
        """Write the profile file of a named draft; raises ProfileError with a sentence."""
        from .profile_drafts import profile_of_draft

        self.profiles.save(profile_of_draft(draft))
        draft.unsaved = False

    async def save_hosts(self, draft: Draft) -> None:
        """Let the kept secrets of a draft go to the hosts that a person gave it; else they are typed again later."""
        with suppress(KeyringTrouble):
            await self.secrets.save(draft.profile, draft.credentials, hosts_of(draft.connection))

    async def rename(self, old: str, new: str) -> str:
        """Rename a saved connection with its secrets; why nothing was done, or what to know of it, in words."""
        self.profiles.rename(old, new)
        return await self._with_keyring(new, self.secrets.rename, old, lambda: self.profiles.rename(new, old))

    async def duplicate(self, old: str, new: str) -> str:
        """Copy a saved connection with its secrets; why nothing was done, or what to know of it, in words."""
        self.profiles.duplicate(old, new)
        return await self._with_keyring(new, self.secrets.copy, old, lambda: self.profiles.delete(new))

    async def delete(self, name: str) -> str:
        """Delete a saved connection with its secrets; what the keyring refused, in words."""
        remembered = self._remembered(name)
        self.profiles.delete(name)
        try:
            await self.secrets.delete(name)
        except KeyringTrouble as trouble:
            if not remembered and not trouble.half:
                return ""
            if trouble.kind == "missing":
                return "Deleted. This computer has no keyring, so no secret was kept here."
            return f"The file is deleted, but the secrets may still be in the keyring: {trouble.sentence}"
        return ""

    def save_result(self, draft: Draft) -> None:
        """Keep the last run of a named draft, which then says what changed since the runs before it.

        A run of only some checks is not kept. ProfileError with a sentence where it cannot be kept.
        """
        log = draft.log
        if log is not None and log.result is not None and not log.is_partial:
            kept = self.profiles.save_run(draft.profile, log.result, self.fingerprints.of(draft.credentials))
            log.result = replace(log.result, profile=kept.profile, changed=kept.changed)

    def _remembered(self, name: str) -> bool:
        try:
            return self.profiles.load(name).remember
        except ProfileError:
            return False

    def _may_have_others(self, draft: Draft) -> bool:
        """Whether the keyring may have secrets under a draft's name that are not its own to use."""
        try:
            before = self.profiles.load(draft.profile)
        except ProfileError:
            return True
        return before.remember or hosts_of(before.connection) != hosts_of(draft.connection)

    async def _with_keyring(
        self, new: str, move: Callable[[str, str], Awaitable[None]], old: str, take_back: Callable[[], None]
    ) -> str:
        remembered = self._remembered(new)
        try:
            # One that keeps none goes the same way: an earlier one of its new name may have left some.
            await move(old, new)
        except KeyringTrouble as trouble:
            if trouble.kind == "missing" and not trouble.half:
                if not remembered:
                    return ""
                return "Done. This computer has no keyring, so there were no secrets to carry over."
            take_back()
            return f"Nothing was changed, as the secrets could not be carried over: {trouble.sentence}"
        except BaseException:
            # Not waited for: the keyring takes its half back, and the file goes with it.
            take_back()
            raise
        return ""

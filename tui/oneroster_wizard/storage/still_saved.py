"""Whether a profile still is what was read of it, so that a secret of now goes only where its profile of now leads."""

from __future__ import annotations

import asyncio
import os
import threading
from pathlib import Path

from oneroster_checks.connection import Credentials
from oneroster_checks.files import read_file
from oneroster_checks.limits import PROFILE_BYTES

from ..draft import Draft
from .many_profiles import ManyProfiles
from .profile_error import ProfileError
from .profile_file import Profile, file_stem, read_profile
from .profiles import ProfileStore, UnreadableProfile


class StillSaved:
    """Reads profiles again, many of one run; files that are not named after their profile are looked for once."""

    def __init__(self, store: ProfileStore) -> None:
        self._store = ManyProfiles(store.folder)
        self._places: dict[str, Path] | None = None
        self._lock = threading.Lock()

    async def why_not(self, profile: Profile) -> str:
        """Why the connection of a profile is no longer the saved one, as a clause; "" where it is."""
        # In a thread: a folder on another machine may take its time.
        return await asyncio.to_thread(self._why_not, profile)

    def _why_not(self, profile: Profile) -> str:
        try:
            now = self._now(profile.name)
        except UnreadableProfile:
            return "its file was changed meanwhile, and is broken now"
        except ProfileError:
            return "it was deleted or renamed meanwhile"
        return "" if now.connection == profile.connection else "its connection was changed meanwhile"

    def _now(self, name: str) -> Profile:
        if not os.path.lexists(self._store.folder / f"{file_stem(name)}.toml"):
            with self._lock:
                if self._places is None:
                    self._places = self._store.paths()
            found = _profile_in(self._places.get(name))
            if found is not None and found.name == name:
                return found
        return self._store.load(name)


async def without_changed(draft: Draft, profiles: ProfileStore) -> None:
    """Take the secrets from a draft that was just opened, and say so in its note, where it is not what is saved now."""
    opened = Profile(draft.profile, draft.connection, {})
    if await StillSaved(profiles).why_not(opened):
        draft.credentials = Credentials()
        draft.note = f"{draft.profile} was changed meanwhile by another program. Go back and open it again."


def _profile_in(path: Path | None) -> Profile | None:
    """The profile in a file, None where there is none that can be read."""
    if path is None:
        return None
    try:
        return read_profile(read_file(path, PROFILE_BYTES).decode("utf-8-sig"), name=path.stem)
    except (OSError, UnicodeDecodeError, ProfileError):
        return None

"""Many profiles written one after the other, each of which can be taken back."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from oneroster_checks.files import read_file, reason_of
from oneroster_checks.limits import PROFILE_BYTES

from .locks import held_alone
from .private_files import make_private_folder, replace_private
from .profile_error import ProfileError
from .profile_file import Profile, clean_name, cleaned, file_stem, refuse_long, refuse_secrets
from .profiles import ProfileStore

_LOCK = ".import.lock"


@dataclass(frozen=True, slots=True)
class Written:
    """One file of many that were written: where, what was in it before (None for a new one), and what is now."""

    path: Path
    before: bytes | None
    after: bytes


class ManyProfiles(ProfileStore):
    """The profiles of a folder, for who writes many of them: the others are read once, not for each.

    Its methods raise ProfileError as those of a ProfileStore do.
    """

    @contextmanager
    def one_import(self) -> Generator[None]:
        """Keep every other import out from the first profile to the last, or until all are taken back."""
        try:
            make_private_folder(self.folder)
            with held_alone(self.folder / _LOCK) as is_ours:
                if not is_ours:
                    raise ProfileError("Another import is running. Wait until it has ended, then try again.")
                yield
        except OSError as error:
            raise ProfileError(f"{self.folder} could not be written: {reason_of(error)}.") from None

    def save_one_of_many(self, profile: Profile, path: Path | None) -> Written:
        """Write a profile as `save` does, without reading all others; `path` is its own as `paths` tells, if any."""
        name = clean_name(profile.name)
        refuse_secrets(profile.connection)
        refuse_long(profile.connection)
        with self._alone(make=True):
            if path is None and self._own_path(name) is not None:
                raise ProfileError(f"Another program has just saved a profile named “{name}”.")
            before = self._bytes_of(path) if path is not None else None
            written = self._put(cleaned(profile), path)
            return Written(written, before, self._bytes_of(written))

    def take_back(self, written: Written) -> None:
        """Leave a file as it was before `save_one_of_many`; one that was changed since then stays."""
        with self._alone():
            if self._bytes_of(written.path) != written.after:
                raise ProfileError(f"{written.path} was changed by another program, so it was left as is.")
            try:
                if written.before is None:
                    written.path.unlink()
                else:
                    replace_private(written.path, written.before)
            except OSError as error:
                raise ProfileError(f"{written.path} could not be reverted: {reason_of(error)}.") from None

    def paths(self) -> dict[str, Path]:
        """The file of each profile that `list` gives, by name."""
        found: dict[str, Path] = {}
        for path, profile in self._read_all():
            if isinstance(profile, Profile) and (
                profile.name not in found or path.stem == file_stem(profile.name)
            ):
                found[profile.name] = path
        return found

    def _bytes_of(self, path: Path) -> bytes:
        try:
            return read_file(path, PROFILE_BYTES)
        except OSError as error:
            raise ProfileError(f"{path} could not be read: {reason_of(error)}.") from None

"""Saved profiles: one TOML file each in the user's configuration folder, the last run beside it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from oneroster_checks.files import UnusableFile, read_file, reason_of
from oneroster_checks.labels import capitalized
from oneroster_checks.limits import PROFILE_BYTES

from .locks import StillHeldError, alone_in
from .private_files import as_bytes, make_private_folder, write_private
from .profile_document import changed_document, new_document
from .profile_error import ProfileError
from .profile_file import Profile, clean_name, file_stem, read_profile, refuse_long, refuse_secrets
from .profile_folder import default_folder, profile_files
from .profile_tags import clean_tags
from .saved_results import LastRun, last_run_in, result_path, save_result

if TYPE_CHECKING:
    from oneroster_checks.result import Result

__all__ = ["BrokenProfile", "LastRun", "Profile", "ProfileError", "ProfileStore", "UnreadableProfile"]


@dataclass(frozen=True, slots=True)
class BrokenProfile:
    """A file that is not a readable profile: where it is, and one sentence on what is wrong with it."""

    path: Path
    sentence: str


class UnreadableProfile(ProfileError):
    """There is a file for this name, and it is no readable profile; `file` says which, and why."""

    def __init__(self, file: BrokenProfile) -> None:
        super().__init__(
            f"The profile in {file.path} is broken. {file.sentence} Correct the file, or delete it."
        )
        self.file = file


# The class below has a method named list, which would hide the type in its own annotations.
Listing = tuple[list[Profile], list[BrokenProfile]]


class ProfileStore:
    """The profiles of one folder, by default `profiles` in the user's configuration folder.

    Every method that gets a name raises ProfileError, with a sentence for the user, when the name cannot be
    used or the file cannot be read or written.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_folder()

    def list(self) -> Listing:
        """Every profile by name, and every file that is none with the reason."""
        found: dict[str, Profile] = {}
        broken: list[BrokenProfile] = []
        every = list(self._read_all())
        # Of two with one name, the one in the file of that name is the real one.
        every.sort(key=lambda each: isinstance(each[1], Profile) and each[0].stem != file_stem(each[1].name))
        for path, profile in every:
            if isinstance(profile, ProfileError):
                broken.append(BrokenProfile(path, str(profile)))
            elif profile.name in found:
                sentence = f'It has the name "{profile.name}", which another profile has: change one of them.'
                broken.append(BrokenProfile(path, sentence))
            else:
                found[profile.name] = profile
        return sorted(found.values(), key=lambda profile: profile.name.casefold()), broken

    def load(self, name: str) -> Profile:
        """The profile of this name."""
        return _profile_at(self._existing(name))

    def save(self, profile: Profile) -> None:
        """Write a profile, whether new or known; lines of its file that this version does not know stay."""
        name = clean_name(profile.name)
        refuse_secrets(profile.connection)
        refuse_long(profile.connection)
        with self._alone(make=True):
            self._put(replace(profile, name=name, tags=clean_tags(profile.tags)), self._find(name))

    def delete(self, name: str) -> None:
        """Remove a profile and its last run. Its secrets are the keyring's: see SecretStore.delete."""
        with self._alone():
            path = self._existing(name)
            try:
                # A run without a profile would later seem to be that of another with this name.
                result_path(path).unlink(missing_ok=True)
                path.unlink()
            except OSError as error:
                raise ProfileError(f'"{name}" could not be deleted: {reason_of(error)}.') from None

    def rename(self, old: str, new: str) -> None:
        """Give a profile another name; its last run goes along."""
        with self._alone():
            self._rename(old, new)

    def _rename(self, old: str, new: str) -> None:
        before = self._existing(old)
        name = self._unused(new, but=clean_name(old))
        renamed = replace(_profile_at(before), name=name)
        after = self._free_path(name, but=before)
        # The new file is whole before the old one goes, so that a failure between leaves both, never none.
        self._write(after, changed_document(_text_of(before), renamed))
        if after != before:
            try:
                if result_path(before).exists():
                    result_path(before).replace(result_path(after))
                before.unlink()
            except OSError as error:
                raise ProfileError(
                    f'"{name}" is saved; "{old}" could not be removed: {reason_of(error)}.'
                ) from None

    def duplicate(self, old: str, new: str) -> None:
        """Save a copy under another name, without the last run."""
        with self._alone():
            path = self._existing(old)
            copy = replace(_profile_at(path), name=self._unused(new))
            self._write(self._free_path(copy.name), changed_document(_text_of(path), copy))

    def path_of(self, name: str) -> Path:
        """Where a profile is."""
        return self._existing(name)

    def last_run(self, name: str) -> LastRun | None:
        """How the last run ended; None when there was none, or what is kept of it cannot be read."""
        path = self._find(clean_name(name))
        return last_run_in(path) if path is not None else None

    def save_run(self, name: str, result: Result) -> None:
        """Keep the result of a run beside its profile, as the redacted JSON of the reports."""
        with self._alone():
            try:
                save_result(self._existing(name), result)
            except OSError as error:
                raise ProfileError(f'The result of "{name}" could not be kept: {reason_of(error)}.') from None

    @contextlib.contextmanager
    def _alone(self, *, make: bool = False) -> Generator[None]:
        """Keep other programs from changing what is read and written here, so that none undoes the other's work."""
        try:
            if make:
                make_private_folder(self.folder)
            with alone_in(self.folder):
                yield
        except StillHeldError as error:
            raise ProfileError(f"Nothing was changed: {error.strerror}. Try again.") from None
        except OSError as error:
            raise ProfileError(f"{self.folder} could not be written: {reason_of(error)}.") from None

    def _read_all(self) -> Iterator[tuple[Path, Profile | ProfileError]]:
        for path in profile_files(self.folder):
            try:
                yield path, _profile_at(path)
            except ProfileError as error:
                yield path, error

    def _find(self, name: str) -> Path | None:
        """The file whose profile has this name; its own file first: people copy and rename files."""
        own = self._own_path(name)
        if own is not None:
            return own
        every = self._read_all()
        return next(
            (path for path, found in every if isinstance(found, Profile) and found.name == name), None
        )

    def _put(self, profile: Profile, path: Path | None) -> Path:
        """Write to the file of a profile, a new one where it has none; where it is."""
        if path is not None:
            self._write(path, changed_document(_text_of(path), profile))
            return path
        path = self._free_path(profile.name)
        self._write(path, new_document(profile))
        return path

    def _own_path(self, name: str) -> Path | None:
        own = self.folder / f"{file_stem(name)}.toml"
        if os.path.lexists(own):
            with contextlib.suppress(ProfileError):
                if _profile_at(own).name == name:
                    return own
        return None

    def _existing(self, name: str) -> Path:
        kept = clean_name(name)
        path = self._find(kept)
        if path is None:
            own = self.folder / f"{file_stem(kept)}.toml"
            if os.path.lexists(own):
                try:
                    _profile_at(own)
                except ProfileError as error:
                    raise UnreadableProfile(BrokenProfile(own, str(error))) from None
            raise ProfileError(f"There is no profile with the name “{kept}”.")
        return path

    def _unused(self, name: str, but: str = "") -> str:
        kept = clean_name(name)
        if kept != but and self._find(kept) is not None:
            raise ProfileError(f"There is a profile with the name “{kept}” already.")
        return kept

    def _free_path(self, name: str, but: Path | None = None) -> Path:
        """A path that no other file has: a broken profile, or one renamed by hand, is never written over."""
        stem = file_stem(name)
        path, count = self.folder / f"{stem}.toml", 1
        while os.path.lexists(path) and path != but:
            count += 1
            path = self.folder / f"{stem}.{count}.toml"
        return path

    def _write(self, path: Path, text: str) -> None:
        if len(as_bytes(text)) > PROFILE_BYTES:
            raise ProfileError(f"{path} was not written: it would be too large to be read again.")
        try:
            write_private(path, text)
        except OSError as error:
            raise ProfileError(f"{path} could not be written: {reason_of(error)}.") from None


def _text_of(path: Path) -> str:
    try:
        return read_file(path, PROFILE_BYTES).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ProfileError("It is not a text in UTF-8.") from None
    except UnusableFile as error:
        raise ProfileError(f"{capitalized(reason_of(error))}.") from None
    except OSError as error:
        raise ProfileError(f"It cannot be read: {reason_of(error)}.") from None


def _profile_at(path: Path) -> Profile:
    return read_profile(_text_of(path), name=path.stem)

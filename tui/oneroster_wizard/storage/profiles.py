"""Saved profiles: one TOML file each in the user's configuration folder, and their runs in the history."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from oneroster_checks.files import UnusableFile, read_file, reason_of
from oneroster_checks.labels import capitalized
from oneroster_checks.limits import PROFILE_BYTES

from ..limits import HISTORY_BUSY_AGAIN_S, LOCK_S
from ..nearest import did_you_mean
from .answer_days import with_days
from .broken_profile import BrokenProfile, UnreadableProfile, label_of
from .compared_run import compared_and_kept
from .history import History
from .kept_run import KeptRun
from .locks import StillHeldError, alone_in
from .old_results import old_result_of, old_result_path, profiles_with_old_results
from .private_files import as_bytes, make_private_folder, write_private
from .profile_document import changed_document, new_document
from .profile_error import HistoryError, ProfileError
from .profile_file import Profile, clean_name, cleaned, file_stem, read_profile, refuse_long, refuse_secrets
from .profile_folder import default_folder, profile_files

if TYPE_CHECKING:
    from oneroster_checks.result import Result

__all__ = ["BrokenProfile", "KeptRun", "Profile", "ProfileError", "ProfileStore", "UnreadableProfile"]


# The class below has a method named list, which would hide the type in its own annotations.
Listing = tuple[list[Profile], list[BrokenProfile]]


class ProfileStore:
    """The profiles of one folder, by default `profiles` in the user's configuration folder, with their runs.

    The runs are in `history`: by default in the user's own, for the profiles of another folder in a file there.

    Every method that gets a name raises ProfileError, with a sentence for the user, when the name cannot be
    used or the file cannot be read or written.
    """

    def __init__(self, folder: Path | None = None, history: History | None = None) -> None:
        self.folder = folder or default_folder()
        self._history = history or History(folder / "history.sqlite3" if folder else None)
        self._patience_s = LOCK_S

    @property
    def history(self) -> History:
        """The runs of the profiles, those from earlier versions among them."""
        if profiles_with_old_results(self.folder):
            with self._alone():
                self._move_old_results()
        return self._history

    def wait_less(self) -> None:
        """From now on wait hardly for another program that changes the profiles or holds their history."""
        self._patience_s = HISTORY_BUSY_AGAIN_S
        self._history.wait_less()

    def list(self) -> Listing:
        """Every profile by name, and every file that is none with the reason."""
        found: dict[str, Profile] = {}
        broken: list[tuple[Path, str]] = []
        every = list(self._read_all())
        # Of two with one name, the one in the file of that name is the real one.
        every.sort(key=lambda each: isinstance(each[1], Profile) and each[0].stem != file_stem(each[1].name))
        for path, profile in every:
            if isinstance(profile, ProfileError):
                broken.append((path, str(profile)))
            elif profile.name in found:
                sentence = f'It has the name "{profile.name}", as another profile does: rename one of them.'
                broken.append((path, sentence))
            else:
                found[profile.name] = profile
        unreadable = [BrokenProfile(path, sentence, label_of(path, found)) for path, sentence in broken]
        return sorted(found.values(), key=lambda profile: profile.name.casefold()), unreadable

    def load(self, name: str) -> Profile:
        """The profile of this name."""
        return _profile_at(self._existing(name))

    def save(self, profile: Profile) -> None:
        """Write a profile, whether new or known; lines of its file that this version does not know stay."""
        name = clean_name(profile.name)
        refuse_secrets(profile.connection)
        refuse_long(profile.connection)
        with self._alone(make=True):
            self._put(cleaned(profile), self._find(name))

    def delete(self, name: str) -> None:
        """Remove a profile and its runs. Its secrets are the keyring's: see SecretStore.delete."""
        with self._alone():
            path = self._existing(name)
            # Runs without a profile would later seem to be those of another with this name.
            self._history.delete(clean_name(name))
            try:
                old_result_path(path).unlink(missing_ok=True)
                path.unlink()
            except OSError as error:
                raise ProfileError(f'"{name}" could not be deleted: {reason_of(error)}.') from None

    def rename(self, old: str, new: str) -> None:
        """Give a profile another name; its runs go along."""
        with self._alone():
            self._move_old_results()
            self._rename(old, new)

    def _rename(self, old: str, new: str) -> None:
        before = self._existing(old)
        name = self._unused(new, but=clean_name(old))
        renamed = replace(_profile_at(before), name=name)
        # A history that cannot be used is told before anything is written.
        self._history.last(name)
        after = self._free_path(name, but=before)
        # The new file is whole before the old one goes, so that a failure between leaves both, never none.
        self._write(after, changed_document(_text_of(before), renamed))
        self._history.rename(clean_name(old), name)
        if after != before:
            try:
                before.unlink()
            except OSError as error:
                raise ProfileError(
                    f'"{name}" is saved; "{old}" could not be removed: {reason_of(error)}.'
                ) from None

    def duplicate(self, old: str, new: str) -> None:
        """Save a copy under another name, without the runs."""
        with self._alone():
            path = self._existing(old)
            copy = replace(_profile_at(path), name=self._unused(new))
            self._write(self._free_path(copy.name), changed_document(_text_of(path), copy))
            with contextlib.suppress(HistoryError):
                self._history.copy(clean_name(old), copy.name)

    def path_of(self, name: str) -> Path:
        """Where a profile is."""
        return self._existing(name)

    def last_run(self, name: str) -> KeptRun | None:
        """How the last run ended; None when there was none."""
        return self.history.last(clean_name(name))

    def save_run(
        self,
        name: str,
        result: Result,
        secrets: Mapping[str, str] | None = None,
        timeout: float | None = None,
        *,
        is_told: bool = True,
    ) -> Result:
        """Keep a run of a profile; the result with what changed since the runs before it, None in a first one.

        `secrets` are keyed fingerprints by the field's name, `timeout` the profile's own time limit, where an option of
        the run may have replaced it. A run that began at the same moment as a kept one takes its place.
        One not `is_told` waits for `History.tell`.
        """
        history = self.history
        with self._alone():
            # The profile may be gone by now, and then nobody would ever see its runs. A broken one has runs, too.
            with contextlib.suppress(UnreadableProfile):
                self._existing(name)
            named = replace(result, profile=clean_name(name))
            return compared_and_kept(history, named, secrets or {}, timeout, is_told=is_told)

    def save_broken_run(self, result: Result, *, is_told: bool = True) -> Result:
        """Keep the run of a file that is no readable profile, by the name of it that the result has.

        Where a profile has got this name meanwhile, it is not kept: the runs of that one are another's.
        """
        history = self.history
        with self._alone():
            is_taken = self._find(result.profile or "") is not None
            return result if is_taken else compared_and_kept(history, result, {}, is_told=is_told)

    def _move_old_results(self) -> None:
        """Take what earlier versions kept into the history; what cannot be read of it stays where it is."""
        for path in profiles_with_old_results(self.folder):
            with contextlib.suppress(OSError):
                try:
                    run = old_result_of(path, _profile_at(path).name)
                except ProfileError:
                    continue
                if run is not None:
                    # The file goes last: who is killed in between finds the run there already the next time.
                    self._history.add_ending(run)
                    old_result_path(path).unlink()

    @contextlib.contextmanager
    def _alone(self, *, make: bool = False) -> Generator[None]:
        """Keep other programs from changing what is read and written here, so that none undoes the other's work."""
        try:
            if make:
                make_private_folder(self.folder)
            with alone_in(self.folder, self._patience_s):
                yield
        except StillHeldError as error:
            raise ProfileError.held(f"Nothing was changed: {error.strerror}. Try again.") from None
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
        # The file of an earlier one may have been removed by hand. Where a broken file has the place, that may still be
        # the one whose runs they are.
        if path.stem == file_stem(profile.name):
            with contextlib.suppress(HistoryError):
                self._history.delete(profile.name)
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
                    raise UnreadableProfile(BrokenProfile(own, str(error), kept)) from None
            names = [each.name for _, each in self._read_all() if isinstance(each, Profile)]
            raise ProfileError(f"There is no profile named “{kept}”.{did_you_mean(kept, names)}")
        return path

    def _unused(self, name: str, but: str = "") -> str:
        kept = clean_name(name)
        if kept != but and self._find(kept) is not None:
            raise ProfileError(f"There is already a profile named “{kept}”.")
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
            raise ProfileError(f"{path} was not written: it would be too large to read back.")
        try:
            write_private(path, text)
        except OSError as error:
            raise ProfileError(f"{path} could not be written: {reason_of(error)}.") from None


def _text_of(path: Path) -> str:
    try:
        return read_file(path, PROFILE_BYTES).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ProfileError("It is not UTF-8 text.") from None
    except UnusableFile as error:
        raise ProfileError(f"{capitalized(reason_of(error))}.") from None
    except OSError as error:
        raise ProfileError(f"It cannot be read: {reason_of(error)}.") from None


def _profile_at(path: Path) -> Profile:
    profile = read_profile(_text_of(path), name=path.stem)
    return with_days(profile, path) if profile.answers else profile
